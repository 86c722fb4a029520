import type { INodeParameters } from 'n8n-workflow';
import type { NewMessage } from '../../simulator';
import { ACCOUNT, CHAT, keepsPairing, perform, refuses, state } from '../support/onlyFans';
import { inputOf, sent, value } from '../support/operations';
import type { BadInput } from '../support/onlyFans';
import { byId, chatWith, idsOf, jsonOf, simulator, useSimulator } from '../support/world';

useSimulator();

const CHATS = `/api/${ACCOUNT}/chats`;

/** Fills the account up to so many chats; the last has the newest message. */
function chats(count: number): string[] {
	return Array.from({ length: count - 3 }, (_, index) =>
		simulator().addChat('ofapiOnlyFans', {
			account: ACCOUNT,
			fan: { id: String(600_001 + index), name: `Fan ${index}`, username: `fan${index}` },
			messages: 1,
		}),
	);
}

describe('actions on a chat', () => {
	const ACTIONS: Array<{ operation: string; method: string; path: string; result: object }> = [
		{
			operation: 'hide',
			method: 'POST',
			path: `${CHATS}/${CHAT}/hide`,
			result: { hidden: true, chatId: CHAT },
		},
		{
			operation: 'markAllRead',
			method: 'POST',
			path: `${CHATS}/mark-as-read`,
			result: { read: true, accountId: ACCOUNT },
		},
		{
			operation: 'markRead',
			method: 'POST',
			path: `${CHATS}/${CHAT}/mark-as-read`,
			result: { read: true, chatId: CHAT },
		},
		{
			operation: 'markUnread',
			method: 'POST',
			path: `${CHATS}/${CHAT}/mark-as-unread`,
			result: { read: false, chatId: CHAT },
		},
		{
			operation: 'mute',
			method: 'POST',
			path: `${CHATS}/${CHAT}/mute`,
			result: { muted: true, chatId: CHAT },
		},
		{
			operation: 'startTyping',
			method: 'POST',
			path: `${CHATS}/${CHAT}/typing`,
			result: { typing: true, chatId: CHAT },
		},
		{
			operation: 'unmute',
			method: 'DELETE',
			path: `${CHATS}/${CHAT}/unmute`,
			result: { muted: false, chatId: CHAT },
		},
	];

	test.each(ACTIONS)(
		'$operation: one request, and what came of it',
		async ({ operation, method, path, result: expected }) => {
			const result = await perform('chat', operation);
			expect(result.error).toBeUndefined();
			expect(sent()).toEqual([{ method, path, query: {} }]);
			expect(jsonOf(result)).toEqual([expected]);
			expect(simulator().credits('ofapi').used).toBe(operation === 'startTyping' ? 0 : 1);
		},
	);

	test('they do what they say', async () => {
		const unread = () => simulator().unreadCount('ofapiOnlyFans', ACCOUNT, CHAT);
		expect(unread()).toBe(1);
		await perform('chat', 'markRead');
		expect(unread()).toBe(0);
		await perform('chat', 'markUnread');
		expect(unread()).toBe(1);
		await perform('chat', 'markAllRead', { chat: byId('') });
		expect(unread()).toBe(0);
		await perform('chat', 'mute');
		await perform('chat', 'startTyping');
		expect(state().chat(CHAT)).toMatchObject({ isMuted: true, isHidden: false, typing: 1 });
		await perform('chat', 'unmute');
		await perform('chat', 'hide');
		expect(state().chat(CHAT)).toMatchObject({ isMuted: false, isHidden: true });
		expect(idsOf(await perform('chat', 'list'))).not.toContain(CHAT);
	});

	test.each(ACTIONS.filter(({ operation }) => operation !== 'markAllRead'))(
		'$operation: an unknown chat is named, items keep their origin',
		async ({ operation }) => {
			const result = await perform('chat', operation, { chat: byId('999999') });
			expect(result.error?.message).toBe("The chat '999999' was not found [item 0]");
			const paired = await perform(
				'chat',
				operation,
				{ chat: byId('={{ $json.chat }}') },
				{
					items: [{ chat: CHAT }, { chat: '999999' }, { chat: CHAT }],
					onError: 'continueRegularOutput',
				},
			);
			expect(paired.items.map((item) => [inputOf(item), item.json.error !== undefined])).toEqual([
				[0, false],
				[1, true],
				[2, false],
			]);
		},
	);
});

