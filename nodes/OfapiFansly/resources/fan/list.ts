import type { IExecuteSingleFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { FOLLOWER_LINKS, SUBSCRIBER_LINKS } from '../../../platforms/fansly/entries';
import { simplifyFanslyFollower, simplifyFanslySubscriber } from '../../../platforms/fansly/fan';
import {
	fanList,
	fanslyOnlyNewField,
	filtersField,
	newSubscribers,
	searchField,
	subscriptionStatus,
	tierField,
	tellsNewSubscribers,
	tierId,
	whichFansField,
} from '../../../platforms/fansly/fields';
import { limitFields, listOptionsField } from '../../../shared/lists/fields';
import { paginatedList } from '../../../shared/lists/list';
import type { EntrySource } from '../../../shared/lists/list';
import { idOf } from '../../../shared/model/values';
import { parameterOf } from '../../../shared/operation/parameter';
import { simplifyField } from '../../../shared/parameters/fields';
import { text, time } from '../../../shared/parameters/parsers';
import type { Validation } from '../../../shared/parameters/validation';
import { offsetEntries } from '../../entries';
import { ofapiFansly } from '../../pair';

const showOnlyForFanList = { show: { resource: ['fan'], operation: ['list'] } };
const showOnlyForSubscribers = { show: { '/which': ['active', 'all', 'expired'] } };
const showOnlyForFollowers = { show: { '/which': ['followers'] } };

const SUBSCRIBERS = offsetEntries('subscriptions', SUBSCRIBER_LINKS, {
	idOf: (entry) => idOf(entry.id),
	simplify: simplifyFanslySubscriber,
});
const NEW_SUBSCRIBERS: EntrySource = { ...SUBSCRIBERS, news: newSubscribers };
const FOLLOWERS = offsetEntries('followers', FOLLOWER_LINKS, {
	idOf: (entry) => idOf(entry.id),
	simplify: simplifyFanslyFollower,
});

function fansFor(context: IExecuteSingleFunctions): EntrySource {
	if (tellsNewSubscribers(parameterOf(context, 'which', 'active'))) return NEW_SUBSCRIBERS;
	return areFollowers(context) ? FOLLOWERS : SUBSCRIBERS;
}

const areFollowers = (context: IExecuteSingleFunctions) =>
	parameterOf(context, 'which', 'active') === 'followers';

/** The documents want ISO 8601; a time without a zone is in the workflow's. */
function lastSeenAfter(context: IExecuteSingleFunctions, validation: Validation) {
	if (!areFollowers(context)) return {};
	const since = validation.parameter(
		'filters.lastSeenAfter',
		'Last Seen After',
		time(context.getTimezone()),
	);
	return since === undefined ? {} : { last_seen_after: new Date(since).toISOString() };
}

/** `GET /api/fansly/{fanslyAccount}/subscribers` and `…/followers`: docs/providers.md. */
export const list: INodePropertyOptions = {
	name: 'List',
	value: 'list',
	action: 'List fans',
	description:
		'Get the subscribers of an account, active or expired, or its followers. One credit per 100.',
	routing: paginatedList(
		{ pair: ofapiFansly, choose: fansFor },
		{
			request: { method: 'GET', url: '/api/fansly/{account}/{fans}' },
			rules: {
				path: { fans: ['Subscription Status', 'which', fanList] },
				query: {
					status: ['Subscription Status', subscriptionStatus],
					search: ['Search', text],
					subscription_tier_id: ['Subscription Tier Name or ID', tierId],
				},
				extraQuery: lastSeenAfter,
			},
		},
	),
};

export const listFields: INodeProperties[] = [
	whichFansField(showOnlyForFanList),
	...limitFields(
		showOnlyForFanList,
		'Costs one credit per 100 fans. If names are missing, use Get: one credit for 100 IDs.',
	),
	simplifyField(showOnlyForFanList),
	// In one collection: of two by one name n8n would keep the values of the last alone where an
	// expression, such as a model's choice, says which fans.
	filtersField(showOnlyForFanList, [
		{
			displayName: 'Last Seen After',
			name: 'lastSeenAfter',
			type: 'dateTime',
			default: '',
			displayOptions: showOnlyForFollowers,
			description:
				'Return only followers who were online after this time. Without a time zone, ' +
				"the workflow's is used.",
		},
		searchField('Return only fans with this text in their name or user name'),
		{
			...tierField('subscription_tier_id', 'Return only subscribers of this tier'),
			displayOptions: showOnlyForSubscribers,
		},
	]),
	listOptionsField(showOnlyForFanList, { isByOffset: true, onlyNew: fanslyOnlyNewField }),
];
