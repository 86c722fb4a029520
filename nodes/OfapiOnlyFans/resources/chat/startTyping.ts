import type { INodePropertyOptions } from 'n8n-workflow';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { ofapiOnlyFans } from '../../pair';

/** `POST /api/{account}/chats/{chat_id}/typing`: docs/providers.md. */
export const startTyping: INodePropertyOptions = {
	name: 'Start Typing',
	value: 'startTyping',
	action: 'Start typing in a chat',
	description:
		'Show the fan for about four seconds that the creator is typing. Sends no message. Free.',
	routing: singleRequest(ofapiOnlyFans, {
		request: { method: 'POST', url: '/api/{account}/chats/{chat}/typing' },
		output: (_body, { chat }) => ({ typing: true, chatId: chat }),
	}),
};
