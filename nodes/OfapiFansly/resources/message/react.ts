import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { act } from '../../../shared/act';
import { check } from '../../../shared/check';
import { messageIdField } from '../../../shared/fields';
import { ofapiFansly } from '../../pair';
import { messageInPath } from './messageInPath';
import { reactionField, reactionInBody } from './reaction';

const showOnlyForMessageReact = { show: { resource: ['message'], operation: ['react'] } };

/** `POST /api/fansly/{fanslyAccount}/chats/{chat_id}/messages/{message_id}/reactions`: docs/providers.md. */
export const react: INodePropertyOptions = {
	name: 'React',
	value: 'react',
	action: 'React to message',
	description: 'Put a reaction on a message of the fan or your own. One credit.',
	routing: {
		request: { method: 'POST', url: '/api/fansly/{account}/chats/{chat}/messages/{message}/reactions' },
		send: { preSend: [check({ path: messageInPath, body: reactionInBody })], paginate: true },
		operations: {
			pagination: act(ofapiFansly, (_body, { chat, messageId }, context) => ({ reacted: true, reaction: context.getNodeParameter('reaction', 'heart'), messageId, chatId: chat })),
		},
	},
};

export const reactFields: INodeProperties[] = [
	messageIdField('e.g. 400000000000000003', showOnlyForMessageReact),
	reactionField(showOnlyForMessageReact, 'What to answer the message with'),
];
