import type { INodeParameters } from 'n8n-workflow';
import { LUNA, byId, jsonOf, simulator, useSimulator } from '../support/world';
import { ALEX, CREATOR_ID, FANSLY_PAIRS, SAM, TOM, path } from '../support/fansly';
import type { FanslyPair } from '../support/fansly';
import { creditsOf, inputOf, operate, refusal, sent } from '../support/operations';

useSimulator();

/** What fans paid: of one fan, of the best, of all. */

const state = (pair: FanslyPair) => simulator().fanslyAccount(pair, LUNA[pair].account);

/** Times as the pair's documents want them. */
const written = (pair: FanslyPair, iso: string) =>
	pair === 'ofapiFansly' ? iso : String(Date.parse(iso));

const totalsPath = (pair: FanslyPair, fan: string) =>
	path(pair, pair === 'ofapiFansly' ? `top-supporters/${fan}` : `earnings/fans/${fan}/stats`);
const monthsPath = (pair: FanslyPair, fan: string) =>
	path(pair, pair === 'ofapiFansly' ? `top-supporters/${fan}/monthly` : `earnings/fans/${fan}`);

const UNEXPECTED = { statusCode: 200, data: 'nothing of the kind' };

describe.each(FANSLY_PAIRS)('%s: Fan › List Top Supporters', (pair) => {
	const { account } = LUNA[pair];
	const list = (parameters: INodeParameters = {}, given = {}) =>
		operate(pair, 'fan.listTop', parameters, given);

	test('the request, and the common fan with what is left of it, the best first', async () => {
		const result = await list();
		expect(sent()).toEqual([{ method: 'GET', path: path(pair, 'top-supporters'), query: {} }]);
		expect(simulator().requests[0]?.headers['content-type']).toBeUndefined();
		expect(jsonOf(result)).toEqual([
			{
				id: TOM,
				accountId: account,
				name: 'Tom Baker',
				username: 'tombaker',
				status: null,
				subscribedAt: null,
				expiresAt: null,
				price: null,
				totalSpent: 39.99,
				totalNet: 31.992,
				lastSeenAt: null,
				avatarUrl: `https://cdn3.fansly.com/${TOM}/avatar.jpeg`,
			},
			expect.objectContaining({ id: SAM, totalSpent: 20, totalNet: 16 }),
		]);
		expect(creditsOf()).toBe(1);
	});

	test('Since and Until, in the workflow’s time zone', async () => {
		const filters = { since: '2026-09-01T00:00:00', until: '2026-09-02T20:00:00Z' };
		const result = await list({ filters }, { timezone: 'America/New_York' });
		expect(sent()[0]?.query).toEqual({
			after: written(pair, '2026-09-01T04:00:00.000Z'),
			before: written(pair, '2026-09-02T20:00:00.000Z'),
		});
		expect(jsonOf(result)).toMatchObject([{ id: TOM, totalSpent: 25 }]);
	});

	test('without Simplify: the row as it came, and the account it refers to', async () => {
		expect(jsonOf(await list({ simplify: false }))[0]).toMatchObject({
			accountId: TOM,
			totalGross: 39_990,
			accounts: [{ id: TOM, displayName: 'Tom Baker' }],
		});
	});

	test.each([
		['as the answer itself', [{ accountId: TOM, totalGross: 5000, totalNet: 4000 }]],
		['under another name', { rows: [{ correlationAccountId: TOM, totalGross: 5000 }] }],
		[
			'two IDs, and whose is told beside',
			{
				data: [{ accountId: CREATOR_ID, correlationAccountId: TOM, totalGross: 5000 }],
				aggregationData: { accounts: [{ id: TOM, username: 'tombaker' }] },
			},
		],
	])('rows %s', async (_where, response) => {
		const body =
			pair === 'ofapiFansly'
				? { data: response }
				: { statusCode: 200, data: { status_code: 200, data: { success: true, response } } };
		simulator().addFault({ kind: 'json', status: 200, body });
		expect(jsonOf(await list())).toMatchObject([{ id: TOM, totalSpent: 5 }]);
	});

	test('nobody is guessed where two IDs could be the fan’s', async () => {
		const response = [{ accountId: CREATOR_ID, correlationAccountId: TOM, totalGross: 5000 }];
		const body =
			pair === 'ofapiFansly' ? { data: response } : { data: { data: { success: true, response } } };
		simulator().addFault({ kind: 'json', status: 200, body });
		expect(jsonOf(await list())).toMatchObject([{ id: null, totalSpent: 5 }]);
	});

	test('nobody paid anything', async () => {
		state(pair).payments = [];
		expect(await list()).toMatchObject({ items: [], error: undefined });
	});

	test('an answer of another shape is no empty list', async () => {
		simulator().addFault({ kind: 'json', status: 200, body: UNEXPECTED });
		expect((await list()).error?.message).toContain('sent an unexpected response');
	});
});

