import type {
	IDataObject,
	IExecuteSingleFunctions,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { simplifyFanslyUser } from '../../../platforms/fansly/fan';
import { idOf, recordsIn, textOf } from '../../../shared/model/values';
import { batchedRequest } from '../../../shared/operation/batch';
import type { Lookup } from '../../../shared/operation/batch';
import { simplifyField } from '../../../shared/parameters/fields';
import { list, required, user } from '../../../shared/parameters/parsers';
import type { Validation } from '../../../shared/parameters/validation';
import { ofapiFansly } from '../../pair';

const showOnlyForFanGet = { show: { resource: ['fan'], operation: ['get'] } };

/** The most people that one request may ask for. */
const MAX_FANS = 100;

/** A profile's posts have a page of their own. */
const PROFILE = /^https?:\/\/(?:www\.)?fansly\.com\/([^/?#]+)(?:\/posts)?\/?(?:[?#].*)?$/i;

const userNameOrId = user('lunastar or 300000000000000001', /^@?[\w-]+$/, PROFILE);

/** Fansly's IDs have 18 digits and more. */
const isUserId = (key: string) => /^\d{15,}$/.test(key);

function readUsers(_context: IExecuteSingleFunctions, validation: Validation): string[] {
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

/** Who is not known is left out. */
const readProfiles = ({ data }: IDataObject) => (Array.isArray(data) ? recordsIn(data) : undefined);

/** `GET /api/fansly/{fanslyAccount}/users/?ids=` */
const BY_ID: Lookup = {
	most: MAX_FANS,
	prepare: (request, ids) => ({ ...request, qs: { ids: ids.join(',') } }),
	read: readProfiles,
	isOf: (profile, userId) => idOf(profile.id) === userId,
};

/** `GET /api/fansly/{fanslyAccount}/users/{usernames}` */
const BY_NAME: Lookup = {
	most: MAX_FANS,
	prepare: (request, names) => ({
		...request,
		url: `${request.url}${names.map(encodeURIComponent).join(',')}`,
	}),
	read: readProfiles,
	isOf: (profile, name) => textOf(profile.username)?.toLowerCase() === name.toLowerCase(),
};

/** Both ways are one endpoint: docs/providers.md. */
export const get: INodePropertyOptions = {
	name: 'Get',
	value: 'get',
	action: 'Get a fan',
	description:
		"Get a fan's profile by user name or ID. One credit for up to 100 user names, or up to 100 IDs.",
	routing: batchedRequest(ofapiFansly, {
		request: { method: 'GET', url: '/api/fansly/{account}/users/' },
		readKeys: readUsers,
		lookup: (users) => (users.every(isUserId) ? BY_ID : BY_NAME),
		simplify: simplifyFanslyUser,
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
			"The fan's user name on Fansly, the address of the fan's profile, or the user ID. You can " +
			'enter several, separated by commas; those that Fansly does not know are left out. The fans of many input items are requested ' +
			'together, 100 at a time.',
	},
	simplifyField(showOnlyForFanGet),
];
