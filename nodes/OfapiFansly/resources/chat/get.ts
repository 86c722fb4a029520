import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { act } from '../../../shared/act';
import { check } from '../../../shared/check';
import { creatorIdOf } from '../../../shared/creator';
import { simplifyFanslyGroup } from '../../../shared/fansly';
import { simplifyField } from '../../../shared/fields';
import { isRecord } from '../../../shared/values';
import { ofapiFansly } from '../../pair';

const showOnlyForChatGet = { show: { resource: ['chat'], operation: ['get'] } };

/** `GET /api/fansly/{fanslyAccount}/chats/{chat_id}`: docs/providers.md. */
export const get: INodePropertyOptions = {
	name: 'Get',
	value: 'get',
	action: 'Get chat',
	description: 'Get one chat by its ID: who is in it and the last message. One credit, and with Simplify one more a run.',
	routing: {
		request: { method: 'GET', url: '/api/fansly/{account}/chats/{chat}' },
		send: { preSend: [check({})], paginate: true },
		operations: {
			pagination: act(ofapiFansly, async (body, { account }, context, request) => {
				if (!isRecord(body.data)) return undefined;
				if (context.getNodeParameter('simplify', true) === false) return body.data;
				// Both people stand in the chat alike: the fan is the one who is not the creator.
				return simplifyFanslyGroup(body.data, await creatorIdOf(context, ofapiFansly, request, account));
			}),
		},
	},
};

export const getFields: INodeProperties[] = [simplifyField(showOnlyForChatGet)];
