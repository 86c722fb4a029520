import type { INodeParameters } from 'n8n-workflow';
import { LUNA, byId, jsonOf, simulator, useSimulator } from '../support/world';
import { ALEX, CREATOR_ID, FANSLY_PAIRS, SAM, TOM, addFans, path } from '../support/fansly';
import { creditsOf, inputOf, operate, refusal, sent } from '../support/operations';
import type { FanslyPair } from '../support/fansly';

useSimulator();

const TIER = '800000000000000001';
const NAMELESS = {
	name: null,
	username: null,
	totalSpent: null,
	lastSeenAt: null,
	avatarUrl: null,
};

describe.each(FANSLY_PAIRS)('%s: Fan › List', (pair) => {
	const list = (parameters: INodeParameters = { returnAll: true }) =>
		operate(pair, 'fan.list', parameters);
	/** In ApiFansly's list the unit of the price is in doubt. */
	const price = (dollars: number) => (pair === 'ofapiFansly' ? dollars : null);
	const tom = {
		...NAMELESS,
		accountId: LUNA[pair].account,
		id: TOM,
		status: 'active',
		subscribedAt: '2026-08-01T10:00:00.000Z',
		expiresAt: '2026-10-01T10:00:00.000Z',
		price: price(9.99),
		autoRenew: true,
		renewPrice: price(9.99),
		subscriptionTierId: TIER,
		subscriptionTierName: 'Star',
	};
	const sam = {
		...NAMELESS,
		accountId: LUNA[pair].account,
		id: SAM,
		status: 'expired',
		subscribedAt: '2026-05-01T10:00:00.000Z',
		expiresAt: '2026-06-01T10:00:00.000Z',
		price: price(15),
		autoRenew: false,
		renewPrice: price(15),
		subscriptionTierId: '800000000000000002',
		subscriptionTierName: 'Star',
	};

	test.each([
		['active', [tom]],
		['expired', [sam]],
		['all', [sam, tom]],
	])('%s subscribers: the request, and the common fan', async (which, fans) => {
		const result = await list({ which, returnAll: true });
		expect(sent()).toEqual([
			{ method: 'GET', path: path(pair, 'subscribers'), query: { status: which, limit: '100' } },
		]);
		expect(simulator().requests[0]?.headers['content-type']).toBeUndefined();
		expect(jsonOf(result)).toEqual(fans);
		expect(creditsOf()).toBe(1);
	});

	test('active ones unless others are chosen, no more than the limit asks for', async () => {
		await list({ limit: 7 });
		expect(sent()[0]?.query).toEqual({ status: 'active', limit: '7' });
	});

	test('followers: the request, and the common fan with a name', async () => {
		const result = await list({ which: 'followers', returnAll: true });
		expect(sent()).toEqual([
			{ method: 'GET', path: path(pair, 'followers'), query: { limit: '100' } },
		]);
		expect(jsonOf(result)).toEqual([
			{
				id: ALEX,
				accountId: LUNA[pair].account,
				name: 'Alex Novak',
				username: 'alexn',
				status: 'follower',
				subscribedAt: null,
				expiresAt: null,
				price: null,
				totalSpent: null,
				lastSeenAt: '2026-08-30T20:00:00.000Z',
				avatarUrl: `https://cdn3.fansly.com/${ALEX}/avatar.jpeg`,
			},
		]);
	});

	test('without Simplify: the row as it came, and who it refers to', async () => {
		expect(
			jsonOf(await list({ which: 'followers', returnAll: true, simplify: false })),
		).toMatchObject([{ followerId: ALEX, accounts: [{ id: ALEX, displayName: 'Alex Novak' }] }]);
		expect(jsonOf(await list({ returnAll: true, simplify: false }))).toMatchObject([
			{
				subscriberId: TOM,
				status: 3,
				price: 9990,
				renewPrice: 9990,
				endsAt: Date.parse('2026-10-01T10:00:00.000Z'),
			},
		]);
	});

	test('names of subscribers where the provider sends them', async () => {
		const response = {
			stats: {},
			subscriptions: [{ id: '1', subscriberId: TOM, status: 3 }],
			aggregationData: { accounts: [{ id: TOM, displayName: 'Tom Baker', username: 'tombaker' }] },
		};
		simulator().addFault({
			kind: 'json',
			status: 200,
			body:
				pair === 'ofapiFansly'
					? { data: response }
					: { statusCode: 200, data: { data: { success: true, response } } },
		});
		expect(jsonOf(await list())).toMatchObject([
			{ id: TOM, name: 'Tom Baker', username: 'tombaker', price: null, autoRenew: null },
		]);
	});

	test('filters of subscribers', async () => {
		const tier =
			pair === 'ofapiFansly' ? { subscription_tier_id: TIER } : { subscriptionTierIds: TIER };
		await list({
			which: 'all',
			returnAll: true,
			filters: { search: 'tom', subscriptionTierId: TIER },
		});
		expect(sent()[0]?.query).toEqual({ status: 'all', limit: '100', search: 'tom', ...tier });
	});

	describe.each(['active', 'followers'] as const)('pages of %s', (which) => {
		test.each([0, 98, 99, 100, 250])('all of %i more than one', async (more) => {
			const added = addFans(pair, more, which === 'active' ? 'active' : 'follower');
			const result = await list({ which, returnAll: true });
			expect(jsonOf(result).map(({ id }) => id)).toEqual([
				...added.reverse(),
				which === 'active' ? TOM : ALEX,
			]);
			expect(sent()).toHaveLength(Math.ceil((more + 1) / 100));
		});

		test.each([1, 100, 101])('a limit of %i takes no page too many', async (limit) => {
			addFans(pair, 300, which === 'active' ? 'active' : 'follower');
			expect((await list({ which, limit })).items).toHaveLength(limit);
			expect(sent()).toHaveLength(Math.ceil(limit / 100));
		});
	});

	test('nobody at all', async () => {
		const result = await list({ returnAll: true, filters: { search: 'nobody' } });
		expect(result.error).toBeUndefined();
		expect(result.items).toEqual([]);
	});

	test('items keep their origin where an account is unknown', async () => {
		const { account } = LUNA[pair];
		const items = [{ account }, { account: 'fansly_acct_nobody' }, { account }];
		const result = await operate(
			pair,
			'fan.list',
			{ account: byId('={{ $json.account }}'), which: 'all', returnAll: true },
			{ items, onError: 'continueRegularOutput' },
		);
		expect(result.items.map(inputOf)).toEqual([0, 0, 1, 2, 2]);
		expect(result.items[2]?.json.error).toContain('does not know');
	});
});

