import type { INodeProperties } from 'n8n-workflow';
import { accountField, operationField } from '../../../shared/parameters/fields';
import { list, listFields } from './list';

const showOnlyForTransactions = { show: { resource: ['transaction'] } };

export const transactionFields: INodeProperties[] = [
	operationField(showOnlyForTransactions, [list], 'list'),
	accountField('e.g. acct_a1b2c3', showOnlyForTransactions),
	...listFields,
];
