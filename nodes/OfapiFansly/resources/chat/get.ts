import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { simplifyFanslyGroup } from '../../../platforms/fansly/chat';
import { isRecord } from '../../../shared/model/values';
import { creatorIdOf } from '../../../shared/operation/creatorId';
import { parameterOf } from '../../../shared/operation/parameter';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { simplifyField } from '../../../shared/parameters/fields';
import { ofapiFansly } from '../../pair';

const showOnlyForChatGet = { show: { resource: ['chat'], operation: ['get'] } };

/** `GET /api/fansly/{fanslyAccount}/chats/{chat_id}`: docs/providers.md. */
export const get: INodePropertyOptions = {
	name: 'Get',
	value: 'get',
	action: 'Get a chat',
	description:
		'Get a chat with its people and its last message. One credit, and one the first time with ' +
		'Simplify.',
	routing: singleRequest(ofapiFansly, {
		request: { method: 'GET', url: '/api/fansly/{account}/chats/{chat}' },
		output: async (body, { account }, context, request) => {
			if (!isRecord(body.data)) return undefined;
			if (parameterOf(context, 'simplify', true) === false) return body.data;
			// Both people stand in the chat alike: the fan is the one who is not the creator.
			return simplifyFanslyGroup(
				body.data,
				account,
				await creatorIdOf(context, ofapiFansly, request, account),
			);
		},
	}),
};

export const getFields: INodeProperties[] = [simplifyField(showOnlyForChatGet)];
