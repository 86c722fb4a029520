import type { IDataObject } from 'n8n-workflow';

/** Who waits in a chat, as far as its last message tells; null where it does not. */
export interface Waiting {
	lastMessageDirection: 'incoming' | 'outgoing' | null;
	/** Whether the fan has written and the creator has not since: a mass message answers nobody. */
	isUnanswered: boolean | null;
	/** When the fan last wrote, where that is the last message. ISO 8601, UTC. */
	unansweredSince: string | null;
}

/** The common chat, alike on every pair; null where the provider does not tell. */
export interface CommonChat extends IDataObject, Waiting {
	id: string | null;
	accountId: string | null;
	fanId: string | null;
	fanName: string | null;
	fanUsername: string | null;
	unreadCount: number | null;
	lastMessageId: string | null;
	/** Plain, as in the common message. */
	lastMessageText: string | null;
	/** ISO 8601, UTC. */
	lastMessageAt: string | null;
	isMuted: boolean | null;
	/** The chat's address on the platform's website. */
	url: string | null;
	hasUnreadTips: boolean | null;
	/** Whether the creator can write to the fan. */
	canSendMessage: boolean | null;
}

/** Who waits, by who sent a chat's last message and when. */
export function waitingOf(
	direction: Waiting['lastMessageDirection'],
	sentAt: string | null,
): Waiting {
	return {
		lastMessageDirection: direction,
		isUnanswered: direction === null ? null : direction === 'incoming',
		unansweredSince: direction === 'incoming' ? sentAt : null,
	};
}

/**
 * The common fan: eleven fields, the same on every pair. Money in USD, time in ISO 8601 UTC; null
 * where the provider does not tell.
 */
export interface CommonFan extends IDataObject {
	id: string | null;
	accountId: string | null;
	name: string | null;
	username: string | null;
	status: 'active' | 'expired' | 'follower' | null;
	subscribedAt: string | null;
	expiresAt: string | null;
	/** What the subscription costs. */
	price: number | null;
	totalSpent: number | null;
	lastSeenAt: string | null;
	avatarUrl: string | null;
}

/** One of the platform's lists of fans, alike on every pair; null where the provider does not tell. */
export interface CommonFanList extends IDataObject {
	id: string | null;
	accountId: string | null;
	name: string | null;
	fanCount: number | null;
	/** Whether fans can be put on it: not on those that the platform keeps itself. */
	canAddFans: boolean | null;
}
