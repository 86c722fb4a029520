import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { act } from '../../../shared/act';
import { check } from '../../../shared/check';
import { messageIdField } from '../../../shared/fields';
import { ofapiOnlyFans } from '../../pair';
import { messageInPath } from './messageInPath';

const showOnlyForMessageUnlike = { show: { resource: ['message'], operation: ['unlike'] } };

/** `DELETE /api/{account}/chats/{chat_id}/messages/{message_id}/unlike`: docs/providers.md. */
export const unlike: INodePropertyOptions = {
	name: 'Unlike',
	value: 'unlike',
	action: 'Unlike message',
	description: 'Take a like back from a message. One credit.',
	routing: {
		request: { method: 'DELETE', url: '/api/{account}/chats/{chat}/messages/{message}/unlike' },
		send: { preSend: [check({ path: messageInPath })], paginate: true },
		operations: { pagination: act(ofapiOnlyFans, (_body, { chat, messageId }) => ({ liked: false, messageId, chatId: chat })) },
	},
};

export const unlikeFields: INodeProperties[] = [messageIdField('e.g. 1234567890123', showOnlyForMessageUnlike)];
