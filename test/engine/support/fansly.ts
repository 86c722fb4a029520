import type { PairName } from '../../pairs';
import type { FanslyFan } from '../../simulator';
import { LUNA, simulator } from './world';

/** The operations on Fansly, as the tests of both of its pairs ask for them. */

export type FanslyPair = Exclude<PairName, 'ofapiOnlyFans'>;

export const FANSLY_PAIRS: FanslyPair[] = ['ofapiFansly', 'apiFansly'];

/** Luna's own ID on Fansly, and her fans Tom (with a chat of three messages), Sam and Alex (with an empty one). */
export const CREATOR_ID = '100000000000000001';
export const TOM = '300000000000000001';
export const SAM = '300000000000000002';
export const ALEX = '300000000000000003';

export const path = (pair: FanslyPair, rest: string): string =>
	`/api/fansly/${LUNA[pair].account}/${rest}`;

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
