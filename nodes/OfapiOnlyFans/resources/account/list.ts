import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { act } from '../../../shared/act';
import { check } from '../../../shared/check';
import { recordsAt, idOf, textOf } from '../../../shared/values';
import { ofapiOnlyFans } from '../../pair';

const showOnlyForAccountList = { show: { resource: ['account'], operation: ['list'] } };

function simplifyAccount(row: IDataObject): IDataObject {
	return {
		id: idOf(row.id) ?? null,
		name: textOf(row.display_name) ?? null,
		username: textOf(row.onlyfans_username) ?? null,
		nativeId: idOf(row.onlyfans_id) ?? null,
		isSignedIn: typeof row.is_authenticated === 'boolean' ? row.is_authenticated : null,
		status: textOf(row.authentication_progress) ?? null,
	};
}

/** Plain values alone, without the e-mail: session secrets stand in records such as `onlyfans_user_data`. */
function withoutSecrets(row: IDataObject): IDataObject {
	const isPublic = ([name, value]: [string, unknown]) => typeof value !== 'object' && !name.includes('email');
	return Object.fromEntries(Object.entries(row).filter(isPublic));
}

/** `GET /api/accounts`: docs/providers.md. It gives all accounts at once. */
export const list: INodePropertyOptions = {
	name: 'List',
	value: 'list',
	action: 'List accounts',
	description: 'Get all accounts that are connected to the API key, and whether they are signed in. One credit.',
	routing: {
		request: { method: 'GET', url: '/api/accounts' },
		send: { preSend: [check({})], paginate: true },
		operations: {
			pagination: act(ofapiOnlyFans, (body, _subject, context) => {
				const shape = context.getNodeParameter('simplify', true) === false ? withoutSecrets : simplifyAccount;
				return recordsAt(body, 'list').map(shape);
			}),
		},
	},
};

export const listFields: INodeProperties[] = [
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		displayOptions: showOnlyForAccountList,
		description: 'Whether to return a simplified version of the response instead of the raw data. Session secrets and the e-mail address are left out of both.',
	},
];
