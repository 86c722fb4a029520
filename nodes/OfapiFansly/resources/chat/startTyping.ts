import type { INodePropertyOptions } from 'n8n-workflow';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { ofapiFansly } from '../../pair';

/** `POST /api/fansly/{fanslyAccount}/chats/{chat_id}/typing`: docs/providers.md. */
export const startTyping: INodePropertyOptions = {
	name: 'Start Typing',
	value: 'startTyping',
	action: 'Start typing in a chat',
	description:
		'Show the fan for about three seconds that the creator is typing. Sends no message. Free.',
	routing: singleRequest(ofapiFansly, {
		request: { method: 'POST', url: '/api/fansly/{account}/chats/{chat}/typing' },
		output: (_body, { chat }) => ({ typing: true, chatId: chat }),
	}),
};
