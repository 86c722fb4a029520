import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { PairName } from '../../simulator';
import { LUNA, PAIRS, chatsOf, send, simulator, useSimulator } from '../support/world';

useSimulator();

/** A message is sent once or reported, fault by fault; test/reliability does it with 1,000 messages. */

describe.each(PAIRS)('%s: order and pace', (pair) => {
	const chats = (count: number) => chatsOf(pair, count);
	const itemsTo = (count: number, to: string[]) =>
		Array.from({ length: count }, (_, index) => ({
			chat: to[index % to.length] ?? '',
			text: `Number ${index}`,
		}));
	const sendItems = (items: IDataObject[], parameters: INodeParameters = {}) =>
		send(pair, { text: '={{ $json.text }}', ...parameters }, { items, chat: '={{ $json.chat }}' });

	test.each([
		[undefined, 3],
		[1, 1],
		[5, 5],
	])('at most %p requests at a time', async (concurrency, most) => {
		// As many as may leave at once have to: the first are answered together, and none before.
		simulator().addFault({ kind: 'together', requests: most, times: most });
		const result = await sendItems(
			itemsTo(40, chats(10)),
			concurrency === undefined ? {} : { options: { concurrency } },
		);
		expect(result.error).toBeUndefined();
		expect(simulator().maxInFlight(LUNA[pair].account)).toBe(most);
	});

	test('identical texts from two items are two messages', async () => {
		const [chat = ''] = chats(1);
		simulator().addFault({ kind: 'lostAfterStoring', method: 'POST', times: 1 });
		const result = await sendItems([
			{ chat, text: 'Hi' },
			{ chat, text: 'Hi' },
		]);
		expect(result.error).toBeUndefined();
		const stored = simulator().messages(pair, LUNA[pair].account, chat);
		expect(stored.map(({ text }) => text)).toEqual(['Hi', 'Hi']);
		expect(result.items.map(({ json }) => json.id)).toEqual(stored.map(({ id }) => id));
	});

	test('an older message with the same text is not taken for this one', async () => {
		const [chat = ''] = chats(1);
		simulator().addMessages(pair, LUNA[pair].account, chat, [
			{ direction: 'outgoing', text: 'Hi' },
		]);
		simulator().addFault({ kind: 'reset', method: 'POST' });
		const result = await sendItems([{ chat, text: 'Hi' }]);
		expect(result.error?.context).toMatchObject({ outcome: 'unknown' });
		expect(result.error?.description).toContain('It is not known whether the message was sent');
	});

	test('no request leaves while the provider asks to wait', async () => {
		simulator().addFault({ kind: 'rateLimited', retryAfterSeconds: 1, skip: 5, times: 1 });
		const result = await sendItems(itemsTo(30, chats(10)));
		expect(result.error).toBeUndefined();
		const { requests } = simulator();
		const turnedAway = requests.find(({ status }) => status === 429);
		if (turnedAway === undefined) throw new Error('no request was turned away');
		// Those already under way when the answer came may still arrive: at most two of three.
		const during = requests.filter(({ at }) => at > turnedAway.at && at < turnedAway.at + 1000);
		expect(during.length).toBeLessThanOrEqual(2);
		expect(requests.filter(({ status }) => status === 200 || status === 201)).toHaveLength(30);
	});

	test('a cancelled execution stops within the requests under way', async () => {
		// The first go through; the three after them are under way for as long as one likes.
		simulator().addFault({ kind: 'slow', ms: 3_600_000, skip: 6 });
		let cancel = () => {};
		const running = send(
			pair,
			{ text: '={{ $json.text }}' },
			{
				items: itemsTo(200, chats(10)),
				chat: '={{ $json.chat }}',
				onStart: (stop) => (cancel = stop),
			},
		);
		while (simulator().requests.length < 9) await new Promise((resolve) => setTimeout(resolve, 5));
		cancel();
		await running.catch(() => undefined);
		await new Promise((resolve) => setTimeout(resolve, 300));
		expect(simulator().requests).toHaveLength(9);
	});

	test('a cancelled execution does not wait for the provider', async () => {
		// Short, since the account is paused for the tests that come after this one too.
		simulator().addFault({ kind: 'rateLimited', retryAfterSeconds: 1 });
		let cancel = () => {};
		const running = send(pair, { text: 'hi' }, { onStart: (stop) => (cancel = stop) });
		while (simulator().requests.length < 1) await new Promise((resolve) => setTimeout(resolve, 5));
		cancel();
		await running.catch(() => undefined);
		await new Promise((resolve) => setTimeout(resolve, 1500));
		expect(simulator().requests).toHaveLength(1);
	});

	test('On Error: stop tells what was sent and what was not', async () => {
		const [chat = ''] = chats(1);
		simulator().addFault({ kind: 'json', status: 403, body: { message: 'No.' }, skip: 2 });
		const result = await sendItems(itemsTo(6, [chat]));
		expect(result.error?.description).toContain('Sent: items 0–1. Not sent: items 2–5.');
		expect(result.error?.context.itemIndex).toBe(2);
		expect(simulator().requests).toHaveLength(3);
	});

	test.each([false, true])(
		'nothing is sent when n8n cannot resolve an expression of one item, Retry On Fail %p',
		async (retryOnFail) => {
			const [chat = ''] = chats(1);
			const text =
				"={{ $json.text === 'Number 3' ? $('No such node').item.json.text : $json.text }}";
			const settings = { retryOnFail, maxTries: 3, waitBetweenTries: 1 };
			const result = await send(
				pair,
				{ text },
				{ items: itemsTo(6, [chat]), chat: '={{ $json.chat }}', settings },
			);
			expect(result.error).toBeDefined();
			await new Promise((resolve) => setTimeout(resolve, 50));
			expect(simulator().requests).toEqual([]);
		},
	);

	test('batches with an interval: each message once, also when n8n gives up in the middle and tries again', async () => {
		const [chat = ''] = chats(1);
		const text = "={{ $json.text === 'Number 3' ? $('No such node').item.json.text : $json.text }}";
		const requestOptions = { batching: { batch: { batchSize: 1, batchInterval: 20 } } };
		simulator().addFault({ kind: 'slow', ms: 100 });
		const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		const result = await send(
			pair,
			{ text, requestOptions },
			{ items: itemsTo(6, [chat]), chat: '={{ $json.chat }}', settings },
		);
		expect(result.error).toBeDefined();
		await new Promise((resolve) => setTimeout(resolve, 500));
		const texts = simulator()
			.messages(pair, LUNA[pair].account, chat)
			.map((message) => message.text);
		expect(texts).toEqual(['Number 0', 'Number 1', 'Number 2'].slice(0, texts.length));
	});

	test('Retry On Fail sends only the rest', async () => {
		const [chat = ''] = chats(1);
		simulator().addFault({
			kind: 'json',
			status: 403,
			body: { message: 'Not now.' },
			skip: 2,
			times: 1,
		});
		const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		const result = await send(
			pair,
			{ text: '={{ $json.text }}' },
			{ items: itemsTo(6, [chat]), chat: '={{ $json.chat }}', settings },
		);
		expect(result.error).toBeUndefined();
		expect(result.items.map(({ json }) => json.text)).toEqual([
			'Number 0',
			'Number 1',
			'Number 2',
			'Number 3',
			'Number 4',
			'Number 5',
		]);
		expect(simulator().messages(pair, LUNA[pair].account, chat)).toHaveLength(6);
		expect(simulator().requests).toHaveLength(7);
	});
});