describe.each(FANSLY_PAIRS)('%s: Fan › Get Totals, Get Monthly Totals', (pair) => {
	const { account } = LUNA[pair];

	test('the request, and the sums in USD', async () => {
		const result = await operate(pair, 'fan.getTotals', { fanId: TOM });
		expect(sent()).toEqual([{ method: 'GET', path: totalsPath(pair, TOM), query: {} }]);
		const usd = { currency: 'USD' };
		expect(jsonOf(result)).toEqual([
			{
				accountId: account,
				fanId: TOM,
				amount: 39.99,
				fee: 7.998,
				net: 31.992,
				...usd,
				byType: [
					{ type: '2116', amount: 9.99, fee: 1.998, net: 7.992, ...usd },
					{ type: '15001', amount: 30, fee: 6, net: 24, ...usd },
				],
			},
		]);
		expect(creditsOf()).toBe(1);
	});

	test('a fan who paid nothing is a sum of nothing', async () => {
		expect(jsonOf(await operate(pair, 'fan.getTotals', { fanId: ALEX }))).toMatchObject([
			{ fanId: ALEX, amount: 0, fee: 0, net: 0, byType: [] },
		]);
	});

	test('without Simplify: the rows as they came', async () => {
		const result = await operate(pair, 'fan.getTotals', { fanId: TOM, simplify: false });
		expect(jsonOf(result)).toMatchObject([
			{ type: 2116, totalGross: 9990, accountId: CREATOR_ID },
			{ type: 15_001, totalGross: 25_000 },
			{ type: 15_001, totalGross: 5000 },
		]);
	});

	test('by month', async () => {
		const result = await operate(pair, 'fan.getMonthlyTotals', { fanId: TOM });
		expect(sent()).toEqual([{ method: 'GET', path: monthsPath(pair, TOM), query: {} }]);
		expect(jsonOf(result)).toEqual([
			{
				fanId: TOM,
				accountId: account,
				month: '2026-09',
				amount: 30,
				fee: 6,
				net: 24,
				currency: 'USD',
				from: '2026-09-01T00:00:00.000Z',
				to: '2026-10-01T00:00:00.000Z',
			},
			expect.objectContaining({ month: '2026-08', amount: 9.99 }),
		]);
	});

	test.each(['getTotals', 'getMonthlyTotals'])(
		'%s: items keep their origin where a fan is unknown',
		async (operation) => {
			const items = [{ fan: TOM }, { fan: '399999999999999999' }, { fan: SAM }];
			const result = await operate(
				pair,
				`fan.${operation}`,
				{ fanId: '={{ $json.fan }}' },
				{ items, onError: 'continueRegularOutput' },
			);
			const failed = result.items.filter(({ json }) => json.error !== undefined);
			expect(failed.map(inputOf)).toEqual([1]);
			expect(failed[0]?.json.error).toContain("The fan '399999999999999999' was not found");
			expect(new Set(result.items.map(inputOf))).toEqual(new Set([0, 1, 2]));
			expect(sent()).toHaveLength(3);
		},
	);
});

