import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
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
import { parameterOf } from '../../../shared/operation/parameter';
import { simplifyField } from '../../../shared/parameters/fields';
import { text } from '../../../shared/parameters/parsers';
import { offsetEntries } from '../../entries';
import { ofapiFansly } from '../../pair';

const showOnlyForChatList = { show: { resource: ['chat'], operation: ['list'] } };

const CHATS = offsetEntries('data', CHAT_LINKS, {
	idOf: (entry) => idOf(entry.groupId),
	simplify: simplifyFanslyChat,
});

/** Whether a fan waits for an answer: where nothing tells who wrote last, what is unread does. */
function mayWait(entry: IDataObject): boolean {
	const { isUnanswered, unreadCount } = simplifyFanslyChat(entry, '');
	return isUnanswered ?? (unreadCount ?? 0) > 0;
}

/** `GET /api/fansly/{fanslyAccount}/chats`: docs/providers.md. */
export const list: INodePropertyOptions = {
	name: 'List',
	value: 'list',
	action: 'List chats',
	description:
		'Get the chats of an account, each with its ID, the fan, what is unread and the last ' +
		'message. One credit per 100.',
	routing: paginatedList(
		{
			pair: ofapiFansly,
			choose: (context) =>
				parameterOf(context, 'filters.unansweredOnly') === true
					? { ...CHATS, keeps: mayWait }
					: CHATS,
		},
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
		{
			displayName: 'Unanswered Only',
			name: 'unansweredOnly',
			type: 'boolean',
			default: true,
			description:
				'Whether to return only chats in which the fan waits for an answer. Where Fansly does not ' +
				'tell who wrote last, these are the chats with unread messages. The chats are read for it ' +
				'at one credit per 100, up to the limit.',
		},
	]),
	listOptionsField(showOnlyForChatList, { isByOffset: true }),
];
