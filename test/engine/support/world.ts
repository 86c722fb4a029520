import type { IDataObject, INodeParameterResourceLocator, INodeParameters } from 'n8n-workflow';
import { PAIRS, pairs } from '../../pairs';
import type { PairName } from '../../pairs';
import { DEFAULT_KEYS, startSimulator } from '../../simulator';
import type { NewMessage, RecordedRequest, Simulator } from '../../simulator';
import { run } from './harness';
import type { RunRequest, RunResult } from './harness';

/** The simulated world as the tests of all pairs see it. */

export { pairs as LUNA, PAIRS };

let current: Simulator | undefined;
let tests = 0;

export function simulator(): Simulator {
	if (current === undefined) throw new Error('the simulator runs only inside a test');
	return current;
}

/** Starts the simulator for a test file and gives every test a fresh default world. */
export function useSimulator(): void {
	beforeAll(async () => {
		current = await startSimulator({ controlPort: false });
	});
	beforeEach(() => {
		simulator().reset();
		tests++;
	});
	afterAll(async () => {
		await simulator().close();
	});
}

/** A credential with a key of the test's own: what the nodes keep by key is not another test's. */
export function credentialOf(pair: PairName): { apiKey: string; baseUrl: string } {
	return pair === 'apiFansly'
		? { apiKey: `${DEFAULT_KEYS.apiFansly}-${tests}`, baseUrl: simulator().apiFanslyUrl }
		: { apiKey: `${DEFAULT_KEYS.ofapi}-${tests}`, baseUrl: simulator().ofapiUrl };
}

export function byId(value: unknown): INodeParameterResourceLocator {
	return { __rl: true, mode: 'id', value: value as string };
}

type Given = Partial<RunRequest> & { chat?: unknown };

async function runOperation(
	pair: PairName,
	operation: string,
	parameters: INodeParameters,
	{ chat, ...given }: Given,
): Promise<RunResult> {
	const { account, chat: firstChat } = pairs[pair];
	return await run({
		node: pair,
		credential: credentialOf(pair),
		...given,
		parameters: {
			operation,
			account: byId(account),
			chat: byId(chat ?? firstChat),
			...parameters,
			...given.parameters,
		},
	});
}

export const list = (
	pair: PairName,
	parameters: INodeParameters = { returnAll: true },
	given: Given = {},
) => runOperation(pair, 'list', parameters, given);
export const send = (pair: PairName, parameters: INodeParameters, given: Given = {}) =>
	runOperation(pair, 'send', parameters, given);

/** The requests for messages, without the lookups beside them. */
export function messageRequests(): RecordedRequest[] {
	return simulator().requests.filter(({ path }) => path.endsWith('/messages'));
}

export function jsonOf({ items }: Pick<RunResult, 'items'>): IDataObject[] {
	return items.map(({ json }) => json);
}

export function idsOf(result: Pick<RunResult, 'items'>): unknown[] {
	return jsonOf(result).map(({ id }) => id);
}

/** IDs as stored, newest first, as a list gives them. */
export function storedIds(pair: PairName, chat: string): string[] {
	return simulator()
		.messages(pair, pairs[pair].account, chat)
		.map(({ id }) => id)
		.reverse();
}

/** A chat of Luna's with this many generated messages. */
export function chatOf(pair: PairName, messages: number): string {
	const fan = {
		id: pair === 'ofapiOnlyFans' ? '600001' : '300000000000060001',
		name: 'Kim Lee',
		username: `kim${messages}`,
	};
	return simulator().addChat(pair, { account: pairs[pair].account, fan, messages });
}

/** So many empty chats of Luna's, each with another fan. */
export function chatsOf(pair: PairName, count: number): string[] {
	return Array.from({ length: count }, (_, index) =>
		simulator().addChat(pair, {
			account: pairs[pair].account,
			fan: { id: `71${1000 + index}`, name: 'Fan', username: `fan${index}` },
		}),
	);
}

/** A chat of Luna's with just these messages, oldest first. */
export function chatWith(pair: PairName, messages: NewMessage[]): string {
	const chat = chatOf(pair, 0);
	simulator().addMessages(pair, pairs[pair].account, chat, messages);
	return chat;
}
