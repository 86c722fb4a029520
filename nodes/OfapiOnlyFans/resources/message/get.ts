import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { act } from '../../../shared/act';
import { check } from '../../../shared/check';
import { messageIdField, simplifyField } from '../../../shared/fields';
import { recordAt } from '../../../shared/values';
import { ofapiOnlyFans } from '../../pair';
import { messageInPath } from './messageInPath';

const showOnlyForMessageGet = { show: { resource: ['message'], operation: ['get'] } };

/** `GET /api/{account}/chats/{chat_id}/messages/{message_id}`: docs/providers.md. */
export const get: INodePropertyOptions = {
	name: 'Get',
	value: 'get',
	action: 'Get message',
	description: 'Get one message of a chat by its ID. One credit.',
	routing: {
		request: { method: 'GET', url: '/api/{account}/chats/{chat}/messages/{message}' },
		send: { preSend: [check({ path: messageInPath })], paginate: true },
		operations: {
			pagination: act(ofapiOnlyFans, (body, { chat }, context) => {
				const message = recordAt(body, 'data');
				return context.getNodeParameter('simplify', true) === false ? message : ofapiOnlyFans.simplify(message, { chatId: chat, records: {} });
			}),
		},
	},
};

export const getFields: INodeProperties[] = [messageIdField('e.g. 1234567890123', showOnlyForMessageGet), simplifyField(showOnlyForMessageGet)];
