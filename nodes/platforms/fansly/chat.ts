import type { IDataObject } from 'n8n-workflow';
import { waitingOf } from '../../shared/model/people';
import type { CommonChat, Waiting } from '../../shared/model/people';
import { idOf, numberOf, recordAt, recordsAt, textOf } from '../../shared/model/values';
import type { ChatEntry } from '../../shared/pickers/chats';
import { besideEntry } from './entries';
import { fanslyTime } from './values';

/** A chat's address on fansly.com, for the By URL mode of the Chat field. */
export const FANSLY_CHAT_URL = {
	placeholder: 'e.g. https://fansly.com/messages/200000000000000001',
	regex: 'https://(?:www\\.)?fansly\\.com/messages/(\\d+)',
};

export const fanslyChatAddress = (chat: string): string => `https://fansly.com/messages/${chat}`;

/** Fansly's list of chats; the partners' names stand beside the entries. */
export function fanslyChatEntries(payload: IDataObject): ChatEntry[] {
	const names = new Map(
		recordsAt(payload, 'aggregationData', 'accounts').map((partner) => [
			idOf(partner.id),
			partner.displayName,
		]),
	);
	return recordsAt(payload, 'data').flatMap((entry) => {
		const chatId = idOf(entry.groupId);
		if (chatId === undefined) return [];
		const fanId = idOf(entry.partnerAccountId);
		const fan = {
			id: fanId ?? null,
			name: textOf(names.get(fanId)) ?? null,
			username: textOf(entry.partnerUsername) ?? null,
			totalSpent: null,
		};
		return [
			{
				chatId,
				fan,
				lastMessageId: idOf(entry.lastMessageId),
				unreadCount: numberOf(entry.unreadCount) ?? 0,
			},
		];
	});
}

/**
 * Fansly's chat as the common one: an entry of `fanslyEntries`, of the list of all chats or of the
 * unread ones.
 */
export function simplifyFanslyChat(entry: IDataObject, accountId: string): CommonChat {
	const chatId = idOf(entry.groupId) ?? null;
	const partner = besideEntry(entry, 'accounts');
	const group = besideEntry(entry, 'groups');
	// An entry of the unread ones names the fan as the one who wrote.
	const fanId = idOf(entry.partnerAccountId) ?? idOf(entry.senderId) ?? null;
	return {
		id: chatId,
		accountId,
		fanId,
		fanName: textOf(partner.displayName) ?? null,
		fanUsername: textOf(entry.partnerUsername) ?? textOf(partner.username) ?? null,
		unreadCount: numberOf(entry.unreadCount) ?? null,
		...lastMessageIn(group, idOf(entry.lastMessageId) ?? idOf(entry.messageId)),
		isMuted: null,
		url: chatId === null ? null : fanslyChatAddress(chatId),
		...waitingIn(group, fanId),
	};
}

/** Fansly's group, which is a chat with those who are in it, as the common chat. */
export function simplifyFanslyGroup(
	group: IDataObject,
	accountId: string,
	creatorId: string | undefined,
): CommonChat {
	const chatId = idOf(group.id) ?? idOf(group.groupId) ?? null;
	const others = recordsAt(group, 'users').filter(
		({ userId }) => creatorId !== undefined && idOf(userId) !== creatorId,
	);
	const [fan = {}] = others.length === 1 ? others : [];
	const fanId = idOf(group.partnerAccountId) ?? idOf(fan.userId) ?? null;
	return {
		id: chatId,
		accountId,
		fanId,
		fanName: textOf(fan.displayName) ?? null,
		fanUsername: textOf(group.partnerUsername) ?? textOf(fan.username) ?? null,
		unreadCount: numberOf(group.unreadCount) ?? null,
		...lastMessageIn(group),
		isMuted: null,
		url: chatId === null ? null : fanslyChatAddress(chatId),
		...waitingIn(group, fanId),
	};
}

function lastMessageIn(
	group: IDataObject,
	knownId?: string,
): Pick<CommonChat, 'lastMessageId' | 'lastMessageText' | 'lastMessageAt'> {
	const message = recordAt(group, 'lastMessage');
	return {
		lastMessageId: knownId ?? idOf(message.id) ?? null,
		lastMessageText: typeof message.content === 'string' ? message.content : null,
		lastMessageAt: fanslyTime(message.createdAt),
	};
}

/** Who waits in a chat of two. Nothing tells a mass message, so it counts as an answer. */
function waitingIn(
	group: IDataObject,
	fanId: string | null,
): Waiting & Pick<CommonChat, 'hasUnreadTips' | 'canSendMessage'> {
	const message = recordAt(group, 'lastMessage');
	const senderId = idOf(message.senderId);
	const direction = senderId === fanId ? 'incoming' : 'outgoing';
	const isKnown = senderId !== undefined && fanId !== null;
	return {
		...waitingOf(isKnown ? direction : null, fanslyTime(message.createdAt)),
		hasUnreadTips: null,
		canSendMessage: null,
	};
}
