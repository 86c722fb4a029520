import type { INodeProperties } from 'n8n-workflow';
import { list, listFields } from './list';

const showOnlyForAccounts = { show: { resource: ['account'] } };

export const accountFields: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: showOnlyForAccounts,
		options: [list],
		default: 'list',
	},
	...listFields,
];
