import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { simplifyFanslyChat } from '../../../platforms/fansly/chat';
import { CHAT_LINKS } from '../../../platforms/fansly/entries';
import {
	chatOrder,
	chatOrderField,
	filtersField,
	searchField,
} from '../../../platforms/fansly/fields';
import { limitFields, listOptionsField } from '../../../shared/lists/fields';
import { paginatedList } from '../../../shared/lists/list';
import { idOf } from '../../../shared/model/values';
import { simplifyField } from '../../../shared/parameters/fields';
import { text } from '../../../shared/parameters/parsers';
import { offsetEntries } from '../../entries';

const showOnlyForChatList = { show: { resource: ['chat'], operation: ['list'] } };

/** `GET /api/fansly/{fanslyAccount}/chats`: docs/providers.md. */
export const list: INodePropertyOptions = {
	name: 'List',
	value: 'list',
	action: 'List chats',
	description:
		'Get the chats of an account, each with its ID, the fan, what is unread and the last ' +
		'message. One credit per 100.',
	routing: paginatedList(
		offsetEntries('data', CHAT_LINKS, {
			idOf: (entry) => idOf(entry.groupId),
			simplify: simplifyFanslyChat,
		}),
		{
			request: { method: 'GET', url: '/api/fansly/{account}/chats' },
			rules: { query: { search: ['Search', text], order: ['Order', chatOrder] } },
		},
	),
};

export const listFields: INodeProperties[] = [
	...limitFields(showOnlyForChatList, 'Costs one credit per 100 chats. No chat is marked as read.'),
	simplifyField(showOnlyForChatList),
	filtersField(showOnlyForChatList, [
		chatOrderField('order'),
		searchField("Return only chats with this text in the fan's name or user name"),
	]),
	listOptionsField(showOnlyForChatList, { isByOffset: true }),
];
