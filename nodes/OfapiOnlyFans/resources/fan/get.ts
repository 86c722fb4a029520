import type {
	IDataObject,
	IExecuteSingleFunctions,
	IHttpRequestOptions,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { isRecord, recordAt, valueAt } from '../../../shared/model/values';
import { parameterOf } from '../../../shared/operation/parameter';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { simplifyField } from '../../../shared/parameters/fields';
import { id } from '../../../shared/parameters/parsers';
import type { Parser } from '../../../shared/parameters/parsers';
import { statusError } from '../../../shared/transport/errors';
import { keyHider } from '../../../shared/transport/secrets';
import { ofapiOnlyFans } from '../../pair';
import { simplifyFan } from './simplify';

const showOnlyForFanGet = { show: { resource: ['fan'], operation: ['get'] } };

/** A user name, with or without the @ in front, or a user ID. */
const userNameOrId: Parser<string> = (value, field) => {
	const found = id('lunastar or 123456789', /^@?\w[\w.-]*$/, 'a user name or an ID')(value, field);
	return typeof found === 'string' ? found.replace('@', '') : found;
};

/** Only user names are documented for `/users/{username}`: an ID goes to the list of users. */
function byId(
	this: IExecuteSingleFunctions,
	options: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	const [, path, userId] = /^(.*\/users\/)(\d+)$/.exec(options.url) ?? [];
	return Promise.resolve(
		path === undefined ? options : { ...options, url: `${path}list`, qs: { ids: userId } },
	);
}

/** The user in the answer: the data itself, or the only entry of data that is kept by ID. */
function userIn(data: IDataObject): IDataObject | undefined {
	if (data.id !== undefined) return data;
	const [first] = Object.keys(data);
	return first === undefined ? undefined : recordAt(data, first);
}

/** `GET /api/{account}/users/{username}` and `GET /api/{account}/users/list`: docs/providers.md. */
export const get: INodePropertyOptions = {
	name: 'Get',
	value: 'get',
	action: 'Get a fan',
	description:
		'Get one fan by user name or ID, with the subscription to the account and what the fan has ' +
		'spent. One credit.',
	routing: singleRequest(ofapiOnlyFans, {
		request: { method: 'GET', url: '/api/{account}/users/{user}' },
		rules: { path: { user: ['User Name or ID', 'fan', userNameOrId] } },
		preSend: [byId],
		output: async (body, subject, context) => {
			if (!isRecord(body.data) && !Array.isArray(body.data)) return undefined;
			const user = userIn(recordAt(body, 'data'));
			// An unknown ID is left out of the list of users, where an unknown name is a 404.
			if (user === undefined) {
				throw statusError(
					context.getNode(),
					ofapiOnlyFans,
					{ statusCode: 404, headers: {}, body: valueAt(body, 'error') },
					subject,
					await keyHider(context, ofapiOnlyFans),
				);
			}
			return parameterOf(context, 'simplify', true) === false
				? user
				: simplifyFan(user, subject.account);
		},
	}),
};

export const getFields: INodeProperties[] = [
	{
		displayName: 'User Name or ID',
		name: 'fan',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. lunastar',
		displayOptions: showOnlyForFanGet,
		description:
			"The fan's user name on OnlyFans, or the user ID, which is also the chat's ID. Digits " +
			'alone are read as an ID.',
	},
	simplifyField(showOnlyForFanGet),
];
