import type { DeclarativeRestApiSettings, IExecutePaginationFunctions, IExecuteSingleFunctions, INodeExecutionData, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { check, text, time } from '../../../shared/check';
import type { Checklist } from '../../../shared/check';
import { FOLLOWER_LINKS, SUBSCRIBER_LINKS, simplifyFanslyFollower, simplifyFanslySubscriber } from '../../../shared/fansly';
import { fanList, filtersField, searchField, subscriptionStatus, tierField, tierId, whichFansField } from '../../../shared/fanslyFields';
import { limitFields, listOptionsField, simplifyField } from '../../../shared/fields';
import { readLimit, walkRows } from '../../../shared/list';
import { idOf } from '../../../shared/values';
import { offsetRows } from '../../rows';

const showOnlyForFanList = { show: { resource: ['fan'], operation: ['list'] } };
const showOnlyForSubscribers = { show: { ...showOnlyForFanList.show, which: ['active', 'all', 'expired'] } };
const showOnlyForFollowers = { show: { ...showOnlyForFanList.show, which: ['followers'] } };

const SUBSCRIBERS = walkRows(offsetRows('subscriptions', SUBSCRIBER_LINKS, { idOf: (row) => idOf(row.id), simplify: simplifyFanslySubscriber }));
const FOLLOWERS = walkRows(offsetRows('followers', FOLLOWER_LINKS, { idOf: (row) => idOf(row.id), simplify: simplifyFanslyFollower }));

const areFollowers = (context: IExecuteSingleFunctions) => context.getNodeParameter('which', 'active') === 'followers';

/** The documents want ISO 8601; a time without a zone is in the workflow's. */
function lastSeenAfter(context: IExecuteSingleFunctions, checklist: Checklist) {
	if (!areFollowers(context)) return {};
	const since = checklist.parameter('filters.lastSeenAfter', 'Last Seen After', time(context.getTimezone()));
	return since === undefined ? {} : { last_seen_after: new Date(since).toISOString() };
}

/** `GET /api/fansly/{fanslyAccount}/subscribers` and `…/followers`: docs/providers.md. */
export const list: INodePropertyOptions = {
	name: 'List',
	value: 'list',
	action: 'List fans',
	description: 'Get the subscribers of an account, active or expired, or its followers. One credit per 100.',
	routing: {
		request: { method: 'GET', url: '/api/fansly/{account}/{fans}' },
		send: {
			preSend: [
				check({
					path: { fans: ['Which Fans', 'which', fanList] },
					query: {
						status: ['Which Fans', subscriptionStatus],
						search: ['Search', text],
						subscription_tier_id: ['Subscription Tier ID', tierId],
					},
					queryToo: lastSeenAfter,
					also: (_context, checklist) => readLimit(checklist),
				}),
			],
			paginate: true,
		},
		operations: {
			async pagination(this: IExecutePaginationFunctions, requestData: DeclarativeRestApiSettings.ResultOptions): Promise<INodeExecutionData[]> {
				return await (areFollowers(this) ? FOLLOWERS : SUBSCRIBERS).call(this, requestData);
			},
		},
	},
};

const search = searchField('Return only fans with this text in their name or user name');

export const listFields: INodeProperties[] = [
	whichFansField(showOnlyForFanList),
	...limitFields(showOnlyForFanList, 'Costs one credit per 100 fans. Where names are missing, Get finds those of 100 IDs for one credit.'),
	simplifyField(showOnlyForFanList),
	filtersField(showOnlyForSubscribers, [search, tierField('subscription_tier_id', 'Return only subscribers of this tier')]),
	filtersField(showOnlyForFollowers, [
		{
			displayName: 'Last Seen After',
			name: 'lastSeenAfter',
			type: 'dateTime',
			default: '',
			description: "Return only followers who were online after this time. Without a time zone it is in the workflow's.",
		},
		search,
	]),
	listOptionsField(showOnlyForFanList, { isByOffset: true }),
];
