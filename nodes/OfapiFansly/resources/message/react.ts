import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { textOf } from '../../../shared/model/values';
import { parameterOf } from '../../../shared/operation/parameter';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { messageIdField } from '../../../shared/parameters/fields';
import { ofapiFansly } from '../../pair';
import { messageInPath } from './messageInPath';
import { reactionField, reactionInBody } from './reaction';

const showOnlyForMessageReact = { show: { resource: ['message'], operation: ['react'] } };

/**
 * `POST /api/fansly/{fanslyAccount}/chats/{chat_id}/messages/{message_id}/reactions`:
 * docs/providers.md.
 */
export const react: INodePropertyOptions = {
	name: 'React',
	value: 'react',
	action: 'React to a message',
	description:
		"Put the creator's reaction, such as a heart, on a message of either side. One credit.",
	routing: singleRequest(ofapiFansly, {
		request: {
			method: 'POST',
			url: '/api/fansly/{account}/chats/{chat}/messages/{message}/reactions',
		},
		rules: { path: messageInPath, body: reactionInBody },
		output: (_body, { chat, messageId }, context) => ({
			reacted: true,
			reaction: textOf(parameterOf(context, 'reaction', 'heart')),
			messageId,
			chatId: chat,
		}),
	}),
};

export const reactFields: INodeProperties[] = [
	messageIdField('e.g. 400000000000000003', showOnlyForMessageReact),
	reactionField(showOnlyForMessageReact, 'The reaction to add'),
];
