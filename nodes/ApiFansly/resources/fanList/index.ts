import type { INodeProperties } from 'n8n-workflow';
import { accountField, operationField } from '../../../shared/parameters/fields';
import { addFan, addFanFields } from './addFan';
import { removeFan, removeFanFields } from './removeFan';

const showOnlyForFanLists = { show: { resource: ['fanList'] } };

export const fanListFields: INodeProperties[] = [
	operationField(showOnlyForFanLists, [addFan, removeFan], 'addFan'),
	accountField('e.g. fansly_acc_a1b2c3', showOnlyForFanLists),
	...addFanFields,
	...removeFanFields,
];
