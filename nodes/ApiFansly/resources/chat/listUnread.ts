import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { simplifyFanslyChat } from '../../../platforms/fansly/chat';
import { UNREAD_CHAT_LINKS } from '../../../platforms/fansly/entries';
import { limitFields, listOptionsField } from '../../../shared/lists/fields';
import { paginatedList } from '../../../shared/lists/list';
import { idOf } from '../../../shared/model/values';
import { simplifyField } from '../../../shared/parameters/fields';
import { cursorEntries } from '../../entries';

const showOnlyForChatListUnread = { show: { resource: ['chat'], operation: ['listUnread'] } };

const unreadChats = cursorEntries('data', UNREAD_CHAT_LINKS, {
	idOf: (entry) => idOf(entry.groupId),
	simplify: simplifyFanslyChat,
	// The documents' cursor: where the answer names none, only an empty page tells the end.
	lastCursor: (entry) => idOf(entry.messageId),
});

/** `GET /api/fansly/{account_id}/chats/unread`: docs/providers.md. */
export const listUnread: INodePropertyOptions = {
	name: 'List Unread',
	value: 'listUnread',
	action: 'List unread chats',
	description:
		'Get the chats with messages that the creator has not read, each with its ID. One credit or ' +
		'more per page, and one more to find the end.',
	routing: paginatedList(unreadChats, {
		request: { method: 'GET', url: '/api/fansly/{account}/chats/unread' },
		rules: { query: {} },
	}),
};

export const listUnreadFields: INodeProperties[] = [
	...limitFields(
		showOnlyForChatListUnread,
		'Costs at least one credit per page, and one more to find the end. No chat is marked as read.',
	),
	simplifyField(showOnlyForChatListUnread),
	listOptionsField(showOnlyForChatListUnread),
];
