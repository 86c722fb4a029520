import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { act } from '../../../shared/act';
import { check } from '../../../shared/check';
import { messageIdField } from '../../../shared/fields';
import { ofapiOnlyFans } from '../../pair';
import { messageInPath } from './messageInPath';

const showOnlyForMessageUnpin = { show: { resource: ['message'], operation: ['unpin'] } };

/** `DELETE /api/{account}/chats/{chat_id}/messages/{message_id}/unpin`: docs/providers.md. */
export const unpin: INodePropertyOptions = {
	name: 'Unpin',
	value: 'unpin',
	action: 'Unpin message',
	description: 'Take the pin off a message. One credit.',
	routing: {
		request: { method: 'DELETE', url: '/api/{account}/chats/{chat}/messages/{message}/unpin' },
		send: { preSend: [check({ path: messageInPath })], paginate: true },
		operations: { pagination: act(ofapiOnlyFans, (_body, { chat, messageId }) => ({ pinned: false, messageId, chatId: chat })) },
	},
};

export const unpinFields: INodeProperties[] = [messageIdField('e.g. 1234567890123', showOnlyForMessageUnpin)];
