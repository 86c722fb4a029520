import type {
	IDataObject,
	IExecuteSingleFunctions,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { simplifyFanslyUser } from '../../../platforms/fansly/fan';
import { idOf, isRecord, recordsIn, valueAt } from '../../../shared/model/values';
import { batchedRequest } from '../../../shared/operation/batch';
import type { Lookup } from '../../../shared/operation/batch';
import { simplifyField } from '../../../shared/parameters/fields';
import { id, list, required } from '../../../shared/parameters/parsers';
import type { Validation } from '../../../shared/parameters/validation';
import { apiFansly } from '../../pair';

const showOnlyForFanGet = { show: { resource: ['fan'], operation: ['get'] } };

const fanIds = required(list(id('300000000000000001', /^\d+$/, "a fan's ID")));

/** The path has no account; it makes the item's `accountId`, as on the other pairs. */
function readFans(_context: IExecuteSingleFunctions, validation: Validation): string[] {
	validation.chosenId('account', 'Account', id('fansly_acc_a1b2c3'));
	return validation.parameter('fan', 'Fan ID', fanIds) ?? [];
}

/** The page shows no answer: the list itself, or `accounts` as in the list of accounts. */
function readProfiles(body: IDataObject): IDataObject[] | undefined {
	const response = valueAt(body, 'data', 'data', 'response') ?? body.data;
	const profiles = isRecord(response) ? response.accounts : response;
	return Array.isArray(profiles) ? recordsIn(profiles) : undefined;
}

/** The page names no most; 50 is what several programs ask of Fansly itself. */
const BY_ID: Lookup = {
	most: 50,
	prepare: (request, ids) => ({ ...request, qs: { ids: ids.join(',') } }),
	read: readProfiles,
	isOf: (profile, userId) => idOf(profile.id) === userId,
};

/** `GET /api/fansly/accounts/by-ids?ids=`: docs/providers.md. */
export const get: INodePropertyOptions = {
	name: 'Get',
	value: 'get',
	action: 'Get a fan',
	description: "Get a fan's profile by ID. One credit or more for up to 50 fans.",
	routing: batchedRequest(apiFansly, {
		request: { method: 'GET', url: '/api/fansly/accounts/by-ids' },
		readKeys: readFans,
		lookup: () => BY_ID,
		simplify: simplifyFanslyUser,
	}),
};

export const getFields: INodeProperties[] = [
	{
		displayName: 'Fan ID',
		name: 'fan',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 300000000000000001',
		displayOptions: showOnlyForFanGet,
		description:
			"The fan's ID on Fansly, such as a message's Sender ID. You can enter several, separated by " +
			'commas; those that ApiFansly does not know are left out. The fans of many input items are ' +
			'requested together, 50 at a time.',
	},
	simplifyField(showOnlyForFanGet),
];
