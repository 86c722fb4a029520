import type { INodeProperties } from 'n8n-workflow';
import { accountField } from '../../../shared/fields';
import { get, getFields } from './get';
import { list, listFields } from './list';

const showOnlyForFans = { show: { resource: ['fan'] } };

export const fanFields: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: showOnlyForFans,
		options: [get, list],
		default: 'list',
	},
	accountField('e.g. fansly_acct_a1b2c3', showOnlyForFans),
	...getFields,
	...listFields,
];
