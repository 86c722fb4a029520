import type { INodeParameters } from 'n8n-workflow';
import { LUNA, byId, jsonOf, simulator, useSimulator } from '../support/world';
import { ALEX, FANSLY_PAIRS, SAM, TOM, addFans, path } from '../support/fansly';
import type { FanslyPair } from '../support/fansly';
import { creditsOf, inputOf, operate, refusal, sent } from '../support/operations';
import type { Given } from '../support/operations';

useSimulator();

/** Fansly's own lists of fans, and what is set for a chat. */

const WHALES = '600000000000000001';
const UNKNOWN = '399999999999999999';
const CONTINUE = { onError: 'continueRegularOutput' as const };

const state = (pair: FanslyPair) => simulator().fanslyAccount(pair, LUNA[pair].account);
const onList = (pair: FanslyPair) => state(pair).lists.find(({ id }) => id === WHALES)?.fanIds;

describe('ofapiFansly: Fan List', () => {
	const { account } = LUNA.ofapiFansly;
	const items = path('ofapiFansly', `lists/${WHALES}/items`);
	const change = (operation: 'addFan' | 'removeFan', fans: string[], given: Given = {}) =>
		operate(
			'ofapiFansly',
			`fanList.${operation}`,
			{ fanList: byId(WHALES), fanId: '={{ $json.fan }}' },
			{ items: fans.map((fan) => ({ fan })), ...given },
		);

	test('List: the request, and the lists', async () => {
		const result = await operate('ofapiFansly', 'fanList.list');
		expect(sent()).toEqual([{ method: 'GET', path: path('ofapiFansly', 'lists'), query: {} }]);
		expect(jsonOf(result)).toEqual([
			{ id: WHALES, accountId: account, name: 'Whales', fanCount: 1, canAddFans: null },
			{
				id: '600000000000000002',
				accountId: account,
				name: 'Quiet',
				fanCount: 0,
				canAddFans: null,
			},
		]);
		expect(jsonOf(await operate('ofapiFansly', 'fanList.list', { simplify: false }))).toMatchObject(
			[{ id: WHALES, label: 'Whales' }, {}],
		);
	});

	test('List Fans: the request, and the common fan', async () => {
		const result = await operate('ofapiFansly', 'fanList.listFans', { fanList: byId(WHALES) });
		expect(sent()).toEqual([{ method: 'GET', path: items, query: {} }]);
		expect(jsonOf(result)).toMatchObject([
			{ id: TOM, accountId: account, name: 'Tom Baker', username: 'tombaker', status: null },
		]);
		expect(creditsOf()).toBe(1);
	});

	test('List Fans of an empty list, and of one that is not there', async () => {
		const lists = [{ list: '600000000000000002' }, { list: '699999999999999999' }];
		const result = await operate(
			'ofapiFansly',
			'fanList.listFans',
			{ fanList: byId('={{ $json.list }}') },
			{ items: lists, ...CONTINUE },
		);
		expect(result.items.map(inputOf)).toEqual([1]);
		expect(result.items[0]?.json.error).toContain("The list '699999999999999999' was not found");
	});

	test('Add Fan: the request, and who was added', async () => {
		const result = await change('addFan', [SAM]);
		expect(sent()).toEqual([{ method: 'POST', path: items, query: {}, body: { ids: [SAM] } }]);
		expect(jsonOf(result)).toEqual([{ added: true, fanId: SAM }]);
		expect(onList('ofapiFansly')).toEqual([TOM, SAM]);
		expect(creditsOf()).toBe(1);
	});

	test('250 fans of 250 items, three of them unknown: three requests, and each item its own', async () => {
		const fans = addFans('ofapiFansly', 247, 'follower');
		for (const at of [5, 120, 249]) fans.splice(at, 0, `${UNKNOWN}${at}`);
		const result = await change('addFan', fans);
		expect(sent()).toHaveLength(3);
		expect(sent().flatMap(({ body }) => (body as { ids: string[] }).ids)).toEqual(fans);
		expect(result.items.map(inputOf)).toEqual(fans.map((_, index) => index));
		const left = jsonOf(result).filter(({ added }) => added !== true);
		expect(left.map(({ fanId }) => fanId)).toEqual([5, 120, 249].map((at) => fans[at]));
		expect(onList('ofapiFansly')).toHaveLength(248);
	});

	test('one bad ID that makes Fansly refuse all: the others are added', async () => {
		const fans = [SAM, ALEX, TOM];
		simulator().addFault({ kind: 'json', status: 400, body: { message: 'Bad.' }, times: 1 });
		const result = await change('addFan', fans, CONTINUE);
		expect(jsonOf(result)).toEqual([
			{ added: true, fanId: SAM },
			{ added: true, fanId: ALEX },
			// On it already.
			{ added: false, fanId: TOM },
		]);
		expect(sent()).toHaveLength(3);
	});

	test('a second run changes nothing, and is no error', async () => {
		await change('addFan', [SAM, ALEX]);
		const again = await change('addFan', [SAM, ALEX]);
		expect(again.error).toBeUndefined();
		expect(jsonOf(again).map(({ added }) => added)).toEqual([false, false]);
		expect(onList('ofapiFansly')).toEqual([TOM, SAM, ALEX]);
	});

	test('an answer that names nobody is no claim', async () => {
		simulator().addFault({ kind: 'json', status: 200, body: { data: null } });
		expect(jsonOf(await change('addFan', [SAM]))).toEqual([{ added: null, fanId: SAM }]);
	});

	test('Remove Fan: the request, and who was removed', async () => {
		const result = await change('removeFan', [TOM, SAM]);
		expect(sent()).toEqual([
			{ method: 'DELETE', path: items, query: {}, body: { ids: [TOM, SAM] } },
		]);
		expect(jsonOf(result)).toEqual([
			{ removed: true, fanId: TOM },
			{ removed: false, fanId: SAM },
		]);
		expect(onList('ofapiFansly')).toEqual([]);
	});

	test('items of two lists are two requests', async () => {
		const result = await operate(
			'ofapiFansly',
			'fanList.addFan',
			{ fanList: byId('={{ $json.list }}'), fanId: '={{ $json.fan }}' },
			{
				items: [
					{ list: WHALES, fan: SAM },
					{ list: '600000000000000002', fan: SAM },
					{ list: WHALES, fan: ALEX },
				],
			},
		);
		expect(jsonOf(result).map(({ added }) => added)).toEqual([true, true, true]);
		expect(sent()).toHaveLength(2);
	});
});

