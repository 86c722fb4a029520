import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { messageIdField } from '../../../shared/parameters/fields';
import { ofapiOnlyFans } from '../../pair';
import { messageInPath } from '../message/messageInPath';

const showOnlyForMassMessageDelete = { show: { resource: ['massMessage'], operation: ['delete'] } };

/** `DELETE /api/{account}/mass-messaging/{id}`: docs/providers.md. */
export const remove: INodePropertyOptions = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete a mass message',
	description:
		'Unsend a recent mass message, or delete a scheduled one, by its ID. Fans keep what they ' +
		'have paid for. One credit.',
	routing: singleRequest(ofapiOnlyFans, {
		request: { method: 'DELETE', url: '/api/{account}/mass-messaging/{message}' },
		rules: { path: messageInPath },
		output: (_body, { messageId }) => ({ deleted: true, messageId }),
	}),
};

export const removeFields: INodeProperties[] = [
	messageIdField(
		'e.g. 1234567890',
		showOnlyForMassMessageDelete,
		'The ID of the mass message, as Send and List return it',
	),
];
