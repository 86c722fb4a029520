import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { isoTime } from '../../../shared/model/time';
import { numberOf, recordsAt, valueAt } from '../../../shared/model/values';
import { parameterOf } from '../../../shared/operation/parameter';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { simplifyField } from '../../../shared/parameters/fields';
import { ofapiOnlyFans } from '../../pair';
import { fanInPath } from './fanId';

const showOnlyForListSubscriptions = {
	show: { resource: ['fan'], operation: ['listSubscriptions'] },
};

/** One period of a fan's subscription. Money in USD, time in ISO 8601 UTC. */
function simplify(entry: IDataObject, fanId: string | undefined): IDataObject {
	return {
		fanId: fanId ?? null,
		subscribedAt: isoTime(entry.subscribeDate),
		expiresAt: isoTime(entry.expireDate),
		price: numberOf(entry.price) ?? null,
	};
}

/**
 * `GET /api/{account}/fans/{user_id}/subscriptions-history`: docs/providers.md. It gives all at once.
 */
export const listSubscriptions: INodePropertyOptions = {
	name: 'List Subscriptions',
	value: 'listSubscriptions',
	action: 'List the subscriptions of a fan',
	description:
		"Get a fan's past and present subscriptions to the account, with dates and prices. One " +
		'credit.',
	routing: singleRequest(ofapiOnlyFans, {
		request: { method: 'GET', url: '/api/{account}/fans/{fan}/subscriptions-history' },
		rules: { path: fanInPath },
		output: (body, { fan }, context) => {
			if (!Array.isArray(valueAt(body, 'data', 'list'))) return undefined;
			const entries = recordsAt(body, 'data', 'list');
			return parameterOf(context, 'simplify', true) === false
				? entries
				: entries.map((entry) => simplify(entry, fan));
		},
	}),
};

export const listSubscriptionsFields: INodeProperties[] = [
	simplifyField(showOnlyForListSubscriptions),
];
