import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { withoutSecrets } from '../../../shared/model/account';
import type { CommonAccount } from '../../../shared/model/account';
import { idOf, recordsAt, textOf } from '../../../shared/model/values';
import { parameterOf } from '../../../shared/operation/parameter';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { simplifyAccountField } from '../../../shared/parameters/fields';
import { ofapiFansly } from '../../pair';

const showOnlyForAccountList = { show: { resource: ['account'], operation: ['list'] } };

function simplify(entry: ReturnType<typeof withoutSecrets>): CommonAccount {
	return {
		id: idOf(entry.id) ?? null,
		name: textOf(entry.display_name) ?? null,
		username: textOf(entry.fansly_username) ?? null,
		nativeId: idOf(entry.fansly_id) ?? null,
		isSignedIn: typeof entry.is_authenticated === 'boolean' ? entry.is_authenticated : null,
		status: textOf(entry.authentication_progress) ?? null,
	};
}

/** `GET /api/fansly/accounts`: docs/providers.md. It gives all accounts at once. */
export const list: INodePropertyOptions = {
	name: 'List',
	value: 'list',
	action: 'List accounts',
	description:
		'Get the Fansly accounts that are connected to the API key, with their IDs and whether each ' +
		'is signed in. One credit.',
	routing: singleRequest(ofapiFansly, {
		request: { method: 'GET', url: '/api/fansly/accounts' },
		output: (body, _about, context) => {
			if (!Array.isArray(body.list)) return undefined;
			const shape = parameterOf(context, 'simplify', true) === false ? withoutSecrets : simplify;
			return recordsAt(body, 'list').map(shape);
		},
	}),
};

export const listFields: INodeProperties[] = [simplifyAccountField(showOnlyForAccountList)];
