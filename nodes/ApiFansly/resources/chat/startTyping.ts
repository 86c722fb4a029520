import type { INodePropertyOptions } from 'n8n-workflow';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { id } from '../../../shared/parameters/parsers';
import { apiFansly } from '../../pair';

/** `POST /api/fansly/{account_id}/chats/typing`, with the chat in the body: docs/providers.md. */
export const startTyping: INodePropertyOptions = {
	name: 'Start Typing',
	value: 'startTyping',
	action: 'Start typing in a chat',
	description:
		'Show the fan for about five seconds that the creator is typing. Sends no message. One credit.',
	routing: singleRequest(apiFansly, {
		request: { method: 'POST', url: '/api/fansly/{account}/chats/typing' },
		rules: {
			afterAll: (_context, validation) =>
				validation.chosenId('chat', 'Chat', id('200000000000000001')),
		},
		output: (_body, { chat }) => ({ typing: true, chatId: chat }),
		prepare: (request, { chat }) => ({ ...request, body: { chatId: chat } }),
	}),
};
