import type { INodeParameters } from 'n8n-workflow';
import { newFan } from '../../simulator';
import type { OnlyFansFan } from '../../simulator';
import { ACCOUNT, keepsPairing, perform, refuses, state } from '../support/onlyFans';
import { sent, value } from '../support/operations';
import type { BadInput } from '../support/onlyFans';
import { byId, idsOf, jsonOf, simulator, useSimulator } from '../support/world';

useSimulator();

const FANS = `/api/${ACCOUNT}/fans`;

/** Gives the account this many fans, and no others. */
function fans(
	count: number,
	given: (index: number) => Partial<OnlyFansFan> = () => ({}),
): string[] {
	state().fans = Array.from({ length: count }, (_, index) =>
		newFan(
			{ id: String(700_000 + index), name: `Fan ${index}`, username: `fan${index}` },
			given(index),
		),
	);
	return state().fans.map(({ id }) => id);
}

const TOM = {
	id: '500101',
	accountId: ACCOUNT,
	name: 'Tom Baker',
	username: 'tombaker',
	status: 'active',
	subscribedAt: '2026-06-01T10:00:00.000Z',
	expiresAt: '2026-12-01T10:00:00.000Z',
	price: 9.99,
	totalSpent: 120,
	lastSeenAt: '2026-09-01T11:30:00.000Z',
	avatarUrl: 'https://public.onlyfans.com/files/500101/avatar.jpg',
	customName: null,
	note: null,
	autoRenew: null,
	spentOnMessages: 0,
	spentOnTips: 20,
	isBlocked: false,
	isRestricted: false,
	lastReplyAt: null,
	listIds: [],
};

describe('Get', () => {
	test.each([
		'tombaker',
		'@tombaker',
		' tombaker ',
		'https://onlyfans.com/tombaker',
		' https://www.onlyfans.com/@tombaker/media?sort=new#top ',
	])('by the user name %j', async (fan) => {
		const result = await perform('fan', 'get', { fan });
		expect(sent()).toEqual([
			{ method: 'GET', path: `/api/${ACCOUNT}/users/tombaker`, query: {}, body: undefined },
		]);
		expect(jsonOf(result)).toEqual([TOM]);
		expect(simulator().credits('ofapi').used).toBe(1);
	});

	test.each(['500101', '={{ 500101 }}'])('by the ID %j', async (fan) => {
		const result = await perform('fan', 'get', { fan });
		expect(sent()).toEqual([
			{
				method: 'GET',
				path: `/api/${ACCOUNT}/users/list`,
				query: { ids: '500101' },
				body: undefined,
			},
		]);
		expect(jsonOf(result)).toEqual([TOM]);
	});

	test.each(['tombaker', '500101'])('%s untouched', async (fan) => {
		expect(jsonOf(await perform('fan', 'get', { fan, simplify: false }))).toEqual([
			expect.objectContaining({ id: 500_101, subscribedOn: true }),
		]);
	});

	test('somebody without a subscription: null where there is nothing to tell', async () => {
		state().fans = [];
		const nothing = {
			status: null,
			subscribedAt: null,
			expiresAt: null,
			price: null,
			totalSpent: null,
			spentOnMessages: null,
			spentOnTips: null,
			lastSeenAt: null,
		};
		expect(jsonOf(await perform('fan', 'get', { fan: 'tombaker' }))).toEqual([
			{ ...TOM, ...nothing },
		]);
	});

	test('what comes for free: the note, the custom name, the lists, who does not renew', async () => {
		Object.assign(state().relation('500101'), {
			note: 'Likes cats',
			customName: 'Whale',
			isRestricted: true,
		});
		Object.assign(state().fans[0] ?? {}, {
			isSetToExpire: true,
			messages: 75.5,
			lastReplyAt: '2026-08-30T09:00:00.000Z',
		});
		for (const list of state().userLists.slice(1, 3)) list.members = ['500101'];
		expect(jsonOf(await perform('fan', 'list', { limit: 1 }))).toEqual([
			{
				...TOM,
				name: 'Whale',
				customName: 'Whale',
				note: 'Likes cats',
				autoRenew: false,
				spentOnMessages: 75.5,
				isRestricted: true,
				lastReplyAt: '2026-08-30T09:00:00.000Z',
				listIds: ['recent', '1139401260'],
			},
		]);
	});

	test.each(['nobody', '999999'])('%s, who is unknown, is named', async (fan) => {
		const result = await perform('fan', 'get', { fan });
		expect(result.error?.message).toBe(`The fan '${fan}' was not found [item 0]`);
		expect(result.error?.description).toMatch(/^Check the user name or the ID/);
	});

	test('items keep their origin', async () => {
		await keepsPairing('fan', 'get', { fan: '500102' }, { fan: '999999' });
	});
});

