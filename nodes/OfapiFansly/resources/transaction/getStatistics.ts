import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import {
	isoPeriod,
	periodField,
	simplifyFanslyStatistic,
} from '../../../platforms/fansly/earnings';
import { foundEntries } from '../../../platforms/fansly/entries';
import { rowsOutput } from '../../../platforms/fansly/rows';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { simplifyField } from '../../../shared/parameters/fields';
import { ofapiFansly } from '../../pair';

const showOnlyForTransactionGetStatistics = {
	show: { resource: ['transaction'], operation: ['getStatistics'] },
};

/** `GET /api/fansly/{fanslyAccount}/earnings/stats`: docs/providers.md. */
export const getStatistics: INodePropertyOptions = {
	name: 'Get Statistics',
	value: 'getStatistics',
	action: 'Get earnings by kind of payment',
	description:
		'Get what was earned with each kind of payment, an item for each and each time. One credit.',
	routing: singleRequest(ofapiFansly, {
		request: { method: 'GET', url: '/api/fansly/{account}/earnings/stats' },
		rules: { query: {}, extraQuery: isoPeriod },
		output: rowsOutput(
			(body) => foundEntries(body.data, ['stats', 'data']),
			(row, { account }) => simplifyFanslyStatistic(row, account),
		),
	}),
};

export const getStatisticsFields: INodeProperties[] = [
	simplifyField(showOnlyForTransactionGetStatistics),
	periodField(showOnlyForTransactionGetStatistics, 'Without this field, the last 30 days.'),
];
