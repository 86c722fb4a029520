import { PAIRS } from '../pairs';
import { BASE_TIME, MINUTE, generateHistory } from './history';
import { countBelow, isOlderId, mediaId, messageIdAt, withPrefix } from './ids';
import { noFanslyState } from './fanslyPeople';
import type {
	Direction,
	Fan,
	FanslyChatState,
	FanslyFan,
	NewAccount,
	NewChat,
	NewMessage,
	PairName,
	StoredMessage,
	WrittenMessage,
} from './types';

export interface Account extends NewAccount {
	authenticated: boolean;
	chats: Map<string, Chat>;
	fanslyFans: FanslyFan[];
}

export interface Chat {
	id: string;
	account: Account;
	fan: Fan;
	/** Keeps the message IDs of chats apart. */
	slot: number;
	/** Oldest first, so by growing ID. */
	messages: StoredMessage[];
	pinned: Set<string>;
	lastReadId: string;
	/** Marked by the creator, whatever was read. */
	isMarkedUnread: boolean;
	fansly: FanslyChatState;
}

/** OnlyFans has no field for a tip: the amount stands in the message's text alone. */
function withTip(text: string, tip: number): string {
	return `I sent you a $${tip.toFixed(2)} tip ♥\n${text}`.trimEnd();
}

/** Everything the providers know: accounts, their chats and every message. */
export class World {
	/** Told of every message that somebody writes, once it is stored; not of messages that a test adds. */
	onWritten: (pair: PairName, chat: Chat, message: StoredMessage) => void = () => undefined;
	private readonly pairs = new Map(PAIRS.map((pair) => [pair, new Map<string, Account>()]));
	private chatCount = 0;
	private mediaCount = 0;
	/** The time of the latest message that was not given one; a minute passes with each. */
	private clock = BASE_TIME;
	/** The time of the latest message that was written at the real time. */
	private lastWritten = 0;

	clear(): void {
		for (const accounts of this.pairs.values()) accounts.clear();
		this.chatCount = 0;
		this.mediaCount = 0;
		this.clock = BASE_TIME;
		this.lastWritten = 0;
	}

	/** Milliseconds since 1970 in the simulated world. */
	now(): number {
		return this.clock;
	}

	accounts(pair: PairName): Account[] {
		return [...(this.pairs.get(pair)?.values() ?? [])];
	}

	account(pair: PairName, id: string): Account | undefined {
		return this.pairs.get(pair)?.get(id);
	}

	/** The chat, or an error that names what is missing: for callers that must know their world. */
	knownChat(pair: PairName, account: string, chat: string): Chat {
		const found = this.knownAccount(pair, account).chats.get(chat);
		if (found === undefined) {
			throw new Error(`The simulator has no chat ${chat} of ${account} (${pair})`);
		}
		return found;
	}

	/** The account, or an error: as above. */
	knownAccount(pair: PairName, id: string): Account {
		const account = this.account(pair, id);
		if (account === undefined) throw new Error(`The simulator has no account ${id} (${pair})`);
		return account;
	}

	addAccount(pair: PairName, account: NewAccount, authenticated = true): void {
		this.pairs.get(pair)?.set(account.id, {
			...account,
			authenticated,
			chats: new Map(),
			fanslyFans: [],
		});
	}

	addChat(pair: PairName, { account: accountId, id, fan, messages = 0 }: NewChat): Chat {
		const account = this.knownAccount(pair, accountId);
		this.chatCount++;
		const chat: Chat = {
			id:
				id ?? (pair === 'ofapiOnlyFans' ? fan.id : withPrefix('2', String(1000 + this.chatCount))),
			account,
			fan,
			slot: (this.chatCount * 10) % 1000,
			messages: [],
			pinned: new Set(),
			lastReadId: '0',
			isMarkedUnread: false,
			fansly: noFanslyState(),
		};
		account.chats.set(chat.id, chat);
		generateHistory(messages, (message) => this.addMessage(pair, chat, message));
		return chat;
	}

	/** Stores a message at its place in time. */
	addMessage(pair: PairName, chat: Chat, message: NewMessage): StoredMessage {
		const { direction, text, price = 0, tip = 0 } = message;
		const time = message.createdAt?.getTime() ?? this.nextTime(chat);
		const media = (message.media ?? []).map((file) => ({
			id: file.id ?? mediaId(pair, ++this.mediaCount),
			type: file.type ?? 'photo',
			locked: file.locked ?? price > 0,
		}));
		const stored: StoredMessage = {
			id: freeId(pair, chat, time),
			chatId: chat.id,
			direction,
			text: pair === 'ofapiOnlyFans' && tip > 0 ? withTip(text, tip) : text,
			createdAt: new Date(time).toISOString(),
			price,
			tip,
			media,
			replyToId: message.replyTo ?? null,
			...(message.isFromQueue === true && { isFromQueue: true }),
		};
		// Nearly every message is the newest, and appending is much cheaper than inserting.
		if (isNewest(chat, stored.id)) chat.messages.push(stored);
		else chat.messages.splice(countBelow(chat.messages, stored.id), 0, stored);
		if (message.pinned) chat.pinned.add(stored.id);
		return stored;
	}

	/** Stores a message posted through an API. */
	postMessage(
		pair: PairName,
		chat: Chat,
		message: WrittenMessage,
		requestBody: unknown,
	): StoredMessage {
		chat.isMarkedUnread = false;
		return this.writeMessage(pair, chat, 'outgoing', message, requestBody);
	}

	/**
	 * Stores a message at the real time: who looks for a message whose answer was lost goes by the
	 * clock. A fraction of a second is in it, as in the documents.
	 */
	writeMessage(
		pair: PairName,
		chat: Chat,
		direction: Direction,
		message: WrittenMessage,
		requestBody?: unknown,
	): StoredMessage {
		const newest = Date.parse(chat.messages.at(-1)?.createdAt ?? '') || 0;
		// A millisecond of its own, over all chats: real IDs are never given out twice.
		this.lastWritten = Math.max(Date.now(), newest + 1, this.lastWritten + 1);
		const createdAt = new Date(this.lastWritten);
		const stored = this.addMessage(pair, chat, { ...message, direction, createdAt });
		if (requestBody !== undefined) stored.requestBody = requestBody;
		this.onWritten(pair, chat, stored);
		return stored;
	}

	deleteMessage(chat: Chat, message: StoredMessage): void {
		chat.messages.splice(chat.messages.indexOf(message), 1);
	}

	private nextTime(chat: Chat): number {
		const newest = Date.parse(chat.messages.at(-1)?.createdAt ?? '') || 0;
		this.clock = Math.floor((Math.max(this.clock, newest) + MINUTE) / 1000) * 1000;
		return this.clock;
	}
}

function isNewest(chat: Chat, id: string): boolean {
	const newest = chat.messages.at(-1);
	return newest === undefined || isOlderId(newest.id, id);
}

function freeId(pair: PairName, chat: Chat, time: number): string {
	for (let slot = chat.slot; ; slot++) {
		const id = messageIdAt(pair, time, slot);
		if (isNewest(chat, id) || findMessage(chat, id) === undefined) return id;
	}
}

export function findMessage(chat: Chat, id: string): StoredMessage | undefined {
	const candidate = chat.messages[countBelow(chat.messages, id)];
	return candidate?.id === id ? candidate : undefined;
}
