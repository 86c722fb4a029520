import type { IDataObject } from 'n8n-workflow';
import type { NewMessage, PairName, StoredMessage, WrittenMessage } from '../../simulator';
import { TriggerHost } from './triggerHost';
import type { TriggerRequest } from './triggerHost';
import { LUNA, byId, credentialOf, simulator } from './world';

/** Polling triggers on the engine, and what happens in their chats meanwhile. */

const hosts: TriggerHost[] = [];

/** A mass message of the creator's, which comes a minute after anything else. */
export function writesToMany(pair: PairName, chats: string[]): void {
	const createdAt = new Date(Date.now() + 60_000);
	for (const chat of chats) replies(pair, chat, 'to all of you', { isFromQueue: true, createdAt });
}

/** Ends the triggers of every test of a file, and sets the clock right. */
export function usePollers(): void {
	afterEach(async () => {
		jest.restoreAllMocks();
		for (const host of hosts.splice(0)) await host.close();
	});
}

export async function poller(
	pair: PairName,
	given: Partial<TriggerRequest> = {},
): Promise<TriggerHost> {
	const parameters = { account: byId(LUNA[pair].account), ...given.parameters };
	const host = await TriggerHost.start({
		node: `${pair}PollingTrigger`,
		credential: credentialOf(pair),
		...given,
		parameters,
	});
	hosts.push(host);
	return host;
}

/** A trigger that has begun: its first poll is over. */
export async function seeded(
	pair: PairName,
	given: Partial<TriggerRequest> = {},
): Promise<TriggerHost> {
	const host = await poller(pair, given);
	expect(await host.poll()).toBeNull();
	takeRequests();
	return host;
}

export const writes = (
	pair: PairName,
	chat: string,
	text: string,
	more: Partial<WrittenMessage> = {},
): StoredMessage => simulator().fanWrites(pair, LUNA[pair].account, chat, { text, ...more });

export const replies = (
	pair: PairName,
	chat: string,
	text: string,
	more: Partial<NewMessage> = {},
): StoredMessage[] =>
	simulator().addMessages(pair, LUNA[pair].account, chat, [
		{ direction: 'outgoing', text, createdAt: new Date(), ...more },
	]);

/** Sets the clock forward. */
export function pass(minutes: number): void {
	const now = Date.now() + minutes * 60_000;
	jest.restoreAllMocks();
	jest.spyOn(Date, 'now').mockReturnValue(now);
}

/** The requests since the last call, as method and what follows the account. */
export function takeRequests(): string[] {
	return simulator()
		.requests.splice(0)
		.map(({ method, path }) => `${method} ${path.replace(/^.*\/(chats.*)$/, '$1')}`);
}

export const textsOf = (items: IDataObject[] | null) => items?.map(({ text }) => text) ?? null;

/** Adds chats until Luna has that many; gives all of them. */
export function chatsOf(
	pair: PairName,
	total: number,
	messages: (index: number) => number = () => 1,
): string[] {
	const { account, chat, longChat, emptyChat } = LUNA[pair];
	const chats = [chat, longChat, emptyChat];
	while (chats.length < total) {
		const index = chats.length;
		const id =
			pair === 'ofapiOnlyFans'
				? String(700000 + index)
				: String(300000000000070000n + BigInt(index));
		chats.push(
			simulator().addChat(pair, {
				account,
				fan: { id, name: `Fan ${index}`, username: `fan${index}` },
				messages: messages(index),
			}),
		);
	}
	return chats;
}
