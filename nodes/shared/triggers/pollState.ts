import type { IDataObject } from 'n8n-workflow';
import { isOlderId, numberOf, recordAt, textOf } from '../model/values';
import type { ChatEntry } from '../pickers/chats';

/** What a polling trigger remembers, in n8n's static data. */
export interface PollState {
	/** The account that the rest is about. */
	account: string;
	/** The newest message when the trigger began: nothing older ever starts the workflow. */
	since: string;
	/** The newest known message by chat, of the chats that the list has shown. */
	chats: Record<string, string>;
	/** The newest message that any other chat can have had. */
	floor: string;
	/** The chats with something new that was not handed over yet. */
	left: Record<string, LeftChat>;
	/** The newest message before what was passed over, by chat: a mass message needs no look. */
	passed: Record<string, string>;
	/** Where the list was not read as far as it has news: the page that came last, '' the first. */
	openAt?: string;
	/** The creator's own ID, where a message does not tell who wrote it. */
	creatorId?: string;
}

/** A chat with something new that no poll could read yet. */
export interface LeftChat extends Pick<ChatEntry, 'fan' | 'unreadCount'> {
	/** The newest message before what is new. */
	after: string;
	/** How often its messages could not be read. */
	tries: number;
	/** Not to be tried before, in milliseconds since 1970. */
	due: number;
}

/** Older than every message. */
export const NONE = '0';

/** Whether a message came after another; both are IDs. */
export function isNewer(message: string, known: string): boolean {
	return message !== known && isOlderId(message, known) !== true;
}

/** The newest of those messages; `NONE` where there is none. */
export function newest(...ids: Array<string | undefined>): string {
	return ids.reduce<string>(
		(best, one) => (one !== undefined && isNewer(one, best) ? one : best),
		NONE,
	);
}

/** What is remembered of the account; undefined where no poll has begun yet. */
export function readState(saved: IDataObject, account: string): PollState | undefined {
	const [since, floor] = [textOf(saved.since), textOf(saved.floor)];
	if (saved.account !== account || since === undefined || floor === undefined) return undefined;
	const left = Object.entries(recordAt(saved.left)).flatMap(([chat, value]) =>
		readLeft(value).map((one) => [chat, one] as const),
	);
	return {
		account,
		since,
		floor,
		chats: readMessages(saved.chats),
		left: Object.fromEntries(left),
		passed: readMessages(saved.passed),
		openAt: typeof saved.openAt === 'string' ? saved.openAt : undefined,
		creatorId: textOf(saved.creatorId),
	};
}

/** Message IDs by chat. */
function readMessages(value: unknown): Record<string, string> {
	return Object.fromEntries(
		Object.entries(recordAt(value)).flatMap(([chat, message]) =>
			typeof message === 'string' ? [[chat, message] as const] : [],
		),
	);
}

function readLeft(value: unknown): LeftChat[] {
	const { after, fan, unreadCount, tries, due } = recordAt(value);
	const { id, name, username, totalSpent } = recordAt(fan);
	const known = textOf(after);
	if (known === undefined) return [];
	return [
		{
			after: known,
			fan: {
				id: textOf(id) ?? null,
				name: textOf(name) ?? null,
				username: textOf(username) ?? null,
				totalSpent: numberOf(totalSpent) ?? null,
			},
			unreadCount: numberOf(unreadCount) ?? 0,
			tries: numberOf(tries) ?? 0,
			due: numberOf(due) ?? 0,
		},
	];
}

/** The newest message of a chat that the list showed to an earlier poll. */
export function knownIn({ chats, floor, since }: PollState, chat: string): string {
	return newest(chats[chat] ?? floor, since);
}

/** Whether the list shows something newer in a chat than it did before. */
export function isChanged(state: PollState, { chatId, lastMessageId }: ChatEntry): boolean {
	return lastMessageId !== undefined && isNewer(lastMessageId, knownIn(state, chatId));
}