describe('List', () => {
	test('the request, and the common chat', async () => {
		await perform('chat', 'mute');
		const result = await perform('chat', 'list', { limit: 1 });
		expect(sent().slice(1)).toEqual([
			{
				method: 'GET',
				path: `${CHATS}`,
				query: { limit: '1', skip_users: 'none' },
				body: undefined,
			},
		]);
		const newest = simulator().messages('ofapiOnlyFans', ACCOUNT, CHAT).at(-1);
		const [first] = jsonOf(await perform('chat', 'list')).filter(({ id }) => id === CHAT);
		expect(first).toEqual({
			id: CHAT,
			accountId: ACCOUNT,
			fanId: CHAT,
			fanName: 'Tom Baker',
			fanUsername: 'tombaker',
			unreadCount: 1,
			lastMessageId: newest?.id,
			lastMessageText: 'Hi Luna, are you around tonight?',
			lastMessageAt: newest?.createdAt,
			isMuted: true,
			url: `https://onlyfans.com/my/chats/chat/${CHAT}/`,
			lastMessageDirection: 'incoming',
			isUnanswered: true,
			unansweredSince: newest?.createdAt,
			hasUnreadTips: false,
			canSendMessage: true,
		});
		expect(result.items).toHaveLength(1);
	});

	test('a chat without messages', async () => {
		const [empty] = jsonOf(await perform('chat', 'list', { filters: { search: 'alex' } }));
		expect(empty).toMatchObject({
			fanName: 'Alex Novak',
			lastMessageId: null,
			lastMessageText: null,
			lastMessageAt: null,
			isMuted: false,
			unreadCount: 0,
			lastMessageDirection: null,
			isUnanswered: null,
			unansweredSince: null,
		});
	});

	test.each<[string, NewMessage[], object]>([
		[
			'the creator wrote last',
			[
				{ direction: 'incoming', text: 'Hi' },
				{ direction: 'outgoing', text: 'Hello' },
			],
			{ lastMessageDirection: 'outgoing', isUnanswered: false, unansweredSince: null },
		],
		[
			'a mass message behind what is unread',
			[
				{ direction: 'incoming', text: 'Hi' },
				{ direction: 'outgoing', text: 'To all', isFromQueue: true },
			],
			{ lastMessageDirection: 'outgoing', isUnanswered: true, unansweredSince: null },
		],
		[
			'a mass message alone',
			[{ direction: 'outgoing', text: 'To all', isFromQueue: true }],
			{ lastMessageDirection: 'outgoing', isUnanswered: null, unansweredSince: null },
		],
		[
			'a tip that nobody has read',
			[{ direction: 'incoming', text: 'For you: $5', tip: 5 }],
			{ lastMessageDirection: 'incoming', isUnanswered: true, hasUnreadTips: true },
		],
	])('who waits: %s', async (_, messages, told) => {
		const chat = chatWith('ofapiOnlyFans', messages);
		const rows = jsonOf(await perform('chat', 'list'));
		expect(rows.find(({ id }) => id === chat)).toMatchObject(told);
	});

	describe('Unanswered Only', () => {
		/** Chats in which the creator wrote last, but for those at these places, the newest first. */
		function answeredBut(count: number, waiting: number[]): string[] {
			const ids = chats(count).reverse();
			for (const [index, id] of [...ids].reverse().entries()) {
				const isWaiting = waiting.includes(ids.length - 1 - index);
				simulator().addMessages('ofapiOnlyFans', ACCOUNT, id, [
					{
						direction: isWaiting ? 'incoming' : 'outgoing',
						text: 'x',
						createdAt: new Date(Date.UTC(2026, 9, 1, 0, index)),
					},
				]);
			}
			return waiting.map((place) => ids[place] ?? '');
		}

		test('those who wait, without a request more, also behind pages without any', async () => {
			const waiting = answeredBut(253, [3, 249]);
			const result = await perform('chat', 'list', {
				returnAll: true,
				filters: { unansweredOnly: true },
			});
			expect(idsOf(result).slice(0, 2)).toEqual(waiting);
			expect(jsonOf(result).every(({ isUnanswered }) => isUnanswered === true)).toBe(true);
			expect(sent().map(({ query }) => query)).toEqual(
				[undefined, '100', '200'].map((offset) => ({
					limit: '100',
					skip_users: 'none',
					...(offset !== undefined && { offset }),
				})),
			);
		});

		test('a limit counts them alone, and ends it', async () => {
			const waiting = answeredBut(253, [3, 20, 249]);
			const result = await perform('chat', 'list', {
				limit: 3,
				filters: { unansweredOnly: true },
				simplify: false,
			});
			expect(jsonOf(result).map(({ fan }) => (fan as { id: number }).id)).toEqual(
				waiting.map(Number),
			);
			expect(sent()).toHaveLength(3);
			await perform('chat', 'list', { limit: 2, filters: { unansweredOnly: true } });
			expect(sent()).toHaveLength(4);
		});

		test('off, all of them', async () => {
			expect(
				(await perform('chat', 'list', { filters: { unansweredOnly: false } })).items,
			).toHaveLength(3);
		});
	});

	test('untouched', async () => {
		const [row] = jsonOf(await perform('chat', 'list', { limit: 1, simplify: false }));
		expect(row).toMatchObject({
			unreadMessagesCount: expect.any(Number) as number,
			fan: { id: expect.any(Number) as number },
			lastMessage: { responseType: 'message' },
		});
	});

	test.each<[INodeParameters, Record<string, string>]>([
		[{ only: 'unread' }, { filter: 'unread' }],
		[{ only: 'with_tips' }, { filter: 'with_tips' }],
		[{ only: 'pinned' }, { filter: 'pinned' }],
		[{ only: 'priority' }, { filter: 'priority' }],
		[{ only: 'unread_with_tips' }, { filter: 'unread_with_tips' }],
		[{ order: 'old' }, { order: 'old' }],
		[
			{ search: 'Tom', order: 'recent', only: 'unread' },
			{ query: 'Tom', order: 'recent', filter: 'unread' },
		],
	])('filters %j', async (filters, query) => {
		const result = await perform('chat', 'list', { filters });
		expect(result.error).toBeUndefined();
		expect(sent()[0]?.query).toEqual({ limit: '50', skip_users: 'none', ...query });
	});

	test('the filters come along on every page', async () => {
		chats(130);
		const result = await perform('chat', 'list', {
			returnAll: true,
			filters: { search: 'fan', order: 'old' },
		});
		expect(result.items).toHaveLength(127);
		expect(sent().map(({ query }) => query)).toEqual([
			{ limit: '100', skip_users: 'none', order: 'old', query: 'fan' },
			{ limit: '100', skip_users: 'none', order: 'old', query: 'fan', offset: '100' },
		]);
	});

	test.each([3, 100, 101, 200, 250])(
		'%i chats, each once, in as few pages as there can be',
		async (count) => {
			chats(count);
			const result = await perform('chat', 'list', { returnAll: true });
			expect(new Set(idsOf(result)).size).toBe(count);
			expect(result.items).toHaveLength(count);
			expect(sent()).toHaveLength(Math.ceil(count / 100));
		},
	);

	test('a limit ends the walk; pages side by side give the same', async () => {
		chats(250);
		expect((await perform('chat', 'list', { limit: 150 })).items).toHaveLength(150);
		expect(sent()).toHaveLength(2);
		const one = idsOf(await perform('chat', 'list', { returnAll: true }));
		const many = await perform('chat', 'list', {
			returnAll: true,
			options: { parallelPages: true },
		});
		expect(idsOf(many)).toEqual(one);
	});

	test('an account without chats gives nothing, an unknown one is named', async () => {
		expect((await perform('chat', 'list', { account: byId('acct_MiaMoon0002') })).items).toEqual(
			[],
		);
		const result = await perform('chat', 'list', { account: byId('acct_nobody') });
		expect(result.error?.message).toBe(
			"OnlyFansAPI does not know the account 'acct_nobody' [item 0]",
		);
	});

	test('items keep their origin', async () => {
		await keepsPairing('chat', 'list', { limit: 2 }, { limit: 0 });
	});
});

