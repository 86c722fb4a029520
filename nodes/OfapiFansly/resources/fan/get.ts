import type { IExecuteSingleFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { simplifyFanslyUser } from '../../../platforms/fansly/fan';
import { recordsAt } from '../../../shared/model/values';
import { parameterOf, validationOf } from '../../../shared/operation/parameter';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { simplifyField } from '../../../shared/parameters/fields';
import { id, list, required } from '../../../shared/parameters/parsers';
import type { Parser } from '../../../shared/parameters/parsers';
import { statusError } from '../../../shared/transport/errors';
import { ofapiFansly } from '../../pair';

const showOnlyForFanGet = { show: { resource: ['fan'], operation: ['get'] } };

/** The most people that one request may ask for. */
const MAX_FANS = 100;

/** A user name, with or without the @ in front, or a user ID. */
const userNameOrId: Parser<string> = (value, field) => {
	const found = id(
		'lunastar or 300000000000000001',
		/^@?[\w-]+$/,
		'a user name or an ID',
	)(value, field);
	return typeof found === 'string' ? found.replace('@', '') : found;
};

/** Fansly's IDs have 18 digits and more. */
const isUserId = (user: string) => /^\d{15,}$/.test(user);

function readUsers(context: IExecuteSingleFunctions, validation = validationOf(context)): string[] {
	const users = validation.parameter('fan', 'User Name or ID', required(list(userNameOrId))) ?? [];
	validation.require(
		users.length <= MAX_FANS,
		`'User Name or ID' has ${users.length} fans, but only ${MAX_FANS} can be requested at a ` +
			'time',
	);
	validation.require(
		users.every(isUserId) || !users.some(isUserId),
		"'User Name or ID' has both user names and IDs: use one kind at a time",
	);
	return users;
}

/**
 * `GET /api/fansly/{fanslyAccount}/users/{usernames}`, and `…/users/?ids=` for IDs:
 * docs/providers.md.
 */
export const get: INodePropertyOptions = {
	name: 'Get',
	value: 'get',
	action: 'Get a fan',
	description: "Get a fan's profile by user name or ID. One credit for up to 100 fans at once.",
	routing: singleRequest(ofapiFansly, {
		request: { method: 'GET', url: '/api/fansly/{account}/users/' },
		rules: { afterAll: readUsers },
		output: (body, about, context) => {
			if (!Array.isArray(body.data)) return undefined;
			const profiles = recordsAt(body, 'data');
			// Who is not known is left out of the answer.
			if (profiles.length === 0) {
				throw statusError(
					context.getNode(),
					ofapiFansly,
					{ statusCode: 404, headers: {}, body: undefined },
					about,
				);
			}
			return parameterOf(context, 'simplify', true) === false
				? profiles
				: profiles.map((profile) => simplifyFanslyUser(profile, about.account));
		},
		prepare: (request, _about, context) => {
			const users = readUsers(context);
			if (users.every(isUserId)) return { ...request, qs: { ids: users.join(',') } };
			return { ...request, url: `${request.url}${users.map(encodeURIComponent).join(',')}` };
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
		placeholder: 'e.g. tombaker',
		displayOptions: showOnlyForFanGet,
		description:
			"The fan's user name on Fansly, or the user ID. Several, separated by commas, cost one " +
			'credit in all; those that Fansly does not know are left out.',
	},
	simplifyField(showOnlyForFanGet),
];
