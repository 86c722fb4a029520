import type { INodePropertyOptions } from 'n8n-workflow';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { ofapiOnlyFans } from '../../pair';

/** `POST /api/{account}/chats/{chat_id}/mark-as-unread`: docs/providers.md. */
export const markUnread: INodePropertyOptions = {
	name: 'Mark Unread',
	value: 'markUnread',
	action: 'Mark a chat as unread',
	description: "Mark a chat as unread in the creator's list, for a person to look at. One credit.",
	routing: singleRequest(ofapiOnlyFans, {
		request: { method: 'POST', url: '/api/{account}/chats/{chat}/mark-as-unread' },
		output: (_body, { chat }) => ({ read: false, chatId: chat }),
	}),
};
