import type { INodeProperties } from 'n8n-workflow';
import { accountField, operationField } from '../../../shared/parameters/fields';
import { addFan, addFanFields } from './addFan';
import { list, listFields } from './list';
import { listFans, listFansFields } from './listFans';
import { removeFan, removeFanFields } from './removeFan';

const showOnlyForFanLists = { show: { resource: ['fanList'] } };

export const fanListFields: INodeProperties[] = [
	operationField(showOnlyForFanLists, [addFan, list, listFans, removeFan], 'list'),
	accountField('e.g. fansly_acct_a1b2c3', showOnlyForFanLists),
	...addFanFields,
	...listFields,
	...listFansFields,
	...removeFanFields,
];
