import type { INodeProperties } from 'n8n-workflow';
import { accountField, operationField } from '../../../shared/parameters/fields';
import { addToVips, addToVipsFields } from './addToVips';
import { get, getFields } from './get';
import { getMonthlyTotals, getMonthlyTotalsFields } from './getMonthlyTotals';
import { getTotals, getTotalsFields } from './getTotals';
import { list, listFields } from './list';
import { listTips, listTipsFields } from './listTips';
import { listTopSupporters, listTopSupportersFields } from './listTopSupporters';

const showOnlyForFans = { show: { resource: ['fan'] } };

export const fanFields: INodeProperties[] = [
	operationField(
		showOnlyForFans,
		[addToVips, get, getMonthlyTotals, getTotals, list, listTips, listTopSupporters],
		'list',
	),
	accountField('e.g. fansly_acc_a1b2c3', showOnlyForFans),
	...addToVipsFields,
	...getFields,
	...getMonthlyTotalsFields,
	...getTotalsFields,
	...listFields,
	...listTipsFields,
	...listTopSupportersFields,
];
