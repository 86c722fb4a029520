import type { INodePropertyOptions } from 'n8n-workflow';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { ofapiOnlyFans } from '../../pair';

/** `POST /api/{account}/chats/{chat_id}/mute`: docs/providers.md. */
export const mute: INodePropertyOptions = {
	name: 'Mute',
	value: 'mute',
	action: 'Mute a chat',
	description: "Turn off the creator's notifications for a chat. One credit.",
	routing: singleRequest(ofapiOnlyFans, {
		request: { method: 'POST', url: '/api/{account}/chats/{chat}/mute' },
		output: (_body, { chat }) => ({ muted: true, chatId: chat }),
	}),
};
