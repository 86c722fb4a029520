import type { INodeParameters } from 'n8n-workflow';
import { newFan } from '../../simulator';
import { ACCOUNT, keepsPairing, perform, refuses, state } from '../support/onlyFans';
import type { BadInput } from '../support/onlyFans';
import { creditsOf, refusal, sent, value } from '../support/operations';
import { byId, idsOf, jsonOf, useSimulator } from '../support/world';

useSimulator();

const FAN = '500101';
const fanPath = (path: string) => `/api/${ACCOUNT}/fans/${FAN}/${path}`;
const userPath = (path: string) => `/api/${ACCOUNT}/users/${FAN}/${path}`;

interface Action {
	operation: string;
	parameters?: INodeParameters;
	/** What leaves: method, path and body. */
	request: { method: string; path: string; body?: unknown };
	result: object;
	/** What is set about the fan afterwards. */
	after: object;
}

const ACTIONS: Action[] = [
	{
		operation: 'block',
		request: { method: 'POST', path: userPath('block') },
		result: { blocked: true, fanId: FAN },
		after: { isBlocked: true },
	},
	{
		operation: 'unblock',
		request: { method: 'DELETE', path: userPath('block') },
		result: { blocked: false, fanId: FAN },
		after: { isBlocked: false },
	},
	{
		operation: 'restrict',
		request: { method: 'POST', path: userPath('restrict') },
		result: { restricted: true, fanId: FAN },
		after: { isRestricted: true },
	},
	{
		operation: 'unrestrict',
		request: { method: 'DELETE', path: userPath('restrict') },
		result: { restricted: false, fanId: FAN },
		after: { isRestricted: false },
	},
	{
		operation: 'setNote',
		parameters: { note: 'Likes cats,\nand "dogs"' },
		request: { method: 'PUT', path: fanPath('notes'), body: { notes: 'Likes cats,\nand "dogs"' } },
		result: { fanId: FAN, note: 'Likes cats,\nand "dogs"' },
		after: { note: 'Likes cats,\nand "dogs"' },
	},
	{
		operation: 'setNote',
		parameters: { note: ' ' },
		request: { method: 'DELETE', path: fanPath('notes') },
		result: { fanId: FAN, note: null },
		after: { note: '' },
	},
	{
		operation: 'setCustomName',
		parameters: { customName: '🐳 Whale ($100+)' },
		request: {
			method: 'PUT',
			path: fanPath('custom-name'),
			body: { custom_name: '🐳 Whale ($100+)' },
		},
		result: { fanId: FAN, customName: '🐳 Whale ($100+)' },
		after: { customName: '🐳 Whale ($100+)' },
	},
	{
		operation: 'setCustomName',
		parameters: { customName: '' },
		request: { method: 'PUT', path: fanPath('custom-name'), body: { custom_name: '' } },
		result: { fanId: FAN, customName: null },
		after: { customName: '' },
	},
];

