import type { INodeParameters } from 'n8n-workflow';
import { LUNA, byId, jsonOf, simulator, useSimulator } from '../support/world';
import {
	ALEX,
	CREATOR_ID,
	FANSLY_PAIRS,
	SAM,
	TOM,
	addChats,
	addFans,
	path,
	tomsMessages,
} from '../support/fansly';
import { creditsOf, inputOf, operate, refusal, sent } from '../support/operations';
import type { FanslyPair } from '../support/fansly';

useSimulator();

/** What the simulated rows do not tell. */
const NOT_TOLD = {
	lastMessageDirection: null,
	isUnanswered: null,
	unansweredSince: null,
	hasUnreadTips: null,
	canSendMessage: null,
};

const PAGE = { ofapiFansly: 100, apiFansly: 20 };

const state = (pair: FanslyPair) =>
	simulator().fanslyState(pair, LUNA[pair].account, LUNA[pair].chat);

describe.each(FANSLY_PAIRS)('%s: Chat › List', (pair) => {
	const { account, chat, longChat, emptyChat } = LUNA[pair];
	const list = (parameters: INodeParameters = { returnAll: true }) =>
		operate(pair, 'chat.list', parameters);

	test('the request, and the common chat', async () => {
		const result = await list({ limit: 2, filters: { search: 'tom' } });
		expect(sent()).toEqual([
			{
				method: 'GET',
				path: path(pair, 'chats'),
				query: { ...(pair === 'ofapiFansly' && { limit: '2' }), search: 'tom' },
			},
		]);
		expect(simulator().requests[0]?.headers['content-type']).toBeUndefined();
		expect(jsonOf(result)).toEqual([
			{
				id: chat,
				accountId: LUNA[pair].account,
				fanId: TOM,
				fanName: 'Tom Baker',
				fanUsername: 'tombaker',
				unreadCount: 1,
				lastMessageId: tomsMessages(pair).at(-1),
				// ApiFansly's list holds no texts, and neither tells the time.
				lastMessageText: pair === 'ofapiFansly' ? 'Hi Luna, are you around tonight?' : null,
				lastMessageAt: null,
				isMuted: null,
				url: `https://fansly.com/messages/${chat}`,
				...NOT_TOLD,
			},
		]);
		expect(creditsOf()).toBe(1);
	});

	test('a chat without a message', async () => {
		const [empty] = jsonOf(await list({ returnAll: true, filters: { search: 'alex' } }));
		expect(empty).toMatchObject({
			id: emptyChat,
			fanId: ALEX,
			lastMessageId: null,
			lastMessageText: null,
			unreadCount: 0,
		});
	});

	test('without Simplify: the row as it came, and who it refers to', async () => {
		const [row] = jsonOf(
			await list({ returnAll: true, simplify: false, filters: { search: 'tom' } }),
		);
		expect(row).toMatchObject({
			account_id: CREATOR_ID,
			groupId: chat,
			partnerAccountId: TOM,
			flags: 0,
			accounts: [{ id: TOM, displayName: 'Tom Baker' }],
		});
		if (pair === 'ofapiFansly') {
			expect(row?.groups).toMatchObject([
				{ id: chat, lastMessage: { content: 'Hi Luna, are you around tonight?' } },
			]);
		}
		expect(Object.keys(row ?? {})).toEqual(
			expect.arrayContaining(['lastUnreadMessageId', 'subscriptionTierId']),
		);
	});

	test('every filter under its own name', async () => {
		const filters =
			pair === 'ofapiFansly'
				? { order: 'unread', search: 'a' }
				: { only: 'vips', order: 'unread', search: 'a', subscriptionTierId: '800000000000000001' };
		await list({ returnAll: true, filters });
		const query =
			pair === 'ofapiFansly'
				? { limit: '100', order: 'unread', search: 'a' }
				: { filter: 'vips', sort: 'unread', search: 'a', subscriptionTierId: '800000000000000001' };
		expect(sent()[0]?.query).toEqual(query);
	});

	test("the order is the provider's", async () => {
		const ids = async (order: string) =>
			jsonOf(await list({ returnAll: true, filters: { order } })).map(({ id }) => id);
		const newest = await ids('newest');
		expect(newest).toHaveLength(3);
		expect(await ids('oldest')).toEqual([...newest].reverse());
	});

	test.each([0, 1, PAGE[pair] - 3, PAGE[pair] - 2, 2 * PAGE[pair] + 5])(
		'all of them, with %i more than three',
		async (more) => {
			const added = addChats(pair, more);
			const result = await list();
			const ids = jsonOf(result).map(({ id }) => id);
			expect(new Set(ids)).toEqual(new Set([...added, chat, longChat, emptyChat]));
			expect(ids).toHaveLength(more + 3);
			expect(sent()).toHaveLength(Math.ceil((more + 3) / PAGE[pair]));
		},
	);

	test('no chat at all', async () => {
		const result = await list({ returnAll: true, filters: { search: 'nobody' } });
		expect(result.error).toBeUndefined();
		expect(result.items).toEqual([]);
		expect(sent()).toHaveLength(1);
	});

	test.each([1, PAGE[pair], PAGE[pair] + 1])(
		'a limit of %i takes no page too many',
		async (limit) => {
			addChats(pair, 2 * PAGE[pair]);
			expect((await list({ limit })).items).toHaveLength(limit);
			expect(sent()).toHaveLength(Math.ceil(limit / PAGE[pair]));
		},
	);

	test('the filters stand on every page', async () => {
		addChats(pair, PAGE[pair] + 1);
		await list({ returnAll: true, filters: { search: 'kim' } });
		expect(sent().map(({ query }) => query?.search)).toEqual(['kim', 'kim']);
	});

	test('items keep their origin where an account is unknown', async () => {
		const items = [{ account }, { account: 'fansly_acct_nobody' }, { account }];
		const result = await operate(
			pair,
			'chat.list',
			{ limit: 1, account: byId('={{ $json.account }}') },
			{ items, onError: 'continueRegularOutput' },
		);
		expect(result.items.map(inputOf)).toEqual([0, 1, 2]);
		expect(result.items[1]?.json.error).toContain('does not know');
	});
});

