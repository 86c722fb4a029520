import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { limitFields, listOptionsField } from '../../../shared/lists/fields';
import { paginatedList } from '../../../shared/lists/list';
import type { EntrySource } from '../../../shared/lists/list';
import { plainText } from '../../../shared/model/html';
import { waitingOf } from '../../../shared/model/people';
import type { CommonChat, Waiting } from '../../../shared/model/people';
import { isoTime } from '../../../shared/model/time';
import { idOf, recordsAt, valueAt } from '../../../shared/model/values';
import { parameterOf } from '../../../shared/operation/parameter';
import { simplifyField } from '../../../shared/parameters/fields';
import { oneOf, text } from '../../../shared/parameters/parsers';
import type { ChatEntry } from '../../../shared/pickers/chats';
import { onlyFansChats, readRow } from '../../chats';
import { nextPageQuery, ofapiOnlyFans } from '../../pair';

const showOnlyForChatList = { show: { resource: ['chat'], operation: ['list'] } };

const flag = (value: unknown) => (typeof value === 'boolean' ? value : null);

/**
 * Who waits in a chat. Behind a mass message somebody may wait too: what is unread tells, if not
 * since when.
 */
function waitingIn(chat: ChatEntry | undefined): Waiting {
	const senderId = idOf(valueAt(chat?.lastMessage, 'fromUser', 'id'));
	if (senderId === undefined) return waitingOf(null, null);
	const direction = senderId === chat?.chatId ? 'incoming' : 'outgoing';
	const waiting = waitingOf(direction, isoTime(chat?.lastMessage?.createdAt));
	if (chat?.isToMany !== true) return waiting;
	return { ...waiting, isUnanswered: chat.unreadCount > 0 ? true : null };
}

function simplifyChat(entry: IDataObject, accountId: string): CommonChat {
	const [chat] = readRow(entry);
	return {
		id: chat?.chatId ?? null,
		accountId,
		fanId: chat?.fan.id ?? null,
		fanName: chat?.fan.name ?? null,
		fanUsername: chat?.fan.username ?? null,
		unreadCount: chat?.unreadCount ?? null,
		lastMessageId: chat?.lastMessageId ?? null,
		lastMessageText: chat?.lastMessage === undefined ? null : plainText(chat.lastMessage.text),
		lastMessageAt: isoTime(chat?.lastMessage?.createdAt),
		isMuted: flag(entry.isMutedNotifications),
		url: chat === undefined ? null : onlyFansChats.address(chat.chatId),
		...waitingIn(chat),
		hasUnreadTips: flag(entry.hasUnreadTips),
		canSendMessage: flag(entry.canSendMessage),
	};
}

const chatEntries: EntrySource = {
	pair: ofapiOnlyFans,
	size: { parameter: 'limit', most: 100 },
	start: 'offset',
	isByOffset: true,
	readPage: (body) =>
		Array.isArray(body.data)
			? { entries: recordsAt(body, 'data'), next: idOf(nextPageQuery(body)?.offset) }
			: undefined,
	idOf: (entry) => idOf(valueAt(entry, 'fan', 'id')),
	simplify: simplifyChat,
};

const isUnanswered = (entry: IDataObject) => {
	const [chat] = readRow(entry);
	return waitingIn(chat).isUnanswered === true;
};

/** `GET /api/{account}/chats`: docs/providers.md. */
export const list: INodePropertyOptions = {
	name: 'List',
	value: 'list',
	action: 'List chats',
	description:
		'Get the chats of an account, each with its ID, the fan, what is unread and the last ' +
		'message. One credit per 100.',
	routing: paginatedList(
		{
			pair: ofapiOnlyFans,
			choose: (context) =>
				parameterOf(context, 'filters.unansweredOnly') === true
					? { ...chatEntries, keeps: isUnanswered }
					: chatEntries,
		},
		{
			// Without `skip_users=none` the provider may leave out the fans' names.
			request: { method: 'GET', url: '/api/{account}/chats', qs: { skip_users: 'none' } },
			rules: {
				query: {
					skip_users: ['Names', text],
					filter: ['Show', oneOf('unread', 'with_tips', 'pinned', 'priority', 'unread_with_tips')],
					order: ['Order', oneOf('recent', 'old')],
					query: ['Search', text],
				},
			},
		},
	),
};

export const listFields: INodeProperties[] = [
	...limitFields(showOnlyForChatList, 'Costs one credit per 100 chats. No chat is marked as read.'),
	simplifyField(showOnlyForChatList),
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		displayOptions: showOnlyForChatList,
		options: [
			{
				displayName: 'Order',
				name: 'order',
				type: 'options',
				default: 'recent',
				description: 'Which chats come first. With a limit, this also decides which ones you get.',
				options: [
					{ name: 'Oldest First', value: 'old' },
					{ name: 'Recent First', value: 'recent' },
				],
				routing: { send: { type: 'query', property: 'order' } },
			},
			{
				displayName: 'Search',
				name: 'search',
				type: 'string',
				default: '',
				placeholder: 'e.g. Tom',
				description: 'Return only chats that OnlyFans finds for this text',
				routing: { send: { type: 'query', property: 'query' } },
			},
			{
				displayName: 'Show',
				name: 'only',
				type: 'options',
				default: 'unread',
				description: 'Which chats to return. Without this field, all are returned.',
				options: [
					{ name: 'Pinned', value: 'pinned' },
					{ name: 'Priority', value: 'priority' },
					{ name: 'Unread', value: 'unread' },
					{ name: 'Unread With Tips', value: 'unread_with_tips' },
					{ name: 'With Tips', value: 'with_tips' },
				],
				routing: { send: { type: 'query', property: 'filter' } },
			},
			{
				displayName: 'Unanswered Only',
				name: 'unansweredOnly',
				type: 'boolean',
				default: true,
				description:
					'Whether to return only chats in which the fan waits for an answer. Mass messages ' +
					'are no answers. The chats are read for it at one credit per 100, up to the limit.',
			},
		],
	},
	listOptionsField(showOnlyForChatList, { isByOffset: true }),
];
