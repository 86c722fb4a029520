import { writeFileSync } from 'node:fs';
import { idOf } from '../../../nodes/shared/model/values';
import {
	chatsOf,
	poller,
	replies,
	seeded,
	takeRequests,
	textsOf,
	usePollers,
	writes,
	writesToMany,
} from '../support/poller';
import { state } from '../support/onlyFans';
import { ITEM_FIELDS } from '../support/triggerHost';
import { LUNA, PAIRS, byId, credentialOf, simulator, useSimulator } from '../support/world';

/** The polling triggers: every message of a fan once, with few requests, and no chat changed. */

useSimulator();
usePollers();

/** Repeatable numbers below a bound; the upper bits alone, the lower ones of this kind repeat too soon. */
function randomFrom(seed: number): (below: number) => number {
	let state = seed;
	return (below) => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return Math.floor((state / 2 ** 32) * below);
	};
}

/** The creator reads an OnlyFans chat in the app. */
async function markRead(chat: string): Promise<void> {
	const { apiKey, baseUrl } = credentialOf('ofapiOnlyFans');
	await fetch(`${baseUrl}/api/${LUNA.ofapiOnlyFans.account}/chats/${chat}/mark-as-read`, {
		method: 'POST',
		headers: { authorization: `Bearer ${apiKey}` },
	});
}

