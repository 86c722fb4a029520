import type { DeclarativeRestApiSettings, IDataObject, IExecutePaginationFunctions, INodeExecutionData, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { check, text } from '../../../shared/check';
import { FOLLOWER_LINKS, SUBSCRIBER_LINKS, simplifyFanslyFollower, simplifyFanslySubscriber } from '../../../shared/fansly';
import { fanList, filtersField, searchField, subscriptionStatus, tierField, tierId, whichFansField } from '../../../shared/fanslyFields';
import { limitFields, listOptionsField, simplifyField } from '../../../shared/fields';
import { readLimit, walkRows } from '../../../shared/list';
import type { CommonFan } from '../../../shared/people';
import { idOf } from '../../../shared/values';
import { cursorRows } from '../../rows';

const showOnlyForFanList = { show: { resource: ['fan'], operation: ['list'] } };
const showOnlyForSubscribers = { show: { ...showOnlyForFanList.show, which: ['active', 'all', 'expired'] } };

/** The documents name no largest page; 100 is what Fansly itself gives. */
const size = { parameter: 'limit', most: 100 };

/** Said to be in cents here, where Fansly has thousandths of a dollar: a price that may be ten times off is left out. */
function simplifySubscriber(row: IDataObject): CommonFan {
	return { ...simplifyFanslySubscriber(row), price: null };
}

const SUBSCRIBERS = walkRows(cursorRows('subscriptions', SUBSCRIBER_LINKS, { size, idOf: (row) => idOf(row.id), simplify: simplifySubscriber }));
const FOLLOWERS = walkRows(cursorRows('followers', FOLLOWER_LINKS, { size, idOf: (row) => idOf(row.id), simplify: simplifyFanslyFollower }));

/** `GET /api/fansly/{account_id}/subscribers` and `…/followers`: docs/providers.md. */
export const list: INodePropertyOptions = {
	name: 'List',
	value: 'list',
	action: 'List fans',
	description: 'Get the subscribers of an account, active or expired, or its followers. One credit or more per 100.',
	routing: {
		request: { method: 'GET', url: '/api/fansly/{account}/{fans}' },
		send: {
			preSend: [
				check({
					path: { fans: ['Which Fans', 'which', fanList] },
					query: {
						status: ['Which Fans', subscriptionStatus],
						search: ['Search', text],
						subscriptionTierIds: ['Subscription Tier ID', tierId],
					},
					also: (_context, checklist) => readLimit(checklist),
				}),
			],
			paginate: true,
		},
		operations: {
			async pagination(this: IExecutePaginationFunctions, requestData: DeclarativeRestApiSettings.ResultOptions): Promise<INodeExecutionData[]> {
				return await (this.getNodeParameter('which', 'active') === 'followers' ? FOLLOWERS : SUBSCRIBERS).call(this, requestData);
			},
		},
	},
};

export const listFields: INodeProperties[] = [
	whichFansField(showOnlyForFanList),
	...limitFields(showOnlyForFanList, 'Costs at least one credit per 100 fans'),
	simplifyField(showOnlyForFanList),
	filtersField(showOnlyForSubscribers, [
		searchField('Return only fans with this text in their name or user name'),
		tierField('subscriptionTierIds', 'Return only subscribers of this tier'),
	]),
	listOptionsField(showOnlyForFanList),
];