describe.each([
	['addFan', 'POST', 'added', [TOM, SAM]],
	['removeFan', 'DELETE', 'removed', []],
] as const)('apiFansly: Fan List › %s', (operation, method, done, after) => {
	const fan = operation === 'addFan' ? SAM : TOM;
	const change = (fanId: string, given: Given = {}) =>
		operate('apiFansly', `fanList.${operation}`, { fanList: byId(WHALES), fanId }, given);

	test('the request, and the fan', async () => {
		const result = await change(fan);
		expect(sent()).toEqual([
			{
				method,
				path: path('apiFansly', 'lists/users'),
				query: {},
				body: { userId: fan, listId: WHALES },
			},
		]);
		expect(jsonOf(result)).toEqual([{ [done]: true, fanId: fan, fanListId: WHALES }]);
		expect(onList('apiFansly')).toEqual(after);
	});

	test('items keep their origin where a fan is unknown', async () => {
		const items = [{ fan: UNKNOWN }, { fan }];
		const result = await change('={{ $json.fan }}', { items, ...CONTINUE });
		expect(result.items.map(inputOf)).toEqual([0, 1]);
		expect(result.items[0]?.json.error).toContain('was not found');
		expect(result.items[1]?.json).toMatchObject({ [done]: true });
	});
});