test('ofapiFansly: totals of a stretch of time', async () => {
	const filters = { since: '2026-09-01T00:00:00Z' };
	const result = await operate('ofapiFansly', 'fan.getTotals', { fanId: TOM, filters });
	expect(sent()[0]?.query).toEqual({ after: '2026-09-01T00:00:00.000Z' });
	expect(jsonOf(result)).toMatchObject([{ amount: 30, byType: [{ type: '15001' }] }]);
});

describe.each(FANSLY_PAIRS)('%s: Transaction', (pair) => {
	const { account } = LUNA[pair];
	const list = (parameters: INodeParameters = { returnAll: true }) =>
		operate(pair, 'transaction.list', parameters);
	const addPayments = (count: number) =>
		state(pair).payments.push(
			...Array.from({ length: count }, (_, index) => ({
				id: String(510_000_000_000_000_000n + BigInt(index)),
				fanId: SAM,
				type: 15_001,
				amount: 1,
				createdAt: '2026-10-01T10:00:00.000Z',
			})),
		);

	test('List: the request, and the common transaction', async () => {
		const result = await list();
		expect(sent()).toEqual([
			{ method: 'GET', path: path(pair, 'earnings/transactions'), query: { limit: '100' } },
		]);
		expect(jsonOf(result)).toHaveLength(4);
		expect(jsonOf(result)[0]).toEqual({
			id: '500000000000000004',
			fanId: null,
			fanName: null,
			type: '15001',
			amount: 5,
			fee: 1,
			net: 4,
			currency: 'USD',
			createdAt: '2026-09-03T10:00:00.000Z',
			messageId: null,
			status: '1',
		});
		expect(creditsOf()).toBe(1);
	});

	test.each([95, 96, 97, 246])('List: all of %i more', async (more) => {
		addPayments(more);
		const ids = jsonOf(await list()).map(({ id }) => id);
		expect(ids).toHaveLength(more + 4);
		expect(new Set(ids).size).toBe(more + 4);
		expect(sent()).toHaveLength(Math.ceil((more + 4) / 100));
	});

	test('List: a limit takes no page too many', async () => {
		addPayments(300);
		expect((await list({ limit: 101 })).items).toHaveLength(101);
		expect(sent()).toHaveLength(2);
	});

	test('List: without Simplify, as it came', async () => {
		expect(jsonOf(await list({ limit: 1, simplify: false }))).toMatchObject([
			{ transactionId: '500000000000000004', amount: 5000, destinationTax: 1000 },
		]);
	});

	test('List: pages that are smaller than asked for lose nothing, where no total is told', async () => {
		const rows = (from: number, count: number) =>
			Array.from({ length: count }, (_, index) => ({ transactionId: String(from + index) }));
		for (const [from, count] of [
			[0, 20],
			[20, 20],
			[40, 3],
		] as const) {
			const response = { data: rows(from, count) };
			simulator().addFault({
				kind: 'json',
				status: 200,
				times: 1,
				body:
					pair === 'ofapiFansly'
						? { data: { ...response, hasMore: count === 20 } }
						: { data: { data: { success: true, response } } },
			});
		}
		expect(jsonOf(await list())).toHaveLength(43);
	});

	test('Get Monthly Statistics: the last 30 days, then the months', async () => {
		const filters = { since: '2026-08-10T00:00:00Z' };
		const result = await operate(pair, 'transaction.getMonthlyStatistics', { filters });
		expect(sent()).toEqual([
			{
				method: 'GET',
				path: path(pair, 'earnings/monthly'),
				query: { after: written(pair, '2026-08-10T00:00:00.000Z') },
			},
		]);
		expect(jsonOf(result)).toMatchObject([
			{ accountId: account, month: null, amount: 50 },
			{ month: '2026-09', amount: 30, fee: 6, net: 24 },
			{ month: '2026-08', amount: 20 },
		]);
	});

	test('items keep their origin where an account is unknown', async () => {
		const items = [{ account }, { account: 'fansly_acct_nobody' }];
		for (const operation of ['list', 'getStatistics', 'getMonthlyStatistics']) {
			const result = await operate(
				pair,
				`transaction.${operation}`,
				{ account: byId('={{ $json.account }}'), returnAll: true },
				{ items, onError: 'continueRegularOutput' },
			);
			const failed = result.items.filter(({ json }) => json.error !== undefined);
			expect(failed.map(inputOf)).toEqual([1]);
			expect(failed[0]?.json.error).toContain('does not know');
		}
	});
});

