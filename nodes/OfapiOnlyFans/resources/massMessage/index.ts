import type { INodeProperties } from 'n8n-workflow';
import { accountField, operationField } from '../../../shared/parameters/fields';
import { remove } from './delete';
import { get, getFields } from './get';
import { getStatistics, getStatisticsFields } from './getStatistics';
import { list, listFields } from './list';
import { listBuyers, listBuyersFields } from './listBuyers';
import { massMessageIdField } from './messageField';
import { send, sendFields } from './send';
import { update, updateFields } from './update';

const showOnlyForMassMessages = { show: { resource: ['massMessage'] } };
const showOnlyForOne = {
	show: { resource: ['massMessage'], operation: ['delete', 'get', 'listBuyers', 'update'] },
};

export const massMessageFields: INodeProperties[] = [
	operationField(
		showOnlyForMassMessages,
		[remove, get, getStatistics, list, listBuyers, send, update],
		'list',
	),
	accountField('e.g. acct_a1b2c3', showOnlyForMassMessages),
	massMessageIdField(showOnlyForOne),
	...getFields,
	...getStatisticsFields,
	...listFields,
	...listBuyersFields,
	...sendFields,
	...updateFields,
];
