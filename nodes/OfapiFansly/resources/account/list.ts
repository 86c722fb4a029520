import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { simplifyAccountField, withoutSecrets } from '../../../shared/accounts';
import type { CommonAccount } from '../../../shared/accounts';
import { act } from '../../../shared/act';
import { check } from '../../../shared/check';
import { idOf, recordsAt, textOf } from '../../../shared/values';
import { ofapiFansly } from '../../pair';

const showOnlyForAccountList = { show: { resource: ['account'], operation: ['list'] } };

function simplify(row: ReturnType<typeof withoutSecrets>): CommonAccount {
	return {
		id: idOf(row.id) ?? null,
		name: textOf(row.display_name) ?? null,
		username: textOf(row.fansly_username) ?? null,
		nativeId: idOf(row.fansly_id) ?? null,
		isSignedIn: typeof row.is_authenticated === 'boolean' ? row.is_authenticated : null,
		status: textOf(row.authentication_progress) ?? null,
	};
}

/** `GET /api/fansly/accounts`: docs/providers.md. It gives all accounts at once. */
export const list: INodePropertyOptions = {
	name: 'List',
	value: 'list',
	action: 'List accounts',
	description: 'Get all Fansly accounts that are connected to the API key, and whether they are signed in. One credit.',
	routing: {
		request: { method: 'GET', url: '/api/fansly/accounts' },
		send: { preSend: [check({})], paginate: true },
		operations: {
			pagination: act(ofapiFansly, (body, _about, context) => {
				if (!Array.isArray(body.list)) return undefined;
				const shape = context.getNodeParameter('simplify', true) === false ? withoutSecrets : simplify;
				return recordsAt(body, 'list').map(shape);
			}),
		},
	},
};

export const listFields: INodeProperties[] = [simplifyAccountField(showOnlyForAccountList)];
