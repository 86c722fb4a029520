import type { Fields } from './fields';
import { isOlderId } from './ids';
import type { Fan, FanslyChatState, FanslyFan } from './types';
import type { Account, Chat } from './world';

/** Fansly's people beside its chats: subscribers, followers, profiles; and what creators do to chats and messages. */

export function noFanslyState(): FanslyChatState {
	return { isMuted: false, isHidden: false, isTyping: false, reactions: [], acknowledged: [] };
}

const isSubscriber = ({ status }: FanslyFan) => status !== 'follower';

/** Those of the account's fans that the queries of both providers ask for, the newest first. */
export function fanslyFansOf(
	account: Account,
	isFollowers: boolean,
	{ status = 'active', search = '', tier }: { status?: string; search?: string; tier?: string },
): FanslyFan[] {
	const wanted = search.toLowerCase();
	return account.fanslyFans
		.filter((fan) =>
			isFollowers
				? !isSubscriber(fan)
				: isSubscriber(fan) && (status === 'all' || fan.status === status),
		)
		.filter(({ name, username }) => `${name}\n${username}`.toLowerCase().includes(wanted))
		.filter(({ tierId }) => tier === undefined || tierId === tier)
		.reverse();
}

/** A row of a list of subscribers: money in thousandths of a dollar, times in milliseconds. */
export function subscriptionRow(fan: FanslyFan): Fields {
	const createdAt = Date.parse(fan.subscribedAt ?? '2026-08-01T10:00:00.000Z');
	const endsAt = Date.parse(fan.expiresAt ?? '2026-09-01T10:00:00.000Z');
	const price = Math.round((fan.price ?? 10) * 1000);
	return {
		id: `9${fan.id.slice(1)}`,
		historyId: `8${fan.id.slice(1)}`,
		subscriberId: fan.id,
		subscriptionTierId: fan.tierId ?? '800000000000000001',
		subscriptionTierName: 'Star',
		status: fan.status === 'active' ? 3 : 4,
		price,
		renewPrice: price,
		autoRenew: fan.status === 'active' ? 1 : 0,
		billingCycle: 30,
		duration: 30,
		renewDate: endsAt,
		createdAt,
		updatedAt: createdAt,
		endsAt,
	};
}

export function subscriptionStats({ fanslyFans }: Account): Fields {
	const count = (status: string) => fanslyFans.filter((fan) => fan.status === status).length;
	return {
		totalActive: count('active'),
		totalExpired: count('expired'),
		total: count('active') + count('expired'),
	};
}

/** A row of a list of followers: its own ID is not the follower's. */
export function followerRow({ id }: FanslyFan): Fields {
	return { id: `6${id.slice(1)}`, followerId: id };
}

export function fanslyProfile({
	id,
	name,
	username,
	lastSeenAt,
}: Fan & Partial<FanslyFan>): Fields {
	return {
		id,
		username,
		displayName: name,
		statusId: 1,
		lastSeenAt: lastSeenAt === undefined ? 0 : Date.parse(lastSeenAt),
		avatar: { locations: [{ location: `https://cdn3.fansly.com/${id}/avatar.jpeg` }] },
	};
}

/** Everybody that the account's Fansly knows, each once. */
export function fanslyUsers(account: Account): Array<Fan & Partial<FanslyFan>> {
	const partners = [...account.chats.values()].map(({ fan }) => fan);
	return [...new Map([...partners, ...account.fanslyFans].map((fan) => [fan.id, fan])).values()];
}

/** The chat with that fan. */
export function chatWith(account: Account, fanId: string): Chat | undefined {
	return [...account.chats.values()].find(({ fan }) => fan.id === fanId);
}

/** Puts a reaction on a message, or takes it back. */
export function react({ fansly }: Chat, messageId: string, type: number, isOn: boolean): void {
	fansly.reactions = fansly.reactions.filter(
		(reaction) => reaction.messageId !== messageId || reaction.type !== type,
	);
	if (isOn) fansly.reactions.push({ messageId, type });
}

/** 1 delivered, 2 read, 3 both, 4 unread. */
export function acknowledge(chat: Chat, messageIds: string[], type: number): void {
	chat.fansly.acknowledged.push(...messageIds.map((messageId) => ({ messageId, type })));
	if (type === 4) chat.isMarkedUnread = true;
	if (type !== 2 && type !== 3) return;
	chat.isMarkedUnread = false;
	for (const id of messageIds) if (isOlderId(chat.lastReadId, id)) chat.lastReadId = id;
}
