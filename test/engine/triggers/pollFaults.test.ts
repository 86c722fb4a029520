import {
	chatsOf,
	pass,
	poller,
	seeded,
	takeRequests,
	textsOf,
	usePollers,
	writes,
} from '../support/poller';
import type { TriggerHost, TriggerRequest } from '../support/triggerHost';
import { LUNA, PAIRS, byId, simulator, useSimulator } from '../support/world';

/** Polls that the provider answers in part, wrongly or not: nothing is lost, nothing comes twice. */

useSimulator();
usePollers();

const CHATS_PER_PAGE = { ofapiOnlyFans: 100, ofapiFansly: 100, apiFansly: 20 };

describe.each(PAIRS)('%s', (pair) => {
	const { chat, longChat, emptyChat } = LUNA[pair];
	const emptyOnce = () =>
		simulator().addFault({
			kind: 'json',
			status: 200,
			body: LUNA[pair].emptyList,
			path: /chats$/,
			times: 1,
		});

	test('an empty list is no beginning: what was there before is not handed over', async () => {
		const host = await poller(pair);
		emptyOnce();
		expect(await host.poll()).toBeNull();
		expect(await host.poll()).toBeNull();
		writes(pair, chat, 'the first that is new');
		expect(textsOf(await host.poll())).toEqual(['the first that is new']);
	});

	test('an empty list later on repeats nothing', async () => {
		const chats = chatsOf(pair, 250);
		const host = await seeded(pair);
		for (const one of chats) writes(pair, one, `in ${one}`);
		expect(await host.poll()).toHaveLength(250);
		expect(await host.poll()).toBeNull();
		emptyOnce();
		expect(await host.poll()).toBeNull();
		for (const one of chats) writes(pair, one, `again in ${one}`);
		expect((textsOf(await host.poll()) ?? []).sort()).toEqual(
			chats.map((one) => `again in ${one}`).sort(),
		);
	});

	const gone = () =>
		simulator().addFault({
			kind: 'json',
			status: 404,
			body: { message: 'Not found' },
			path: new RegExp(`/${chat}/messages$`),
		});

	test('a chat that cannot be read holds up no other, is tried again after growing pauses, and its messages come in the end', async () => {
		const host = await seeded(pair);
		writes(pair, longChat, 'behind it');
		writes(pair, emptyChat, 'behind it too');
		writes(pair, chat, 'out of reach');
		gone();
		expect((textsOf(await host.poll()) ?? []).sort()).toEqual(['behind it', 'behind it too']);
		expect(host.warnings).toEqual([
			expect.stringMatching(`chat ${chat} could not be read and will be tried again in 5 minutes`),
		]);

		takeRequests();
		for (const minutes of [5, 10, 20, 40, 80, 160, 320, 360, 360]) {
			pass(minutes - 1);
			expect(await host.poll()).toBeNull();
			expect(takeRequests()).toHaveLength(1);
			pass(1);
			expect(await host.poll()).toBeNull();
			expect(takeRequests()).toEqual(['GET chats', `GET chats/${chat}/messages`]);
		}
		expect(host.warnings.at(-1)).toContain('in 360 minutes');

		writes(pair, chat, 'one more');
		writes(pair, longChat, 'another chat');
		expect(textsOf(await host.poll())).toEqual(['another chat']);
		simulator().clearFaults();
		pass(360);
		const late = await host.poll();
		expect(textsOf(late)).toEqual(['out of reach', 'one more']);
		expect(late?.map(({ fanName }) => fanName)).toEqual(['Tom Baker', 'Tom Baker']);
		expect(late?.every(({ fanId }) => fanId !== null)).toBe(true);
		expect(await host.poll()).toBeNull();
	});

	test('a chat that always ends in a 500 holds up no other either', async () => {
		const host = await seeded(pair);
		simulator().addFault({
			kind: 'html',
			status: 500,
			method: 'GET',
			path: new RegExp(`/${chat}/messages$`),
		});
		writes(pair, longChat, 'behind it');
		writes(pair, chat, 'out of reach');
		expect(textsOf(await host.poll())).toEqual(['behind it']);
		writes(pair, emptyChat, 'later');
		expect(textsOf(await host.poll())).toEqual(['later']);
		expect(host.warnings.map((text) => /tried again (.*?):/.exec(text)?.[1])).toEqual([
			'with the next poll',
			'in 5 minutes',
		]);
		simulator().clearFaults();
		pass(5);
		expect(textsOf(await host.poll())).toEqual(['out of reach']);
	});

	test('two chats in a row without an answer are the provider: no further one is asked for', async () => {
		const host = await seeded(pair);
		for (const one of [chat, longChat, emptyChat]) writes(pair, one, 'hello');
		simulator().addFault({ kind: 'html', status: 502, method: 'GET', path: /messages$/, times: 2 });
		await expect(host.poll()).rejects.toThrow('is not available right now');
		expect(takeRequests().filter((line) => /^GET .*messages$/.test(line))).toHaveLength(2);
		expect(await host.poll()).toHaveLength(3);
	});

	/** Polls until two in a row find nothing; gives what each of those before found. */
	async function pollsOf(host: TriggerHost): Promise<string[][]> {
		const found: string[][] = [];
		for (let silent = 0; silent < 2;) {
			const texts = (textsOf(await host.poll()) ?? []).map(String);
			silent = texts.length === 0 ? silent + 1 : 0;
			found.push(texts);
		}
		return found.slice(0, -2);
	}

	/** A trigger that has begun, and a message from each of so many fans since. */
	async function rush(
		count: number,
		given: Partial<TriggerRequest> = {},
	): Promise<{ host: TriggerHost; chats: string[]; expected: string[] }> {
		const chats = chatsOf(pair, count);
		const host = await seeded(pair, given);
		for (const one of chats) writes(pair, one, `in ${one}`);
		return { host, chats, expected: chats.map((one) => `in ${one}`).sort() };
	}

	test('a page of the list that fails once: all of 250 chats are found, each once', async () => {
		const { host, expected } = await rush(250);
		simulator().addFault({ kind: 'html', status: 502, path: /chats$/, skip: 1, times: 1 });
		const found = await pollsOf(host);
		expect(found.map(({ length }) => length)).toEqual([
			CHATS_PER_PAGE[pair],
			250 - CHATS_PER_PAGE[pair],
		]);
		expect(found.flat().sort()).toEqual(expected);
		expect(host.warnings).toEqual([expect.stringMatching('the next poll continues there')]);
		takeRequests();
		expect(await host.poll()).toBeNull();
		expect(takeRequests()).toEqual(['GET chats']);
	});

	test('a list that never comes further than a few pages is read on where it ended, while fans go on writing', async () => {
		const { host, chats, expected } = await rush(250);
		for (let poll = 0; poll < 20; poll++) {
			simulator().clearFaults();
			// Each poll gets the first page, the one that the last poll came to, and one more.
			simulator().addFault({ kind: 'rateLimited', path: /chats$/, skip: 3 });
			const one = chats[(poll * 37) % 250] ?? chat;
			expected.push(`more ${poll}`);
			writes(pair, one, `more ${poll}`);
			await host.poll();
		}
		simulator().clearFaults();
		await pollsOf(host);
		expect(host.items.map(({ text }) => text).sort()).toEqual(expected.sort());
	});

	test('a place in the list that is no longer taken: the list is read from its beginning', async () => {
		const { host, expected } = await rush(250);
		simulator().addFault({ kind: 'html', status: 502, path: /chats$/, skip: 2, times: 1 });
		const first = textsOf(await host.poll()) ?? [];
		simulator().addFault({
			kind: 'json',
			status: 400,
			body: { message: 'Unknown cursor' },
			path: /chats$/,
			skip: 1,
			times: 1,
		});
		expect([...first, ...(await pollsOf(host)).flat()].sort()).toEqual(expected);
	});

	test('a 429 at the 151st chat: the others come with the next poll, also behind the first page', async () => {
		const { host, expected } = await rush(250);
		simulator().addFault({
			kind: 'rateLimited',
			method: 'GET',
			path: /messages$/,
			skip: 150,
			times: 1,
		});
		const found = await pollsOf(host);
		expect(found.map(({ length }) => length)).toEqual([150, 100]);
		expect(found.flat().sort()).toEqual(expected);
	});

	test('another account begins with nothing left of the one before', async () => {
		const { host } = await rush(250);
		simulator().addFault({ kind: 'html', status: 502, path: /chats$/, skip: 1, times: 1 });
		simulator().addFault({ kind: 'rateLimited', path: /messages$/, skip: 5 });
		expect(await host.poll()).toHaveLength(5);
		simulator().clearFaults();
		simulator().addAccount(pair, {
			id: 'acct_Other',
			name: 'Other',
			username: 'other',
			nativeId: '100000000000000777',
		});
		const fan = { id: '600777', name: 'Kim Lee', username: 'kim' };
		const other = simulator().addChat(pair, { account: 'acct_Other', fan, messages: 1 });
		host.parameters = { account: byId('acct_Other') };
		expect(await host.poll()).toBeNull();
		expect(host.nodeData).toMatchObject({ left: {} });
		expect(host.nodeData).not.toHaveProperty('openAt');
		simulator().fanWrites(pair, 'acct_Other', other, { text: 'of the other' });
		takeRequests();
		expect(textsOf(await host.poll())).toEqual(['of the other']);
		expect(takeRequests().filter((line) => line.startsWith('GET'))).toHaveLength(2);
	});

	test('without any time, polls come to the end of a long list', async () => {
		const { host, expected } = await rush(130, { pollBudget: 0 });
		const found = await pollsOf(host);
		expect(found.map(({ length }) => length)).toEqual(Array.from({ length: 130 }, () => 1));
		expect(found.flat().sort()).toEqual(expected);
	});

	test('without any time, a poll reads three pages of the list at most', async () => {
		const { host } = await rush(350, { pollBudget: 0 });
		takeRequests();
		await host.poll();
		expect(takeRequests().filter((line) => line.startsWith('GET chats'))).toHaveLength(4);
	});

	test('what the list showed is not forgotten where no chat can be read', async () => {
		const { host, expected } = await rush(250);
		simulator().addFault({ kind: 'rateLimited', path: /messages$/, times: 2 });
		expect(await host.poll()).toBeNull();
		takeRequests();
		await expect(host.poll()).rejects.toThrow('rate limit reached');
		expect(takeRequests()).toHaveLength(2);
		expect((await pollsOf(host)).flat().sort()).toEqual(expected);
	});

	test('an old chat or message in front, as if pinned, ends neither the list nor a chat', async () => {
		simulator().quirks.oldestInFront = true;
		const { host, expected } = await rush(250);
		for (let count = 0; count < 150; count++) expected.push(writes(pair, chat, `${count}`).text);
		const found = await pollsOf(host);
		expect(found).toHaveLength(1);
		expect(found.flat().sort()).toEqual(expected.sort());
	});
});
