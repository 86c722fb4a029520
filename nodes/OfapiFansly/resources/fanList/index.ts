import type { INodeProperties } from 'n8n-workflow';
import { accountField, operationField } from '../../../shared/parameters/fields';
import { addFans, addFansFields } from './addFans';
import { list, listFields } from './list';
import { listFans, listFansFields } from './listFans';
import { removeFans, removeFansFields } from './removeFans';

const showOnlyForFanLists = { show: { resource: ['fanList'] } };

export const fanListFields: INodeProperties[] = [
	operationField(showOnlyForFanLists, [addFans, list, listFans, removeFans], 'list'),
	accountField('e.g. fansly_acct_a1b2c3', showOnlyForFanLists),
	...addFansFields,
	...listFields,
	...listFansFields,
	...removeFansFields,
];
