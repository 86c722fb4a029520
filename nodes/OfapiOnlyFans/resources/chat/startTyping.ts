import type { INodePropertyOptions } from 'n8n-workflow';
import { act } from '../../../shared/act';
import { check } from '../../../shared/check';
import { ofapiOnlyFans } from '../../pair';

/** `POST /api/{account}/chats/{chat_id}/typing`: docs/providers.md. */
export const startTyping: INodePropertyOptions = {
	name: 'Start Typing',
	value: 'startTyping',
	action: 'Start typing in chat',
	description: 'Show the fan for about four seconds that you are typing. Costs nothing.',
	routing: {
		request: { method: 'POST', url: '/api/{account}/chats/{chat}/typing' },
		send: { preSend: [check({})], paginate: true },
		operations: { pagination: act(ofapiOnlyFans, (_body, { chat }) => ({ typing: true, chatId: chat })) },
	},
};
