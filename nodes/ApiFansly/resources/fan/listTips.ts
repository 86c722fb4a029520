import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { simplifyFanslyTip } from '../../../platforms/fansly/earnings';
import { foundEntries } from '../../../platforms/fansly/entries';
import { fanIdField, fanInPath } from '../../../platforms/fansly/fields';
import { rowsOutput } from '../../../platforms/fansly/rows';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { simplifyField } from '../../../shared/parameters/fields';
import { apiFansly, responseIn } from '../../pair';

const showOnlyForFanListTips = { show: { resource: ['fan'], operation: ['listTips'] } };

/** `GET /api/fansly/{account_id}/chats/{fan_id}/tips`: docs/providers.md. */
export const listTips: INodePropertyOptions = {
	name: 'List Tips',
	value: 'listTips',
	action: 'List the tips of a fan',
	description: 'Get the tips that a fan has sent, an item for each. One credit or more.',
	routing: singleRequest(apiFansly, {
		request: { method: 'GET', url: '/api/fansly/{account}/chats/{fan}/tips' },
		rules: { path: fanInPath },
		output: rowsOutput(
			(body) => foundEntries(responseIn(body), ['tips', 'data']),
			(row, { fan }) => simplifyFanslyTip(row, fan ?? null),
		),
	}),
};

export const listTipsFields: INodeProperties[] = [
	fanIdField(showOnlyForFanListTips),
	simplifyField(showOnlyForFanListTips),
];
