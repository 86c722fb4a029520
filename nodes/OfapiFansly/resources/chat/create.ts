import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { fanIdField, fanslyUserId } from '../../../platforms/fansly/fields';
import { idOf, recordAt, valueAt } from '../../../shared/model/values';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { required } from '../../../shared/parameters/parsers';
import { ofapiFansly } from '../../pair';

const showOnlyForChatCreate = { show: { resource: ['chat'], operation: ['create'] } };

/** `POST /api/fansly/{fanslyAccount}/chats`: docs/providers.md. */
export const create: INodePropertyOptions = {
	name: 'Create',
	value: 'create',
	action: 'Create a chat',
	description:
		"Open a chat with a fan by the fan's ID, or find the existing one, and get the chat's ID. " +
		'One credit.',
	routing: singleRequest(ofapiFansly, {
		request: { method: 'POST', url: '/api/fansly/{account}/chats' },
		rules: { body: { user_id: ['Fan ID', required(fanslyUserId)] } },
		output: (body, _about, _context, request) => {
			const chatId = idOf(valueAt(body, 'data', 'id'));
			return chatId === undefined ? undefined : { chatId, fanId: recordAt(request.body).user_id };
		},
	}),
};

export const createFields: INodeProperties[] = [fanIdField(showOnlyForChatCreate, 'user_id')];
