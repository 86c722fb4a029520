import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { check, text } from '../../../shared/check';
import { CHAT_LINKS, simplifyFanslyChat } from '../../../shared/fansly';
import { chatOrder, chatOrderField, filtersField, searchField } from '../../../shared/fanslyFields';
import { limitFields, listOptionsField, simplifyField } from '../../../shared/fields';
import { readLimit, walkRows } from '../../../shared/list';
import { idOf } from '../../../shared/values';
import { offsetRows } from '../../rows';

const showOnlyForChatList = { show: { resource: ['chat'], operation: ['list'] } };

/** `GET /api/fansly/{fanslyAccount}/chats`: docs/providers.md. */
export const list: INodePropertyOptions = {
	name: 'List',
	value: 'list',
	action: 'List chats',
	description: 'Get the chats of an account with the fan and the last message of each. One credit per 100.',
	routing: {
		request: { method: 'GET', url: '/api/fansly/{account}/chats' },
		send: {
			preSend: [check({ query: { search: ['Search', text], order: ['Order', chatOrder] }, also: (_context, checklist) => readLimit(checklist) })],
			paginate: true,
		},
		operations: { pagination: walkRows(offsetRows('data', CHAT_LINKS, { idOf: (row) => idOf(row.groupId), simplify: simplifyFanslyChat })) },
	},
};

export const listFields: INodeProperties[] = [
	...limitFields(showOnlyForChatList, 'Costs one credit per 100 chats. It marks none of them as read.'),
	simplifyField(showOnlyForChatList),
	filtersField(showOnlyForChatList, [chatOrderField('order'), searchField("Return only chats with this text in the fan's name or user name")]),
	listOptionsField(showOnlyForChatList, { isByOffset: true }),
];
