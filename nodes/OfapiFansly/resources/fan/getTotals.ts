import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { isoPeriod, periodField, totalsOutput } from '../../../platforms/fansly/earnings';
import { fanIdField, fanInPath } from '../../../platforms/fansly/fields';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { simplifyField } from '../../../shared/parameters/fields';
import { ofapiFansly } from '../../pair';

const showOnlyForFanGetTotals = { show: { resource: ['fan'], operation: ['getTotals'] } };

/** `GET /api/fansly/{fanslyAccount}/top-supporters/{account_id}`: docs/providers.md. */
export const getTotals: INodePropertyOptions = {
	name: 'Get Totals',
	value: 'getTotals',
	action: 'Get the totals of a fan',
	description: 'Get what a fan has paid, in all and for each kind of payment. One credit.',
	routing: singleRequest(ofapiFansly, {
		request: { method: 'GET', url: '/api/fansly/{account}/top-supporters/{fan}' },
		rules: { path: fanInPath, query: {}, extraQuery: isoPeriod },
		output: totalsOutput((body) => body.data),
	}),
};

export const getTotalsFields: INodeProperties[] = [
	fanIdField(showOnlyForFanGetTotals),
	simplifyField(showOnlyForFanGetTotals),
	periodField(showOnlyForFanGetTotals, 'Without this field, the provider chooses.'),
];
