import type { INodeProperties } from 'n8n-workflow';
import { accountField, operationField } from '../../../shared/parameters/fields';
import { remove, removeFields } from './delete';
import { list, listFields } from './list';
import { listSent, listSentFields } from './listSent';
import { send, sendFields } from './send';
import { update, updateFields } from './update';

const showOnlyForMassMessages = { show: { resource: ['massMessage'] } };

export const massMessageFields: INodeProperties[] = [
	operationField(showOnlyForMassMessages, [remove, list, listSent, send, update], 'list'),
	accountField('e.g. fansly_acc_a1b2c3', showOnlyForMassMessages),
	...removeFields,
	...listFields,
	...listSentFields,
	...sendFields,
	...updateFields,
];
