import type { INodeParameters } from 'n8n-workflow';
import type { OnlyFansTransaction } from '../../simulator';
import { ACCOUNT, keepsPairing, perform, refuses, state } from '../support/onlyFans';
import type { BadInput } from '../support/onlyFans';
import { sent, value } from '../support/operations';
import { byId, idsOf, jsonOf, useSimulator } from '../support/world';

useSimulator();

const PATH = `/api/${ACCOUNT}/transactions`;
const NEWEST = Date.parse('2026-08-31T12:00:00Z');
const TOM = { id: '500101', name: 'Tom Baker', username: 'tombaker' };
const SAM = { id: '500102', name: 'Sam', username: 'sam' };

/** So many transactions, a minute apart, the newest first; two fans in turn. */
function transactions(
	count: number,
	given: (index: number) => Partial<OnlyFansTransaction> = () => ({}),
): string[] {
	state().transactions = Array.from({ length: count }, (_, index) => ({
		id: `t${count - index}`,
		fan: index % 2 === 0 ? TOM : SAM,
		type: 'message',
		amount: 19.99,
		createdAt: new Date(NEWEST - index * 60_000).toISOString(),
		status: 'done',
		...given(index),
	}));
	return state().transactions.map(({ id }) => id);
}

const list = (parameters: INodeParameters = {}) => perform('transaction', 'list', parameters);

test('the common transaction, or the untouched one', async () => {
	transactions(2, (index) =>
		index === 0 ? { messageId: '1234567890123', status: 'loading' } : { type: 'tip', amount: 5 },
	);
	const result = await list();
	expect(sent()).toEqual([{ method: 'GET', path: PATH, query: { limit: '50' } }]);
	expect(jsonOf(result)).toEqual([
		{
			id: 't2',
			fanId: '500101',
			fanName: 'Tom Baker',
			type: 'message',
			amount: 19.99,
			fee: 4,
			net: 15.99,
			currency: 'USD',
			createdAt: '2026-08-31T12:00:00.000Z',
			messageId: '1234567890123',
			status: 'loading',
		},
		{
			id: 't1',
			fanId: '500102',
			fanName: 'Sam',
			type: 'tip',
			amount: 5,
			fee: 1,
			net: 4,
			currency: 'USD',
			createdAt: '2026-08-31T11:59:00.000Z',
			messageId: null,
			status: 'done',
		},
	]);
	const [raw] = jsonOf(await list({ limit: 1, simplify: false }));
	expect(raw).toMatchObject({ id: 't2', user: { id: 500_101 }, payoutPendingDays: 7 });
});

test.each([0, 1, 100, 101, 250])('%i, each once, in the fewest requests', async (count) => {
	const ids = transactions(count);
	expect(idsOf(await list({ returnAll: true }))).toEqual(ids);
	// Each page repeats the last of the one before: its marker is a time.
	expect(sent()).toHaveLength(count <= 100 ? 1 : Math.ceil((count - 1) / 99));
	expect(sent().every(({ query }) => query.limit === '100')).toBe(true);
});

test('a limit ends it', async () => {
	const ids = transactions(300);
	expect(idsOf(await list({ limit: 120 }))).toEqual(ids.slice(0, 120));
	expect(sent()).toHaveLength(2);
});

test.each<[string, INodeParameters, Record<string, string>]>([
	['a type', { type: 'tips' }, { type: 'tips' }],
	[
		'where a tip was given',
		{ type: 'tips', tipsSource: 'chat' },
		{ type: 'tips', tipsSource: 'chat' },
	],
])('%s is asked for', async (_, filters, query) => {
	transactions(4, (index) => (index < 2 ? { type: 'tip', source: 'chat' } : {}));
	expect(idsOf(await list({ filters }))).toEqual(['t4', 't3']);
	expect(sent().map((one) => one.query)).toEqual([{ limit: '50', ...query }]);
});

describe('Since', () => {
	test('a day more is asked for, in UTC, and what is older does not come out', async () => {
		const ids = transactions(3 * 1440);
		const since = '2026-08-31T13:30:00';
		const result = await perform(
			'transaction',
			'list',
			{ returnAll: true, filters: { since } },
			{ timezone: 'Europe/Berlin' },
		);
		expect(result.error).toBeUndefined();
		// Half past one in Berlin is half past eleven in UTC: 31 minutes with both ends.
		expect(idsOf(result)).toEqual(ids.slice(0, 31));
		expect(sent()[0]?.query).toEqual({ limit: '100', startDate: '2026-08-30 11:30:00' });
	});

	test('leads on over the pages', async () => {
		const ids = transactions(400);
		const result = await list({ returnAll: true, filters: { since: '2026-08-31T00:00:00Z' } });
		expect(idsOf(result)).toEqual(ids);
		expect(sent().every(({ query }) => query.startDate === '2026-08-30 00:00:00')).toBe(true);
	});
});

test('Fan ID: only what this fan paid, up to the limit', async () => {
	const ids = transactions(500);
	const sams = ids.filter((_, index) => index % 2 === 1);
	const result = await list({ limit: 120, filters: { fanId: ' 500102 ' } });
	expect(idsOf(result)).toEqual(sams.slice(0, 120));
	expect(sent()).toHaveLength(3);
	expect(idsOf(await list({ returnAll: true, filters: { fanId: '999' } }))).toEqual([]);
});

test('items keep their origin', async () => {
	transactions(3);
	await keepsPairing('transaction', 'list', { limit: 2 }, { limit: 0 });
});

const one = (name: string, parameters: INodeParameters, names: string): BadInput => ({
	resource: 'transaction',
	operation: 'list',
	name,
	parameters,
	names,
});

refuses([
	one('no account', { account: byId(value('')) }, 'Account'),
	one('an unknown type', { filters: { type: value('gift') } }, 'Type'),
	one('a source without tips', { filters: { tipsSource: 'chat' } }, 'Tip Source'),
	one('a source of messages', { filters: { type: 'post', tipsSource: 'chat' } }, 'Type'),
	one('a time in words', { filters: { since: 'last week-ish' } }, 'Since'),
	one('a user name', { filters: { fanId: 'tombaker' } }, 'Fan ID'),
	one('a limit of 0', { limit: 0 }, 'Limit'),
]);
