import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { check } from '../../../shared/check';
import { UNREAD_CHAT_LINKS, simplifyFanslyChat } from '../../../shared/fansly';
import { limitFields, listOptionsField, simplifyField } from '../../../shared/fields';
import { readLimit, walkRows } from '../../../shared/list';
import { idOf } from '../../../shared/values';
import { cursorRows } from '../../rows';

const showOnlyForChatListUnread = { show: { resource: ['chat'], operation: ['listUnread'] } };

const unreadChats = cursorRows('data', UNREAD_CHAT_LINKS, {
	idOf: (row) => idOf(row.groupId),
	simplify: simplifyFanslyChat,
	// The documents' cursor: where the answer names none, only an empty page tells the end.
	lastCursor: (row) => idOf(row.messageId),
});

/** `GET /api/fansly/{account_id}/chats/unread`: docs/providers.md. */
export const listUnread: INodePropertyOptions = {
	name: 'List Unread',
	value: 'listUnread',
	action: 'List unread chats',
	description: 'Get the chats with messages that nobody has read yet. One credit or more per page, and one to see that none follows.',
	routing: {
		request: { method: 'GET', url: '/api/fansly/{account}/chats/unread' },
		send: { preSend: [check({ query: {}, also: (_context, checklist) => readLimit(checklist) })], paginate: true },
		operations: { pagination: walkRows(unreadChats) },
	},
};

export const listUnreadFields: INodeProperties[] = [
	...limitFields(showOnlyForChatListUnread, 'Costs at least one credit per page, and one to see that none follows. It marks no chat as read.'),
	simplifyField(showOnlyForChatListUnread),
	listOptionsField(showOnlyForChatListUnread),
];
