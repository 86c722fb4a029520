import type { INodeParameters } from 'n8n-workflow';
import { nodeType } from '../support/harness';
import { LUNA, byId, jsonOf, simulator, useSimulator } from '../support/world';
import { shownFields } from '../support/shown';
import { FANSLY_PAIRS, path, tomsMessages } from '../support/fansly';
import { creditsOf, inputOf, operate, refusal, sent } from '../support/operations';
import type { FanslyPair } from '../support/fansly';

useSimulator();

const state = (pair: FanslyPair) =>
	simulator().fanslyState(pair, LUNA[pair].account, LUNA[pair].chat);

describe.each(FANSLY_PAIRS)('%s: Message › Delete', (pair) => {
	const { chat } = LUNA[pair];
	const url = (id: unknown) =>
		path(
			pair,
			pair === 'ofapiFansly' ? `chats/${chat}/messages/${String(id)}` : `messages/${String(id)}`,
		);

	test('the request and the result', async () => {
		const [, own] = tomsMessages(pair);
		const result = await operate(pair, 'message.delete', { messageId: own ?? '' });
		expect(result.error).toBeUndefined();
		expect(sent()).toEqual([{ method: 'DELETE', path: url(own), query: {} }]);
		expect(jsonOf(result)).toEqual([
			{ deleted: true, messageId: own, ...(pair === 'ofapiFansly' && { chatId: chat }) },
		]);
		expect(tomsMessages(pair)).not.toContain(own);
		expect(creditsOf()).toBe(1);
	});

	test("a fan's message stays, and the provider's words come along", async () => {
		const [fans] = tomsMessages(pair);
		const result = await operate(pair, 'message.delete', { messageId: fans ?? '' });
		expect(result.error?.description).toContain('own messages can be deleted');
		expect(tomsMessages(pair)).toContain(fans);
	});

	test('items keep their origin where some are unknown', async () => {
		const [, own] = tomsMessages(pair);
		const items = [{ id: '410000000000000001' }, { id: own ?? '' }, { id: 'not an ID' }];
		const result = await operate(
			pair,
			'message.delete',
			{ messageId: '={{ $json.id }}' },
			{ items, onError: 'continueRegularOutput' },
		);
		expect(result.items.map(inputOf)).toEqual([0, 1, 2]);
		expect(result.items[0]?.json.error).toContain("The message '410000000000000001' was not found");
		expect(result.items[1]?.json).toMatchObject({ deleted: true, messageId: own });
		expect(result.items[2]?.json.error).toContain("'Message ID' has to be an ID");
		expect(simulator().requests).toHaveLength(2);
	});
});

describe('the fields of a message', () => {
	const shown = async (pair: FanslyPair, operation: string) =>
		shownFields((await nodeType(pair)).description, { resource: 'message', operation }).map(
			({ name }) => name,
		);

	test.each([
		['ofapiFansly', 'delete', ['resource', 'operation', 'account', 'chat', 'messageId']],
		['ofapiFansly', 'react', ['resource', 'operation', 'account', 'chat', 'messageId', 'reaction']],
		[
			'ofapiFansly',
			'unreact',
			['resource', 'operation', 'account', 'chat', 'messageId', 'reaction'],
		],
		[
			'ofapiFansly',
			'acknowledge',
			['resource', 'operation', 'account', 'chat', 'messageIds', 'acknowledgeAs'],
		],
		// The provider finds a message without its chat.
		['apiFansly', 'delete', ['resource', 'operation', 'account', 'messageId']],
		['apiFansly', 'like', ['resource', 'operation', 'account', 'messageId']],
		['apiFansly', 'unlike', ['resource', 'operation', 'account', 'messageId']],
	] as const)('%s %s', async (pair, operation, fields) => {
		expect(await shown(pair, operation)).toEqual(fields);
	});

	test('without a chat chosen ApiFansly deletes all the same', async () => {
		const [, own] = tomsMessages('apiFansly');
		const result = await operate('apiFansly', 'message.delete', {
			messageId: own ?? '',
			chat: byId(''),
		});
		expect(jsonOf(result)).toEqual([{ deleted: true, messageId: own }]);
	});
});

