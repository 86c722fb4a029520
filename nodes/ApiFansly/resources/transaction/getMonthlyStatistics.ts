import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import {
	millisecondsPeriod,
	periodField,
	simplifyFanslyMonth,
} from '../../../platforms/fansly/earnings';
import { foundEntries } from '../../../platforms/fansly/entries';
import { rowsOutput } from '../../../platforms/fansly/rows';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { simplifyField } from '../../../shared/parameters/fields';
import { apiFansly, responseIn } from '../../pair';

const showOnlyForTransactionGetMonthlyStatistics = {
	show: { resource: ['transaction'], operation: ['getMonthlyStatistics'] },
};

/** `GET /api/fansly/{account_id}/earnings/monthly`: docs/providers.md. */
export const getMonthlyStatistics: INodePropertyOptions = {
	name: 'Get Monthly Statistics',
	value: 'getMonthlyStatistics',
	action: 'Get monthly earnings',
	description:
		'Get what was earned in each month, an item for each, the last 30 days first. One credit or more.',
	routing: singleRequest(apiFansly, {
		request: { method: 'GET', url: '/api/fansly/{account}/earnings/monthly' },
		rules: { query: {}, extraQuery: millisecondsPeriod },
		output: rowsOutput(
			(body) => foundEntries(responseIn(body), ['months', 'data']),
			(row, { account }) => simplifyFanslyMonth(row, account),
		),
	}),
};

export const getMonthlyStatisticsFields: INodeProperties[] = [
	simplifyField(showOnlyForTransactionGetMonthlyStatistics),
	periodField(
		showOnlyForTransactionGetMonthlyStatistics,
		'Without this field, the provider chooses.',
	),
];
