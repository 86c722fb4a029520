import type { IDataObject } from 'n8n-workflow';
import type { ChatRow } from './chats';
import type { ChatEvent } from './event';
import { dollarsFromThousandths, isoTime, mediaTypeOf } from './message';
import type { CommonMedia, CommonMessage } from './message';
import type { MessageContext, Page } from './pair';
import type { CommonChat, CommonFan } from './people';
import { idOf, isRecord, numberOf, recordAt, recordsAt, textOf, valueAt } from './values';

/**
 * Fansly's own message, which providers hand through as it is (seeds 000, 001, 002 and 004): times
 * in whole or fractional seconds, money in thousandths of a dollar, attached media by ID in lists
 * beside the messages.
 */

/** The lists of records that stand beside a page's messages. */
export function recordLists(payload: IDataObject): Page['records'] {
	const lists = Object.entries(payload).filter(([name, value]) => name !== 'messages' && Array.isArray(value));
	return Object.fromEntries(lists.map(([name]) => [name, recordsAt(payload, name)]));
}

function find(records: Page['records'], list: string, id: string | undefined): IDataObject | undefined {
	return id === undefined ? undefined : records[list]?.find((record) => idOf(record.id) === id);
}

/** One record of `accountMedia` as the common form. */
function commonMedia(record: IDataObject): CommonMedia {
	const [location] = recordsAt(record, 'media', 'locations');
	const url = location?.location;
	const isPaid = (numberOf(record.price) ?? 0) > 0;
	return {
		id: idOf(record.id) ?? null,
		type: mediaTypeOf(valueAt(record, 'media', 'mimetype')),
		url: typeof url === 'string' ? url : null,
		locked: record.access === false || (isPaid && record.purchased !== true),
	};
}

interface Attachment {
	/** USD; null when the answer does not hold the record. */
	price: number | null;
	media: CommonMedia[];
}

/** What an attachment stands for: one file, or a bundle of several that is sold as one. */
function readAttachment(attachment: IDataObject, records: Page['records']): Attachment {
	const contentId = idOf(attachment.contentId);
	const single = find(records, 'accountMedia', contentId);
	if (single !== undefined) return { price: dollarsFromThousandths(single.price), media: [commonMedia(single)] };

	const bundle = find(records, 'accountMediaBundles', contentId);
	const ids: unknown[] = Array.isArray(bundle?.accountMediaIds) ? bundle.accountMediaIds : [];
	const files = ids.map((id) => find(records, 'accountMedia', idOf(id))).filter(isRecord);
	if (bundle !== undefined && files.length > 0) {
		const price = dollarsFromThousandths(bundle.price);
		const isLocked = bundle.access === false || ((price ?? 0) > 0 && bundle.purchased !== true);
		return { price, media: files.map((file) => ({ ...commonMedia(file), ...(isLocked && { locked: true }) })) };
	}
	return { price: bundle === undefined ? null : dollarsFromThousandths(bundle.price), media: [{ id: contentId ?? null, type: null, url: null, locked: null }] };
}

/** Kinds of attachment that hold files: 1 is one file, 2 a bundle. */
const FILE_ATTACHMENTS = [1, 2];

/** Fansly's message as the common one. */
export function simplifyFanslyMessage(message: IDataObject, about: MessageContext): CommonMessage {
	const senderId = idOf(message.senderId) ?? null;
	const attachments = recordsAt(message, 'attachments')
		.filter(({ contentType }) => contentType === undefined || FILE_ATTACHMENTS.includes(Number(contentType)))
		.map((attachment) => readAttachment(attachment, about.records));
	const prices = attachments.map(({ price }) => price);
	return {
		id: idOf(message.id) ?? null,
		chatId: idOf(message.groupId) ?? about.chatId,
		direction: directionOf(senderId, about),
		senderId,
		text: typeof message.content === 'string' ? message.content : '',
		createdAt: isoTime(message.createdAt),
		price: prices.includes(null) ? null : prices.reduce<number>((sum, price) => sum + (price ?? 0), 0),
		tipAmount: dollarsFromThousandths(message.totalTipAmount ?? 0),
		media: attachments.flatMap(({ media }) => media),
		replyToId: idOf(message.inReplyTo) ?? null,
	};
}