describe('what a creator sets about a fan', () => {
	test.each(ACTIONS)(
		'$operation $parameters: one request, one credit, and what came of it',
		async ({ operation, parameters, request, result: expected, after }) => {
			Object.assign(state().relation(FAN), {
				note: 'old',
				customName: 'old',
				isBlocked: !('isBlocked' in after && after.isBlocked),
				isRestricted: !('isRestricted' in after && after.isRestricted),
			});
			const result = await perform('fan', operation, { fanId: ` ${FAN} `, ...parameters });
			expect(result.error).toBeUndefined();
			expect(sent()).toEqual([{ query: {}, ...request }]);
			expect(jsonOf(result)).toEqual([expected]);
			expect(state().relation(FAN)).toMatchObject(after);
			expect(creditsOf()).toBe(1);
		},
	);

	test.each(['note', 'customName'])(
		'an expression that gives nothing does not delete: %s',
		async (field) => {
			const operation = field === 'note' ? 'setNote' : 'setCustomName';
			for (const nothing of ['={{ $json.nope }}', value(null)]) {
				const words = refusal(await perform('fan', operation, { fanId: FAN, [field]: nothing }));
				expect(words).toMatch(/^'(Note|Custom Name)' has no value: to delete what is there, use/);
			}
		},
	);

	test('Get Note, with a note and without', async () => {
		state().relation(FAN).note = 'Likes cats';
		expect(jsonOf(await perform('fan', 'getNote', { fanId: FAN }))).toEqual([
			{ fanId: FAN, note: 'Likes cats' },
		]);
		expect(jsonOf(await perform('fan', 'getNote', { fanId: '500102' }))).toEqual([
			{ fanId: '500102', note: null },
		]);
		expect(sent()[0]).toEqual({ method: 'GET', path: fanPath('notes'), query: {} });
		expect(creditsOf()).toBe(2);
	});

	test.each([
		...new Set(ACTIONS.map(({ operation }) => operation)),
		'getNote',
		'listSubscriptions',
	])('%s: an unknown fan is named, items keep their origin', async (operation) => {
		const words = { note: 'x', customName: 'x' };
		const result = await perform('fan', operation, { fanId: '999999', ...words });
		expect(result.error?.message).toBe("The fan '999999' was not found [item 0]");
		await keepsPairing('fan', operation, { fanId: FAN, ...words }, { fanId: '999999' });
	});
});

describe('List Subscriptions', () => {
	test('periods with dates and prices', async () => {
		const result = await perform('fan', 'listSubscriptions', { fanId: FAN });
		expect(sent()).toEqual([{ method: 'GET', path: fanPath('subscriptions-history'), query: {} }]);
		expect(jsonOf(result)).toEqual([
			{
				fanId: FAN,
				subscribedAt: '2026-06-01T10:00:00.000Z',
				expiresAt: '2026-12-01T10:00:00.000Z',
				price: 9.99,
			},
		]);
		const raw = await perform('fan', 'listSubscriptions', { fanId: FAN, simplify: false });
		expect(jsonOf(raw)).toEqual([
			{
				subscribeDate: '2026-06-01T10:00:00+00:00',
				expireDate: '2026-12-01T10:00:00+00:00',
				price: 9.99,
			},
		]);
	});
});

describe.each([
	['listBlocked', 'blocked', 'isBlocked'],
	['listRestricted', 'restricted', 'isRestricted'],
] as const)('%s', (operation, path, flag) => {
	/** So many of the fans, every second of all. */
	function setAside(count: number): string[] {
		state().fans = Array.from({ length: count * 2 }, (_, index) =>
			newFan({ id: String(700_000 + index), name: `Fan ${index}`, username: `user${index}` }),
		);
		const ids = state().fans.flatMap(({ id }, index) => (index % 2 === 0 ? [id] : []));
		for (const id of ids) state().relation(id)[flag] = true;
		return ids;
	}

	test('all of them, 50 at a time, a credit each', async () => {
		const ids = setAside(120);
		const result = await perform('fan', operation, { returnAll: true });
		expect(result.error).toBeUndefined();
		expect(idsOf(result)).toEqual(ids);
		expect(sent()).toEqual(
			[{}, { offset: '50' }, { offset: '100' }].map((position) => ({
				method: 'GET',
				path: `/api/${ACCOUNT}/users/${path}`,
				query: { limit: '50', ...position },
			})),
		);
		expect(creditsOf()).toBe(3);
	});

	test('no more than the limit, and those who are searched for', async () => {
		const [first = '', second = ''] = setAside(20);
		expect(idsOf(await perform('fan', operation, { limit: 2 }))).toEqual([first, second]);
		const filters = { search: 'user2' };
		expect(idsOf(await perform('fan', operation, { limit: 1, filters }))).toEqual([second]);
		expect(sent().map(({ query }) => query)).toEqual([
			{ limit: '2' },
			{ limit: '1', query: 'user2' },
		]);
	});

	test('the common fan, or the untouched one', async () => {
		const [id] = setAside(1);
		const [fan] = jsonOf(await perform('fan', operation));
		expect(fan).toMatchObject({ id, accountId: ACCOUNT, name: 'Fan 0', [flag]: true });
		const [raw] = jsonOf(await perform('fan', operation, { simplify: false }));
		expect(raw).toMatchObject({ id: Number(id), view: 'x', [flag]: true });
	});

	test('nobody: no items', async () => {
		expect((await perform('fan', operation)).items).toEqual([]);
	});

	test('items keep their origin', async () => {
		setAside(1);
		await keepsPairing('fan', operation, { limit: 1 }, { limit: 0 });
	});
});

