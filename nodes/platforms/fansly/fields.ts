import type { INodeProperties } from 'n8n-workflow';
import { onlyNewField } from '../../shared/lists/fields';
import type { News } from '../../shared/lists/onlyNew';
import { millisecondsOf } from '../../shared/model/time';
import { answeringField } from '../../shared/parameters/fields';
import type { RequestRules } from '../../shared/operation/validate';
import { id, oneOf } from '../../shared/parameters/parsers';
import type { Parser } from '../../shared/parameters/parsers';

/** Fields and readers of Fansly's fans and chats that serve every provider of it. */

/** A user's own ID on Fansly. */
export const fanslyUserId: Parser<string> = id('300000000000000001', /^\d+$/);

/**
 * The fan that an operation is about, by the user ID; `property` is its name in the request, where
 * it goes there as it is.
 */
export function fanIdField(
	displayOptions: INodeProperties['displayOptions'],
	property?: string,
): INodeProperties {
	return {
		displayName: 'Fan ID',
		name: 'fanId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 300000000000000001',
		displayOptions,
		description:
			"The fan's user ID on Fansly: 'fanId' of a listed chat, or 'id' of a listed fan. It is " +
			'not the ID of the chat.',
		...(property !== undefined && { routing: { send: { type: 'body', property } } }),
	};
}

/** That fan, for `{fan}` in a URL. */
export const fanInPath: RequestRules['path'] = { fan: ['Fan ID', 'fanId', fanslyUserId] };

const SUBSCRIBERS = ['active', 'all', 'expired'];

/** Subscription Status, as the list that they stand in. */
export const fanList: Parser<string> = (value, field) => {
	const which = oneOf(...SUBSCRIBERS, 'followers')(value, field);
	return typeof which === 'string' && which !== 'followers' ? 'subscribers' : which;
};

/**
 * Subscription Status as the provider's own; left out for followers. `fanList` refuses what is
 * neither.
 */
export const subscriptionStatus: Parser<string> = (value) =>
	typeof value === 'string' && SUBSCRIBERS.includes(value) ? value : undefined;

/** Which of the fans to list. */
export function whichFansField(displayOptions: INodeProperties['displayOptions']): INodeProperties {
	return {
		displayName: 'Subscription Status',
		name: 'which',
		type: 'options',
		default: 'active',
		displayOptions,
		description: 'Which fans to return',
		options: [
			{ name: 'Active', value: 'active', description: 'Fans with an active subscription' },
			{ name: 'All', value: 'all', description: 'Fans with an active or an expired subscription' },
			{ name: 'Expired', value: 'expired', description: 'Fans whose subscription has ended' },
			{
				name: 'Followers',
				value: 'followers',
				description: 'Everyone who follows the creator, with or without a subscription',
			},
		],
		routing: { send: { type: 'query', property: 'status' } },
	};
}

/** New subscribers. Their order is not documented, so the whole list is read for them. */
export const newSubscribers: News = {
	timeOf: ({ createdAt }) => millisecondsOf(createdAt),
	isNewestFirst: false,
};

/** Whether a list holds whom the time of their subscription tells to be new. */
export const tellsNewSubscribers = (which: unknown): boolean =>
	which === 'active' || which === 'all';

/** Only New Since Last Run, in the same words for every list: see `definedOnce`. */
export const fanslyOnlyNewField = onlyNewField(
	"Of fans it works with the 'Subscription Status' Active and All: the whole list is read for it.",
);

/** What a field for a time says at its end. */
export const withZone = (description: string): string =>
	`${description} Without a time zone, the workflow's is used.`;

/** A collection of filters. */
export function filtersField(
	displayOptions: INodeProperties['displayOptions'],
	options: INodeProperties[],
): INodeProperties {
	return {
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		displayOptions,
		options,
	};
}

export function searchField(description: string): INodeProperties {
	return {
		displayName: 'Search',
		name: 'search',
		type: 'string',
		default: '',
		placeholder: 'e.g. Tom',
		description,
		routing: { send: { type: 'query', property: 'search' } },
	};
}

/** The chats' order; `property` is its name in the request. */
export function chatOrderField(property: string): INodeProperties {
	return {
		displayName: 'Order',
		name: 'order',
		type: 'options',
		default: 'newest',
		description: 'Which chats come first. With a limit, this also decides which ones you get.',
		options: [
			{ name: 'Newest First', value: 'newest' },
			{ name: 'Oldest First', value: 'oldest' },
			{ name: 'Unread First', value: 'unread' },
		],
		routing: { send: { type: 'query', property } },
	};
}

export const chatOrder = oneOf('newest', 'oldest', 'unread');

/** One of the creator's subscription tiers; `property` is its name in the request. */
export function tierField(property: string, description: string): INodeProperties {
	return {
		displayName: 'Subscription Tier Name or ID',
		name: 'subscriptionTierId',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getTiers', loadOptionsDependsOn: ['account.value'] },
		default: '',
		description: `${description}. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.`,
		routing: { send: { type: 'query', property } },
	};
}

export const tierId = id('800000000000000001', /^\d+$/);

/** Which of the fan's messages is answered. */
export const fanslyAnsweringField = answeringField(
	'400000000000000003',
	'In Send this costs one more credit, to read the chat',
);