function directionOf(senderId: string | null, { creatorId, direction }: MessageContext): CommonMessage['direction'] {
	if (direction !== undefined) return direction;
	if (creatorId === undefined || senderId === null) return null;
	return senderId === creatorId ? 'outgoing' : 'incoming';
}

/** A chat's address on fansly.com, for the By URL mode of the Chat field. */
export const FANSLY_CHAT_URL = {
	placeholder: 'e.g. https://fansly.com/messages/200000000000000001',
	regex: 'https://(?:www\\.)?fansly\\.com/messages/(\\d+)',
};

export const fanslyChatAddress = (chat: string): string => `https://fansly.com/messages/${chat}`;

/** Fansly's list of chats; the partners' names stand beside the rows. */
export function fanslyChatRows(payload: IDataObject): ChatRow[] {
	const names = new Map(recordsAt(payload, 'aggregationData', 'accounts').map((partner) => [idOf(partner.id), partner.displayName]));
	return recordsAt(payload, 'data').flatMap((row) => {
		const chatId = idOf(row.groupId);
		if (chatId === undefined) return [];
		const fanId = idOf(row.partnerAccountId);
		const fan = { id: fanId ?? null, name: textOf(names.get(fanId)) ?? null, username: textOf(row.partnerUsername) ?? null };
		return [{ chatId, fan, lastMessageId: idOf(row.lastMessageId), unreadCount: numberOf(row.unreadCount) ?? 0 }];
	});
}

/**
 * What an event tells of its message. `said` is who wrote it by the event's name; where the
 * creator's own ID is known, that decides, so that no message of the creator's is ever taken for a
 * fan's. Fields that the payload does not have are null.
 */
export function fanslyMessageEvent(payload: IDataObject, said: ChatEvent['direction'], creatorId?: string): Pick<ChatEvent, 'chatId' | 'fan' | 'message' | 'direction' | 'records'> {
	const chatId = idOf(payload.groupId) ?? null;
	if (said === undefined) return { chatId, fan: { id: null, name: null } };
	const senderId = idOf(payload.senderId);
	const isOwn = senderId !== undefined && senderId === creatorId;
	const direction = isOwn ? 'outgoing' : said;
	const others = recordsAt(payload, 'interactions').map(({ userId }) => idOf(userId));
	const fanId = direction === 'incoming' ? senderId : others.find((userId) => userId !== undefined && userId !== senderId);
	return { chatId, fan: { id: fanId ?? null, name: null }, message: payload, direction, records: recordLists(payload) };
}

/**
 * The rows of one of Fansly's lists. Each gets those records of `aggregationData` that it refers
 * to, under the names of their lists; `links` says by which of the row's fields.
 */
export function fanslyRows(payload: IDataObject, list: string, links: Record<string, string>): IDataObject[] {
	const besides = Object.entries(links).map(([name, field]) => {
		const records = recordsAt(payload, 'aggregationData', name);
		return { name, field, byId: new Map(records.map((record) => [idOf(record.id), record])) };
	});
	return recordsAt(payload, list).map((row) => {
		const found: Record<string, IDataObject[]> = {};
		for (const { name, field, byId } of besides) {
			const reference = idOf(row[field]);
			const record = reference === undefined ? undefined : byId.get(reference);
			if (record !== undefined) found[name] = [record];
		}
		// What the row itself holds stays as it came.
		return { ...row, ...found, ...row };
	});
}

/** Which records beside a list of chats or of followers belong to a row. */
export const CHAT_LINKS = { accounts: 'partnerAccountId', groups: 'groupId' };
export const UNREAD_CHAT_LINKS = { accounts: 'senderId', groups: 'groupId' };
export const FOLLOWER_LINKS = { accounts: 'followerId' };
export const SUBSCRIBER_LINKS = { accounts: 'subscriberId' };

/** The first of the records that `fanslyRows` gave a row. */
function besideRow(row: IDataObject, list: string): IDataObject {
	return recordsAt(row, list)[0] ?? {};
}