describe('ofapiFansly: Chat › List side by side', () => {
	test('nothing is lost or repeated', async () => {
		addChats('ofapiFansly', 450);
		const result = await operate('ofapiFansly', 'chat.list', {
			returnAll: true,
			options: { parallelPages: true },
		});
		const ids = jsonOf(result).map(({ id }) => id);
		expect(new Set(ids).size).toBe(453);
		expect(ids).toHaveLength(453);
		expect(sent().length).toBeLessThanOrEqual(5 + 2);
	});

	test('where pages turn out shorter than asked for, nothing is passed over', async () => {
		const rows = Array.from({ length: 150 }, (_, index) => ({
			groupId: String(250_000_000_000_000_000n + BigInt(index)),
		}));
		// A provider that gives 60 rows of 100; asked for are 0, 100, 200, then 60, 160, 260, then 120, 220, 320.
		for (const start of [0, 100, 200, 60, 160, 260, 120, 220, 320]) {
			simulator().addFault({
				kind: 'json',
				status: 200,
				times: 1,
				body: { data: { data: rows.slice(start, start + 60), hasMore: start + 60 < rows.length } },
			});
		}
		const parameters = {
			returnAll: true,
			simplify: false,
			options: { parallelPages: true, concurrency: 3 },
		};
		const result = await operate('ofapiFansly', 'chat.list', parameters);
		expect(sent().map(({ query }) => Number(query?.offset ?? 0))).toEqual([
			0, 100, 200, 60, 160, 260, 120, 220, 320,
		]);
		expect(jsonOf(result)).toEqual(rows);
	});
});

describe('ofapiFansly: what tells the end of a list', () => {
	const rows = (count: number) =>
		Array.from({ length: count }, (_, index) => ({
			groupId: String(250_000_000_000_000_000n + BigInt(index)),
		}));
	const answer = (body: object) =>
		simulator().addFault({ kind: 'json', status: 200, times: 1, body });
	const list = () => operate('ofapiFansly', 'chat.list', { returnAll: true });

	test('hasMore, whatever the size', async () => {
		answer({ data: { data: rows(7), hasMore: true }, _pagination: { next_page: null } });
		await list();
		expect(sent().map(({ query }) => query?.offset)).toEqual([undefined, '7']);
	});

	test('without it the link to the next page', async () => {
		answer({ data: { data: rows(100) }, _pagination: { next_page: null } });
		await list();
		expect(sent()).toHaveLength(1);
	});

	test('without either a page that is not full', async () => {
		answer({ data: { data: rows(100) } });
		answer({ data: { data: rows(99) } });
		await list();
		expect(sent()).toHaveLength(2);
	});

	test('a list that repeats itself for ever ends', async () => {
		for (let index = 0; index < 5; index++) answer({ data: { data: rows(3), hasMore: true } });
		const result = await list();
		expect(result.items).toHaveLength(3);
		expect(sent()).toHaveLength(2);
	});

	test('an answer of another shape is no empty list', async () => {
		answer({ data: [] });
		expect((await list()).error?.message).toContain('OnlyFansAPI sent an unexpected response');
	});
});

