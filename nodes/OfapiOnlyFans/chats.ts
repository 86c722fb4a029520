import type { IDataObject } from 'n8n-workflow';
import { idOf, isRecord, numberOf, recordAt, recordsAt, valueAt } from '../shared/model/values';
import type { ChatEntry, ChatSource } from '../shared/pickers/chats';
import { nameOf } from '../shared/triggers/event';
import { nextPageQuery, ofapiOnlyFans } from './pair';

/** An entry of the list of chats; none where it names no fan. */
export function readRow(entry: IDataObject): ChatEntry[] {
	const fan = recordAt(entry, 'fan');
	// There is no chat ID: a chat's ID is the fan's user ID.
	const chatId = idOf(fan.id);
	if (chatId === undefined) return [];
	const lastMessage = isRecord(entry.lastMessage) ? entry.lastMessage : undefined;
	return [
		{
			chatId,
			fan: {
				id: chatId,
				name: nameOf(fan.displayName, fan.name),
				username: nameOf(fan.username),
				totalSpent: numberOf(valueAt(fan, 'subscribedOnData', 'totalSumm')) ?? null,
			},
			lastMessageId: idOf(lastMessage?.id),
			lastMessage,
			unreadCount: numberOf(entry.unreadMessagesCount) ?? 0,
			isToMany: isToMany(chatId, lastMessage),
		},
	];
}

/** A mass message of the creator's; a fan who is a creator too may have sent one as well. */
function isToMany(chatId: string, lastMessage: IDataObject | undefined): boolean {
	const senderId = idOf(valueAt(lastMessage, 'fromUser', 'id'));
	return lastMessage?.isFromQueue === true && senderId !== undefined && senderId !== chatId;
}

const chatsPath = (account: string) => `/api/${encodeURIComponent(account)}/chats`;

/** `GET /api/{account}/chats`, 100 at a time: docs/providers.md. */
export const onlyFansChats: ChatSource = {
	pair: ofapiOnlyFans,
	// Without `skip_users=none` the provider may leave out the fans' names.
	list: (account) => ({ url: chatsPath(account), qs: { limit: 100, skip_users: 'none' } }),
	parameters: { start: 'offset', search: 'query' },
	readPage(body) {
		if (!Array.isArray(body.data)) return undefined;
		return {
			entries: recordsAt(body, 'data').flatMap(readRow),
			next: idOf(nextPageQuery(body)?.offset),
		};
	},
	markUnreadPath: (account, chat) =>
		`${chatsPath(account)}/${encodeURIComponent(chat)}/mark-as-unread`,
	address: (chat) => `https://onlyfans.com/my/chats/chat/${chat}/`,
	receivedEvent: 'messages.received',
};
