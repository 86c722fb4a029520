import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { idOf, recordsAt, textOf } from '../../../shared/model/values';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { ofapiOnlyFans } from '../../pair';

const showOnlyForAccountList = { show: { resource: ['account'], operation: ['list'] } };

function simplifyAccount(entry: IDataObject): IDataObject {
	return {
		id: idOf(entry.id) ?? null,
		name: textOf(entry.display_name) ?? null,
		username: textOf(entry.onlyfans_username) ?? null,
		nativeId: idOf(entry.onlyfans_id) ?? null,
		isSignedIn: typeof entry.is_authenticated === 'boolean' ? entry.is_authenticated : null,
		status: textOf(entry.authentication_progress) ?? null,
	};
}

/**
 * Plain values alone, without the e-mail: session secrets stand in records such as
 * `onlyfans_user_data`.
 */
function withoutSecrets(entry: IDataObject): IDataObject {
	const isPublic = ([name, value]: [string, unknown]) =>
		typeof value !== 'object' && !name.includes('email');
	return Object.fromEntries(Object.entries(entry).filter(isPublic));
}

/** `GET /api/accounts`: docs/providers.md. It gives all accounts at once. */
export const list: INodePropertyOptions = {
	name: 'List',
	value: 'list',
	action: 'List accounts',
	description:
		'Get all accounts that are connected to the API key, and whether they are signed in. One ' +
		'credit.',
	routing: singleRequest(ofapiOnlyFans, {
		request: { method: 'GET', url: '/api/accounts' },
		output: (body, _subject, context) => {
			const shape =
				context.getNodeParameter('simplify', true) === false ? withoutSecrets : simplifyAccount;
			return recordsAt(body, 'list').map(shape);
		},
	}),
};

export const listFields: INodeProperties[] = [
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		displayOptions: showOnlyForAccountList,
		description:
			'Whether to return a simplified version of the response instead of the raw data. ' +
			'Session secrets and the e-mail address are left out of both.',
	},
];
