import type { INodeProperties } from 'n8n-workflow';
import { accountField } from '../../../shared/fields';
import { list, listFields } from './list';

const showOnlyForFans = { show: { resource: ['fan'] } };

export const fanFields: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: showOnlyForFans,
		options: [list],
		default: 'list',
	},
	accountField('e.g. fansly_acc_a1b2c3', showOnlyForFans),
	...listFields,
];
