import type { INodeProperties } from 'n8n-workflow';
import { accountField, operationField } from '../../../shared/parameters/fields';
import { remove, removeFields } from './delete';
import { list, listFields } from './list';
import { send, sendFields } from './send';

const showOnlyForMassMessages = { show: { resource: ['massMessage'] } };

export const massMessageFields: INodeProperties[] = [
	operationField(showOnlyForMassMessages, [remove, list, send], 'list'),
	accountField('e.g. acct_a1b2c3', showOnlyForMassMessages),
	...removeFields,
	...listFields,
	...sendFields,
];
