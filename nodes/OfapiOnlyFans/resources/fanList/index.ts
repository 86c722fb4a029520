import type { INodeProperties } from 'n8n-workflow';
import { accountField, fanListField, operationField } from '../../../shared/parameters/fields';
import { fanIdField } from '../fan/fanId';
import { addFan } from './addFan';
import { create, createFields } from './create';
import { list, listFields } from './list';
import { listFans, listFansFields } from './listFans';
import { removeFan } from './removeFan';

const showOnlyForFanLists = { show: { resource: ['fanList'] } };
const showOnlyForOneList = {
	show: { resource: ['fanList'], operation: ['addFan', 'listFans', 'removeFan'] },
};
const showOnlyForOneFan = { show: { resource: ['fanList'], operation: ['addFan', 'removeFan'] } };

export const fanListFields: INodeProperties[] = [
	operationField(showOnlyForFanLists, [addFan, create, list, listFans, removeFan], 'list'),
	accountField('e.g. acct_a1b2c3', showOnlyForFanLists),
	fanListField('e.g. 1234567890', showOnlyForOneList),
	fanIdField(showOnlyForOneFan),
	...createFields,
	...listFields,
	...listFansFields,
];
