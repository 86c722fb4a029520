import type {
	IDataObject,
	IExecuteSingleFunctions,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { limitFields, listOptionsField } from '../../../shared/lists/fields';
import { paginatedList } from '../../../shared/lists/list';
import type { EntrySource } from '../../../shared/lists/list';
import { millisecondsOf } from '../../../shared/model/time';
import { idOf, recordsAt, valueAt } from '../../../shared/model/values';
import { validationOf } from '../../../shared/operation/parameter';
import { simplifyField } from '../../../shared/parameters/fields';
import { id, oneOf, time } from '../../../shared/parameters/parsers';
import type { Validation } from '../../../shared/parameters/validation';
import { nextPageQuery, ofapiOnlyFans } from '../../pair';
import { DAY, dateTimeText } from '../../time';
import { onlyFansOnlyNewField } from '../onlyNewField';
import { simplifyTransaction } from './simplify';

const showOnlyForTransactionList = { show: { resource: ['transaction'], operation: ['list'] } };

/** What the item's filters want that the provider is not asked for as it is. */
function filtersOf(context: IExecuteSingleFunctions, validation: Validation) {
	return {
		since: validation.parameter('filters.since', 'Since', time(context.getTimezone())),
		fanId: validation.parameter('filters.fanId', 'Fan ID', id('123456789', /^\d+$/)),
	};
}

/**
 * Whose midnight a start date means is not documented: a day more is asked for, so that none is
 * lost, and `keeps` leaves out what is older.
 */
function startDate(context: IExecuteSingleFunctions, validation: Validation): IDataObject {
	const { since } = filtersOf(context, validation);
	return since === undefined ? {} : { startDate: dateTimeText(since - DAY) };
}

/** Newest first; where a page begins is a time in seconds, so that an entry may come twice. */
function transactionsFor(context: IExecuteSingleFunctions): EntrySource {
	const { since, fanId } = filtersOf(context, validationOf(context));
	const isFan = (entry: IDataObject) =>
		fanId === undefined || idOf(valueAt(entry, 'user', 'id')) === fanId;
	const isNewEnough = ({ createdAt }: IDataObject) =>
		since === undefined || (millisecondsOf(createdAt) ?? since) >= since;
	return {
		pair: ofapiOnlyFans,
		size: { parameter: 'limit', most: 100 },
		start: 'marker',
		readPage(body) {
			if (!Array.isArray(valueAt(body, 'data', 'list'))) return undefined;
			const marker = idOf(valueAt(body, 'data', 'nextMarker')) ?? idOf(nextPageQuery(body)?.marker);
			return {
				entries: recordsAt(body, 'data', 'list'),
				next: valueAt(body, 'data', 'hasMore') === false ? undefined : marker,
			};
		},
		idOf: (entry) => idOf(entry.id),
		...((since ?? fanId) !== undefined && {
			keeps: (entry) => isFan(entry) && isNewEnough(entry),
		}),
		simplify: simplifyTransaction,
		news: {
			timeOf: ({ createdAt }) => millisecondsOf(createdAt),
			isNewestFirst: true,
			since: (time) => ({ startDate: dateTimeText(time - DAY) }),
			timeNames: ['startDate'],
			filter: fanId,
		},
	};
}

/** `GET /api/{account}/transactions`: docs/providers.md. */
export const list: INodePropertyOptions = {
	name: 'List',
	value: 'list',
	action: 'List transactions',
	description:
		'Get what fans paid, newest first: who, what for, how much, and what is left after the fee. ' +
		'One credit per 100.',
	routing: paginatedList(
		{ pair: ofapiOnlyFans, choose: transactionsFor },
		{
			request: { method: 'GET', url: '/api/{account}/transactions' },
			rules: {
				query: {
					type: ['Type', oneOf('subscribes', 'tips', 'post', 'chat_messages', 'stream')],
					tipsSource: ['Tip Source', oneOf('profile', 'post_all', 'chat', 'stream', 'story')],
				},
				extraQuery: startDate,
				afterFields(validation, { type, tipsSource }) {
					validation.require(
						tipsSource === undefined || type === 'tips',
						"'Tip Source' needs the 'Type' Tips",
					);
				},
			},
		},
	),
};

export const listFields: INodeProperties[] = [
	...limitFields(showOnlyForTransactionList, 'Costs one credit per 100 transactions'),
	simplifyField(showOnlyForTransactionList),
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		displayOptions: showOnlyForTransactionList,
		options: [
			{
				displayName: 'Fan ID',
				name: 'fanId',
				type: 'string',
				default: '',
				placeholder: 'e.g. 123456789',
				description:
					'Return only what this fan paid. OnlyFansAPI cannot search by fan: all transactions ' +
					'since the given time are read, at one credit per 100.',
			},
			{
				displayName: 'Since',
				name: 'since',
				type: 'dateTime',
				default: '',
				description:
					'Return only transactions of this time and later. Without a time zone, the ' +
					"workflow's is used. Without this field, OnlyFansAPI gives those of the last 30 days.",
			},
			{
				displayName: 'Tip Source',
				name: 'tipsSource',
				type: 'options',
				default: 'chat',
				description: 'Return only tips that were given there. Needs the Type Tips.',
				options: [
					{ name: 'Chat', value: 'chat' },
					{ name: 'Post', value: 'post_all' },
					{ name: 'Profile', value: 'profile' },
					{ name: 'Story', value: 'story' },
					{ name: 'Stream', value: 'stream' },
				],
				routing: { send: { type: 'query', property: 'tipsSource' } },
			},
			{
				displayName: 'Type',
				name: 'type',
				type: 'options',
				default: 'tips',
				description: 'Return only what was paid for this. Without this field, all are returned.',
				options: [
					{ name: 'Messages', value: 'chat_messages' },
					{ name: 'Posts', value: 'post' },
					{ name: 'Streams', value: 'stream' },
					{ name: 'Subscriptions', value: 'subscribes' },
					{ name: 'Tips', value: 'tips' },
				],
				routing: { send: { type: 'query', property: 'type' } },
			},
		],
	},
	listOptionsField(showOnlyForTransactionList, { onlyNew: onlyFansOnlyNewField }),
];
