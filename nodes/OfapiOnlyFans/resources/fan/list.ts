import type { IExecuteSingleFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { limitFields, listOptionsField } from '../../../shared/lists/fields';
import { paginatedList } from '../../../shared/lists/list';
import type { EntrySource } from '../../../shared/lists/list';
import { millisecondsOf } from '../../../shared/model/time';
import { valueAt } from '../../../shared/model/values';
import { parameterOf } from '../../../shared/operation/parameter';
import type { RequestRules } from '../../../shared/operation/validate';
import { simplifyField } from '../../../shared/parameters/fields';
import { oneOf, text, toggle, wholeNumber } from '../../../shared/parameters/parsers';
import type { Parser } from '../../../shared/parameters/parsers';
import { ofapiOnlyFans } from '../../pair';
import { onlyFansOnlyNewField } from '../onlyNewField';
import { dateFields, datesIn } from './dates';
import { fanEntries } from './entries';

const showOnlyForFanList = { show: { resource: ['fan'], operation: ['list'] } };
const showOnlyForLatest = { show: { '/which': ['latest'] } };
const showOnlyForOthers = { show: { '/which': ['active', 'all', 'expired'] } };

const FANS = fanEntries('list', 20);
const LATEST_FANS = fanEntries('users', 50);
/** Of the lists of fans, this one alone is known to go by a time that its rows tell. */
const NEW_FANS: EntrySource = {
	...LATEST_FANS,
	news: {
		timeOf: (fan) => millisecondsOf(valueAt(fan, 'subscribedOnData', 'subscribeAt')),
		isNewestFirst: true,
		timeNames: ['start_date', 'end_date'],
	},
};

function fansFor(context: IExecuteSingleFunctions): EntrySource {
	if (parameterOf(context, 'which', 'active') !== 'latest') return FANS;
	return parameterOf(context, 'filters.type', '') === 'new' ? NEW_FANS : LATEST_FANS;
}

/** Left out when it is not filled in. */
const least: Parser<number> = (value, field) =>
	value === undefined || value === null || value === '' ? undefined : wholeNumber(0)(value, field);

/** A switch as the request has it: 1, or nothing at all. */
const whenOn: Parser<number> = (value, field) => {
	const isOn = toggle(value, field);
	return isOn === true ? 1 : isOn || undefined;
};

/** Only the latest fans take dates. */
const dates: RequestRules['extraQuery'] = (context, validation) =>
	parameterOf(context, 'which', 'active') === 'latest' ? datesIn(context, validation) : {};

/** `GET /api/{account}/fans/{all|active|expired|latest}`: docs/providers.md. */
export const list: INodePropertyOptions = {
	name: 'List',
	value: 'list',
	action: 'List fans',
	description:
		'Get the fans of an account, newest first, with what they have spent. One credit per 20, or ' +
		'per 50 of the latest.',
	routing: paginatedList(
		{ pair: ofapiOnlyFans, choose: fansFor },
		{
			request: { method: 'GET', url: '/api/{account}/fans/{which}' },
			rules: {
				path: {
					which: ['Subscription Status', 'which', oneOf('active', 'all', 'expired', 'latest')],
				},
				query: {
					query: ['Search', text],
					type: ['Subscriptions', oneOf('total', 'new', 'renew')],
					'filter[online]': ['Online Now', whenOn],
					'filter[total_spent]': ['Min Total Spent (USD)', least],
					'filter[tips]': ['Min Tips (USD)', least],
					'filter[duration]': ['Min Months Subscribed', least],
				},
				extraQuery: dates,
			},
		},
	),
};

export const listFields: INodeProperties[] = [
	{
		displayName: 'Subscription Status',
		name: 'which',
		type: 'options',
		default: 'active',
		displayOptions: showOnlyForFanList,
		description: 'Which fans to return',
		options: [
			{ name: 'Active', value: 'active', description: 'Fans with an active subscription' },
			{ name: 'All', value: 'all', description: 'Fans with an active or an expired subscription' },
			{ name: 'Expired', value: 'expired', description: 'Fans whose subscription has ended' },
			{ name: 'Latest', value: 'latest', description: 'Fans who subscribed or renewed last' },
		],
	},
	...limitFields(showOnlyForFanList, 'Costs one credit per 20 fans, or per 50 of the latest'),
	simplifyField(showOnlyForFanList),
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		displayOptions: showOnlyForFanList,
		// In one collection: of two by one name n8n would keep the values of the last alone where an
		// expression, such as a model's choice, says which fans.
		options: [
			{
				displayName: 'Min Months Subscribed',
				name: 'duration',
				type: 'number',
				default: 1,
				displayOptions: showOnlyForOthers,
				description: 'Return only fans who have been subscribed for at least this many months',
				routing: {
					send: { type: 'query', property: 'filter[duration]', propertyInDotNotation: false },
				},
			},
			{
				displayName: 'Min Tips (USD)',
				name: 'tips',
				type: 'number',
				default: 0,
				displayOptions: showOnlyForOthers,
				description: 'Return only fans who have tipped at least this much, in whole dollars',
				routing: {
					send: { type: 'query', property: 'filter[tips]', propertyInDotNotation: false },
				},
			},
			{
				displayName: 'Min Total Spent (USD)',
				name: 'totalSpent',
				type: 'number',
				default: 0,
				displayOptions: showOnlyForOthers,
				description:
					'Return only fans who have spent at least this much in total, in whole dollars',
				routing: {
					send: { type: 'query', property: 'filter[total_spent]', propertyInDotNotation: false },
				},
			},
			{
				displayName: 'Online Now',
				name: 'online',
				type: 'boolean',
				default: true,
				displayOptions: showOnlyForOthers,
				description: 'Whether to return only fans who are online now',
				routing: {
					send: { type: 'query', property: 'filter[online]', propertyInDotNotation: false },
				},
			},
			{
				displayName: 'Search',
				name: 'search',
				type: 'string',
				default: '',
				placeholder: 'e.g. Tom',
				displayOptions: showOnlyForOthers,
				description: 'Return only fans with this text in their name or user name',
				routing: { send: { type: 'query', property: 'query' } },
			},
			...dateFields('Return only fans who subscribed or renewed', showOnlyForLatest),
			{
				displayName: 'Subscriptions',
				name: 'type',
				type: 'options',
				default: 'new',
				displayOptions: showOnlyForLatest,
				description: 'Which subscriptions to count. Without this field, all are counted.',
				options: [
					{ name: 'New', value: 'new' },
					{ name: 'New and Renewed', value: 'total' },
					{ name: 'Renewed', value: 'renew' },
				],
				routing: { send: { type: 'query', property: 'type' } },
			},
		],
	},
	listOptionsField(showOnlyForFanList, { isByOffset: true, onlyNew: onlyFansOnlyNewField }),
];
