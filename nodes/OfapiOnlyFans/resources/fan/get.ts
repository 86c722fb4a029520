import type {
	IDataObject,
	IExecuteSingleFunctions,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { idOf, isRecord, recordsIn } from '../../../shared/model/values';
import { batchedRequest } from '../../../shared/operation/batch';
import type { Lookup } from '../../../shared/operation/batch';
import { simplifyField } from '../../../shared/parameters/fields';
import { required, user } from '../../../shared/parameters/parsers';
import type { Validation } from '../../../shared/parameters/validation';
import { ofapiOnlyFans } from '../../pair';
import { simplifyFan } from './simplify';

const showOnlyForFanGet = { show: { resource: ['fan'], operation: ['get'] } };

/** A profile has a few pages of its own. Digits in the place of the name are a post's ID. */
const PROFILE =
	/^https?:\/\/(?:www\.)?onlyfans\.com\/(?!\d+(?:[/?#]|$))([^/?#]+)(?:\/(?:media|photos|videos))?\/?(?:[?#].*)?$/i;

const userNameOrId = user('lunastar or 123456789', /^@?\w[\w.-]*$/, PROFILE);

function readUser(_context: IExecuteSingleFunctions, validation: Validation): string[] {
	const found = validation.parameter('fan', 'User Name or ID', required(userNameOrId));
	return found === undefined ? [] : [found];
}

/** The users in an answer: kept by ID, or the only one. Without any, PHP makes a list of it. */
function readUsers({ data }: IDataObject): IDataObject[] | undefined {
	if (Array.isArray(data)) return recordsIn(data);
	if (!isRecord(data)) return undefined;
	return data.id === undefined ? recordsIn(Object.values(data)) : [data];
}

/** `GET /api/{account}/users/list?ids=`: an unknown ID is left out. */
const BY_ID: Lookup = {
	most: 10,
	prepare: (request, ids) => ({ ...request, qs: { ids: ids.join(',') } }),
	read: readUsers,
	isOf: (found, userId) => idOf(found.id) === userId,
};

/** `GET /api/{account}/users/{username}`: an unknown name is a 404. */
const BY_NAME: Lookup = {
	most: 1,
	prepare: (request, names) => ({ ...request, url: request.url.replace(/list$/, names.join()) }),
	read: readUsers,
	isOf: () => true,
};

/** Only user names are documented for a path of its own, only IDs for the list: docs/providers.md. */
export const get: INodePropertyOptions = {
	name: 'Get',
	value: 'get',
	action: 'Get a fan',
	description:
		'Get one fan by user name or ID, with the subscription to the account and what the fan has ' +
		'spent. One credit for up to ten IDs, or for one user name.',
	routing: batchedRequest(ofapiOnlyFans, {
		request: { method: 'GET', url: '/api/{account}/users/list' },
		readKeys: readUser,
		lookup: ([key = '']) => (/^\d+$/.test(key) ? BY_ID : BY_NAME),
		simplify: simplifyFan,
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
			"The fan's user name on OnlyFans, the address of the fan's profile, or the user ID, which " +
			"is also the chat's ID. Digits alone are read as an ID. The IDs of many input items are requested together, ten at a time.",
	},
	simplifyField(showOnlyForFanGet),
];
