import type { INodePropertyOptions } from 'n8n-workflow';
import { act } from '../../../shared/act';
import { check } from '../../../shared/check';
import { ofapiOnlyFans } from '../../pair';

/** `POST /api/{account}/chats/{chat_id}/mute`: docs/providers.md. */
export const mute: INodePropertyOptions = {
	name: 'Mute',
	value: 'mute',
	action: 'Mute chat',
	description: 'Stop the notifications of a chat. One credit.',
	routing: {
		request: { method: 'POST', url: '/api/{account}/chats/{chat}/mute' },
		send: { preSend: [check({})], paginate: true },
		operations: { pagination: act(ofapiOnlyFans, (_body, { chat }) => ({ muted: true, chatId: chat })) },
	},
};
