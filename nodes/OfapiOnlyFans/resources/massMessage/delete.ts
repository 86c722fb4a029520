import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { act } from '../../../shared/act';
import { check } from '../../../shared/check';
import { messageIdField } from '../../../shared/fields';
import { ofapiOnlyFans } from '../../pair';
import { messageInPath } from '../message/messageInPath';

const showOnlyForMassMessageDelete = { show: { resource: ['massMessage'], operation: ['delete'] } };

/** `DELETE /api/{account}/mass-messaging/{id}`: docs/providers.md. */
export const remove: INodePropertyOptions = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete mass message',
	description: 'Take back a mass message that was just sent, or delete a scheduled one. Fans keep what they paid for. One credit.',
	routing: {
		request: { method: 'DELETE', url: '/api/{account}/mass-messaging/{message}' },
		send: { preSend: [check({ path: messageInPath })], paginate: true },
		operations: { pagination: act(ofapiOnlyFans, (_body, { messageId }) => ({ deleted: true, messageId })) },
	},
};

export const removeFields: INodeProperties[] = [messageIdField('e.g. 1234567890', showOnlyForMassMessageDelete, 'The mass message, by the ID that Send and List give')];
