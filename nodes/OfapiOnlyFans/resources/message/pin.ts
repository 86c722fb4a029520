import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { act } from '../../../shared/act';
import { check } from '../../../shared/check';
import { messageIdField } from '../../../shared/fields';
import { ofapiOnlyFans } from '../../pair';
import { messageInPath } from './messageInPath';

const showOnlyForMessagePin = { show: { resource: ['message'], operation: ['pin'] } };

/** `POST /api/{account}/chats/{chat_id}/messages/{message_id}/pin`: docs/providers.md. */
export const pin: INodePropertyOptions = {
	name: 'Pin',
	value: 'pin',
	action: 'Pin message',
	description: 'Pin a message in its chat. One credit.',
	routing: {
		request: { method: 'POST', url: '/api/{account}/chats/{chat}/messages/{message}/pin' },
		send: { preSend: [check({ path: messageInPath })], paginate: true },
		operations: { pagination: act(ofapiOnlyFans, (_body, { chat, messageId }) => ({ pinned: true, messageId, chatId: chat })) },
	},
};

export const pinFields: INodeProperties[] = [messageIdField('e.g. 1234567890123', showOnlyForMessagePin)];
