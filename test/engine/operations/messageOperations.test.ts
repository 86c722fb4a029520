import { ACCOUNT, CHAT, keepsPairing, perform, refuses, state } from '../support/onlyFans';
import { said, sent, value } from '../support/operations';
import type { BadInput } from '../support/onlyFans';
import { chatOf, idsOf, jsonOf, send, simulator, useSimulator } from '../support/world';

useSimulator();

const stored = () => simulator().messages('ofapiOnlyFans', ACCOUNT, CHAT);
const firstId = () => stored()[0]?.id ?? '';
const pathOf = (id: string) => `/api/${ACCOUNT}/chats/${CHAT}/messages/${id}`;

describe('operations on one message', () => {
	test('Get: the common message, or the untouched one', async () => {
		const id = firstId();
		const result = await perform('message', 'get', { messageId: id });
		expect(sent()).toEqual([{ method: 'GET', path: `${pathOf(id)}`, query: {}, body: undefined }]);
		expect(jsonOf(result)).toEqual([
			{
				id,
				accountId: ACCOUNT,
				chatId: CHAT,
				direction: 'incoming',
				senderId: CHAT,
				text: 'Just found your page, love it!',
				createdAt: stored()[0]?.createdAt,
				price: 0,
				tipAmount: 0,
				media: [],
				replyToId: null,
			},
		]);
		const raw = await perform('message', 'get', { messageId: id, simplify: false });
		expect(jsonOf(raw)).toEqual([
			expect.objectContaining({ id: Number(id), responseType: 'message', isSentByMe: false }),
		]);
	});

	test('Delete: the message is gone', async () => {
		await send('ofapiOnlyFans', { text: 'Oops' });
		const id = stored().at(-1)?.id ?? '';
		const result = await perform('message', 'delete', { messageId: ` ${id} ` });
		expect(sent().slice(1)).toEqual([
			{ method: 'DELETE', path: `${pathOf(id)}`, query: {}, body: undefined },
		]);
		expect(jsonOf(result)).toEqual([{ deleted: true, messageId: id, chatId: CHAT }]);
		expect(stored().map((message) => message.id)).not.toContain(id);
	});

	test('Delete: what OnlyFans refuses stays, and its words are shown', async () => {
		const result = await perform('message', 'delete', { messageId: firstId() });
		expect(result.error?.message).toBe(
			'The platform rejected the request: Only own messages of the last 24 hours can be deleted. [item 0]',
		);
		expect(said(result)).not.toMatch(/Bad Request|fields that it names/);
		expect(stored()).toHaveLength(3);
	});

	test('Like and Unlike', async () => {
		const id = firstId();
		const liked = await perform('message', 'like', { messageId: id });
		expect(state().chat(CHAT).liked).toEqual(new Set([id]));
		const unliked = await perform('message', 'unlike', { messageId: id });
		expect(state().chat(CHAT).liked).toEqual(new Set());
		expect(sent()).toEqual([
			{ method: 'POST', path: `${pathOf(id)}/like`, query: {}, body: undefined },
			{ method: 'DELETE', path: `${pathOf(id)}/unlike`, query: {}, body: undefined },
		]);
		expect([...jsonOf(liked), ...jsonOf(unliked)]).toEqual([
			{ liked: true, messageId: id, chatId: CHAT },
			{ liked: false, messageId: id, chatId: CHAT },
		]);
	});

	test('Pin and Unpin', async () => {
		const id = firstId();
		const isPinned = async () =>
			jsonOf(await perform('message', 'get', { messageId: id, simplify: false }))[0]?.isPinned;
		const pinned = await perform('message', 'pin', { messageId: id });
		expect(await isPinned()).toBe(true);
		const unpinned = await perform('message', 'unpin', { messageId: id });
		expect(await isPinned()).toBe(false);
		expect(
			sent()
				.filter(({ method }) => method !== 'GET')
				.map(({ method, path }) => `${method} ${path}`),
		).toEqual([`POST ${pathOf(id)}/pin`, `DELETE ${pathOf(id)}/unpin`]);
		expect([...jsonOf(pinned), ...jsonOf(unpinned)]).toEqual([
			{ pinned: true, messageId: id, chatId: CHAT },
			{ pinned: false, messageId: id, chatId: CHAT },
		]);
	});

	test('each costs one credit', async () => {
		for (const operation of ['get', 'like', 'unlike', 'pin', 'unpin']) {
			await perform('message', operation, { messageId: firstId() });
		}
		expect(simulator().credits('ofapi').used).toBe(5);
	});

	test.each(['get', 'delete', 'like', 'unlike', 'pin', 'unpin'])(
		'%s: an unknown message is named',
		async (operation) => {
			const result = await perform('message', operation, { messageId: '999' });
			expect(result.error?.message).toBe(
				`The message '999' was not found in the chat '${CHAT}' [item 0]`,
			);
		},
	);

	test.each(['get', 'like', 'unlike', 'pin', 'unpin'])(
		'%s: items keep their origin',
		async (operation) => {
			await keepsPairing('message', operation, { messageId: firstId() }, { messageId: '999' });
		},
	);
});

