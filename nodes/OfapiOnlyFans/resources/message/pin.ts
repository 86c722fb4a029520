import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { messageIdField } from '../../../shared/parameters/fields';
import { ofapiOnlyFans } from '../../pair';
import { messageInPath } from './messageInPath';

const showOnlyForMessagePin = { show: { resource: ['message'], operation: ['pin'] } };

/** `POST /api/{account}/chats/{chat_id}/messages/{message_id}/pin`: docs/providers.md. */
export const pin: INodePropertyOptions = {
	name: 'Pin',
	value: 'pin',
	action: 'Pin a message',
	description: 'Pin a message in its chat. One credit.',
	routing: singleRequest(ofapiOnlyFans, {
		request: { method: 'POST', url: '/api/{account}/chats/{chat}/messages/{message}/pin' },
		rules: { path: messageInPath },
		output: (_body, { chat, messageId }) => ({ pinned: true, messageId, chatId: chat }),
	}),
};

export const pinFields: INodeProperties[] = [
	messageIdField('e.g. 1234567890123', showOnlyForMessagePin),
];