describe('List Media', () => {
	const photo = { type: 'photo' as const };

	test('an item for each file, with what its message tells', async () => {
		const [message] = simulator().addMessages('ofapiOnlyFans', ACCOUNT, CHAT, [
			{ direction: 'incoming', text: 'Two', price: 0, media: [photo, { type: 'video' }] },
		]);
		const result = await perform('chat', 'listMedia');
		expect(sent()).toEqual([
			{ method: 'GET', path: `${CHATS}/${CHAT}/media`, query: { limit: '20' }, body: undefined },
		]);
		const about = {
			messageId: message?.id,
			chatId: CHAT,
			direction: 'incoming',
			senderId: CHAT,
			createdAt: message?.createdAt,
			price: 0,
		};
		expect(jsonOf(result)).toEqual([
			{
				id: message?.media[0]?.id,
				type: 'photo',
				url: expect.stringContaining('/full.jpg') as string,
				locked: false,
				...about,
			},
			{
				id: message?.media[1]?.id,
				type: 'video',
				url: expect.stringContaining('/full.jpg') as string,
				locked: false,
				...about,
			},
		]);
		const [raw] = jsonOf(await perform('chat', 'listMedia', { simplify: false }));
		expect(raw).toMatchObject({
			id: Number(message?.media[0]?.id),
			files: {},
			message: { id: Number(message?.id), text: '<p>Two</p>' },
		});
	});

	test.each([
		['photos', ['photo', 'gif']],
		['videos', ['video', 'gif']],
		['audios', ['audio']],
	])('only %s', async (type, kinds) => {
		const media = (['photo', 'video', 'gif', 'audio'] as const).map((kind) => ({ type: kind }));
		simulator().addMessages('ofapiOnlyFans', ACCOUNT, CHAT, [
			{ direction: 'incoming', text: 'All kinds', media },
		]);
		const result = await perform('chat', 'listMedia', { filters: { type } });
		expect(sent()[0]?.query).toEqual({ limit: '20', type });
		expect(
			jsonOf(result)
				.map((file) => file.type)
				.sort(),
		).toEqual([...kinds].sort());
	});

	test.each([0, 1, 20, 21, 45])('%i messages with media, each file once', async (count) => {
		const messages = Array.from({ length: count }, (_, index) => ({
			direction: 'incoming' as const,
			text: `${index}`,
			media: [photo, photo],
		}));
		const stored = simulator().addMessages('ofapiOnlyFans', ACCOUNT, CHAT, messages);
		const result = await perform('chat', 'listMedia', {
			returnAll: true,
			filters: { type: 'photos' },
		});
		expect(idsOf(result).sort()).toEqual(
			stored.flatMap(({ media }) => media.map(({ id }) => id)).sort(),
		);
		expect(sent().map(({ query }) => query.offset)).toEqual(
			Array.from({ length: Math.max(1, Math.ceil(count / 20)) }, (_, page) =>
				page === 0 ? undefined : String(20 * page),
			),
		);
		expect(sent().every(({ query }) => query.type === 'photos')).toBe(true);
	});

	test('a page that is shorter than asked for is not the end, and nothing behind it is passed over', async () => {
		simulator().quirks.shortPages = 7;
		const stored = simulator().addMessages(
			'ofapiOnlyFans',
			ACCOUNT,
			CHAT,
			Array.from({ length: 20 }, (_, index) => ({
				direction: 'incoming' as const,
				text: `${index}`,
				media: [photo],
			})),
		);
		const result = await perform('chat', 'listMedia', { returnAll: true });
		expect(idsOf(result)).toEqual(
			stored.flatMap(({ media }) => media.map(({ id }) => id)).reverse(),
		);
		expect(sent().map(({ query }) => query.offset)).toEqual([undefined, '7', '14']);
	});

	test('a limit counts files', async () => {
		simulator().addMessages(
			'ofapiOnlyFans',
			ACCOUNT,
			CHAT,
			[1, 2, 3].map((index) => ({
				direction: 'incoming' as const,
				text: `${index}`,
				media: [photo, photo],
			})),
		);
		expect((await perform('chat', 'listMedia', { limit: 3 })).items).toHaveLength(3);
		expect(sent()).toHaveLength(1);
	});

	test('items keep their origin', async () => {
		simulator().addMessages('ofapiOnlyFans', ACCOUNT, CHAT, [
			{ direction: 'incoming', text: 'One', media: [photo] },
		]);
		await keepsPairing('chat', 'listMedia', { limit: 2 }, { limit: 0 });
	});
});

