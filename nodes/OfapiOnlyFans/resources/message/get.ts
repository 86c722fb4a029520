import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { isRecord } from '../../../shared/model/values';
import { parameterOf } from '../../../shared/operation/parameter';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { messageIdField, simplifyField } from '../../../shared/parameters/fields';
import { ofapiOnlyFans } from '../../pair';
import { messageInPath } from './messageInPath';

const showOnlyForMessageGet = { show: { resource: ['message'], operation: ['get'] } };

/** `GET /api/{account}/chats/{chat_id}/messages/{message_id}`: docs/providers.md. */
export const get: INodePropertyOptions = {
	name: 'Get',
	value: 'get',
	action: 'Get a message',
	description: 'Get one message of a chat by its ID. One credit.',
	routing: singleRequest(ofapiOnlyFans, {
		request: { method: 'GET', url: '/api/{account}/chats/{chat}/messages/{message}' },
		rules: { path: messageInPath },
		output: (body, { account, chat }, context) => {
			if (!isRecord(body.data)) return undefined;
			return parameterOf(context, 'simplify', true) === false
				? body.data
				: ofapiOnlyFans.simplify(body.data, { accountId: account, chatId: chat, included: {} });
		},
	}),
};

export const getFields: INodeProperties[] = [
	messageIdField('e.g. 1234567890123', showOnlyForMessageGet),
	simplifyField(showOnlyForMessageGet),
];
