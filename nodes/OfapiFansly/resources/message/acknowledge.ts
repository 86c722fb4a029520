import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { recordAt, textOf } from '../../../shared/model/values';
import { parameterOf } from '../../../shared/operation/parameter';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { id, list, numberFor, required } from '../../../shared/parameters/parsers';
import { ofapiFansly } from '../../pair';

const showOnlyForMessageAcknowledge = {
	show: { resource: ['message'], operation: ['acknowledge'] },
};

/** The most messages that one request may name. */
const MAX_MESSAGES = 25;

const WAYS = { delivered: 1, read: 2, deliveredAndRead: 3, unread: 4 };

/** `POST /api/fansly/{fanslyAccount}/chats/{chat_id}/messages/ack`: docs/providers.md. */
export const acknowledge: INodePropertyOptions = {
	name: 'Acknowledge',
	value: 'acknowledge',
	action: 'Acknowledge messages',
	description: 'Mark up to 25 messages of a chat as delivered, read or unread. One credit.',
	routing: singleRequest(ofapiFansly, {
		request: { method: 'POST', url: '/api/fansly/{account}/chats/{chat}/messages/ack' },
		rules: {
			body: {
				messageIds: ['Message IDs', required(list(id('400000000000000003', /^\d+$/)))],
				type: ['Acknowledge As', required(numberFor(WAYS))],
			},
			afterFields(validation, { messageIds }) {
				const count = Array.isArray(messageIds) ? messageIds.length : 0;
				validation.require(
					count <= MAX_MESSAGES,
					`'Message IDs' has ${count} messages, but Fansly takes only ${MAX_MESSAGES} at a time`,
				);
			},
		},
		output: (_body, { chat }, context, request) => ({
			acknowledgedAs: textOf(parameterOf(context, 'acknowledgeAs', 'read')),
			messageIds: recordAt(request.body).messageIds,
			chatId: chat,
		}),
	}),
};

export const acknowledgeFields: INodeProperties[] = [
	{
		displayName: 'Message IDs',
		name: 'messageIds',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 400000000000000003, 400000000000000004',
		displayOptions: showOnlyForMessageAcknowledge,
		description: 'IDs of up to 25 messages of this chat, separated by commas',
		routing: { send: { type: 'body', property: 'messageIds' } },
	},
	{
		displayName: 'Acknowledge As',
		name: 'acknowledgeAs',
		type: 'options',
		default: 'read',
		displayOptions: showOnlyForMessageAcknowledge,
		description: 'What to mark the messages as',
		hint: 'The fan can see if a message was delivered or read',
		options: [
			{ name: 'Delivered', value: 'delivered' },
			{ name: 'Delivered and Read', value: 'deliveredAndRead' },
			{ name: 'Read', value: 'read' },
			{ name: 'Unread', value: 'unread' },
		],
		routing: { send: { type: 'body', property: 'type' } },
	},
];
