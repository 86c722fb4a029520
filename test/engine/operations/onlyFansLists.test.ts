import type { INodeParameters } from 'n8n-workflow';
import { newFan } from '../../simulator';
import type { UserList } from '../../simulator';
import { dropdown, search } from '../support/harness';
import { ACCOUNT, keepsPairing, perform, refuses, state } from '../support/onlyFans';
import type { BadInput } from '../support/onlyFans';
import { creditsOf, said, sent, value } from '../support/operations';
import { byId, credentialOf, idsOf, jsonOf, simulator, useSimulator } from '../support/world';

useSimulator();

const LISTS = `/api/${ACCOUNT}/user-lists`;
const VIPS = '1139401260';
const ON_VIPS = { fanList: byId(VIPS) };

/** Gives the account this many lists, and no others. */
function lists(count: number): string[] {
	state().userLists = Array.from({ length: count }, (_, index) => ({
		id: String(1_200_000_000 + index),
		name: `List ${index}`,
		usersCount: index,
	}));
	return state().userLists.map(({ id }) => id);
}

/** The account's own list, with so many fans of the account on it. */
function listOf(fans: number): UserList {
	state().fans = Array.from({ length: fans }, (_, index) =>
		newFan({ id: String(700_000 + index), name: `Fan ${index}`, username: `fan${index}` }),
	);
	const list = state().userLists.find(({ id }) => id === VIPS);
	if (list === undefined) throw new Error('the default world has no VIPs');
	list.members = state().fans.map(({ id }) => id);
	return list;
}

describe('List', () => {
	test('the common list, or the untouched one', async () => {
		const result = await perform('fanList', 'list');
		expect(sent()).toEqual([{ method: 'GET', path: LISTS, query: { limit: '50' } }]);
		expect(jsonOf(result)).toEqual([
			{ id: 'fans', accountId: ACCOUNT, name: 'Fans', fanCount: 1200, canAddFans: false },
			{
				id: 'recent',
				accountId: ACCOUNT,
				name: 'Recent (last 24 hours)',
				fanCount: 2,
				canAddFans: false,
			},
			{ id: VIPS, accountId: ACCOUNT, name: 'VIPs', fanCount: 7, canAddFans: true },
			{
				id: '1015359034',
				accountId: ACCOUNT,
				name: 'Hidden size',
				fanCount: null,
				canAddFans: true,
			},
		]);
		const [raw] = jsonOf(await perform('fanList', 'list', { limit: 1, simplify: false }));
		expect(raw).toMatchObject({ id: 'fans', usersCount: 1200 });
		// Fewer than ten cannot be asked for.
		expect(sent()[1]?.query).toEqual({ limit: '10' });
	});

	test.each([0, 49, 50, 51, 120])('%i lists, each once', async (count) => {
		const ids = lists(count);
		expect(idsOf(await perform('fanList', 'list', { returnAll: true }))).toEqual(ids);
		// Only a page that is not full ends it.
		expect(sent()).toHaveLength(Math.floor(count / 50) + 1);
	});

	test('items keep their origin', async () => {
		await keepsPairing('fanList', 'list', { limit: 2 }, { limit: 0 });
	});
});

describe('Create', () => {
	test('a new list', async () => {
		const result = await perform('fanList', 'create', { name: 'Whales' });
		expect(sent()).toEqual([{ method: 'POST', path: LISTS, query: {}, body: { name: 'Whales' } }]);
		expect(jsonOf(result)).toEqual([
			{
				id: state().userLists.at(-1)?.id,
				accountId: ACCOUNT,
				name: 'Whales',
				fanCount: 0,
				canAddFans: true,
			},
		]);
		expect(creditsOf()).toBe(1);
	});

	test('a lost answer: it is not known whether there is one now', async () => {
		simulator().addFault({ kind: 'lostAfterStoring', method: 'POST' });
		const result = await perform('fanList', 'create', { name: 'Whales' });
		expect(said(result)).toContain(
			'It is not known whether this was carried out: look before you do it again.',
		);
		expect(sent()).toHaveLength(1);
	});
});

