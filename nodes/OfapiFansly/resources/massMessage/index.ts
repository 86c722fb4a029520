import type { INodeProperties } from 'n8n-workflow';
import { accountField, operationField } from '../../../shared/parameters/fields';
import { remove, removeFields } from './delete';
import { list, listFields } from './list';
import { update, updateFields } from './update';

const showOnlyForMassMessages = { show: { resource: ['massMessage'] } };

export const massMessageFields: INodeProperties[] = [
	operationField(showOnlyForMassMessages, [remove, list, update], 'list'),
	accountField('e.g. fansly_acct_a1b2c3', showOnlyForMassMessages),
	...removeFields,
	...listFields,
	...updateFields,
];
