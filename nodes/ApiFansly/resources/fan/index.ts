import type { INodeProperties } from 'n8n-workflow';
import { accountField, operationField } from '../../../shared/parameters/fields';
import { list, listFields } from './list';

const showOnlyForFans = { show: { resource: ['fan'] } };

export const fanFields: INodeProperties[] = [
	operationField(showOnlyForFans, [list], 'list'),
	accountField('e.g. fansly_acc_a1b2c3', showOnlyForFans),
	...listFields,
];
