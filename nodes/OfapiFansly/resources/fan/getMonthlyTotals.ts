import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { isoPeriod, monthsOfFan, periodField } from '../../../platforms/fansly/earnings';
import { fanIdField, fanInPath } from '../../../platforms/fansly/fields';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { simplifyField } from '../../../shared/parameters/fields';
import { ofapiFansly } from '../../pair';

const showOnlyForFanGetMonthlyTotals = {
	show: { resource: ['fan'], operation: ['getMonthlyTotals'] },
};

/** `GET /api/fansly/{fanslyAccount}/top-supporters/{account_id}/monthly`: docs/providers.md. */
export const getMonthlyTotals: INodePropertyOptions = {
	name: 'Get Monthly Totals',
	value: 'getMonthlyTotals',
	action: 'Get the monthly totals of a fan',
	description: 'Get what a fan has paid in each month, an item for each. One credit.',
	routing: singleRequest(ofapiFansly, {
		request: { method: 'GET', url: '/api/fansly/{account}/top-supporters/{fan}/monthly' },
		rules: { path: fanInPath, query: {}, extraQuery: isoPeriod },
		output: monthsOfFan((body) => body.data),
	}),
};

export const getMonthlyTotalsFields: INodeProperties[] = [
	fanIdField(showOnlyForFanGetMonthlyTotals),
	simplifyField(showOnlyForFanGetMonthlyTotals),
	periodField(showOnlyForFanGetMonthlyTotals, 'Without this field, the provider chooses.'),
];