describe('apiFansly: what a list does with odd cursors', () => {
	const rows = (first: number, count: number) =>
		Array.from({ length: count }, (_, index) => ({
			groupId: String(250_000_000_000_000_000n + BigInt(first + index)),
		}));
	const answer = (response: object, beside: object = {}, outside: object = {}) =>
		simulator().addFault({
			kind: 'json',
			status: 200,
			times: 1,
			body: {
				statusCode: 200,
				data: { status_code: 200, data: { success: true, response, ...beside }, ...outside },
			},
		});

	test.each([
		['in the outer data', {}, {}, { nextCursor: 'c1' }],
		['beside the response', {}, { nextCursor: 'c1' }, {}],
		['in the response', { cursor: 'c1' }, {}, {}],
	])('found %s', async (_where, inside, beside, outside) => {
		answer({ data: rows(0, 2), ...inside }, beside, outside);
		answer({ data: rows(2, 2) });
		const result = await operate('apiFansly', 'chat.list', { returnAll: true });
		expect(result.items).toHaveLength(4);
		expect(sent().map(({ query }) => query?.cursor)).toEqual([undefined, 'c1']);
	});

	test('a cursor that repeats ends it', async () => {
		for (let index = 0; index < 5; index++) {
			answer({ data: rows(index * 2, 2) }, { nextCursor: 'same' });
		}
		const result = await operate('apiFansly', 'chat.list', { returnAll: true });
		expect(result.items).toHaveLength(4);
		expect(sent()).toHaveLength(2);
	});
});

describe('apiFansly: Chat › List Unread', () => {
	const list = (parameters: INodeParameters = { returnAll: true }) =>
		operate('apiFansly', 'chat.listUnread', parameters);

	test('the request, the common chat, and the page that shows the end', async () => {
		const { chat, account, longChat } = LUNA.apiFansly;
		const result = await list();
		const unread = [chat, longChat].filter(
			(one) => simulator().unreadCount('apiFansly', account, one) > 0,
		);
		// The newest comes first, so the last row has the smallest ID.
		const [cursor] = unread
			.map((one) => simulator().messages('apiFansly', account, one).at(-1)?.id)
			.sort();
		const url = path('apiFansly', 'chats/unread');
		expect(sent()).toEqual([
			{ method: 'GET', path: url, query: {} },
			{ method: 'GET', path: url, query: { cursor } },
		]);
		expect(simulator().requests[0]?.headers['content-type']).toBeUndefined();
		expect(jsonOf(result)).toContainEqual({
			id: chat,
			accountId: LUNA.apiFansly.account,
			fanId: TOM,
			fanName: 'Tom Baker',
			fanUsername: 'tombaker',
			unreadCount: 1,
			lastMessageId: tomsMessages('apiFansly').at(-1),
			lastMessageText: null,
			lastMessageAt: null,
			isMuted: null,
			url: `https://fansly.com/messages/${chat}`,
			...NOT_TOLD,
		});
	});

	test('all of 25 more, ten a page', async () => {
		const before = (await list()).items.length;
		const asked = sent().length;
		addChats('apiFansly', 25);
		expect((await list()).items).toHaveLength(before + 25);
		expect(sent().length - asked).toBe(Math.ceil((before + 25) / 10) + 1);
	});

	test('where the answer names no cursor, the last message is it', async () => {
		const body = (rows: object[]) => ({
			statusCode: 200,
			data: { data: { success: true, response: { data: rows } } },
		});
		simulator().addFault({
			kind: 'json',
			status: 200,
			times: 1,
			body: body([
				{ groupId: '1', messageId: '11' },
				{ groupId: '2', messageId: '10' },
			]),
		});
		simulator().addFault({
			kind: 'json',
			status: 200,
			times: 1,
			body: body([{ groupId: '3', messageId: '9' }]),
		});
		simulator().addFault({ kind: 'json', status: 200, times: 1, body: body([]) });
		expect((await list()).items).toHaveLength(3);
		expect(sent().map(({ query }) => query?.cursor)).toEqual([undefined, '10', '9']);
	});

	test('a limit that one page fills asks for no more', async () => {
		addChats('apiFansly', 15);
		expect((await list({ limit: 10 })).items).toHaveLength(10);
		expect(sent()).toHaveLength(1);
	});
});

