import type { IExecuteSingleFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { act } from '../../../shared/act';
import { Checklist, check, id, list, required } from '../../../shared/check';
import type { Reader } from '../../../shared/check';
import { statusError } from '../../../shared/errors';
import { simplifyFanslyUser } from '../../../shared/fansly';
import { simplifyField } from '../../../shared/fields';
import { recordsAt } from '../../../shared/values';
import { ofapiFansly } from '../../pair';

const showOnlyForFanGet = { show: { resource: ['fan'], operation: ['get'] } };

/** The most people that one request may ask for. */
const MOST_FANS = 100;

/** A user name, with or without the @ in front, or a user ID. */
const userNameOrId: Reader<string> = (value, field) => {
	const found = id('lunastar or 300000000000000001', /^@?[\w-]+$/)(value, field);
	return typeof found === 'string' ? found.replace('@', '') : found;
};

/** Fansly's IDs have 18 digits and more. */
const isUserId = (user: string) => /^\d{15,}$/.test(user);

function readUsers(context: IExecuteSingleFunctions, checklist = new Checklist(context)): string[] {
	const users = checklist.parameter('fan', 'User Name or ID', required(list(userNameOrId))) ?? [];
	checklist.require(users.length <= MOST_FANS, `'User Name or ID' holds ${users.length} fans, and up to ${MOST_FANS} can be asked for at a time`);
	checklist.require(users.every(isUserId) || !users.some(isUserId), "'User Name or ID' holds user names and IDs: ask for one kind at a time");
	return users;
}

/** `GET /api/fansly/{fanslyAccount}/users/{usernames}`, and `…/users/?ids=` for IDs: docs/providers.md. */
export const get: INodePropertyOptions = {
	name: 'Get',
	value: 'get',
	action: 'Get fan',
	description: "Get a fan's profile by user name or ID. One credit, also for up to 100 fans at once.",
	routing: {
		request: { method: 'GET', url: '/api/fansly/{account}/users/' },
		send: { preSend: [check({ also: readUsers })], paginate: true },
		operations: {
			pagination: act(
				ofapiFansly,
				(body, about, context) => {
					if (!Array.isArray(body.data)) return undefined;
					const profiles = recordsAt(body, 'data');
					// Who is not known is left out of the answer.
					if (profiles.length === 0) throw statusError(context.getNode(), ofapiFansly, { statusCode: 404, headers: {}, body: undefined }, about);
					return context.getNodeParameter('simplify', true) === false ? profiles : profiles.map(simplifyFanslyUser);
				},
				(request, _about, context) => {
					const users = readUsers(context);
					if (users.every(isUserId)) return { ...request, qs: { ids: users.join(',') } };
					return { ...request, url: `${request.url}${users.map(encodeURIComponent).join(',')}` };
				},
			),
		},
	},
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
		description: "The fan's user name on Fansly, or the user ID. Several, separated by commas, cost one credit together; those that Fansly does not know are left out.",
	},
	simplifyField(showOnlyForFanGet),
];