describe('Search', () => {
	test('IDs, newest first, an item for each and one credit for all', async () => {
		const result = await perform('message', 'search', { query: 'u' });
		const found = stored()
			.filter(({ text }) => text.includes('u'))
			.map(({ id }) => id)
			.reverse();
		expect(found.length).toBeGreaterThan(1);
		expect(sent()).toEqual([
			{ method: 'GET', path: `${pathOf('search')}`, query: { query: 'u' }, body: undefined },
		]);
		expect(idsOf(result)).toEqual(found);
		expect(jsonOf(result).every(({ chatId }) => chatId === CHAT)).toBe(true);
		expect(simulator().credits('ofapi').used).toBe(1);
	});

	test('nothing found is no item', async () => {
		const result = await perform('message', 'search', { query: 'no such words & more?' });
		expect([result.error, result.items]).toEqual([undefined, []]);
		expect(sent()[0]?.query).toEqual({ query: 'no such words & more?' });
	});

	test('items keep their origin', async () => {
		const other = chatOf('ofapiOnlyFans', 0);
		simulator().addMessages('ofapiOnlyFans', ACCOUNT, other, [
			{ direction: 'incoming', text: 'love' },
		]);
		await keepsPairing('message', 'search', { query: 'love' }, { query: '' });
	});
});

test.each([
	['message', 'get', { messageId: '5' }, { data: null }],
	['message', 'search', { query: 'hi' }, { data: null }],
	['massMessage', 'list', {}, { data: null }],
	['fan', 'get', { fan: 'tombaker' }, { data: null }],
	['account', 'list', {}, { data: null }],
	['account', 'list', { simplify: false }, { list: {} }],
])('%s › %s: an answer without what was asked for is not taken for nothing', async (...given) => {
	const [resource, operation, parameters, body] = given;
	simulator().addFault({ kind: 'json', status: 200, body });
	const result = await perform(resource, operation, parameters);
	expect(said(result)).toContain('OnlyFansAPI sent an unexpected response');
	expect(result.items).toEqual([]);
});

const bad = (operation: string, name: string, messageId: string): BadInput => ({
	name,
	resource: 'message',
	operation,
	parameters: { messageId },
	names: 'Message ID',
});

refuses([
	...['get', 'delete', 'like', 'unlike', 'pin', 'unpin'].flatMap((operation) => [
		bad(operation, 'no message', value('')),
		bad(operation, 'letters', 'abc'),
		bad(operation, 'a path', '1/../2'),
		bad(operation, 'too long a number', '={{ 900719925474099355 }}'),
	]),
	{
		name: 'no words',
		resource: 'message',
		operation: 'search',
		parameters: { query: '  ' },
		names: 'Search For',
	},
	{
		name: 'an object',
		resource: 'message',
		operation: 'search',
		parameters: { query: value({ a: 1 }) },
		names: 'Search For',
	},
]);
