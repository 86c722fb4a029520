import type { Fan } from './types';
import type { Account, Chat } from './world';

/** What only OnlyFans has beside messages, for its handlers and for tests. IDs are text, money is USD, times are ISO 8601 UTC. */

export interface OnlyFansFan extends Fan {
	status: 'active' | 'expired';
	subscribedAt: string;
	expiresAt: string;
	price: number;
	totalSpent: number;
	tips: number;
	/** Whole months of the subscription. */
	months: number;
	isOnline: boolean;
	/** Left out of its page, as OnlyFans does with some. */
	isFilteredOut?: boolean;
	/** What was paid for messages. */
	messages?: number;
	/** Whether the subscription is not going to be renewed. */
	isSetToExpire: boolean;
	lastReplyAt?: string;
}

/** What the creator set about a user. */
export interface Relation {
	note: string;
	customName: string;
	isBlocked: boolean;
	isRestricted: boolean;
}

export interface UserList {
	id: string;
	name: string;
	/** Null where the list does not tell. */
	usersCount: number | null;
	/** User IDs, oldest first. */
	members?: string[];
}

export interface OnlyFansTransaction {
	id: string;
	fan: Fan;
	type: 'message' | 'tip' | 'post' | 'subscription' | 'stream';
	/** What the fan paid. */
	amount: number;
	createdAt: string;
	status: 'loading' | 'done' | 'undo';
	/** Linked to in the words. */
	messageId?: string;
	/** Where a tip was given. */
	source?: 'profile' | 'post_all' | 'chat' | 'stream' | 'story';
}

export interface MassMessage {
	id: string;
	body: unknown;
	date: string;
	/** How many got it, and how many of these saw it. */
	sentCount?: number;
	viewedCount?: number;
	/** The IDs of those who paid. */
	buyers?: string[];
}

/** Marks that a creator set on a chat. */
export interface ChatMarks {
	isMuted: boolean;
	isHidden: boolean;
	/** How often typing was begun. */
	typing: number;
	/** IDs of liked messages. */
	liked: Set<string>;
}

/** An account's fans (newest first), user lists, mass messages and transactions; all mutable. */
export interface OnlyFansState {
	fans: OnlyFansFan[];
	userLists: UserList[];
	/** Oldest first. */
	massMessages: MassMessage[];
	/** Newest first. */
	transactions: OnlyFansTransaction[];
	chat(id: string): ChatMarks;
	/** What the creator set about a user. */
	relation(userId: string): Relation;
}

const states = new WeakMap<Account, OnlyFansState>();
const marks = new WeakMap<Chat, ChatMarks>();
const relations = new WeakMap<Account, Map<string, Relation>>();

/** What the creator set about the user; mutable. */
export function relationOf(account: Account, userId: string): Relation {
	const users = relations.get(account) ?? new Map<string, Relation>();
	relations.set(account, users);
	const known = users.get(userId) ?? {
		note: '',
		customName: '',
		isBlocked: false,
		isRestricted: false,
	};
	users.set(userId, known);
	return known;
}

export function marksOf(chat: Chat): ChatMarks {
	const known = marks.get(chat) ?? {
		isMuted: false,
		isHidden: false,
		typing: 0,
		liked: new Set<string>(),
	};
	marks.set(chat, known);
	return known;
}

/** A fan with a subscription. */
export function newFan(fan: Fan, given: Partial<OnlyFansFan> = {}): OnlyFansFan {
	return {
		...fan,
		status: 'active',
		subscribedAt: '2026-06-01T10:00:00.000Z',
		expiresAt: '2026-12-01T10:00:00.000Z',
		price: 9.99,
		totalSpent: 120,
		tips: 20,
		months: 3,
		isOnline: false,
		isSetToExpire: false,
		...given,
	};
}

/** The state that goes with an account, made when it is first asked for: its fans are those of its chats, the last of them expired. */
export function stateOf(account: Account): OnlyFansState {
	const known = states.get(account);
	if (known !== undefined) return known;
	const chats = [...account.chats.values()];
	const state: OnlyFansState = {
		fans: chats.map(({ fan }, index) =>
			newFan(
				fan,
				index === chats.length - 1
					? { status: 'expired', totalSpent: 0, tips: 0 }
					: { isOnline: index === 0 },
			),
		),
		userLists: [
			{ id: 'fans', name: 'Fans', usersCount: 1200 },
			{ id: 'recent', name: 'Recent (last 24 hours)', usersCount: 2 },
			{ id: '1139401260', name: 'VIPs', usersCount: 7 },
			{ id: '1015359034', name: 'Hidden size', usersCount: null },
		],
		massMessages: [],
		transactions: [],
		chat(id) {
			const chat = account.chats.get(id);
			if (chat === undefined) throw new Error(`The simulator has no chat ${id} of ${account.id}`);
			return marksOf(chat);
		},
		relation: (userId) => relationOf(account, userId),
	};
	states.set(account, state);
	return state;
}