test('ofapiFansly: Transaction › List since a time reads no further than needed', async () => {
	const { payments } = state('ofapiFansly');
	payments.unshift(
		...Array.from({ length: 300 }, (_, index) => ({
			id: String(400_000_000_000_000_000n + BigInt(index)),
			fanId: SAM,
			type: 15_001,
			amount: 1,
			createdAt: '2026-01-01T10:00:00.000Z',
		})),
	);
	const filters = { since: '2026-08-15T10:00:00Z' };
	const result = await operate('ofapiFansly', 'transaction.list', { returnAll: true, filters });
	expect(jsonOf(result).map(({ amount }) => amount)).toEqual([5, 25, 20]);
	expect(sent()).toEqual([
		{
			method: 'GET',
			path: path('ofapiFansly', 'earnings/transactions'),
			query: { limit: '100' },
		},
	]);
});

test('ofapiFansly: Transaction › Get Statistics', async () => {
	const result = await operate('ofapiFansly', 'transaction.getStatistics');
	expect(sent()).toEqual([
		{ method: 'GET', path: path('ofapiFansly', 'earnings/stats'), query: {} },
	]);
	expect(jsonOf(result)[0]).toEqual({
		accountId: LUNA.ofapiFansly.account,
		type: '2116',
		amount: 9.99,
		fee: 1.998,
		net: 7.992,
		currency: 'USD',
		date: '2026-08-01T00:00:00.000Z',
	});
	expect(result.items).toHaveLength(4);
});

test('apiFansly: Transaction › Get Statistics as Fansly sends it', async () => {
	const result = await operate('apiFansly', 'transaction.getStatistics');
	expect(sent()).toEqual([{ method: 'GET', path: path('apiFansly', 'earnings'), query: {} }]);
	expect(jsonOf(result)).toEqual([{ balance: 100_000, pendingBalance: 25_000 }]);
});

test('apiFansly: Transaction › List within a stretch of time', async () => {
	const filters = { since: '2026-09-01T00:00:00Z', until: '2026-09-03T00:00:00Z' };
	const result = await operate('apiFansly', 'transaction.list', { returnAll: true, filters });
	expect(sent()[0]?.query).toEqual({
		limit: '100',
		after: String(Date.parse('2026-09-01T00:00:00Z')),
		before: String(Date.parse('2026-09-03T00:00:00Z')),
	});
	expect(jsonOf(result).map(({ amount }) => amount)).toEqual([25]);
});

test('apiFansly: Fan › List Tips', async () => {
	const result = await operate('apiFansly', 'fan.listTips', { fanId: TOM });
	expect(sent()).toEqual([
		{ method: 'GET', path: path('apiFansly', `chats/${TOM}/tips`), query: {} },
	]);
	expect(jsonOf(result)).toEqual([
		{
			id: '500000000000000004',
			fanId: TOM,
			fanName: null,
			type: 'tip',
			amount: 5,
			fee: null,
			net: null,
			currency: 'USD',
			createdAt: '2026-09-03T10:00:00.000Z',
			messageId: null,
			status: null,
		},
		expect.objectContaining({ amount: 25 }),
	]);
	expect((await operate('apiFansly', 'fan.listTips', { fanId: ALEX })).items).toEqual([]);
});

