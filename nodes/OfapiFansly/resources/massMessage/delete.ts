import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { massMessageInPath } from '../../../platforms/fansly/massMessage';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { messageIdField } from '../../../shared/parameters/fields';
import { ofapiFansly } from '../../pair';

const showOnlyForMassMessageDelete = { show: { resource: ['massMessage'], operation: ['delete'] } };

/** `DELETE /api/fansly/{fanslyAccount}/mass-messaging/{broadcast_id}`: docs/providers.md. */
export const remove: INodePropertyOptions = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete a mass message',
	description: 'Cancel a scheduled mass message before it goes out. One credit.',
	routing: singleRequest(ofapiFansly, {
		request: { method: 'DELETE', url: '/api/fansly/{account}/mass-messaging/{message}' },
		rules: { path: massMessageInPath },
		output: (_body, { messageId }) => ({ deleted: true, messageId }),
	}),
};

export const removeFields: INodeProperties[] = [
	messageIdField(
		'e.g. 400000000000000003',
		showOnlyForMassMessageDelete,
		'The ID of the mass message, as List returns it',
	),
];
