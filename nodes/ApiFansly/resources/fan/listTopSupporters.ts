import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import {
	millisecondsPeriod,
	periodField,
	simplifyFanslySupporter,
	supporterEntries,
} from '../../../platforms/fansly/earnings';
import { rowsOutput } from '../../../platforms/fansly/rows';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { simplifyField } from '../../../shared/parameters/fields';
import { apiFansly, responseIn } from '../../pair';

const showOnlyForFanListTopSupporters = {
	show: { resource: ['fan'], operation: ['listTop'] },
};

/** `GET /api/fansly/{account_id}/top-supporters`: docs/providers.md. */
export const listTopSupporters: INodePropertyOptions = {
	name: 'List Top Supporters',
	value: 'listTop',
	action: 'List top supporters',
	description: 'Get the fans who paid most, with what each paid. One credit or more.',
	routing: singleRequest(apiFansly, {
		request: { method: 'GET', url: '/api/fansly/{account}/top-supporters' },
		rules: { query: {}, extraQuery: millisecondsPeriod },
		output: rowsOutput(
			(body) => supporterEntries(responseIn(body)),
			(row, { account }) => simplifyFanslySupporter(row, account),
		),
	}),
};

export const listTopSupportersFields: INodeProperties[] = [
	simplifyField(showOnlyForFanListTopSupporters),
	periodField(showOnlyForFanListTopSupporters, 'Without this field, the provider chooses.'),
];
