import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { act } from '../../../shared/act';
import { check, required } from '../../../shared/check';
import { requiredCreatorId } from '../../../shared/creator';
import { fanIdField, fanslyUserId } from '../../../shared/fanslyFields';
import { idOf, recordAt } from '../../../shared/values';
import { apiFansly, unwrap } from '../../pair';

const showOnlyForChatCreate = { show: { resource: ['chat'], operation: ['create'] } };

/** `POST /api/fansly/{account_id}/group`: docs/providers.md. Both people have to be named, the creator too. */
export const create: INodePropertyOptions = {
	name: 'Create',
	value: 'create',
	action: 'Create chat',
	description: 'Open the chat with a fan and get its ID. One credit, and one more a run to look up the creator.',
	routing: {
		request: { method: 'POST', url: '/api/fansly/{account}/group' },
		send: { preSend: [check({ body: { fanId: ['Fan ID', required(fanslyUserId)] } })], paginate: true },
		operations: {
			pagination: act(
				apiFansly,
				(body, _about, context) => {
					const chatId = idOf(unwrap(body).id);
					return chatId === undefined ? undefined : { chatId, fanId: idOf(context.getNodeParameter('fanId', ''))?.trim() };
				},
				async (request, about, context) => {
					const creatorId = await requiredCreatorId(context, apiFansly, request, about);
					const users = [creatorId, recordAt(request.body).fanId];
					return { ...request, body: { users: users.map((userId) => ({ userId, permissionFlags: 0 })), type: 1 } };
				},
			),
		},
	},
};

export const createFields: INodeProperties[] = [fanIdField(showOnlyForChatCreate, 'fanId')];
