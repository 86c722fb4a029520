import type { INodePropertyOptions } from 'n8n-workflow';
import { act } from '../../../shared/act';
import { check } from '../../../shared/check';
import { ofapiOnlyFans } from '../../pair';

/** `DELETE /api/{account}/chats/{chat_id}/unmute`: docs/providers.md. */
export const unmute: INodePropertyOptions = {
	name: 'Unmute',
	value: 'unmute',
	action: 'Unmute chat',
	description: 'Turn the notifications of a chat on again. One credit.',
	routing: {
		request: { method: 'DELETE', url: '/api/{account}/chats/{chat}/unmute' },
		send: { preSend: [check({})], paginate: true },
		operations: { pagination: act(ofapiOnlyFans, (_body, { chat }) => ({ muted: false, chatId: chat })) },
	},
};