describe.each(PAIRS)('%s', (pair) => {
	const { account, chat, longChat, emptyChat } = LUNA[pair];

	test('the first poll begins silently; one with nothing new costs one request', async () => {
		const host = await seeded(pair);
		expect(await host.poll()).toBeNull();
		expect(takeRequests()).toHaveLength(1);
	});

	test("a fan's message comes out as the webhook trigger's would, with the fan's name", async () => {
		const host = await seeded(pair);
		const { id } = writes(pair, chat, 'Are you there?');
		const [item, ...others] = (await host.poll()) ?? [];
		expect(others).toEqual([]);
		expect(Object.keys(item ?? {})).toEqual(ITEM_FIELDS);
		expect(item).toMatchObject({
			id,
			chatId: chat,
			direction: 'incoming',
			text: 'Are you there?',
			accountId: account,
			fanName: 'Tom Baker',
			fanUsername: 'tombaker',
			fanTotalSpent: pair === 'ofapiOnlyFans' ? 120 : null,
			previousReplyAt: null,
			event: pair === 'ofapiFansly' ? 'fansly.messages.received' : 'messages.received',
		});
		expect(item?.fanId).toBe(item?.senderId);
		expect(await host.poll()).toBeNull();
	});

	test('several messages in one chat between two polls, also read and answered ones, oldest first', async () => {
		const host = await seeded(pair);
		writes(pair, chat, 'one');
		writes(pair, longChat, 'two');
		replies(pair, chat, 'an answer from the phone');
		writes(pair, chat, 'three');
		writes(pair, emptyChat, 'four');
		replies(pair, emptyChat, 'another answer');
		const items = (await host.poll()) ?? [];
		expect(items.map(({ text }) => text).sort()).toEqual(['four', 'one', 'three', 'two']);
		expect(items.filter(({ chatId }) => chatId === chat).map(({ text }) => text)).toEqual([
			'one',
			'three',
		]);
		const times = items.map(({ createdAt }) => createdAt);
		expect(times).toEqual([...times].sort());
		expect(await host.poll()).toBeNull();
	});

	test('no chat is left marked as read, none as unread that was read', async () => {
		const host = await seeded(pair);
		writes(pair, longChat, 'unread');
		writes(pair, chat, 'read on the phone');
		replies(pair, chat, 'answered');
		if (pair === 'ofapiOnlyFans') await markRead(chat);
		const before = [chat, longChat].map((one) => simulator().unreadCount(pair, account, one) > 0);
		expect(await host.poll()).toHaveLength(2);
		expect([chat, longChat].map((one) => simulator().unreadCount(pair, account, one) > 0)).toEqual(
			before,
		);
	});

	test('a new chat is found, its history from before the trigger is not', async () => {
		writes(pair, longChat, 'the last message before the trigger begins');
		const host = await seeded(pair);
		const fan = {
			id: pair === 'ofapiOnlyFans' ? '600009' : '300000000000060009',
			name: 'Kim Lee',
			username: 'kim',
		};
		const fresh = simulator().addChat(pair, { account, fan, messages: 30 });
		writes(pair, fresh, 'I am new here');
		expect(textsOf(await host.poll())).toEqual(['I am new here']);
	});

	test('a restart between polls repeats and loses nothing', async () => {
		const host = await seeded(pair);
		writes(pair, chat, 'before');
		expect(textsOf(await host.poll())).toEqual(['before']);
		writes(pair, chat, 'while n8n was off');
		const after = await poller(pair);
		after.saved = host.saved;
		expect(textsOf(await after.poll())).toEqual(['while n8n was off']);
	});

	test('a poll that n8n never got to keep is made again', async () => {
		const host = await seeded(pair);
		writes(pair, chat, 'once');
		expect(textsOf(await host.poll({ isSaved: false }))).toEqual(['once']);
		expect(textsOf(await host.poll())).toEqual(['once']);
		expect(await host.poll()).toBeNull();
	});

	test('a failure loses nothing: what was found is handed over, the rest comes with the next poll', async () => {
		const host = await seeded(pair);
		simulator().addFault({ kind: 'html', status: 502, times: 1 });
		await expect(host.poll()).rejects.toThrow('is not available right now');
		for (const [index, one] of [chat, longChat, emptyChat].entries()) {
			writes(pair, one, `message ${index}`);
		}
		simulator().addFault({
			kind: 'rateLimited',
			method: 'GET',
			path: /messages$/,
			skip: 1,
			times: 1,
		});
		const first = await host.poll();
		expect(first).toHaveLength(1);
		expect([...(textsOf(first) ?? []), ...(textsOf(await host.poll()) ?? [])].sort()).toEqual([
			'message 0',
			'message 1',
			'message 2',
		]);
		expect(await host.poll()).toBeNull();
	});

	test('a poll that cannot read a single chat says why', async () => {
		const host = await seeded(pair);
		writes(pair, chat, 'hello');
		simulator().addFault({ kind: 'rateLimited', path: /messages$/, times: 1 });
		await expect(host.poll()).rejects.toThrow('rate limit reached');
		expect(textsOf(await host.poll())).toEqual(['hello']);
	});

	test('without time left it gets one chat further with each poll, unread ones first', async () => {
		const host = await seeded(pair, { pollBudget: 0 });
		for (const one of [chat, longChat, emptyChat]) writes(pair, one, `in ${one}`);
		const found: unknown[] = [];
		for (let count = 0; count < 3; count++) {
			const items = await host.poll();
			expect(items).toHaveLength(1);
			found.push(...(textsOf(items) ?? []));
		}
		expect(found.sort()).toEqual([chat, longChat, emptyChat].map((one) => `in ${one}`).sort());
		expect(await host.poll()).toBeNull();
	});

	test('a mass message to 250 fans costs a look at each where the list does not tell that it is one', async () => {
		const chats = chatsOf(pair, 250);
		// Nothing is unread.
		for (const one of chats) replies(pair, one, 'good night');
		const host = await seeded(pair);
		writesToMany(pair, chats);
		expect(await host.poll()).toBeNull();
		const pages = pair === 'apiFansly' ? 13 : 3;
		expect(takeRequests()).toHaveLength(pair === 'ofapiOnlyFans' ? pages : pages + 250);
		expect(await host.poll()).toBeNull();
		expect(takeRequests()).toEqual(['GET chats']);
	});

	test('what fans wrote before a mass message comes: unread at once, read in the app with what they write next', async () => {
		const host = await seeded(pair);
		writes(pair, longChat, 'unread');
		writes(pair, chat, 'read in the app');
		if (pair === 'ofapiOnlyFans') await markRead(chat);
		writesToMany(pair, [chat, longChat, emptyChat]);
		const first = textsOf(await host.poll()) ?? [];
		expect(first).toContain('unread');
		writesToMany(pair, [chat, longChat, emptyChat]);
		expect(await host.poll()).toBeNull();
		writes(pair, chat, 'the next one');
		expect([...first, ...(textsOf(await host.poll()) ?? [])].sort()).toEqual([
			'read in the app',
			'the next one',
			'unread',
		]);
		expect(await host.poll()).toBeNull();
	});

	test("a fan's own mass message, who is a creator too, is looked at", async () => {
		const host = await seeded(pair);
		writes(pair, chat, 'to all of mine', { isFromQueue: true });
		expect(textsOf(await host.poll())).toEqual(['to all of mine']);
	});

	test('without time left the chats that have something unread come first', async () => {
		const host = await seeded(pair, { pollBudget: 0 });
		writes(pair, longChat, 'unread');
		writes(pair, chat, 'answered');
		replies(pair, chat, 'an answer', { createdAt: new Date(Date.now() + 60_000) });
		expect(textsOf(await host.poll())).toEqual(['unread']);
		expect(textsOf(await host.poll())).toEqual(['answered']);
	});

	test('two polls at the same time do not report the same message', async () => {
		const host = await seeded(pair);
		writes(pair, chat, 'once');
		const both = await Promise.all([host.poll(), host.poll()]);
		expect(both.map(textsOf).filter((texts) => texts !== null)).toEqual([['once']]);
	});

	test('filters: other chats cost nothing, words, money', async () => {
		const host = await seeded(pair, {
			parameters: { filters: { chat: byId(chat), textContains: 'PLEASE' } },
		});
		writes(pair, longChat, 'please in another chat');
		writes(pair, chat, 'without the word');
		writes(pair, chat, 'with it, please');
		expect(textsOf(await host.poll())).toEqual(['with it, please']);
		expect(takeRequests().filter((line) => line.startsWith('GET'))).toHaveLength(2);

		const money = await seeded(pair, { parameters: { filters: { onlyPaid: true } } });
		writes(pair, chat, 'for free');
		writes(pair, chat, 'for you', { tip: 5 });
		expect(await money.poll()).toMatchObject([{ tipAmount: 5 }]);
	});

	test("with Simplify off the provider's own message comes out", async () => {
		const host = await seeded(pair, { parameters: { simplify: false } });
		const { id } = writes(pair, chat, 'raw');
		const [item] = (await host.poll()) ?? [];
		expect(idOf(item?.id)).toBe(id);
		expect(item).not.toHaveProperty('direction');
	});

	test('a run in the editor shows newest messages, remembers nothing and marks nothing as read', async () => {
		const host = await seeded(pair);
		const saved = host.saved;
		writes(pair, chat, 'for the editor');
		const unread = simulator().unreadCount(pair, account, chat);
		expect(textsOf(await host.poll({ mode: 'manual' }))).toContain('for the editor');
		expect(host.saved).toBe(saved);
		expect(simulator().unreadCount(pair, account, chat)).toBe(unread);
		expect(textsOf(await host.poll())).toEqual(['for the editor']);
	});

	test('a run in the editor finds a message where every chat is answered, and says what it did', async () => {
		const host = await seeded(pair);
		for (const one of [chat, longChat]) {
			writes(pair, one, `hello from ${one}`);
			replies(pair, one, 'answered');
			if (pair === 'ofapiOnlyFans') await markRead(one);
		}
		takeRequests();
		const items = (await host.poll({ mode: 'manual' })) ?? [];
		expect(items.length).toBeGreaterThan(0);
		for (const item of items) {
			expect(item).toMatchObject({ direction: 'incoming' });
			// On Fansly a chat with something unread may be looked at, too.
			if (pair === 'ofapiOnlyFans') expect(item.note).toMatch(/already read/);
		}
		const lines = takeRequests();
		expect(lines.every((line) => line.startsWith('GET'))).toBe(true);
		expect(lines.filter((line) => line.endsWith('/messages'))).toHaveLength(1);

		const chosen = await seeded(pair, { parameters: { filters: { chatIds: longChat } } });
		expect((await chosen.poll({ mode: 'manual' }))?.map(({ chatId }) => chatId)[0]).toBe(longChat);
	});

	test('another account begins anew, silently', async () => {
		simulator().addAccount(pair, {
			id: 'acct_Other',
			name: 'Other',
			username: 'other',
			nativeId: '100000000000000777',
		});
		const host = await seeded(pair);
		writes(pair, chat, 'of the first account');
		host.parameters = { account: byId('acct_Other') };
		expect(await host.poll()).toBeNull();
		expect(await host.poll()).toBeNull();
	});

	test.each([
		['', /'Account' is empty/],
		['a/b', /'Account' has to be an ID/],
	])('the account %p is refused before anything is asked', async (value, words) => {
		const host = await poller(pair, { parameters: { account: byId(value) } });
		await expect(host.poll()).rejects.toThrow(words);
		expect(simulator().requests).toEqual([]);
	});

	test('30 polls over 200 chats with random traffic find every message once', async () => {
		const random = randomFrom(42);
		const chats = chatsOf(pair, 200, () => random(4));
		const host = await seeded(pair, { pollBudget: 60_000 });
		const expected: string[] = [];
		const found: unknown[] = [];
		const counts: number[] = [];
		for (let poll = 0; poll < 30; poll++) {
			// Every fifth poll finds nothing; in between from a message to a rush of them.
			const traffic = poll % 5 === 4 ? 0 : random(poll % 7 === 3 ? 120 : 12);
			for (let count = 0; count < traffic; count++) {
				const one = chats[random(chats.length)] ?? chat;
				if (random(4) === 0) replies(pair, one, 'an answer');
				else expected.push(writes(pair, one, `message ${expected.length}`).id);
			}
			found.push(...((await host.poll()) ?? []).map(({ id }) => id));
			const lines = takeRequests();
			if (traffic === 0) expect(lines).toHaveLength(1);
			counts.push(lines.length);
		}
		expect(found).toEqual([...new Set(found)]);
		expect([...found].sort()).toEqual([...expected].sort());
		const total = counts.reduce((sum, count) => sum + count, 0);
		writeFileSync(
			process.stdout.fd,
			`${pair}: ${expected.length} messages in 200 chats, 30 polls, ${total} requests (${counts.join(' ')})\n`,
		);
	});
});

test('OnlyFans: the chats of fans who have spent less are not even read', async () => {
	const { chat, longChat } = LUNA.ofapiOnlyFans;
	for (const fan of state().fans) fan.totalSpent = fan.id === chat ? 500.5 : 500;
	const host = await seeded('ofapiOnlyFans', {
		parameters: { filters: { minTotalSpent: '500.50' } },
	});
	writes('ofapiOnlyFans', longChat, 'for less');
	writes('ofapiOnlyFans', chat, 'for more');
	expect(await host.poll()).toMatchObject([{ text: 'for more', fanTotalSpent: 500.5 }]);
	expect(takeRequests().filter((line) => line.endsWith('/messages'))).toHaveLength(1);
});
