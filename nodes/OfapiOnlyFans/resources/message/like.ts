import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { messageIdField } from '../../../shared/parameters/fields';
import { ofapiOnlyFans } from '../../pair';
import { messageInPath } from './messageInPath';

const showOnlyForMessageLike = { show: { resource: ['message'], operation: ['like'] } };

/** `POST /api/{account}/chats/{chat_id}/messages/{message_id}/like`: docs/providers.md. */
export const like: INodePropertyOptions = {
	name: 'Like',
	value: 'like',
	action: 'Like a message',
	description: "Put the creator's like on a message. One credit.",
	routing: singleRequest(ofapiOnlyFans, {
		request: { method: 'POST', url: '/api/{account}/chats/{chat}/messages/{message}/like' },
		rules: { path: messageInPath },
		output: (_body, { chat, messageId }) => ({ liked: true, messageId, chatId: chat }),
	}),
};

export const likeFields: INodeProperties[] = [
	messageIdField('e.g. 1234567890123', showOnlyForMessageLike),
];
