import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { fanIdField, fanslyUserId } from '../../../platforms/fansly/fields';
import { idOf, recordAt } from '../../../shared/model/values';
import { requiredCreatorId } from '../../../shared/operation/creatorId';
import { parameterOf } from '../../../shared/operation/parameter';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { required } from '../../../shared/parameters/parsers';
import { apiFansly, unwrap } from '../../pair';

const showOnlyForChatCreate = { show: { resource: ['chat'], operation: ['create'] } };

/**
 * `POST /api/fansly/{account_id}/group`: docs/providers.md. Both people have to be named, the
 * creator too.
 */
export const create: INodePropertyOptions = {
	name: 'Create',
	value: 'create',
	action: 'Create a chat',
	description:
		"Open a chat with a fan by the fan's ID and get the chat's ID. One credit, and one the first " +
		'run to look up the creator.',
	routing: singleRequest(apiFansly, {
		request: { method: 'POST', url: '/api/fansly/{account}/group' },
		rules: { body: { fanId: ['Fan ID', required(fanslyUserId)] } },
		output: (body, _about, context) => {
			const chatId = idOf(unwrap(body).id);
			return chatId === undefined
				? undefined
				: { chatId, fanId: idOf(parameterOf(context, 'fanId'))?.trim() };
		},
		prepare: async (request, about, context) => {
			const creatorId = await requiredCreatorId(context, apiFansly, request, about);
			const users = [creatorId, recordAt(request.body).fanId];
			return {
				...request,
				body: { users: users.map((userId) => ({ userId, permissionFlags: 0 })), type: 1 },
			};
		},
	}),
};

export const createFields: INodeProperties[] = [fanIdField(showOnlyForChatCreate, 'fanId')];
