import { EMPTY_LIST, chatsOf, poller, seeded, textsOf, usePollers, writes } from './poller';
import { LUNA, PAIRS, simulator, useSimulator } from './world';

/** Polls that the provider answers in part, wrongly or not: nothing is lost, nothing comes twice. */

useSimulator();
usePollers();

describe.each(PAIRS)('%s', (pair) => {
	const { chat } = LUNA[pair];
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
});
