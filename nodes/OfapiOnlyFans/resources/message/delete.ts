import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { messageIdField } from '../../../shared/parameters/fields';
import { ofapiOnlyFans } from '../../pair';
import { messageInPath } from './messageInPath';

const showOnlyForMessageDelete = { show: { resource: ['message'], operation: ['delete'] } };

/** `DELETE /api/{account}/chats/{chat_id}/messages/{message_id}`: docs/providers.md. */
export const remove: INodePropertyOptions = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete a message',
	description: "Delete one of the creator's own messages that is less than a day old. One credit.",
	routing: singleRequest(ofapiOnlyFans, {
		request: { method: 'DELETE', url: '/api/{account}/chats/{chat}/messages/{message}' },
		rules: { path: messageInPath },
		output: (_body, { chat, messageId }) => ({ deleted: true, messageId, chatId: chat }),
	}),
};

export const removeFields: INodeProperties[] = [
	messageIdField('e.g. 1234567890123', showOnlyForMessageDelete),
];
