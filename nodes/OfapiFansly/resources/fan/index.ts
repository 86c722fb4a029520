import type { INodeProperties } from 'n8n-workflow';
import { accountField, operationField } from '../../../shared/parameters/fields';
import { get, getFields } from './get';
import { getMonthlyTotals, getMonthlyTotalsFields } from './getMonthlyTotals';
import { getTotals, getTotalsFields } from './getTotals';
import { list, listFields } from './list';
import { listTopSupporters, listTopSupportersFields } from './listTopSupporters';
import { setCustomName, setCustomNameFields } from './setCustomName';

const showOnlyForFans = { show: { resource: ['fan'] } };

export const fanFields: INodeProperties[] = [
	operationField(
		showOnlyForFans,
		[get, getMonthlyTotals, getTotals, list, listTopSupporters, setCustomName],
		'list',
	),
	accountField('e.g. fansly_acct_a1b2c3', showOnlyForFans),
	...getFields,
	...getMonthlyTotalsFields,
	...getTotalsFields,
	...listFields,
	...listTopSupportersFields,
	...setCustomNameFields,
];
