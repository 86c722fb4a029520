import type { INodePropertyOptions } from 'n8n-workflow';
import { act } from '../../../shared/act';
import { check } from '../../../shared/check';
import { ofapiOnlyFans } from '../../pair';

/** `POST /api/{account}/chats/{chat_id}/mark-as-unread`: docs/providers.md. */
export const markUnread: INodePropertyOptions = {
	name: 'Mark Unread',
	value: 'markUnread',
	action: 'Mark chat as unread',
	description: 'Mark a chat as unread, so that a person looks at it again. One credit.',
	routing: {
		request: { method: 'POST', url: '/api/{account}/chats/{chat}/mark-as-unread' },
		send: { preSend: [check({})], paginate: true },
		operations: { pagination: act(ofapiOnlyFans, (_body, { chat }) => ({ read: false, chatId: chat })) },
	},
};
