import { EMPTY_LIST, chatsOf, pass, poller, seeded, takeRequests, textsOf, usePollers, writes } from './poller';
import { LUNA, PAIRS, simulator, useSimulator } from './world';

/** Polls that the provider answers in part, wrongly or not: nothing is lost, nothing comes twice. */

useSimulator();
usePollers();

describe.each(PAIRS)('%s', (pair) => {
	const { chat, longChat, emptyChat } = LUNA[pair];
	const emptyOnce = () => simulator().addFault({ kind: 'json', status: 200, body: EMPTY_LIST[pair], path: /chats$/, times: 1 });

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
		expect((textsOf(await host.poll()) ?? []).sort()).toEqual(chats.map((one) => `again in ${one}`).sort());
	});

	const gone = () => simulator().addFault({ kind: 'json', status: 404, body: { message: 'Not found' }, path: new RegExp(`/${chat}/messages$`) });

	test('a chat that cannot be read holds up no other, is tried again after growing pauses, and its messages come in the end', async () => {
		const host = await seeded(pair);
		writes(pair, longChat, 'behind it');
		writes(pair, emptyChat, 'behind it too');
		writes(pair, chat, 'out of reach');
		gone();
		expect((textsOf(await host.poll()) ?? []).sort()).toEqual(['behind it', 'behind it too']);
		expect(host.warnings).toEqual([expect.stringMatching(`chat ${chat} could not be read and are tried again in 5 minutes`)]);

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
		expect(textsOf(await host.poll())).toEqual(['out of reach', 'one more']);
		expect(await host.poll()).toBeNull();
	});

	test('a chat that always ends in a 500 holds up no other either', async () => {
		const host = await seeded(pair);
		simulator().addFault({ kind: 'html', status: 500, method: 'GET', path: new RegExp(`/${chat}/messages$`) });
		writes(pair, longChat, 'behind it');
		writes(pair, chat, 'out of reach');
		expect(textsOf(await host.poll())).toEqual(['behind it']);
		writes(pair, emptyChat, 'later');
		expect(textsOf(await host.poll())).toEqual(['later']);
		expect(host.warnings.map((text) => /tried again (.*?):/.exec(text)?.[1])).toEqual(['with the next poll', 'in 5 minutes']);
		simulator().clearFaults();
		pass(5);
		expect(textsOf(await host.poll())).toEqual(['out of reach']);
	});

	test('two chats in a row without an answer are the provider: no further one is asked for', async () => {
		const host = await seeded(pair);
		for (const one of [chat, longChat, emptyChat]) writes(pair, one, 'hello');
		simulator().addFault({ kind: 'html', status: 502, method: 'GET', path: /messages$/, times: 2 });
		await expect(host.poll()).rejects.toThrow('could not answer right now');
		expect(takeRequests().filter((line) => /^GET .*messages$/.test(line))).toHaveLength(2);
		expect(await host.poll()).toHaveLength(3);
	});
});