describe('ofapiFansly: filters of followers', () => {
	const list = (filters: INodeParameters, timezone?: string) =>
		operate(
			'ofapiFansly',
			'fan.list',
			{ which: 'followers', returnAll: true, filters },
			{ timezone },
		);

	test.each([
		['2026-08-30T12:00:00Z', undefined, '2026-08-30T12:00:00.000Z'],
		['2026-08-30T12:00:00', 'America/New_York', '2026-08-30T16:00:00.000Z'],
		['={{ 1788091200 }}', undefined, '2026-08-30T12:00:00.000Z'],
	])('Last Seen After %s (%s) goes out as ISO 8601', async (lastSeenAfter, timezone, iso) => {
		const result = await list({ search: 'alex', lastSeenAfter }, timezone);
		expect(sent()[0]?.query).toEqual({ limit: '100', search: 'alex', last_seen_after: iso });
		expect(result.items).toHaveLength(1);
	});

	test('those who were not online since then stay out', async () => {
		expect((await list({ lastSeenAfter: '2026-08-31T00:00:00Z' })).items).toEqual([]);
	});

	test('it is not asked of subscribers, also where an expression chooses them', async () => {
		const items = [{ which: 'active' }, { which: 'followers' }];
		const parameters = {
			which: '={{ $json.which }}',
			limit: 1,
			filters: { lastSeenAfter: '2026-08-30T12:00:00Z' },
		};
		const result = await operate('ofapiFansly', 'fan.list', parameters, { items });
		expect(result.error).toBeUndefined();
		expect(
			sent()
				.map(({ query }) => query)
				.sort((a) => (a?.status ? -1 : 1)),
		).toEqual([
			{ status: 'active', limit: '1' },
			{ limit: '1', last_seen_after: '2026-08-30T12:00:00.000Z' },
		]);
	});
});

