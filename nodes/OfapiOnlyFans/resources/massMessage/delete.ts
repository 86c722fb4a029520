import type { INodePropertyOptions } from 'n8n-workflow';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { ofapiOnlyFans } from '../../pair';
import { messageInPath } from '../message/messageInPath';

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