describe('List Fans', () => {
	test('the fans on it', async () => {
		listOf(2);
		const result = await perform('fanList', 'listFans', ON_VIPS);
		expect(sent()).toEqual([
			{ method: 'GET', path: `${LISTS}/${VIPS}/users`, query: { limit: '50' } },
		]);
		expect(jsonOf(result)).toEqual([
			expect.objectContaining({ id: '700000', accountId: ACCOUNT, listIds: [VIPS] }),
			expect.objectContaining({ id: '700001' }),
		]);
	});

	test.each([0, 100, 101, 250])('%i fans, each once, in the fewest requests', async (count) => {
		const { members } = listOf(count);
		const result = await perform('fanList', 'listFans', { ...ON_VIPS, returnAll: true });
		expect(idsOf(result)).toEqual(members);
		expect(sent()).toHaveLength(Math.max(1, Math.ceil(count / 100)));
	});

	test('an unknown list is named, items keep their origin', async () => {
		const parameters = { fanList: byId('999') };
		const result = await perform('fanList', 'listFans', parameters);
		expect(result.error?.message).toBe("The list '999' was not found [item 0]");
		expect(result.error?.description).toMatch(/^Choose the list from the list in the Fan List/);
		listOf(1);
		await keepsPairing('fanList', 'listFans', { ...ON_VIPS, limit: 2 }, { limit: 0 });
	});
});

describe('Remove Fan', () => {
	test('the fan is off the list', async () => {
		const list = listOf(2);
		const result = await perform('fanList', 'removeFan', { ...ON_VIPS, fanId: '700000' });
		expect(sent()).toEqual([
			{ method: 'DELETE', path: `${LISTS}/${VIPS}/users/700000`, query: {} },
		]);
		expect(jsonOf(result)).toEqual([{ removed: true, fanId: '700000', fanListId: VIPS }]);
		expect(list.members).toEqual(['700001']);
		expect(creditsOf()).toBe(1);
	});

	test('a fan who is not on it is named', async () => {
		const result = await perform('fanList', 'removeFan', { ...ON_VIPS, fanId: '999' });
		expect(result.error?.message).toBe(
			`The list '${VIPS}' was not found, or not the fan '999' on it [item 0]`,
		);
	});
});

describe('the picker', () => {
	const editor = () => ({
		node: 'ofapiOnlyFans' as const,
		credential: credentialOf('ofapiOnlyFans'),
		parameters: { account: byId(ACCOUNT) },
	});

	test('lists with the number of fans, as in the dropdown of mass messages', async () => {
		const { results, paginationToken } = await search(editor(), 'getFanLists', 'vip');
		expect(results).toEqual([{ name: 'VIPs (7)', value: VIPS }]);
		expect(paginationToken).toBeUndefined();
		expect(await dropdown(editor(), 'getUserLists')).toContainEqual(results[0]);
	});

	test('goes on after 50', async () => {
		lists(70);
		const first = await search(editor(), 'getFanLists');
		expect([first.results.length, first.paginationToken]).toEqual([50, '50']);
		const second = await search(editor(), 'getFanLists', undefined, '50');
		expect([second.results.length, second.paginationToken]).toEqual([20, undefined]);
	});
});

const one = (
	operation: string,
	name: string,
	parameters: INodeParameters,
	names: string,
): BadInput => ({ resource: 'fanList', operation, name, parameters, names });

refuses([
	one('create', 'no name', { name: value(' ') }, 'Name'),
	one('create', 'a name of 65 characters', { name: 'x'.repeat(65) }, 'Name'),
	one('create', 'an object', { name: value({ a: 1 }) }, 'Name'),
	one('listFans', 'no list', { fanList: byId(value('')) }, 'Fan List'),
	one('listFans', 'a path', { fanList: byId(value('../me')) }, 'Fan List'),
	one('removeFan', 'no fan', { ...ON_VIPS, fanId: value(null) }, 'Fan ID'),
	one('removeFan', 'a name', { ...ON_VIPS, fanId: 'tombaker' }, 'Fan ID'),
	one('list', 'no account', { account: byId(value('')) }, 'Account'),
]);