describe('ofapiFansly: Message › React and Unreact', () => {
	const url = (id: string | undefined) =>
		path('ofapiFansly', `chats/${LUNA.ofapiFansly.chat}/messages/${id}/reactions`);
	const NUMBERS = {
		heart: 1,
		laughing: 2,
		surprised: 3,
		crying: 4,
		fire: 5,
		thumbsUp: 6,
		thumbsDown: 7,
	};

	test.each(Object.entries(NUMBERS))('%s is %i', async (reaction, type) => {
		const [id] = tomsMessages('ofapiFansly');
		const result = await operate('ofapiFansly', 'message.react', { messageId: id ?? '', reaction });
		expect(sent()).toEqual([{ method: 'POST', path: url(id), query: {}, body: { type } }]);
		expect(jsonOf(result)).toEqual([
			{ reacted: true, reaction, messageId: id, chatId: LUNA.ofapiFansly.chat },
		]);
		expect(state('ofapiFansly').reactions).toEqual([{ messageId: id, type }]);
		expect(creditsOf()).toBe(1);
	});

	test('a heart unless another one is chosen, taken back with a body too', async () => {
		const [id] = tomsMessages('ofapiFansly');
		await operate('ofapiFansly', 'message.react', { messageId: id ?? '' });
		expect(state('ofapiFansly').reactions).toEqual([{ messageId: id, type: 1 }]);
		const result = await operate('ofapiFansly', 'message.unreact', { messageId: id ?? '' });
		expect(sent().at(-1)).toEqual({
			method: 'DELETE',
			path: url(id),
			query: {},
			body: { type: 1 },
		});
		expect(jsonOf(result)).toEqual([
			{ reacted: false, reaction: 'heart', messageId: id, chatId: LUNA.ofapiFansly.chat },
		]);
		expect(state('ofapiFansly').reactions).toEqual([]);
	});
});

describe('ofapiFansly: Message › Acknowledge', () => {
	const { account, chat } = LUNA.ofapiFansly;
	const acknowledge = (parameters: INodeParameters) =>
		operate('ofapiFansly', 'message.acknowledge', parameters);

	test.each([
		['delivered', 1],
		['read', 2],
		['deliveredAndRead', 3],
		['unread', 4],
	])('as %s is %i', async (acknowledgeAs, type) => {
		const ids = tomsMessages('ofapiFansly');
		const result = await acknowledge({ messageIds: ids.join(', '), acknowledgeAs });
		expect(sent()).toEqual([
			{
				method: 'POST',
				path: path('ofapiFansly', `chats/${chat}/messages/ack`),
				query: {},
				body: { messageIds: ids, type },
			},
		]);
		expect(jsonOf(result)).toEqual([
			{ acknowledgedAs: acknowledgeAs, messageIds: ids, chatId: chat },
		]);
		expect(creditsOf()).toBe(1);
	});

	test('read unless something else is chosen; a list out of an expression', async () => {
		const ids = tomsMessages('ofapiFansly');
		expect(simulator().unreadCount('ofapiFansly', account, chat)).toBe(1);
		await acknowledge({ messageIds: `={{ ${JSON.stringify(ids)} }}` });
		expect(sent()[0]?.body).toEqual({ messageIds: ids, type: 2 });
		expect(simulator().unreadCount('ofapiFansly', account, chat)).toBe(0);
		await acknowledge({ messageIds: ids.at(-1) ?? '', acknowledgeAs: 'unread' });
		expect(simulator().unreadCount('ofapiFansly', account, chat)).toBeGreaterThan(0);
	});

	test('25 at a time, not one more', async () => {
		const many = simulator()
			.messages('ofapiFansly', account, LUNA.ofapiFansly.longChat)
			.map(({ id }) => id);
		const given = { chat: byId(LUNA.ofapiFansly.longChat) };
		const said = refusal(await acknowledge({ ...given, messageIds: many.slice(0, 26).join() }));
		expect(said).toContain("'Message IDs' has 26 messages");
		expect(
			(await acknowledge({ ...given, messageIds: many.slice(0, 25).join() })).error,
		).toBeUndefined();
	});
});