describe('ofapiFansly: Chat › Get', () => {
	const { chat, emptyChat } = LUNA.ofapiFansly;

	test('the requests, and the common chat', async () => {
		const result = await operate('ofapiFansly', 'chat.get');
		expect(sent()).toEqual([
			{ method: 'GET', path: path('ofapiFansly', `chats/${chat}`), query: {} },
			{ method: 'GET', path: '/api/fansly/accounts', query: {} },
		]);
		expect(jsonOf(result)).toEqual([
			{
				id: chat,
				accountId: LUNA.ofapiFansly.account,
				fanId: TOM,
				fanName: null,
				fanUsername: null,
				unreadCount: null,
				lastMessageId: tomsMessages('ofapiFansly').at(-1),
				lastMessageText: 'Hi Luna, are you around tonight?',
				lastMessageAt: null,
				isMuted: null,
				url: `https://fansly.com/messages/${chat}`,
				...NOT_TOLD,
			},
		]);
	});

	test('the creator is looked up once for all items', async () => {
		const result = await operate(
			'ofapiFansly',
			'chat.get',
			{ chat: byId('={{ $json.chat }}') },
			{ items: [{ chat }, { chat: emptyChat }, { chat }] },
		);
		expect(jsonOf(result).map(({ fanId }) => fanId)).toEqual([TOM, ALEX, TOM]);
		expect(sent()).toHaveLength(4);
	});

	test('where the creator cannot be told, the fan is not guessed', async () => {
		simulator().addFault({ kind: 'html', path: /accounts$/ });
		expect(jsonOf(await operate('ofapiFansly', 'chat.get'))).toMatchObject([
			{ id: chat, fanId: null },
		]);
		simulator().addFault({
			kind: 'json',
			status: 200,
			times: 1,
			body: { data: { id: chat, users: [{ userId: CREATOR_ID }] } },
		});
		expect(jsonOf(await operate('ofapiFansly', 'chat.get'))).toMatchObject([
			{ id: chat, fanId: null },
		]);
	});

	test('nor in a group of more than two', async () => {
		const users = [CREATOR_ID, TOM, SAM].map((userId) => ({ userId }));
		simulator().addFault({
			kind: 'json',
			status: 200,
			times: 1,
			body: { data: { id: chat, users } },
		});
		expect(jsonOf(await operate('ofapiFansly', 'chat.get'))).toMatchObject([
			{ id: chat, fanId: null },
		]);
	});

	test('without Simplify: one request, as it came', async () => {
		const result = await operate('ofapiFansly', 'chat.get', { simplify: false });
		expect(sent()).toHaveLength(1);
		expect(jsonOf(result)).toMatchObject([
			{
				id: chat,
				type: 1,
				users: [{ userId: CREATOR_ID }, { userId: TOM }],
				dmPermissionFlags: [],
			},
		]);
	});

	test('a chat of nobody', async () => {
		expect(
			(await operate('ofapiFansly', 'chat.get', { chat: byId('299') })).error?.message,
		).toContain("The chat '299' was not found");
	});
});

