import type { INodePropertyOptions } from 'n8n-workflow';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { apiFansly } from '../../pair';

/** `POST /api/fansly/{account_id}/chats/{chat_id}/hide`: docs/providers.md. */
export const hide: INodePropertyOptions = {
	name: 'Hide',
	value: 'hide',
	action: 'Hide a chat',
	description: 'Hide a chat from the list of chats. One credit.',
	routing: singleRequest(apiFansly, {
		request: { method: 'POST', url: '/api/fansly/{account}/chats/{chat}/hide' },
		output: (_body, { chat }) => ({ hidden: true, chatId: chat }),
	}),
};