describe('ofapiFansly: Fan › Get', () => {
	const get = (fan: string, given: INodeParameters = {}, rest = {}) =>
		operate('ofapiFansly', 'fan.get', { fan, ...given }, rest);
	const url = (rest: string) => path('ofapiFansly', `users/${rest}`);
	const tom = {
		id: TOM,
		accountId: LUNA.ofapiFansly.account,
		name: 'Tom Baker',
		username: 'tombaker',
		status: null,
		subscribedAt: null,
		expiresAt: null,
		price: null,
		totalSpent: null,
		lastSeenAt: null,
		avatarUrl: `https://cdn3.fansly.com/${TOM}/avatar.jpeg`,
	};

	test.each([
		'tombaker',
		' @tombaker ',
		'https://fansly.com/tombaker',
		'https://www.fansly.com/tombaker/posts?x=1',
	])('by user name: %s', async (name) => {
		const result = await get(name);
		expect(sent()).toEqual([{ method: 'GET', path: url('tombaker'), query: {} }]);
		expect(jsonOf(result)).toEqual([tom]);
		expect(creditsOf()).toBe(1);
	});

	test('by ID', async () => {
		const result = await get(TOM);
		expect(sent()).toEqual([{ method: 'GET', path: url(''), query: { ids: TOM } }]);
		expect(jsonOf(result)).toEqual([tom]);
	});

	test.each([
		[
			'names',
			'tombaker, https://fansly.com/alexn/posts',
			{ path: url('tombaker,alexn'), query: {} },
		],
		['IDs', `={{ ["${TOM}", "${ALEX}"] }}`, { path: url(''), query: { ids: `${TOM},${ALEX}` } }],
	])('several %s in one request, an item each', async (_kind, fan, request) => {
		const result = await get(fan);
		expect(sent()).toEqual([{ method: 'GET', ...request }]);
		expect(jsonOf(result).map(({ id }) => id)).toEqual([TOM, ALEX]);
		expect(result.items.map(inputOf)).toEqual([0, 0]);
		expect(creditsOf()).toBe(1);
	});

	test('without Simplify: as it came', async () => {
		expect(jsonOf(await get('alexn', { simplify: false }))).toMatchObject([
			{ id: ALEX, statusId: 1, lastSeenAt: Date.parse('2026-08-30T20:00:00.000Z') },
		]);
	});

	test('nobody of that name, over several items', async () => {
		const result = await get(
			'={{ $json.fan }}',
			{},
			{
				items: [{ fan: 'tombaker' }, { fan: 'nobody' }, { fan: SAM }],
				onError: 'continueRegularOutput',
			},
		);
		expect(result.items.map(inputOf)).toEqual([0, 1, 2]);
		expect(result.items.map(({ json }) => json.id)).toEqual([TOM, undefined, SAM]);
		expect(result.items[1]?.json.error).toMatch(/found/);
	});

	test('100 at a time, not one more', async () => {
		const ids = addFans('ofapiFansly', 101, 'follower');
		expect(refusal(await get(ids.join()))).toContain("'User Name or ID' has 101 fans");
		expect((await get(ids.slice(1).join())).items).toHaveLength(100);
	});
});