test('apiFansly: Fan › Add to VIPs', async () => {
	const result = await operate('apiFansly', 'fan.addToVips', { fanId: SAM });
	expect(sent()).toEqual([
		{ method: 'POST', path: path('apiFansly', `chats/${SAM}/vip`), query: {} },
	]);
	expect(jsonOf(result)).toEqual([{ vip: true, fanId: SAM }]);
	expect([...state('apiFansly').vips]).toEqual([SAM]);
});

describe('ofapiFansly: Fan › Set Custom Name', () => {
	test('the request, and the name', async () => {
		const customName = '🐳 Tom, over $100';
		const result = await operate('ofapiFansly', 'fan.setCustomName', { fanId: TOM, customName });
		expect(sent()).toEqual([
			{
				method: 'POST',
				path: path('ofapiFansly', `users/${TOM}/custom-name`),
				query: {},
				body: { custom_name: customName },
			},
		]);
		expect(jsonOf(result)).toEqual([{ fanId: TOM, customName }]);
		expect(state('ofapiFansly').customNames.get(TOM)).toBe(customName);
	});

	test('items keep their origin where a fan is unknown', async () => {
		const items = [{ fan: '399999999999999999' }, { fan: SAM }];
		const result = await operate(
			'ofapiFansly',
			'fan.setCustomName',
			{ fanId: '={{ $json.fan }}', customName: 'VIP' },
			{ items, onError: 'continueRegularOutput' },
		);
		expect(result.items.map(inputOf)).toEqual([0, 1]);
		expect(result.items[0]?.json.error).toContain("The fan '399999999999999999' was not found");
		expect(result.items[1]?.json).toEqual({ fanId: SAM, customName: 'VIP' });
	});
});

describe('bad inputs: nothing leaves, and the field is named', () => {
	const cases: Array<[FanslyPair, `${string}.${string}`, INodeParameters, string]> = [
		...FANSLY_PAIRS.flatMap(
			(pair): Array<[FanslyPair, `${string}.${string}`, INodeParameters, string]> => [
				[pair, 'fan.getTotals', { fanId: 'tombaker' }, 'Fan ID'],
				[pair, 'fan.getTotals', { fanId: '={{ 300000000000000001 }}' }, 'Fan ID'],
				[pair, 'fan.getMonthlyTotals', { fanId: '={{ "" }}' }, 'Fan ID'],
				[pair, 'fan.listTop', { filters: { since: 'last week' } }, 'Since'],
				[pair, 'fan.listTop', { filters: { until: '={{ [1] }}' } }, 'Until'],
				[
					pair,
					'transaction.getMonthlyStatistics',
					{ filters: { since: '2026-09-02T00:00:00Z', until: '2026-09-01T00:00:00Z' } },
					'Since',
				],
				[pair, 'transaction.list', { limit: 0 }, 'Limit'],
				[pair, 'transaction.list', { filters: { since: 'last week' } }, 'Since'],
			],
		),
		['apiFansly', 'fan.listTips', { fanId: '..' }, 'Fan ID'],
		['apiFansly', 'fan.addToVips', { fanId: '={{ null }}' }, 'Fan ID'],
		['ofapiFansly', 'fan.setCustomName', { fanId: TOM, customName: '={{ " " }}' }, 'Custom Name'],
		['ofapiFansly', 'fan.setCustomName', { fanId: 'tom', customName: 'VIP' }, 'Fan ID'],
	];
	test.each(cases)('%s %s %j', async (pair, operation, parameters, field) => {
		const said = refusal(await operate(pair, operation, parameters));
		expect(said).toContain(`'${field}'`);
		expect(said).toContain('[item 0]');
		expect(said).not.toMatch(/undefined|null|\[object|error|failed/i);
	});
});
