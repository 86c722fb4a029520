import type { INodeProperties } from 'n8n-workflow';
import { list, listFields } from './list';

export const accountFields: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['account'] } },
		options: [list],
		default: 'list',
	},
	...listFields,
];