describe.each(FANSLY_PAIRS)('%s: Chat › Create', (pair) => {
	const create = (fanId: string, given = {}) => operate(pair, 'chat.create', { fanId }, given);
	const bodyFor = (fanId: string) =>
		pair === 'ofapiFansly'
			? { user_id: fanId }
			: {
					users: [
						{ userId: CREATOR_ID, permissionFlags: 0 },
						{ userId: fanId, permissionFlags: 0 },
					],
					type: 1,
				};
	const request = (fanId: string) => ({
		method: 'POST',
		path: path(pair, pair === 'ofapiFansly' ? 'chats' : 'group'),
		query: {},
		body: bodyFor(fanId),
	});
	const idsIn = (result: Awaited<ReturnType<typeof create>>) =>
		jsonOf(result).flatMap(({ chatId }) => (typeof chatId === 'string' ? [chatId] : []));
	const lookup = { method: 'GET', path: path(pair, 'me'), query: {} };

	test('a new chat: the requests and the result', async () => {
		const [fan = ''] = addFans(pair, 1, 'follower');
		const result = await create(` ${fan} `);
		expect(sent()).toEqual([...(pair === 'apiFansly' ? [lookup] : []), request(fan)]);
		const chatId = idsIn(result)[0] ?? '';
		expect(jsonOf(result)).toEqual([{ chatId, fanId: fan }]);
		expect(simulator().messages(pair, LUNA[pair].account, chatId)).toEqual([]);
		expect(creditsOf()).toBe(pair === 'apiFansly' ? 2 : 1);
	});

	test('the chat that is there already', async () => {
		expect(jsonOf(await create(TOM))).toEqual([{ chatId: LUNA[pair].chat, fanId: TOM }]);
	});

	test('over several items: their origin is kept, and the creator looked up once', async () => {
		const items = [{ fan: TOM }, { fan: '399999999999999999' }, { fan: SAM }];
		const result = await create('={{ $json.fan }}', { items, onError: 'continueRegularOutput' });
		expect(result.items.map(inputOf)).toEqual([0, 1, 2]);
		expect(result.items.map(({ json }) => json.chatId)).toEqual([
			LUNA[pair].chat,
			undefined,
			LUNA[pair].longChat,
		]);
		expect(result.items[1]?.json.error).toEqual(expect.any(String));
		expect(sent()).toHaveLength(pair === 'apiFansly' ? 4 : 3);
	});

	test('an answer without an ID is no chat', async () => {
		simulator().addFault({ kind: 'json', status: 200, method: 'POST', body: { data: {} } });
		expect((await create(TOM)).error?.message).toContain('sent an unexpected response');
	});
});

test('apiFansly: where the creator cannot be looked up no chat is made, and the reason is said', async () => {
	simulator().addFault({
		kind: 'json',
		status: 401,
		path: /\/me$/,
		body: { message: 'Missing or invalid API key' },
	});
	const result = await operate('apiFansly', 'chat.create', { fanId: TOM });
	expect(result.error?.message).toContain('did not accept the API key');
	expect(sent().map(({ method }) => method)).toEqual(['GET', 'GET']);
});

describe('what is done to chats: the request, the result, the state', () => {
	test('ofapiFansly: Mark All Read', async () => {
		const { account, chat } = LUNA.ofapiFansly;
		expect(simulator().unreadCount('ofapiFansly', account, chat)).toBeGreaterThan(0);
		const result = await operate('ofapiFansly', 'chat.markAllRead');
		expect(sent()).toEqual([
			{ method: 'POST', path: path('ofapiFansly', 'chats/mark-all-as-read'), query: {} },
		]);
		expect(jsonOf(result)).toEqual([{ read: true, accountId: account }]);
		expect(simulator().unreadCount('ofapiFansly', account, chat)).toBe(0);
		expect(creditsOf()).toBe(1);
	});

	test('ofapiFansly: Start Typing costs nothing', async () => {
		const result = await operate('ofapiFansly', 'chat.startTyping');
		expect(sent()).toEqual([
			{
				method: 'POST',
				path: path('ofapiFansly', `chats/${LUNA.ofapiFansly.chat}/typing`),
				query: {},
			},
		]);
		expect(jsonOf(result)).toEqual([{ typing: true, chatId: LUNA.ofapiFansly.chat }]);
		expect(state('ofapiFansly').isTyping).toBe(true);
		expect(creditsOf()).toBe(0);
	});

	test('apiFansly: Start Typing', async () => {
		const { chat } = LUNA.apiFansly;
		const result = await operate('apiFansly', 'chat.startTyping', {
			chat: { __rl: true, mode: 'url', value: `https://fansly.com/messages/${chat}` },
		});
		expect(sent()).toEqual([
			{
				method: 'POST',
				path: path('apiFansly', 'chats/typing'),
				query: {},
				body: { chatId: chat },
			},
		]);
		expect(jsonOf(result)).toEqual([{ typing: true, chatId: chat }]);
		expect(state('apiFansly').isTyping).toBe(true);
		expect(creditsOf()).toBe(1);
	});

	test('apiFansly: Mute and Unmute go by the fan', async () => {
		const muted = await operate('apiFansly', 'chat.mute', { fanId: TOM });
		expect(sent()).toEqual([
			{
				method: 'POST',
				path: path('apiFansly', 'chats/mute'),
				query: {},
				body: { targetUserId: TOM },
			},
		]);
		expect(jsonOf(muted)).toEqual([{ muted: true, fanId: TOM }]);
		expect(state('apiFansly').isMuted).toBe(true);
		const unmuted = await operate('apiFansly', 'chat.unmute', { fanId: TOM });
		expect(sent().at(-1)).toEqual({
			method: 'POST',
			path: path('apiFansly', 'chats/unmute'),
			query: {},
			body: { targetUserId: TOM },
		});
		expect(jsonOf(unmuted)).toEqual([{ muted: false, fanId: TOM }]);
		expect(state('apiFansly').isMuted).toBe(false);
	});

	test('apiFansly: Hide takes the chat off the list', async () => {
		const { chat } = LUNA.apiFansly;
		const result = await operate('apiFansly', 'chat.hide');
		expect(sent()).toEqual([
			{ method: 'POST', path: path('apiFansly', `chats/${chat}/hide`), query: {} },
		]);
		expect(jsonOf(result)).toEqual([{ hidden: true, chatId: chat }]);
		const left = jsonOf(await operate('apiFansly', 'chat.list', { returnAll: true })).map(
			({ id }) => id,
		);
		expect(left).not.toContain(chat);
	});

	test.each([
		['ofapiFansly', 'startTyping'],
		['apiFansly', 'startTyping'],
		['apiFansly', 'hide'],
	] as const)('%s %s keeps items and their origin apart', async (pair, operation) => {
		const { chat, longChat } = LUNA[pair];
		const items = [{ chat }, { chat: '299999999999999999' }, { chat: longChat }];
		const result = await operate(
			pair,
			`chat.${operation}`,
			{ chat: byId('={{ $json.chat }}') },
			{ items, onError: 'continueRegularOutput' },
		);
		expect(result.items.map(inputOf)).toEqual([0, 1, 2]);
		expect(result.items.map(({ json }) => json.chatId)).toEqual([chat, undefined, longChat]);
		expect(result.items[1]?.json.error).toContain("The chat '299999999999999999' was not found");
	});
});

