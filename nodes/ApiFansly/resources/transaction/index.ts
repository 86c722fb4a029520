import type { INodeProperties } from 'n8n-workflow';
import { accountField, operationField } from '../../../shared/parameters/fields';
import { getMonthlyStatistics, getMonthlyStatisticsFields } from './getMonthlyStatistics';
import { getStatistics, getStatisticsFields } from './getStatistics';
import { list, listFields } from './list';

const showOnlyForTransactions = { show: { resource: ['transaction'] } };

export const transactionFields: INodeProperties[] = [
	operationField(showOnlyForTransactions, [getMonthlyStatistics, getStatistics, list], 'list'),
	accountField('e.g. fansly_acc_a1b2c3', showOnlyForTransactions),
	...getMonthlyStatisticsFields,
	...getStatisticsFields,
	...listFields,
];
