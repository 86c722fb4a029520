import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { check, oneOf, text } from '../../../shared/check';
import { CHAT_LINKS, simplifyFanslyChat } from '../../../shared/fansly';
import { chatOrder, chatOrderField, filtersField, searchField, tierField, tierId } from '../../../shared/fanslyFields';
import { limitFields, listOptionsField, simplifyField } from '../../../shared/fields';
import { readLimit, walkRows } from '../../../shared/list';
import { idOf } from '../../../shared/values';
import { cursorRows } from '../../rows';

const showOnlyForChatList = { show: { resource: ['chat'], operation: ['list'] } };

/** `GET /api/fansly/{account_id}/chats`: docs/providers.md. */
export const list: INodePropertyOptions = {
	name: 'List',
	value: 'list',
	action: 'List chats',
	description: 'Get the chats of an account with the fan of each. One credit or more per page, whose size ApiFansly sets.',
	routing: {
		request: { method: 'GET', url: '/api/fansly/{account}/chats' },
		send: {
			preSend: [
				check({
					query: {
						filter: ['Only', oneOf('followers', 'subscribers', 'vips')],
						sort: ['Order', chatOrder],
						search: ['Search', text],
						subscriptionTierId: ['Subscription Tier ID', tierId],
					},
					also: (_context, checklist) => readLimit(checklist),
				}),
			],
			paginate: true,
		},
		operations: { pagination: walkRows(cursorRows('data', CHAT_LINKS, { idOf: (row) => idOf(row.groupId), simplify: simplifyFanslyChat })) },
	},
};

export const listFields: INodeProperties[] = [
	...limitFields(showOnlyForChatList, 'Costs at least one credit per page, whose size ApiFansly sets. It marks no chat as read.'),
	simplifyField(showOnlyForChatList),
	filtersField(showOnlyForChatList, [
		{
			displayName: 'Only',
			name: 'only',
			type: 'options',
			default: 'subscribers',
			description: 'Which chats to return. Without this field all are.',
			options: [
				{ name: 'Followers', value: 'followers' },
				{ name: 'Subscribers', value: 'subscribers' },
				{ name: 'VIPs', value: 'vips' },
			],
			routing: { send: { type: 'query', property: 'filter' } },
		},
		chatOrderField('sort'),
		searchField('Return only chats that Fansly finds with this text'),
		tierField('subscriptionTierId', 'Return only chats with subscribers of this tier'),
	]),
	listOptionsField(showOnlyForChatList),
];
