import type { INodePropertyOptions } from 'n8n-workflow';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { ofapiOnlyFans } from '../../pair';

/** `DELETE /api/{account}/chats/{chat_id}/unmute`: docs/providers.md. */
export const unmute: INodePropertyOptions = {
	name: 'Unmute',
	value: 'unmute',
	action: 'Unmute a chat',
	description: "Turn the creator's notifications for a chat back on. One credit.",
	routing: singleRequest(ofapiOnlyFans, {
		request: { method: 'DELETE', url: '/api/{account}/chats/{chat}/unmute' },
		output: (_body, { chat }) => ({ muted: false, chatId: chat }),
	}),
};