describe('List', () => {
	test.each([
		['active', ['500101', '500102']],
		['all', ['500101', '500102', '500103']],
		['expired', ['500103']],
		['latest', ['500101', '500102', '500103']],
	])('%s', async (which, ids) => {
		const result = await perform('fan', 'list', { which });
		expect(sent()).toEqual([
			{
				method: 'GET',
				path: `${FANS}/${which}`,
				query: { limit: which === 'latest' ? '50' : '20' },
				body: undefined,
			},
		]);
		expect(idsOf(result)).toEqual(ids);
		if (which === 'all') {
			expect(jsonOf(result)).toEqual([
				TOM,
				expect.objectContaining({ status: 'active' }),
				expect.objectContaining({ status: 'expired', totalSpent: 0 }),
			]);
		}
	});

	test('untouched', async () => {
		expect(jsonOf(await perform('fan', 'list', { limit: 1, simplify: false }))).toEqual([
			expect.objectContaining({ id: 500_101, subscribedOnData: expect.any(Object) as object }),
		]);
		expect(sent()[0]?.query).toEqual({ limit: '1' });
	});

	test.each<[string, INodeParameters, Record<string, string>]>([
		['active', { search: 'Tom' }, { query: 'Tom' }],
		[
			'all',
			{ online: true, totalSpent: 100, tips: 20, duration: 3 },
			{
				'filter[online]': '1',
				'filter[total_spent]': '100',
				'filter[tips]': '20',
				'filter[duration]': '3',
			},
		],
		['expired', { online: false, totalSpent: 0 }, { 'filter[total_spent]': '0' }],
		['latest', { type: 'renew' }, { type: 'renew' }],
		[
			'latest',
			{ startDate: '2026-08-30', endDate: '2026-08-31' },
			{ start_date: '2026-08-30', end_date: '2026-08-31' },
		],
	])('%s with the filters %j', async (which, filters, query) => {
		const result = await perform('fan', 'list', { which, filters });
		expect(result.error).toBeUndefined();
		expect(sent()[0]?.query).toEqual({ limit: which === 'latest' ? '50' : '20', ...query });
	});

	test('the brackets stand in the address, and the filter holds', async () => {
		expect(
			idsOf(await perform('fan', 'list', { which: 'all', filters: { online: true } })),
		).toEqual(['500101']);
	});

	test.each([
		['UTC', '2026-08-30', '2026-08-31'],
		['Asia/Tokyo', '2026-08-31', '2026-09-01'],
	])(
		'the dates of the latest are those of the workflow in %s',
		async (timezone, start_date, end_date) => {
			const filters = {
				startDate: '2026-08-30T18:00:00Z',
				endDate: '={{ DateTime.fromISO("2026-08-31T18:00:00Z") }}',
			};
			const result = await perform('fan', 'list', { which: 'latest', filters }, { timezone });
			expect(result.error).toBeUndefined();
			expect(sent()[0]?.query).toEqual({ limit: '50', start_date, end_date });
		},
	);

	test('only who subscribed within the dates, the last day too', async () => {
		const ids = fans(4, (index) => ({ subscribedAt: `2026-08-0${1 + index}T23:00:00.000Z` }));
		const result = await perform('fan', 'list', {
			which: 'latest',
			filters: { startDate: '2026-08-02', endDate: '2026-08-03' },
		});
		expect(idsOf(result)).toEqual(ids.slice(1, 3));
		expect(
			idsOf(
				await perform('fan', 'list', {
					which: 'latest',
					filters: { startDate: '2026-08-02', endDate: '2026-08-02' },
				}),
			),
		).toEqual(ids.slice(1, 2));
	});

	test('the dates lead on over the pages of the latest, and do not leave with other lists', async () => {
		const ids = fans(70);
		const filters = { startDate: '2020-01-01', endDate: '2099-01-01' };
		expect(
			idsOf(await perform('fan', 'list', { which: 'latest', returnAll: true, filters })),
		).toEqual(ids);
		expect(sent().map(({ query }) => query)).toEqual(
			[{}, { offset: '50' }].map((query) => ({
				limit: '50',
				start_date: '2020-01-01',
				end_date: '2099-01-01',
				...query,
			})),
		);
		await perform('fan', 'list', { which: 'all', filters });
		await perform('fan', 'list', { which: "={{ 'all' }}", filters });
		expect(
			sent()
				.slice(2)
				.every(({ query }) => query.start_date === undefined && query.end_date === undefined),
		).toBe(true);
	});

	test('filters of the other lists do not leave with the latest', async () => {
		await perform('fan', 'list', { which: 'latest', filters: { search: 'Tom', online: true } });
		expect(sent()[0]?.query).toEqual({ limit: '50' });
	});

	test.each([0, 1, 20, 21, 40, 95])(
		'%i fans, each once, in as few pages as there can be',
		async (count) => {
			const ids = fans(count);
			const result = await perform('fan', 'list', { returnAll: true });
			expect(idsOf(result)).toEqual(ids);
			expect(sent().map(({ query }) => query.offset)).toEqual(
				Array.from({ length: Math.max(1, Math.ceil(count / 20)) }, (_, page) =>
					page === 0 ? undefined : String(20 * page),
				),
			);
		},
	);

	test('a page that is shorter than asked for is not the end', async () => {
		const ids = fans(60, (index) => ({ isFilteredOut: index % 20 === 3 })).filter(
			(_, index) => index % 20 !== 3,
		);
		expect(
			idsOf(await perform('fan', 'list', { returnAll: true, filters: { search: 'fan' } })),
		).toEqual(ids);
		expect(sent()).toHaveLength(3);
		expect(sent().every(({ query }) => query.query === 'fan')).toBe(true);
		const beside = await perform('fan', 'list', {
			returnAll: true,
			options: { parallelPages: true },
		});
		expect(idsOf(beside)).toEqual(ids);
	});

	test('the latest come 50 at a time', async () => {
		const ids = fans(120);
		expect(idsOf(await perform('fan', 'list', { which: 'latest', returnAll: true }))).toEqual(ids);
		expect(sent().map(({ query }) => query)).toEqual([
			{ limit: '50' },
			{ limit: '50', offset: '50' },
			{ limit: '50', offset: '100' },
		]);
	});

	test('a limit ends the walk', async () => {
		fans(95);
		expect((await perform('fan', 'list', { limit: 25 })).items).toHaveLength(25);
		expect(sent()).toHaveLength(2);
	});

	test('items keep their origin', async () => {
		await keepsPairing('fan', 'list', { limit: 2 }, { limit: 0 });
	});
});

