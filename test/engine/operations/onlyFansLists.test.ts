import type { INodeParameters } from 'n8n-workflow';
import { newFan } from '../../simulator';
import type { UserList } from '../../simulator';
import { dropdown, search } from '../support/harness';
import { ACCOUNT, keepsPairing, perform, refuses, state } from '../support/onlyFans';
import type { BadInput } from '../support/onlyFans';
import { creditsOf, inputOf, said, sent, value } from '../support/operations';
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

describe('Add Fan', () => {
	const USERS = `${LISTS}/${VIPS}/users`;
	const EACH = { ...ON_VIPS, fanId: '={{ $json.fan }}' };
	const items = (ids: string[]) => ids.map((fan) => ({ fan }));

	/** So many fans of the account, nobody on the list yet, and their IDs. */
	function known(count: number): string[] {
		const ids = listOf(count).members ?? [];
		const list = state().userLists.find(({ id }) => id === VIPS);
		if (list !== undefined) list.members = [];
		return ids;
	}
	const members = () => state().userLists.find(({ id }) => id === VIPS)?.members ?? [];

	/** 250 fans, of whom three at these places are not known. */
	function mixed(places = [0, 100, 249]): { ids: string[]; bad: string[] } {
		const ids = known(250);
		for (const [index, place] of places.entries()) ids[place] = String(990_000 + index);
		return { ids, bad: places.map((place) => ids[place] ?? '') };
	}

	test('one request for one fan', async () => {
		const [fan = ''] = known(1);
		const result = await perform('fanList', 'addFan', { ...ON_VIPS, fanId: fan });
		expect(sent()).toEqual([{ method: 'POST', path: USERS, query: {}, body: { ids: [fan] } }]);
		expect(jsonOf(result)).toEqual([{ added: true, fanId: fan, fanListId: VIPS }]);
		expect(members()).toEqual([fan]);
		expect(creditsOf()).toBe(1);
	});

	test('250 fans of 250 input items: one request', async () => {
		const ids = known(250);
		const result = await perform('fanList', 'addFan', EACH, { items: items(ids) });
		expect(result.error).toBeUndefined();
		expect(sent()).toHaveLength(1);
		expect(members()).toEqual(ids);
		expect(result.items.map((item) => [inputOf(item), item.json.fanId])).toEqual(
			ids.map((fan, index) => [index, fan]),
		);
	});

	test('three unknown ones among 250: 247 added, three reported, two requests', async () => {
		const { ids, bad } = mixed();
		const result = await perform('fanList', 'addFan', EACH, {
			items: items(ids),
			onError: 'continueRegularOutput',
		});
		expect(result.error).toBeUndefined();
		expect(sent().map(({ body }) => (body as { ids: string[] }).ids.length)).toEqual([250, 247]);
		expect(members()).toEqual(ids.filter((id) => !bad.includes(id)));
		expect(result.items.map(inputOf)).toEqual(ids.map((_, index) => index));
		const failed = result.items.filter(({ json }) => json.error !== undefined);
		expect(failed.map(({ json }) => json.error)).toEqual(
			[0, 100, 249].map(
				(place, index) =>
					`The platform rejected the request: Unable to add ${bad[index]} to VIPs [item ${place}]`,
			),
		);
		expect(result.items.filter(({ json }) => json.added === true)).toHaveLength(247);
	});

	test('those on the list already are reported, and the others added', async () => {
		const ids = known(4);
		members().push(ids[1] ?? '');
		const result = await perform('fanList', 'addFan', EACH, {
			items: items(ids),
			onError: 'continueErrorOutput',
		});
		expect(members().sort()).toEqual(ids);
		expect(result.items.map(inputOf)).toEqual([0, 2, 3]);
		expect(result.errorItems.map(inputOf)).toEqual([1]);
	});

	test('where the refusal names nobody, they are found by halves', async () => {
		const { ids, bad } = mixed();
		simulator().quirks.refusalsNameNobody = true;
		const result = await perform('fanList', 'addFan', EACH, {
			items: items(ids),
			onError: 'continueRegularOutput',
		});
		expect(members().sort()).toEqual(ids.filter((id) => !bad.includes(id)).sort());
		expect(result.items.filter(({ json }) => json.error !== undefined).map(inputOf)).toEqual([
			0, 100, 249,
		]);
		expect(sent().length).toBeLessThan(50);
	});

	test('a list that is not there: one request, and each item says so', async () => {
		const ids = known(20);
		const result = await perform(
			'fanList',
			'addFan',
			{ ...EACH, fanList: byId('999') },
			{ items: items(ids), onError: 'continueRegularOutput' },
		);
		expect(sent()).toHaveLength(1);
		expect(result.items).toHaveLength(20);
		expect(result.items[0]?.json.error).toMatch(/^The list '999' was not found/);
	});

	test('what is wrong with the list itself is not looked for in the fans', async () => {
		const words = ['This list takes nobody'];
		const body = {
			error: 'ONLYFANS_COM_ERROR',
			onlyfans_response: { status: 400, body: { errors: { [VIPS]: words } } },
		};
		simulator().addFault({ kind: 'json', status: 400, body });
		const result = await perform('fanList', 'addFan', EACH, { items: items(known(20)) });
		expect(sent()).toHaveLength(1);
		expect(said(result)).toContain('This list takes nobody');
	});

	test('Retry On Fail asks again for those alone who were refused', async () => {
		const { ids, bad } = mixed();
		const result = await perform('fanList', 'addFan', EACH, {
			items: items(ids),
			settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
		});
		expect(said(result)).toContain(`Unable to add ${bad[0]} to VIPs`);
		expect(sent().map(({ body }) => (body as { ids: string[] }).ids.length)).toEqual([250, 247, 3]);
		expect(members()).toHaveLength(247);
	});

	test('a fan in several items, and several lists', async () => {
		const ids = known(2);
		const other = '1015359034';
		const result = await perform(
			'fanList',
			'addFan',
			{ fanList: byId('={{ $json.list }}'), fanId: '={{ $json.fan }}' },
			{
				items: [
					{ list: VIPS, fan: ids[0] ?? '' },
					{ list: other, fan: ids[1] ?? '' },
					{ list: VIPS, fan: ids[0] ?? '' },
				],
			},
		);
		expect(result.error).toBeUndefined();
		expect(jsonOf(result).map(({ fanListId }) => fanListId)).toEqual([VIPS, other, VIPS]);
		expect(sent().map(({ path, body }) => [path, body])).toEqual([
			[USERS, { ids: [ids[0]] }],
			[`${LISTS}/${other}/users`, { ids: [ids[1]] }],
		]);
	});

	test('an item with a bad ID is reported before anything leaves, the others are added', async () => {
		const ids = known(2);
		const result = await perform('fanList', 'addFan', EACH, {
			items: items([ids[0] ?? '', 'tombaker', ids[1] ?? '']),
			onError: 'continueRegularOutput',
		});
		expect(sent().map(({ body }) => body)).toEqual([{ ids }]);
		expect(result.items.map((item) => [inputOf(item), item.json.error !== undefined])).toEqual([
			[0, false],
			[1, true],
			[2, false],
		]);
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
	one('addFan', 'no fan', { ...ON_VIPS, fanId: value('') }, 'Fan ID'),
	one('addFan', 'a name', { ...ON_VIPS, fanId: 'tombaker' }, 'Fan ID'),
	one('addFan', 'no list', { fanList: byId(value('')), fanId: '1' }, 'Fan List'),
	one('removeFan', 'no fan', { ...ON_VIPS, fanId: value(null) }, 'Fan ID'),
	one('removeFan', 'a name', { ...ON_VIPS, fanId: 'tombaker' }, 'Fan ID'),
	one('list', 'no account', { account: byId(value('')) }, 'Account'),
]);
