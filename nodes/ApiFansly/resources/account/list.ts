import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { withoutSecrets } from '../../../shared/model/account';
import type { CommonAccount } from '../../../shared/model/account';
import { idOf, recordsAt, textOf } from '../../../shared/model/values';
import { parameterOf } from '../../../shared/operation/parameter';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { simplifyAccountField } from '../../../shared/parameters/fields';
import { apiFansly, unwrap } from '../../pair';

const showOnlyForAccountList = { show: { resource: ['account'], operation: ['list'] } };

function simplify(entry: IDataObject): CommonAccount {
	return {
		id: idOf(entry.accountId) ?? null,
		name: textOf(entry.name) ?? null,
		username: null,
		nativeId: null,
		isSignedIn: null,
		status: null,
	};
}

/** `GET /api/fansly/accounts`: docs/providers.md. It gives all accounts at once. */
export const list: INodePropertyOptions = {
	name: 'List',
	value: 'list',
	action: 'List accounts',
	description:
		'Get the Fansly accounts that are connected to the API key, with their IDs. One credit.',
	routing: singleRequest(apiFansly, {
		request: { method: 'GET', url: '/api/fansly/accounts' },
		output: (body, _about, context) => {
			const payload = unwrap(body);
			if (!Array.isArray(payload.accounts)) return undefined;
			const shape = parameterOf(context, 'simplify', true) === false ? withoutSecrets : simplify;
			return recordsAt(payload, 'accounts').map(shape);
		},
	}),
};

export const listFields: INodeProperties[] = [simplifyAccountField(showOnlyForAccountList)];
