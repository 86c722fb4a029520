import type { INodePropertyOptions } from 'n8n-workflow';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { ofapiOnlyFans } from '../../pair';

/** `POST /api/{account}/chats/{chat_id}/hide`: docs/providers.md. */
export const hide: INodePropertyOptions = {
	name: 'Hide',
	value: 'hide',
	action: 'Hide a chat',
	description: 'Hide a chat from the list of chats until the next message to the fan. One credit.',
	routing: singleRequest(ofapiOnlyFans, {
		request: { method: 'POST', url: '/api/{account}/chats/{chat}/hide' },
		output: (_body, { chat }) => ({ hidden: true, chatId: chat }),
	}),
};
