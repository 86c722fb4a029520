import type { IDataObject } from 'n8n-workflow';

/** The common chat: eleven fields, alike on every pair; null where the provider does not tell. */
export interface CommonChat extends IDataObject {
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
