import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { textOf } from '../../../shared/model/values';
import { parameterOf } from '../../../shared/operation/parameter';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { messageIdField } from '../../../shared/parameters/fields';
import { ofapiFansly } from '../../pair';
import { messageInPath } from './messageInPath';
import { reactionField, reactionInBody } from './reaction';

const showOnlyForMessageUnreact = { show: { resource: ['message'], operation: ['unreact'] } };

/**
 * `DELETE /api/fansly/{fanslyAccount}/chats/{chat_id}/messages/{message_id}/reactions`, with a
 * body: docs/providers.md.
 */
export const unreact: INodePropertyOptions = {
	name: 'Unreact',
	value: 'unreact',
	action: 'Remove a reaction from a message',
	description: "Remove the creator's reaction from a message. One credit.",
	routing: singleRequest(ofapiFansly, {
		request: {
			method: 'DELETE',
			url: '/api/fansly/{account}/chats/{chat}/messages/{message}/reactions',
		},
		rules: { path: messageInPath, body: reactionInBody },
		output: (_body, { chat, messageId }, context) => ({
			reacted: false,
			reaction: textOf(parameterOf(context, 'reaction', 'heart')),
			messageId,
			chatId: chat,
		}),
	}),
};

export const unreactFields: INodeProperties[] = [
	messageIdField('e.g. 400000000000000003', showOnlyForMessageUnreact),
	reactionField(showOnlyForMessageUnreact, 'Which of your reactions to remove'),
];