describe('List Top Spenders', () => {
	beforeEach(() => {
		state().fans = [1, 2, 3].map((number) =>
			newFan(
				{ id: `70000${number}`, name: `Fan ${number}`, username: `fan${number}` },
				{ totalSpent: 100 * number, tips: 100 - number, messages: number === 2 ? 500 : 0 },
			),
		);
	});

	test.each<[INodeParameters, Record<string, string>, string[]]>([
		[{}, { by: 'total' }, ['700003', '700002', '700001']],
		[{ rankedBy: 'tips' }, { by: 'tips' }, ['700001', '700002', '700003']],
		[{ rankedBy: 'messages' }, { by: 'messages' }, ['700002', '700001', '700003']],
		[
			{ filters: { startDate: '2026-08-30T23:00:00', endDate: '2026-08-31' } },
			{ by: 'total', start_date: '2026-08-30', end_date: '2026-08-31' },
			['700003', '700002', '700001'],
		],
	])('%j', async (parameters, query, ids) => {
		const result = await perform('fan', 'listTop', parameters);
		expect(result.error).toBeUndefined();
		expect(sent()).toEqual([{ method: 'GET', path: `/api/${ACCOUNT}/fans/top`, query }]);
		expect(idsOf(result)).toEqual(ids);
		expect(creditsOf()).toBe(1);
	});

	test('the common fan, or the untouched one', async () => {
		const [best] = jsonOf(await perform('fan', 'listTop', { rankedBy: 'messages' }));
		expect(best).toMatchObject({ id: '700002', accountId: ACCOUNT, spentOnMessages: 500 });
		const [raw] = jsonOf(await perform('fan', 'listTop', { simplify: false }));
		expect(raw).toMatchObject({ id: 700_003, subscribedOnData: { totalSumm: 300 } });
	});

	test('items keep their origin', async () => {
		await keepsPairing('fan', 'listTop', { rankedBy: 'tips' }, { rankedBy: 'luck' });
	});
});

const one = (
	operation: string,
	name: string,
	parameters: INodeParameters,
	names: string,
): BadInput => ({ resource: 'fan', operation, name, parameters, names });

refuses([
	one('setNote', 'no fan', { fanId: value(''), note: 'x' }, 'Fan ID'),
	one('setNote', 'an object', { fanId: FAN, note: value({ a: 1 }) }, 'Note'),
	one('setCustomName', 'a list', { fanId: FAN, customName: value(['a']) }, 'Custom Name'),
	one('getNote', 'a user name', { fanId: 'tombaker' }, 'Fan ID'),
	one('block', 'a path', { fanId: '../me' }, 'Fan ID'),
	one('unblock', 'too long a number', { fanId: '={{ 900719925474099355 }}' }, 'Fan ID'),
	one('restrict', 'no account', { fanId: FAN, account: byId(value('')) }, 'Account'),
	one('listBlocked', 'a limit of nothing', { limit: value(0) }, 'Limit'),
	one('listRestricted', 'an object', { filters: { search: value({ a: 1 }) } }, 'Search'),
	one('listTop', 'another rank', { rankedBy: value('luck') }, 'Ranked By'),
	one('listTop', 'an end without a start', { filters: { endDate: '2026-08-30' } }, 'Start Date'),
]);
