import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { totalsOutput } from '../../../platforms/fansly/earnings';
import { fanIdField, fanInPath } from '../../../platforms/fansly/fields';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { simplifyField } from '../../../shared/parameters/fields';
import { apiFansly, responseIn } from '../../pair';

const showOnlyForFanGetTotals = { show: { resource: ['fan'], operation: ['getTotals'] } };

/** `GET /api/fansly/{account_id}/earnings/fans/{fan_id}/stats`: docs/providers.md. */
export const getTotals: INodePropertyOptions = {
	name: 'Get Totals',
	value: 'getTotals',
	action: 'Get the totals of a fan',
	description: 'Get what a fan has paid, in all and for each kind of payment. One credit.',
	routing: singleRequest(apiFansly, {
		request: { method: 'GET', url: '/api/fansly/{account}/earnings/fans/{fan}/stats' },
		rules: { path: fanInPath },
		output: totalsOutput(responseIn),
	}),
};

export const getTotalsFields: INodeProperties[] = [
	fanIdField(showOnlyForFanGetTotals),
	simplifyField(showOnlyForFanGetTotals),
];