test('the Idempotency-Key is the same for an item whatever is retried, and differs between items', async () => {
	simulator().addFault({ kind: 'reset', method: 'POST', every: 2 });
	const result = await send('ofapiOnlyFans', { text: 'Hi' }, { items: [{}, {}, {}] });
	expect(result.error).toBeUndefined();
	const posts = simulator().requests.filter(({ method }) => method === 'POST');
	const keys = posts.map(({ headers }) => headers['idempotency-key']);
	expect(new Set(keys).size).toBe(3);
	expect(keys.length).toBeGreaterThan(3);
	for (const key of keys) expect(key).toMatch(/^[\x20-\x7e]{1,255}$/);
});

test.each<PairName>(['ofapiFansly', 'apiFansly'])(
	'%s: a lookup of the creator that did not work is tried again when a message has to be found',
	async (pair) => {
		simulator().addFault({ kind: 'html', path: /\/(?:accounts|me)$/, times: 1 });
		simulator().addFault({ kind: 'lostAfterStoring', method: 'POST' });
		const result = await send(
			pair,
			{ text: '={{ $json.text }}' },
			{ items: [{ text: 'one' }, { text: 'two' }], onError: 'continueRegularOutput' },
		);
		expect(result.items[0]?.json).toMatchObject({ details: { outcome: 'unknown' } });
		expect(result.items[1]?.json).toMatchObject({ text: 'two', direction: 'outgoing' });
		expect(
			simulator()
				.messages(pair, LUNA[pair].account, LUNA[pair].chat)
				.slice(-2)
				.map(({ text }) => text),
		).toEqual(['one', 'two']);
	},
);
