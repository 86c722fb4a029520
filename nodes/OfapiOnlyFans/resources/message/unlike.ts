import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { messageIdField } from '../../../shared/parameters/fields';
import { ofapiOnlyFans } from '../../pair';
import { messageInPath } from './messageInPath';

const showOnlyForMessageUnlike = { show: { resource: ['message'], operation: ['unlike'] } };

/** `DELETE /api/{account}/chats/{chat_id}/messages/{message_id}/unlike`: docs/providers.md. */
export const unlike: INodePropertyOptions = {
	name: 'Unlike',
	value: 'unlike',
	action: 'Unlike a message',
	description: "Remove the creator's like from a message. One credit.",
	routing: singleRequest(ofapiOnlyFans, {
		request: { method: 'DELETE', url: '/api/{account}/chats/{chat}/messages/{message}/unlike' },
		rules: { path: messageInPath },
		output: (_body, { chat, messageId }) => ({ liked: false, messageId, chatId: chat }),
	}),
};

export const unlikeFields: INodeProperties[] = [
	messageIdField('e.g. 1234567890123', showOnlyForMessageUnlike),
];
