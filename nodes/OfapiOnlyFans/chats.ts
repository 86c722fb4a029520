import type { IDataObject } from 'n8n-workflow';
import type { ChatRow, ChatSource } from '../shared/chats';
import { nameOf } from '../shared/event';
import { idOf, isRecord, numberOf, recordAt, recordsAt, valueAt } from '../shared/values';
import { nextPageQuery, ofapiOnlyFans } from './pair';

/** A row of the list of chats; none where it names no fan. */
export function readRow(row: IDataObject): ChatRow[] {
	const fan = recordAt(row, 'fan');
	// There is no chat ID: a chat's ID is the fan's user ID.
	const chatId = idOf(fan.id);
	if (chatId === undefined) return [];
	const lastMessage = isRecord(row.lastMessage) ? row.lastMessage : undefined;
	return [
		{
			chatId,
			fan: { id: chatId, name: nameOf(fan.displayName, fan.name), username: nameOf(fan.username) },
			lastMessageId: idOf(lastMessage?.id),
			lastMessage,
			unreadCount: numberOf(row.unreadMessagesCount) ?? 0,
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
		return { rows: recordsAt(body, 'data').flatMap(readRow), next: idOf(nextPageQuery(body)?.offset) };
	},
	messagesPath: (account, chat) => `${chatsPath(account)}/${encodeURIComponent(chat)}/messages`,
	markUnreadPath: (account, chat) => `${chatsPath(account)}/${encodeURIComponent(chat)}/mark-as-unread`,
	address: (chat) => `https://onlyfans.com/my/chats/chat/${chat}/`,
	receivedEvent: 'messages.received',
};
