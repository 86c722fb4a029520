import { loggerOf } from '../support/harness';
import {
	LUNA,
	PAIRS,
	chatsOf,
	credentialOf,
	list,
	send,
	simulator,
	useSimulator,
} from '../support/world';

useSimulator();

/** What holds for one account holds for all executions of one n8n process together. */

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

describe.each(PAIRS)('%s: 30 executions at once', (pair) => {
	const { account, chat: first } = LUNA[pair];
	const inFlight = () => simulator().maxInFlight(account);
	const sendOne = (index: number, chat: string) =>
		send(pair, { text: `Number ${index}` }, { chat });

	test('at most three requests are under way, sends and lists mixed, each chat in order', async () => {
		const chats = [first, ...chatsOf(pair, 4)];
		const before = chats.map((chat) => simulator().messages(pair, account, chat).length);
		// As many as may leave at once have to: the first are answered together, and none before.
		simulator().addFault({ kind: 'together', requests: 3, times: 3 });
		const results = await Promise.all(
			numbers(30).map((index) =>
				index % 3 === 2 ? list(pair) : sendOne(index, chats[index % 5] ?? ''),
			),
		);
		expect(results.map(({ error }) => error).filter(Boolean)).toEqual([]);
		expect(inFlight()).toBe(3);
		for (const [place, chat] of chats.entries()) {
			const texts = simulator()
				.messages(pair, account, chat)
				.slice(before[place])
				.map(({ text }) => text);
			const expected = numbers(30).filter((index) => index % 3 !== 2 && index % 5 === place);
			expect(texts).toEqual(expected.map((index) => `Number ${index}`));
		}
	});

	test('two runs that may have five requests under way have five together', async () => {
		const chats = chatsOf(pair, 10);
		simulator().addFault({ kind: 'together', requests: 5, times: 5 });
		const items = chats.map((chat, index) => ({ chat, text: `Number ${index}` }));
		const inOneRun = async () =>
			await send(
				pair,
				{ text: '={{ $json.text }}', options: { concurrency: 5 } },
				{ items, chat: '={{ $json.chat }}' },
			);
		const results = await Promise.all([inOneRun(), inOneRun()]);
		expect(results.map(({ error }) => error).filter(Boolean)).toEqual([]);
		expect(inFlight()).toBe(5);
	});

	test('a 429 of one holds all of them back', async () => {
		simulator().addFault({ kind: 'rateLimited', retryAfterSeconds: 1, skip: 5, times: 1 });
		const chats = chatsOf(pair, 10);
		const results = await Promise.all(
			numbers(30).map((index) => sendOne(index, chats[index % 10] ?? '')),
		);
		expect(results.map(({ error }) => error).filter(Boolean)).toEqual([]);
		const { requests } = simulator();
		const rejected = requests.find(({ status }) => status === 429);
		if (rejected === undefined) throw new Error('no request was rejected');
		// Those already under way when the answer came may still arrive: at most two of three.
		const during = requests.filter(({ at }) => at > rejected.at && at < rejected.at + 1000);
		expect(during.length).toBeLessThanOrEqual(2);
		expect(requests).toHaveLength(31);
	});

	test('one that is cancelled while it waits leaves the queue, and the others go on', async () => {
		// The first has its chat until the test lets it go on: the simulator answers both together.
		simulator().addFault({ kind: 'together', requests: 2, times: 2 });
		let cancel = () => {};
		const running = sendOne(0, first);
		while (simulator().requests.length < 1) await new Promise((resolve) => setTimeout(resolve, 5));
		const cancelled = send(
			pair,
			{ text: 'Number 1' },
			{ chat: first, onStart: (stop) => (cancel = stop) },
		);
		const last = sendOne(2, first);
		await new Promise((resolve) => setTimeout(resolve, 50));
		cancel();
		await cancelled.catch(() => undefined);
		await sendOne(3, chatsOf(pair, 1)[0] ?? '');
		await Promise.all([running, last]);
		const texts = simulator()
			.messages(pair, account, first)
			.slice(-2)
			.map(({ text }) => text);
		expect(texts).toEqual(['Number 0', 'Number 2']);
	});
});

test('an execution that waits for more than ten seconds says so in the log, once', async () => {
	const pair = 'ofapiOnlyFans';
	const logger = await loggerOf({ node: pair, parameters: {}, credential: credentialOf(pair) });
	const said: string[] = [];
	const info = jest.spyOn(logger, 'info').mockImplementation((text) => void said.push(text));
	simulator().addFault({ kind: 'slow', ms: 11_000, times: 3 });
	const [first, second, third, fourth, fifth] = chatsOf(pair, 5);
	const running = [first, second, third].map((chat) => send(pair, { text: 'Hi' }, { chat }));
	while (simulator().requests.length < 3) await new Promise((resolve) => setTimeout(resolve, 5));
	const waiting = await send(
		pair,
		{ text: 'Hi' },
		{ chat: '={{ $json.chat }}', items: [{ chat: fourth }, { chat: fifth }] },
	);
	await Promise.all(running);
	info.mockRestore();
	expect(waiting.error).toBeUndefined();
	expect(said).toEqual([
		`'Node' is waiting for its turn among the requests of account ${LUNA[pair].account}`,
	]);
});

describe.each(PAIRS.filter((pair) => pair !== 'ofapiOnlyFans'))(
	'%s: the creator’s own ID',
	(pair) => {
		const lookups = () => simulator().requests.filter(({ path }) => !path.endsWith('/messages'));

		test('10 executions that list messages take 11 requests', async () => {
			const results = await Promise.all(numbers(10).map(() => list(pair, { limit: 3 })));
			expect(results.map(({ error }) => error).filter(Boolean)).toEqual([]);
			for (const { items } of results) {
				for (const { json } of items) expect(json.direction).toMatch(/^(?:in|out)/);
			}
			expect(simulator().requests).toHaveLength(11);
		});

		test('with another key it is asked for again', async () => {
			const { apiKey, baseUrl } = credentialOf(pair);
			await list(pair, { limit: 3 });
			await list(pair, { limit: 3 }, { credential: { apiKey: `${apiKey}1`, baseUrl } });
			expect(lookups()).toHaveLength(2);
		});

		test('a lookup that did not work is not kept', async () => {
			simulator().addFault({ kind: 'html', path: /\/(?:accounts|me)$/, times: 1 });
			const [before, after] = [await list(pair, { limit: 3 }), await list(pair, { limit: 3 })];
			expect(before.items.map(({ json }) => json.direction)).toContain(null);
			expect(after.items.map(({ json }) => json.direction)).not.toContain(null);
			expect(lookups()).toHaveLength(2);
		});
	},
);
