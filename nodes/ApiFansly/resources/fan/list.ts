import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
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
import type { CommonFan } from '../../../shared/model/people';
import { idOf } from '../../../shared/model/values';
import { parameterOf } from '../../../shared/operation/parameter';
import { simplifyField } from '../../../shared/parameters/fields';
import { text } from '../../../shared/parameters/parsers';
import { cursorEntries } from '../../entries';
import { apiFansly } from '../../pair';

const showOnlyForFanList = { show: { resource: ['fan'], operation: ['list'] } };
const showOnlyForSubscribers = {
	show: { ...showOnlyForFanList.show, which: ['active', 'all', 'expired'] },
};

/** The documents name no largest page; 100 is what Fansly itself gives. */
const size = { parameter: 'limit', most: 100 };

/**
 * Said to be in cents here, where Fansly has thousandths of a dollar: a price that may be ten times
 * off is left out.
 */
function simplifySubscriber(entry: IDataObject, accountId: string): CommonFan {
	return { ...simplifyFanslySubscriber(entry, accountId), price: null, renewPrice: null };
}

const SUBSCRIBERS = cursorEntries('subscriptions', SUBSCRIBER_LINKS, {
	size,
	idOf: (entry) => idOf(entry.id),
	simplify: simplifySubscriber,
});
const NEW_SUBSCRIBERS: EntrySource = { ...SUBSCRIBERS, news: newSubscribers };
const FOLLOWERS = cursorEntries('followers', FOLLOWER_LINKS, {
	size,
	idOf: (entry) => idOf(entry.id),
	simplify: simplifyFanslyFollower,
});

/** `GET /api/fansly/{account_id}/subscribers` and `…/followers`: docs/providers.md. */
export const list: INodePropertyOptions = {
	name: 'List',
	value: 'list',
	action: 'List fans',
	description:
		'Get the subscribers of an account, active or expired, or its followers. One credit or ' +
		'more per 100.',
	routing: paginatedList(
		{
			pair: apiFansly,
			choose(context) {
				const which = parameterOf(context, 'which', 'active');
				if (tellsNewSubscribers(which)) return NEW_SUBSCRIBERS;
				return which === 'followers' ? FOLLOWERS : SUBSCRIBERS;
			},
		},
		{
			request: { method: 'GET', url: '/api/fansly/{account}/{fans}' },
			rules: {
				path: { fans: ['Subscription Status', 'which', fanList] },
				query: {
					status: ['Subscription Status', subscriptionStatus],
					search: ['Search', text],
					subscriptionTierIds: ['Subscription Tier Name or ID', tierId],
				},
			},
		},
	),
};

export const listFields: INodeProperties[] = [
	whichFansField(showOnlyForFanList),
	...limitFields(showOnlyForFanList, 'Costs at least one credit per 100 fans'),
	simplifyField(showOnlyForFanList),
	filtersField(showOnlyForSubscribers, [
		searchField('Return only fans with this text in their name or user name'),
		tierField('subscriptionTierIds', 'Return only subscribers of this tier'),
	]),
	listOptionsField(showOnlyForFanList, { onlyNew: fanslyOnlyNewField }),
];