describe('what is set for a chat', () => {
	const { chat } = LUNA.ofapiFansly;

	test('ofapiFansly: Unmute, by the fan', async () => {
		state('ofapiFansly').muted.add(TOM);
		const result = await operate('ofapiFansly', 'chat.unmute', { fanId: TOM });
		expect(sent()).toEqual([
			{ method: 'DELETE', path: path('ofapiFansly', `users/${TOM}/mute`), query: {} },
		]);
		expect(jsonOf(result)).toEqual([{ muted: false, fanId: TOM }]);
		expect(state('ofapiFansly').muted.size).toBe(0);
	});

	test('ofapiFansly: Disable Read Receipts', async () => {
		const result = await operate('ofapiFansly', 'chat.disableReadReceipts');
		expect(sent()).toEqual([
			{
				method: 'POST',
				path: path('ofapiFansly', `chats/${chat}/read-receipts/disable`),
				query: {},
			},
		]);
		expect(jsonOf(result)).toEqual([{ readReceipts: false, chatId: chat }]);
		expect([...state('ofapiFansly').withoutReceipts]).toEqual([chat]);
	});

	test.each([
		['disable', false, [chat]],
		['enable', true, []],
	])('apiFansly: Set Read Receipts, %s', async (action, readReceipts, without) => {
		state('apiFansly').withoutReceipts.add(chat);
		const result = await operate('apiFansly', 'chat.setReadReceipts', { readReceipts: action });
		expect(sent()).toEqual([
			{
				method: 'POST',
				path: path('apiFansly', `chats/${chat}/readreceipts`),
				query: {},
				body: { action },
			},
		]);
		expect(jsonOf(result)).toEqual([{ readReceipts, chatId: chat }]);
		expect([...state('apiFansly').withoutReceipts]).toEqual(without);
	});

	test('apiFansly: Get Media Statistics, page by page', async () => {
		const { account } = LUNA.apiFansly;
		simulator().addMessages('apiFansly', account, chat, [
			{
				direction: 'outgoing',
				text: 'A set',
				price: 5,
				media: Array.from({ length: 7 }, () => ({})),
			},
		]);
		const result = await operate('apiFansly', 'chat.getMediaStatistics', { returnAll: true });
		expect(sent().map(({ path: asked }) => asked)).toEqual(
			Array.from({ length: 3 }, () => path('apiFansly', `chats/${chat}/media-stats`)),
		);
		expect(jsonOf(result)).toHaveLength(7);
		expect(jsonOf(result)[0]).toEqual({
			id: expect.any(String) as string,
			purchases: 1,
			totalGross: 5000,
		});
	});

	test.each([
		['ofapiFansly', 'chat.disableReadReceipts'],
		['apiFansly', 'chat.setReadReceipts'],
		['apiFansly', 'chat.getMediaStatistics'],
	] as const)('%s %s: items keep their origin where a chat is unknown', async (pair, what) => {
		const items = [{ chat: '299999999999999999' }, { chat }];
		simulator().addMessages(pair, LUNA[pair].account, chat, [
			{ direction: 'outgoing', text: 'One', media: [{}] },
		]);
		const result = await operate(
			pair,
			what,
			{ chat: byId('={{ $json.chat }}'), returnAll: true },
			{ items, ...CONTINUE },
		);
		expect(result.items.map(inputOf)).toEqual([0, 1]);
		expect(result.items[0]?.json.error).toContain("chat '299999999999999999' was not found");
	});
});

describe('ofapiFansly: Media › Get Account Media', () => {
	test('the request, and the files with their state', async () => {
		const { account, chat } = LUNA.ofapiFansly;
		const [message] = simulator().addMessages('ofapiFansly', account, chat, [
			{ direction: 'outgoing', text: 'A clip', media: [{ type: 'video' }, {}] },
		]);
		const ids = (message?.media ?? []).map(({ id }) => id);
		const result = await operate('ofapiFansly', 'media.getAccountMedia', {
			accountMediaIds: ids.join(', '),
		});
		expect(sent()).toEqual([
			{
				method: 'GET',
				path: path('ofapiFansly', `account-media/${ids.join(',')}`),
				query: {},
			},
		]);
		expect(jsonOf(result)).toMatchObject([
			{ accountMediaId: ids[0], type: 'video', mimeType: 'video/mp4', status: 1 },
			{ accountMediaId: ids[1], type: 'photo', status: 1 },
		]);
		expect(creditsOf()).toBe(1);
	});
});

describe('bad inputs: nothing leaves, and the field is named', () => {
	const cases: Array<[FanslyPair, `${string}.${string}`, INodeParameters, string]> = [
		...FANSLY_PAIRS.flatMap(
			(pair): Array<[FanslyPair, `${string}.${string}`, INodeParameters, string]> => [
				[pair, 'fanList.addFan', { fanList: byId(WHALES), fanId: 'tom' }, 'Fan ID'],
				[pair, 'fanList.addFan', { fanList: byId('={{ "" }}'), fanId: TOM }, 'Fan List'],
				[pair, 'fanList.removeFan', { fanList: byId('={{ "../me" }}'), fanId: TOM }, 'Fan List'],
				[pair, 'chat.unmute', { fanId: '={{ "" }}' }, 'Fan ID'],
			],
		),
		['ofapiFansly', 'fanList.listFans', { fanList: byId('whales') }, 'Fan List'],
		['ofapiFansly', 'media.getAccountMedia', { accountMediaIds: '1, 1' }, 'Account Media IDs'],
		['ofapiFansly', 'media.getAccountMedia', { accountMediaIds: '={{ "" }}' }, 'Account Media IDs'],
		['apiFansly', 'chat.setReadReceipts', { readReceipts: '={{ "off" }}' }, 'Read Receipts'],
	];
	test.each(cases)('%s %s %j', async (pair, operation, parameters, field) => {
		const said = refusal(await operate(pair, operation, parameters));
		expect(said).toContain(`'${field}'`);
		expect(said).toContain('[item 0]');
		expect(said).not.toMatch(/undefined|null|\[object|error|failed/i);
	});
});
