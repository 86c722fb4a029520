import type { INodeProperties } from 'n8n-workflow';
import { operationField } from '../../../shared/parameters/fields';
import { list, listFields } from './list';

const showOnlyForAccounts = { show: { resource: ['account'] } };

export const accountFields: INodeProperties[] = [
	operationField(showOnlyForAccounts, [list], 'list'),
	...listFields,
];