/** Where the link is missing, `hasMore` alone has to do, and what comes twice is dropped. */
test('the list goes on without a link while there is more', async () => {
	const ids = fans(45);
	simulator().quirks.nextPageOrigin = 'no address';
	expect(idsOf(await perform('fan', 'list', { returnAll: true }))).toEqual(ids);
	expect(sent().map(({ query }) => query.offset)).toEqual([undefined, '20', '40']);
});

const one = (
	operation: string,
	name: string,
	parameters: INodeParameters,
	names: string,
): BadInput => ({ resource: 'fan', operation, name, parameters, names });

refuses([
	one('get', 'nobody', { fan: value('') }, 'User Name or ID'),
	one('get', 'a path', { fan: '../me' }, 'User Name or ID'),
	one('get', 'dots', { fan: '..' }, 'User Name or ID'),
	one('get', 'digits in an address', { fan: 'https://onlyfans.com/5001' }, 'User Name or ID'),
	one('get', "a post's address", { fan: 'https://onlyfans.com/5001/tombaker' }, 'User Name or ID'),
	one('get', 'another site', { fan: 'https://fansly.com/tombaker' }, 'User Name or ID'),
	one(
		'get',
		'a name that only begins like the site',
		{ fan: 'https://onlyfans.com.evil.example/tombaker' },
		'User Name or ID',
	),
	one('get', 'an object', { fan: value({ id: 1 }) }, 'User Name or ID'),
	one('get', 'too long a number', { fan: '={{ 900719925474099355 }}' }, 'User Name or ID'),
	one('get', 'no account', { fan: 'tombaker', account: byId(value('')) }, 'Account'),
	one('list', 'another list', { which: value('richest') }, 'Subscription Status'),
	one('list', 'a limit of 0', { limit: 0 }, 'Limit'),
	one('list', 'a fraction of a dollar', { filters: { totalSpent: 1.5 } }, 'Min Total Spent (USD)'),
	one('list', 'tips in words', { filters: { tips: value('many') } }, 'Min Tips (USD)'),
	one('list', 'negative months', { filters: { duration: -1 } }, 'Min Months Subscribed'),
	one('list', 'online in words', { filters: { online: value('perhaps') } }, 'Online Now'),
	one(
		'list',
		'a start without an end',
		{ which: 'latest', filters: { startDate: '2026-08-30' } },
		'End Date',
	),
	one(
		'list',
		'an end without a start',
		{ which: 'latest', filters: { endDate: '2026-08-30' } },
		'Start Date',
	),
	one(
		'list',
		'an end before its start',
		{ which: 'latest', filters: { startDate: '2026-08-30', endDate: '2026-08-29' } },
		'End Date',
	),
	one(
		'list',
		'a start in words',
		{ which: 'latest', filters: { startDate: 'last week-ish', endDate: '2026-08-29' } },
		'Start Date',
	),
	one(
		'list',
		'an unknown kind of subscription',
		{ which: 'latest', filters: { type: value('gift') } },
		'Subscriptions',
	),
]);