/** As an expression: n8n itself refuses what a person leaves empty. */
const EMPTY = '={{ "" }}';

describe('bad inputs: nothing leaves, and the field is named', () => {
	const cases: Array<[FanslyPair, `chat.${string}`, INodeParameters, string]> = [
		...FANSLY_PAIRS.flatMap(
			(pair): Array<[FanslyPair, `chat.${string}`, INodeParameters, string]> => [
				[pair, 'chat.list', { limit: 0 }, 'Limit'],
				[pair, 'chat.list', { limit: '={{ "many" }}' }, 'Limit'],
				[pair, 'chat.list', { account: byId(EMPTY) }, 'Account'],
				[pair, 'chat.list', { filters: { order: '={{ "sideways" }}' } }, 'Order'],
				[pair, 'chat.list', { filters: { search: '={{ {} }}' } }, 'Search'],
				[pair, 'chat.list', { options: { concurrency: 0 } }, 'Max Parallel Requests'],
				[pair, 'chat.create', { fanId: EMPTY }, 'Fan ID'],
				[pair, 'chat.create', { fanId: 'tombaker' }, 'Fan ID'],
				[pair, 'chat.create', { fanId: '={{ 300000000000000001 }}' }, 'Fan ID'],
				[pair, 'chat.startTyping', { chat: byId(EMPTY) }, 'Chat'],
				[pair, 'chat.startTyping', { chat: byId('={{ "../x" }}') }, 'Chat'],
			],
		),
		['ofapiFansly', 'chat.get', { chat: byId(EMPTY) }, 'Chat'],
		['apiFansly', 'chat.hide', { chat: byId(EMPTY) }, 'Chat'],
		['apiFansly', 'chat.list', { filters: { only: '={{ "all of them" }}' } }, 'Show'],
		[
			'apiFansly',
			'chat.list',
			{ filters: { subscriptionTierId: 'gold' } },
			'Subscription Tier Name or ID',
		],
		['apiFansly', 'chat.listUnread', { limit: -1 }, 'Limit'],
		['apiFansly', 'chat.mute', { fanId: EMPTY }, 'Fan ID'],
		['apiFansly', 'chat.mute', { fanId: 'a/b' }, 'Fan ID'],
		['apiFansly', 'chat.unmute', { fanId: 'x' }, 'Fan ID'],
	];
	test.each(cases)('%s %s %j', async (pair, operation, parameters, field) => {
		const said = refusal(await operate(pair, operation, parameters));
		expect(said).toContain(`'${field}'`);
		expect(said).toContain('[item 0]');
		expect(said).not.toMatch(/undefined|null|\[object|error|failed/i);
	});
});
