import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { foundEntries } from '../../../platforms/fansly/entries';
import { simplifyFanslyListed } from '../../../platforms/fansly/fan';
import { rowsOutput } from '../../../platforms/fansly/rows';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { fanListField, simplifyField } from '../../../shared/parameters/fields';
import { ofapiFansly } from '../../pair';
import { listInPath } from './fanList';

const showOnlyForFanListListFans = { show: { resource: ['fanList'], operation: ['listFans'] } };

/** `GET /api/fansly/{fanslyAccount}/lists/{list_id}/items`: docs/providers.md. */
export const listFans: INodePropertyOptions = {
	name: 'List Fans',
	value: 'listFans',
	action: 'List the fans of a fan list',
	description:
		"Get all fans who are on one of the creator's lists, by their IDs. For names, use Fan › Get. " +
		'One credit.',
	routing: singleRequest(ofapiFansly, {
		request: { method: 'GET', url: '/api/fansly/{account}/lists/{list}/items' },
		rules: { path: listInPath },
		output: rowsOutput(
			(body) => foundEntries(body.data, ['items', 'data'], { accounts: 'id' }),
			(row, { account }) => simplifyFanslyListed(row, account),
		),
	}),
};

export const listFansFields: INodeProperties[] = [
	fanListField('e.g. 500000000000000001', showOnlyForFanListListFans),
	simplifyField(showOnlyForFanListListFans),
];
