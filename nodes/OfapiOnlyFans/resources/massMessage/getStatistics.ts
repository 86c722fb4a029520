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
import { text, time } from '../../../shared/parameters/parsers';
import type { Validation } from '../../../shared/parameters/validation';
import { ofapiOnlyFans } from '../../pair';
import { dateTimeText, DAY } from '../../time';
import { simplifyStatistics } from './statistics';

const showOnlyForGetStatistics = {
	show: { resource: ['massMessage'], operation: ['getStatistics'] },
};

function filtersOf(context: IExecuteSingleFunctions, validation: Validation) {
	const readTime = time(context.getTimezone());
	return {
		after: validation.parameter('filters.sentAfter', 'Sent After', readTime),
		before: validation.parameter('filters.sentBefore', 'Sent Before', readTime),
	};
}

/** A day more at both ends, since no time zone is documented: `keeps` leaves out what is outside. */
function dates(context: IExecuteSingleFunctions, validation: Validation): IDataObject {
	const { after, before } = filtersOf(context, validation);
	validation.require(
		after === undefined || before === undefined || after < before,
		"'Sent Before' is not after 'Sent After'",
	);
	return {
		...(after !== undefined && { startDate: dateTimeText(after - DAY) }),
		...(before !== undefined && { endDate: dateTimeText(before + DAY) }),
	};
}

/** Newest first; the next page ends where this one does, to the second, so that none is lost. */
function statisticsFor(context: IExecuteSingleFunctions): EntrySource {
	const { after, before } = filtersOf(context, validationOf(context));
	const isInside = ({ date }: IDataObject) => {
		const sentAt = millisecondsOf(date);
		if (sentAt === undefined) return true;
		return sentAt > (after ?? -Infinity) && sentAt < (before ?? Infinity);
	};
	return {
		pair: ofapiOnlyFans,
		size: { parameter: 'limit', most: 50 },
		start: 'endDate',
		readPage(body) {
			if (!Array.isArray(valueAt(body, 'data', 'items'))) return undefined;
			const entries = recordsAt(body, 'data', 'items');
			const last = millisecondsOf(entries.at(-1)?.date);
			const hasMore = valueAt(body, 'data', 'hasMore') === true && last !== undefined;
			return { entries, next: hasMore ? dateTimeText(last + 1000) : undefined };
		},
		idOf: ({ id }) => idOf(id),
		...((after ?? before) !== undefined && { keeps: isInside }),
		simplify: simplifyStatistics,
	};
}

/** `GET /api/{account}/mass-messaging/overview`: docs/providers.md. */
export const getStatistics: INodePropertyOptions = {
	name: 'Get Statistics',
	value: 'getStatistics',
	action: 'Get statistics of mass messages',
	description:
		'Get the mass messages that were sent, newest first, each with how many fans got and saw ' +
		'it. One credit per 50.',
	routing: paginatedList(
		{ pair: ofapiOnlyFans, choose: statisticsFor },
		{
			request: { method: 'GET', url: '/api/{account}/mass-messaging/overview' },
			rules: { query: { query: ['Search', text] }, extraQuery: dates },
		},
	),
};

export const getStatisticsFields: INodeProperties[] = [
	...limitFields(showOnlyForGetStatistics, 'Costs one credit per 50 messages'),
	simplifyField(showOnlyForGetStatistics),
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		displayOptions: showOnlyForGetStatistics,
		options: [
			{
				displayName: 'Search',
				name: 'search',
				type: 'string',
				default: '',
				placeholder: 'e.g. new video',
				description: 'Return only mass messages with this text',
				routing: { send: { type: 'query', property: 'query' } },
			},
			{
				displayName: 'Sent After',
				name: 'sentAfter',
				type: 'dateTime',
				default: '',
				description:
					"Return only what was sent after this time. Without a time zone, the workflow's is used.",
			},
			{
				displayName: 'Sent Before',
				name: 'sentBefore',
				type: 'dateTime',
				default: '',
				description:
					"Return only what was sent before this time. Without a time zone, the workflow's is used.",
			},
		],
	},
	listOptionsField(showOnlyForGetStatistics),
];
