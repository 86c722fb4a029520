import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { recordsAt, valueAt } from '../../../shared/model/values';
import { parameterOf } from '../../../shared/operation/parameter';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { simplifyField } from '../../../shared/parameters/fields';
import { oneOf } from '../../../shared/parameters/parsers';
import { ofapiOnlyFans } from '../../pair';
import { dateFields, datesIn } from './dates';
import { simplifyFan } from './simplify';

const showOnlyForFanListTop = { show: { resource: ['fan'], operation: ['listTop'] } };

/** `GET /api/{account}/fans/top`: docs/providers.md. The provider sets how many it gives. */
export const listTop: INodePropertyOptions = {
	name: 'List Top Spenders',
	value: 'listTop',
	action: 'List the top spenders',
	description:
		'Get the fans who have spent the most, the best first, in all or within some days. One ' +
		'credit.',
	routing: singleRequest(ofapiOnlyFans, {
		request: { method: 'GET', url: '/api/{account}/fans/top' },
		rules: {
			query: {
				by: ['Ranked By', oneOf('total', 'subscribes', 'tips', 'messages', 'post', 'streams')],
			},
			extraQuery: datesIn,
		},
		output: (body, { account }, context) => {
			if (!Array.isArray(valueAt(body, 'data', 'users'))) return undefined;
			const users = recordsAt(body, 'data', 'users');
			return parameterOf(context, 'simplify', true) === false
				? users
				: users.map((user) => simplifyFan(user, account));
		},
	}),
};

export const listTopFields: INodeProperties[] = [
	{
		displayName: 'Ranked By',
		name: 'rankedBy',
		type: 'options',
		default: 'total',
		displayOptions: showOnlyForFanListTop,
		description: 'Which spending counts',
		options: [
			{ name: 'Messages', value: 'messages' },
			{ name: 'Posts', value: 'post' },
			{ name: 'Streams', value: 'streams' },
			{ name: 'Subscriptions', value: 'subscribes' },
			{ name: 'Tips', value: 'tips' },
			{ name: 'Total', value: 'total' },
		],
		routing: { send: { type: 'query', property: 'by' } },
	},
	simplifyField(showOnlyForFanListTop),
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		displayOptions: showOnlyForFanListTop,
		options: dateFields('Count only what was spent'),
	},
];
