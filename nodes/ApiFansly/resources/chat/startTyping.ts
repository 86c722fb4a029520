import type { INodePropertyOptions } from 'n8n-workflow';
import { act } from '../../../shared/act';
import { check, id } from '../../../shared/check';
import { apiFansly } from '../../pair';

/** `POST /api/fansly/{account_id}/chats/typing`, with the chat in the body: docs/providers.md. */
export const startTyping: INodePropertyOptions = {
	name: 'Start Typing',
	value: 'startTyping',
	action: 'Start typing in chat',
	description: 'Show the fan for about five seconds that you are typing. One credit.',
	routing: {
		request: { method: 'POST', url: '/api/fansly/{account}/chats/typing' },
		send: { preSend: [check({ also: (_context, checklist) => checklist.chosenId('chat', 'Chat', id('200000000000000001')) })], paginate: true },
		operations: {
			pagination: act(
				apiFansly,
				(_body, { chat }) => ({ typing: true, chatId: chat }),
				(request, { chat }) => ({ ...request, body: { chatId: chat } }),
			),
		},
	},
};