/** Where Fansly writes 0, there is no such time. */
function fanslyTime(value: unknown): string | null {
	return value === 0 ? null : isoTime(value);
}

/** Fansly's chat as the common one: a row of `fanslyRows`, of the list of all chats or of the unread ones. */
export function simplifyFanslyChat(row: IDataObject): CommonChat {
	const chatId = idOf(row.groupId) ?? null;
	const partner = besideRow(row, 'accounts');
	const group = besideRow(row, 'groups');
	return {
		id: chatId,
		// A row of the unread ones names the fan as the one who wrote.
		fanId: idOf(row.partnerAccountId) ?? idOf(row.senderId) ?? null,
		fanName: textOf(partner.displayName) ?? null,
		fanUsername: textOf(row.partnerUsername) ?? textOf(partner.username) ?? null,
		unreadCount: numberOf(row.unreadCount) ?? null,
		...lastMessageIn(group, idOf(row.lastMessageId) ?? idOf(row.messageId)),
		isMuted: null,
		url: chatId === null ? null : fanslyChatAddress(chatId),
	};
}

/** Fansly's group, which is a chat with those who are in it, as the common chat. */
export function simplifyFanslyGroup(group: IDataObject, creatorId: string | undefined): CommonChat {
	const chatId = idOf(group.id) ?? idOf(group.groupId) ?? null;
	const others = recordsAt(group, 'users').filter(({ userId }) => creatorId !== undefined && idOf(userId) !== creatorId);
	const [fan = {}] = others.length === 1 ? others : [];
	return {
		id: chatId,
		fanId: idOf(group.partnerAccountId) ?? idOf(fan.userId) ?? null,
		fanName: textOf(fan.displayName) ?? null,
		fanUsername: textOf(group.partnerUsername) ?? textOf(fan.username) ?? null,
		unreadCount: numberOf(group.unreadCount) ?? null,
		...lastMessageIn(group),
		isMuted: null,
		url: chatId === null ? null : fanslyChatAddress(chatId),
	};
}

function lastMessageIn(group: IDataObject, knownId?: string): Pick<CommonChat, 'lastMessageId' | 'lastMessageText' | 'lastMessageAt'> {
	const message = recordAt(group, 'lastMessage');
	return {
		lastMessageId: knownId ?? idOf(message.id) ?? null,
		lastMessageText: typeof message.content === 'string' ? message.content : null,
		lastMessageAt: fanslyTime(message.createdAt),
	};
}

/** Fansly's profile as the common fan. */
export function simplifyFanslyUser(profile: IDataObject): CommonFan {
	const [picture] = recordsAt(profile, 'avatar', 'locations');
	return {
		id: idOf(profile.id) ?? null,
		name: textOf(profile.displayName) ?? null,
		username: textOf(profile.username) ?? null,
		status: null,
		subscribedAt: null,
		expiresAt: null,
		price: null,
		totalSpent: null,
		lastSeenAt: fanslyTime(profile.lastSeenAt),
		avatarUrl: textOf(picture?.location) ?? null,
	};
}

const SUBSCRIPTION_STATUS: Record<string, CommonFan['status']> = { 3: 'active', 4: 'expired' };

/** Fansly's subscription as the common fan: a row of `fanslyRows`. Money in thousandths of a dollar, times in milliseconds. */
export function simplifyFanslySubscriber(row: IDataObject): CommonFan {
	return {
		...simplifyFanslyUser(besideRow(row, 'accounts')),
		id: idOf(row.subscriberId) ?? null,
		status: SUBSCRIPTION_STATUS[idOf(row.status) ?? ''] ?? null,
		subscribedAt: fanslyTime(row.createdAt),
		expiresAt: fanslyTime(row.endsAt),
		price: dollarsFromThousandths(row.price),
	};
}

/** Fansly's follower as the common fan: a row of `fanslyRows`. */
export function simplifyFanslyFollower(row: IDataObject): CommonFan {
	return { ...simplifyFanslyUser(besideRow(row, 'accounts')), id: idOf(row.followerId) ?? null, status: 'follower' };
}
