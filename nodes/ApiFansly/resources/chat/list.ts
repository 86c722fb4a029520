import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { simplifyFanslyChat } from '../../../platforms/fansly/chat';
import { CHAT_LINKS } from '../../../platforms/fansly/entries';
import {
	chatOrder,
	chatOrderField,
	filtersField,
	searchField,
	tierField,
	tierId,
} from '../../../platforms/fansly/fields';
import { limitFields, listOptionsField } from '../../../shared/lists/fields';
import { paginatedList } from '../../../shared/lists/list';
import { idOf } from '../../../shared/model/values';
import { simplifyField } from '../../../shared/parameters/fields';
import { oneOf, text } from '../../../shared/parameters/parsers';
import { cursorEntries } from '../../entries';

const showOnlyForChatList = { show: { resource: ['chat'], operation: ['list'] } };

/** `GET /api/fansly/{account_id}/chats`: docs/providers.md. */
export const list: INodePropertyOptions = {
	name: 'List',
	value: 'list',
	action: 'List chats',
	description:
		'Get the chats of an account, each with its ID, the fan and what is unread. One credit or ' +
		'more per page; ApiFansly sets its size.',
	routing: paginatedList(
		cursorEntries('data', CHAT_LINKS, {
			idOf: (entry) => idOf(entry.groupId),
			simplify: simplifyFanslyChat,
		}),
		{
			request: { method: 'GET', url: '/api/fansly/{account}/chats' },
			rules: {
				query: {
					filter: ['Show', oneOf('followers', 'subscribers', 'vips')],
					sort: ['Order', chatOrder],
					search: ['Search', text],
					subscriptionTierId: ['Subscription Tier Name or ID', tierId],
				},
			},
		},
	),
};

export const listFields: INodeProperties[] = [
	...limitFields(
		showOnlyForChatList,
		'Costs at least one credit per page; ApiFansly sets its size. No chat is marked as read.',
	),
	simplifyField(showOnlyForChatList),
	filtersField(showOnlyForChatList, [
		chatOrderField('sort'),
		searchField('Return only chats that Fansly finds for this text'),
		{
			displayName: 'Show',
			name: 'only',
			type: 'options',
			default: 'subscribers',
			description: 'Which chats to return. Without this field, all are returned.',
			options: [
				{ name: 'Followers', value: 'followers' },
				{ name: 'Subscribers', value: 'subscribers' },
				{ name: 'VIPs', value: 'vips' },
			],
			routing: { send: { type: 'query', property: 'filter' } },
		},
		tierField('subscriptionTierId', 'Return only chats with subscribers of this tier'),
	]),
	listOptionsField(showOnlyForChatList),
];
