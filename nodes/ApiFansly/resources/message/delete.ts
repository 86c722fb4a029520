import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { messageIdField } from '../../../shared/parameters/fields';
import { id } from '../../../shared/parameters/parsers';
import { apiFansly } from '../../pair';

const showOnlyForMessageDelete = { show: { resource: ['message'], operation: ['delete'] } };

/** `DELETE /api/fansly/{account_id}/messages/{message_id}`, without the chat: docs/providers.md. */
export const remove: INodePropertyOptions = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete a message',
	description: "Delete one of the creator's own messages. One credit.",
	routing: singleRequest(apiFansly, {
		request: { method: 'DELETE', url: '/api/fansly/{account}/messages/{message}' },
		rules: { path: { message: ['Message ID', 'messageId', id('400000000000000003', /^\d+$/)] } },
		output: (_body, { messageId }) => ({ deleted: true, messageId }),
	}),
};

export const removeFields: INodeProperties[] = [
	messageIdField('e.g. 400000000000000003', showOnlyForMessageDelete),
];
