import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { monthsOfFan } from '../../../platforms/fansly/earnings';
import { fanIdField, fanInPath } from '../../../platforms/fansly/fields';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { simplifyField } from '../../../shared/parameters/fields';
import { apiFansly, responseIn } from '../../pair';

const showOnlyForFanGetMonthlyTotals = {
	show: { resource: ['fan'], operation: ['getMonthlyTotals'] },
};

/** `GET /api/fansly/{account_id}/earnings/fans/{fan_id}`: docs/providers.md. */
export const getMonthlyTotals: INodePropertyOptions = {
	name: 'Get Monthly Totals',
	value: 'getMonthlyTotals',
	action: 'Get the monthly totals of a fan',
	description: 'Get what a fan has paid over time, an item for each month. One credit.',
	routing: singleRequest(apiFansly, {
		request: { method: 'GET', url: '/api/fansly/{account}/earnings/fans/{fan}' },
		rules: { path: fanInPath },
		output: monthsOfFan(responseIn),
	}),
};

export const getMonthlyTotalsFields: INodeProperties[] = [
	fanIdField(showOnlyForFanGetMonthlyTotals),
	simplifyField(showOnlyForFanGetMonthlyTotals),
];
