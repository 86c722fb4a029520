import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { isoPeriod, periodField, simplifyFanslyMonth } from '../../../platforms/fansly/earnings';
import { foundEntries } from '../../../platforms/fansly/entries';
import { rowsOutput } from '../../../platforms/fansly/rows';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { simplifyField } from '../../../shared/parameters/fields';
import { ofapiFansly } from '../../pair';

const showOnlyForTransactionGetMonthlyStatistics = {
	show: { resource: ['transaction'], operation: ['getMonthlyStatistics'] },
};

/** `GET /api/fansly/{fanslyAccount}/earnings/monthly`: docs/providers.md. */
export const getMonthlyStatistics: INodePropertyOptions = {
	name: 'Get Monthly Statistics',
	value: 'getMonthlyStatistics',
	action: 'Get monthly earnings',
	description:
		'Get what was earned in each month, an item for each, the last 30 days first. One credit.',
	routing: singleRequest(ofapiFansly, {
		request: { method: 'GET', url: '/api/fansly/{account}/earnings/monthly' },
		rules: { query: {}, extraQuery: isoPeriod },
		output: rowsOutput(
			(body) => foundEntries(body.data, ['months', 'data']),
			(row, { account }) => simplifyFanslyMonth(row, account),
		),
	}),
};

export const getMonthlyStatisticsFields: INodeProperties[] = [
	simplifyField(showOnlyForTransactionGetMonthlyStatistics),
	periodField(
		showOnlyForTransactionGetMonthlyStatistics,
		'Without this field, from the start of this year.',
	),
];
