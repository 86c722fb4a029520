import type { INodePropertyOptions } from 'n8n-workflow';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { ofapiOnlyFans } from '../../pair';

/** `POST /api/{account}/chats/{chat_id}/mark-as-read`: docs/providers.md. */
export const markRead: INodePropertyOptions = {
	name: 'Mark Read',
	value: 'markRead',
	action: 'Mark a chat as read',
	description: 'Mark all messages of a chat as read. One credit.',
	routing: singleRequest(ofapiOnlyFans, {
		request: { method: 'POST', url: '/api/{account}/chats/{chat}/mark-as-read' },
		output: (_body, { chat }) => ({ read: true, chatId: chat }),
	}),
};