describe('apiFansly: Message › Like and Unlike', () => {
	test.each(['like', 'unlike'])('%s: the request and the result', async (operation) => {
		const [id] = tomsMessages('apiFansly');
		const result = await operate('apiFansly', `message.${operation}`, { messageId: ` ${id} ` });
		expect(sent()).toEqual([
			{
				method: 'POST',
				path: path('apiFansly', `messages/${operation}`),
				query: {},
				body: { messageId: id, type: 1 },
			},
		]);
		expect(jsonOf(result)).toEqual([{ liked: operation === 'like', messageId: id }]);
		expect(state('apiFansly').reactions).toEqual(
			operation === 'like' ? [{ messageId: id, type: 1 }] : [],
		);
		expect(creditsOf()).toBe(1);
	});
});

/** As an expression: n8n itself refuses what a person leaves empty. */
const EMPTY = '={{ "" }}';

describe('bad inputs: nothing leaves, and the field is named', () => {
	const TOO_LONG = '={{ 400000000000000003 }}';
	const cases: Array<[FanslyPair, `message.${string}`, INodeParameters, string]> = [
		...FANSLY_PAIRS.flatMap(
			(pair): Array<[FanslyPair, `message.${string}`, INodeParameters, string]> => [
				[pair, 'message.delete', { messageId: EMPTY }, 'Message ID'],
				[pair, 'message.delete', { messageId: '12/34' }, 'Message ID'],
				[pair, 'message.delete', { messageId: TOO_LONG }, 'Message ID'],
				[pair, 'message.delete', { messageId: '1', account: byId('={{ "a/b" }}') }, 'Account'],
			],
		),
		['ofapiFansly', 'message.delete', { messageId: '1', chat: byId(EMPTY) }, 'Chat'],
		['ofapiFansly', 'message.react', { messageId: 'x' }, 'Message ID'],
		['ofapiFansly', 'message.react', { messageId: '1', reaction: '={{ "kiss" }}' }, 'Reaction'],
		['ofapiFansly', 'message.react', { messageId: '1', reaction: '={{ 1 }}' }, 'Reaction'],
		['ofapiFansly', 'message.unreact', { messageId: '1', reaction: '={{ null }}' }, 'Reaction'],
		['ofapiFansly', 'message.acknowledge', { messageIds: EMPTY }, 'Message IDs'],
		['ofapiFansly', 'message.acknowledge', { messageIds: '1, 1' }, 'Message IDs'],
		['ofapiFansly', 'message.acknowledge', { messageIds: '1, two' }, 'Message IDs'],
		[
			'ofapiFansly',
			'message.acknowledge',
			{ messageIds: '1', acknowledgeAs: '={{ "seen" }}' },
			'Acknowledge As',
		],
		[
			'ofapiFansly',
			'message.acknowledge',
			{ messageIds: '1', acknowledgeAs: '={{ "toString" }}' },
			'Acknowledge As',
		],
		['apiFansly', 'message.like', { messageId: EMPTY }, 'Message ID'],
		['apiFansly', 'message.like', { messageId: TOO_LONG }, 'Message ID'],
		['apiFansly', 'message.unlike', { messageId: 'x' }, 'Message ID'],
	];
	test.each(cases)('%s %s %j', async (pair, operation, parameters, field) => {
		const said = refusal(await operate(pair, operation, parameters));
		expect(said).toContain(`'${field}'`);
		expect(said).toContain('[item 0]');
		expect(said).not.toMatch(/undefined|null|\[object|error|failed/i);
	});
});