describe.each(FANSLY_PAIRS)('%s: Account › List', (pair) => {
	const SECRETS = /secret|user_data|@example|"ip"/;

	test('the request, and the accounts', async () => {
		const result = await operate(pair, 'account.list');
		expect(sent()).toEqual([{ method: 'GET', path: '/api/fansly/accounts', query: {} }]);
		expect(simulator().requests[0]?.headers['content-type']).toBeUndefined();
		const told =
			pair === 'ofapiFansly'
				? { username: 'lunastar', nativeId: CREATOR_ID, isSignedIn: true, status: 'authenticated' }
				: { username: null, nativeId: null, isSignedIn: null, status: null };
		expect(jsonOf(result)).toEqual([{ id: LUNA[pair].account, name: 'Luna Star', ...told }]);
		expect(creditsOf()).toBe(1);
	});

	test.each([true, false])('no secret and no e-mail address, Simplify %s', async (simplify) => {
		const result = await operate(pair, 'account.list', { simplify });
		expect(result.items).toHaveLength(1);
		expect(JSON.stringify(jsonOf(result))).not.toMatch(SECRETS);
		if (!simplify) {
			expect(jsonOf(result)).toMatchObject([
				pair === 'ofapiFansly' ? { authentication_progress: 'authenticated' } : { country: 'US' },
			]);
		}
	});

	test('once for each input item, paired', async () => {
		const result = await operate(pair, 'account.list', {}, { items: [{}, {}] });
		expect(result.items.map(inputOf)).toEqual([0, 1]);
	});

	test('an answer of another shape is no empty list', async () => {
		simulator().addFault({ kind: 'json', status: 200, body: { statusCode: 200, data: {} } });
		expect((await operate(pair, 'account.list')).error?.message).toContain(
			'sent an unexpected response',
		);
	});
});

/** As an expression: n8n itself refuses what a person leaves empty. */
const EMPTY = '={{ "" }}';

describe('bad inputs: nothing leaves, and the field is named', () => {
	const cases: Array<[FanslyPair, `fan.${string}`, INodeParameters, string]> = [
		...FANSLY_PAIRS.flatMap(
			(pair): Array<[FanslyPair, `fan.${string}`, INodeParameters, string]> => [
				[pair, 'fan.list', { which: '={{ "enemies" }}' }, 'Subscription Status'],
				[pair, 'fan.list', { which: '={{ null }}' }, 'Subscription Status'],
				[pair, 'fan.list', { limit: 0.5 }, 'Limit'],
				[pair, 'fan.list', { account: byId(EMPTY) }, 'Account'],
				[pair, 'fan.list', { filters: { search: '={{ [1] }}' } }, 'Search'],
				[
					pair,
					'fan.list',
					{ filters: { subscriptionTierId: 'gold' } },
					'Subscription Tier Name or ID',
				],
			],
		),
		[
			'ofapiFansly',
			'fan.list',
			{ which: 'followers', filters: { lastSeenAfter: 'last week' } },
			'Last Seen After',
		],
		['ofapiFansly', 'fan.get', { fan: EMPTY }, 'User Name or ID'],
		['ofapiFansly', 'fan.get', { fan: 'tom/baker' }, 'User Name or ID'],
		['ofapiFansly', 'fan.get', { fan: '..' }, 'User Name or ID'],
		['ofapiFansly', 'fan.get', { fan: 'https://fansly.com/post/123' }, 'User Name or ID'],
		['ofapiFansly', 'fan.get', { fan: 'https://onlyfans.com/tombaker' }, 'User Name or ID'],
		['ofapiFansly', 'fan.get', { fan: '={{ 300000000000000001 }}' }, 'User Name or ID'],
		['ofapiFansly', 'fan.get', { fan: 'tombaker, tombaker' }, 'User Name or ID'],
		['ofapiFansly', 'fan.get', { fan: `tombaker, ${ALEX}` }, 'User Name or ID'],
	];
	test.each(cases)('%s %s %j', async (pair, operation, parameters, field) => {
		const said = refusal(await operate(pair, operation, parameters));
		expect(said).toContain(`'${field}'`);
		expect(said).toContain('[item 0]');
		expect(said).not.toMatch(/undefined|null|\[object|error|failed/i);
	});
});
