import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { simplifyAccountField, withoutSecrets } from '../../../shared/accounts';
import type { CommonAccount } from '../../../shared/accounts';
import { act } from '../../../shared/act';
import { check } from '../../../shared/check';
import { idOf, recordsAt, textOf } from '../../../shared/values';
import { apiFansly, unwrap } from '../../pair';

const showOnlyForAccountList = { show: { resource: ['account'], operation: ['list'] } };

function simplify(row: IDataObject): CommonAccount {
	return { id: idOf(row.accountId) ?? null, name: textOf(row.name) ?? null, username: null, nativeId: null, isSignedIn: null, status: null };
}

/** `GET /api/fansly/accounts`: docs/providers.md. It gives all accounts at once. */
export const list: INodePropertyOptions = {
	name: 'List',
	value: 'list',
	action: 'List accounts',
	description: 'Get all Fansly accounts that are connected to the API key. One credit.',
	routing: {
		request: { method: 'GET', url: '/api/fansly/accounts' },
		send: { preSend: [check({})], paginate: true },
		operations: {
			pagination: act(apiFansly, (body, _about, context) => {
				const payload = unwrap(body);
				if (!Array.isArray(payload.accounts)) return undefined;
				const shape = context.getNodeParameter('simplify', true) === false ? withoutSecrets : simplify;
				return recordsAt(payload, 'accounts').map(shape);
			}),
		},
	},
};

export const listFields: INodeProperties[] = [simplifyAccountField(showOnlyForAccountList)];
