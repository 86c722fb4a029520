import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { messageIdField } from '../../../shared/parameters/fields';
import { ofapiOnlyFans } from '../../pair';
import { messageInPath } from './messageInPath';

const showOnlyForMessageUnpin = { show: { resource: ['message'], operation: ['unpin'] } };

/** `DELETE /api/{account}/chats/{chat_id}/messages/{message_id}/unpin`: docs/providers.md. */
export const unpin: INodePropertyOptions = {
	name: 'Unpin',
	value: 'unpin',
	action: 'Unpin a message',
	description: 'Unpin a message from its chat. One credit.',
	routing: singleRequest(ofapiOnlyFans, {
		request: { method: 'DELETE', url: '/api/{account}/chats/{chat}/messages/{message}/unpin' },
		rules: { path: messageInPath },
		output: (_body, { chat, messageId }) => ({ pinned: false, messageId, chatId: chat }),
	}),
};

export const unpinFields: INodeProperties[] = [
	messageIdField('e.g. 1234567890123', showOnlyForMessageUnpin),
];
