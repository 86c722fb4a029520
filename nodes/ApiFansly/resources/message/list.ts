import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { messageListFields } from '../../../shared/fields';
import { checkList, walk } from '../../../shared/walk';
import { apiFansly } from '../../pair';

const showOnlyForMessageList = { show: { resource: ['message'], operation: ['list'] } };

/** `GET /api/fansly/{account_id}/chats/{chat_id}/messages`: docs/providers.md. */
export const list: INodePropertyOptions = {
	name: 'List',
	value: 'list',
	action: 'List messages',
	description: "Get a chat's messages, newest first or oldest first. One credit or more per 10.",
	routing: {
		request: { method: 'GET', url: '/api/fansly/{account}/chats/{chat}/messages' },
		send: { preSend: [checkList], paginate: true },
		operations: { pagination: walk(apiFansly) },
	},
};

export const listFields: INodeProperties[] = messageListFields(
	showOnlyForMessageList,
	'Costs at least one credit per 10 messages',
	'ApiFansly cannot start there: newer messages are fetched and passed over, at one credit per 10',
);
