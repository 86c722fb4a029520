import type { INodePropertyOptions } from 'n8n-workflow';
import { act } from '../../../shared/act';
import { check } from '../../../shared/check';
import { apiFansly } from '../../pair';

/** `POST /api/fansly/{account_id}/chats/{chat_id}/hide`: docs/providers.md. */
export const hide: INodePropertyOptions = {
	name: 'Hide',
	value: 'hide',
	action: 'Hide chat',
	description: 'Take a chat off the list of chats. One credit.',
	routing: {
		request: { method: 'POST', url: '/api/fansly/{account}/chats/{chat}/hide' },
		send: { preSend: [check({})], paginate: true },
		operations: { pagination: act(apiFansly, (_body, { chat }) => ({ hidden: true, chatId: chat })) },
	},
};