const one = (
	operation: string,
	name: string,
	parameters: INodeParameters,
	names: string,
): BadInput => ({ resource: 'chat', operation, name, parameters, names });

refuses([
	{
		resource: 'chat',
		operation: 'list',
		name: 'a switch as a text',
		parameters: { filters: { unansweredOnly: value('false') } },
		names: 'Unanswered Only',
	},
	...['hide', 'listMedia', 'markRead', 'markUnread', 'mute', 'startTyping', 'unmute'].flatMap(
		(operation) => [
			one(operation, 'no chat', { chat: byId(value('')) }, 'Chat'),
			one(operation, 'a path as the chat', { chat: byId(value('1/2')) }, 'Chat'),
		],
	),
	one('markAllRead', 'no account', { account: byId(value('')) }, 'Account'),
	one('list', 'no account', { account: byId(value('')) }, 'Account'),
	...['list', 'listMedia'].flatMap((operation) => [
		one(operation, 'a limit of 0', { limit: 0 }, 'Limit'),
		one(operation, 'a limit in words', { limit: value('many') }, 'Limit'),
	]),
	one('list', 'an unknown filter', { filters: { only: value('rich') } }, 'Show'),
	one('list', 'an unknown order', { filters: { order: value('sideways') } }, 'Order'),
	one('list', 'a search that is an object', { filters: { search: value({ a: 1 }) } }, 'Search'),
	one('listMedia', 'an unknown type', { filters: { type: value('claims') } }, 'Type'),
]);
