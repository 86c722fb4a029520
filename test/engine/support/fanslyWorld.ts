import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type { FanslyFan, RecordedRequest } from '../../simulator';
import { run } from './harness';
import type { RunRequest, RunResult } from './harness';
import { LUNA, byId, credentialOf, simulator } from './world';

/** The operations on Fansly, as the tests of both of its pairs ask for them. */

export type FanslyPair = 'ofapiFansly' | 'apiFansly';

export const FANSLY_PAIRS: FanslyPair[] = ['ofapiFansly', 'apiFansly'];

/** Luna's own ID on Fansly, and her fans Tom (with a chat of three messages), Sam and Alex (with an empty one). */
export const CREATOR_ID = '100000000000000001';
export const TOM = '300000000000000001';
export const SAM = '300000000000000002';
export const ALEX = '300000000000000003';

type Given = Partial<Omit<RunRequest, 'node' | 'parameters'>>;

/** One operation of a node as a user sets it up; account and chat are Luna's unless the parameters say otherwise. */
export async function operate(
	pair: FanslyPair,
	what: `${string}.${string}`,
	parameters: INodeParameters = {},
	given: Given = {},
): Promise<RunResult> {
	const [resource = '', operation = ''] = what.split('.');
	const { account, chat } = LUNA[pair];
	return await run({
		node: pair,
		credential: credentialOf(pair),
		...given,
		parameters: { resource, operation, account: byId(account), chat: byId(chat), ...parameters },
	});
}

export const path = (pair: FanslyPair, rest: string): string =>
	`/api/fansly/${LUNA[pair].account}/${rest}`;

type Sent = Pick<RecordedRequest, 'method' | 'path' | 'query' | 'body'>;

/** What left, in order: method, path, query and body. An absent body is left out. */
export function sent(): Array<Partial<Sent>> {
	return simulator().requests.map(({ method, path, query, body }) => ({
		method,
		path,
		query,
		...(body !== undefined && { body }),
	}));
}

export const creditsOf = (): number =>
	simulator().requests.reduce((sum, { credits }) => sum + credits, 0);

/** The input item that an output item belongs to. */
export const inputOf = ({ pairedItem }: INodeExecutionData): number | undefined =>
	typeof pairedItem === 'object' && !Array.isArray(pairedItem) ? pairedItem.item : undefined;

/** The IDs of Tom's messages, oldest first: his, Luna's, his. */
export function tomsMessages(pair: FanslyPair): string[] {
	const { account, chat } = LUNA[pair];
	return simulator()
		.messages(pair, account, chat)
		.map(({ id }) => id);
}

/** So many more fans of that kind, oldest first. */
export function addFans(pair: FanslyPair, count: number, status: FanslyFan['status']): string[] {
	const ids = Array.from({ length: count }, (_, index) =>
		String(310_000_000_000_000_000n + BigInt(index)),
	);
	simulator().addFanslyFans(
		pair,
		LUNA[pair].account,
		ids.map((id, index) => ({ id, name: `Fan ${index}`, username: `fan${index}`, status })),
	);
	return ids;
}

/** So many more chats with one message each, oldest first. */
export function addChats(pair: FanslyPair, count: number): string[] {
	const { account } = LUNA[pair];
	return Array.from({ length: count }, (_, index) => {
		const chat = simulator().addChat(pair, {
			account,
			fan: {
				id: String(320_000_000_000_000_000n + BigInt(index)),
				name: `Kim ${index}`,
				username: `kim${index}`,
			},
		});
		simulator().addMessages(pair, account, chat, [
			{ direction: 'incoming', text: `Hello ${index}` },
		]);
		return chat;
	});
}

/** What a refused run says, after making sure that nothing left. */
export function refusal(result: RunResult): string {
	expect(simulator().requests).toEqual([]);
	expect(result.items).toEqual([]);
	return `${result.error?.message} ${result.error?.description ?? ''}`;
}
