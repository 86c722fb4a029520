import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { changingFans, fanIdsField, fanListField } from './fanList';

const showOnlyForFanListAddFans = { show: { resource: ['fanList'], operation: ['addFans'] } };

/** `POST /api/fansly/{fanslyAccount}/lists/{list_id}/items`: docs/providers.md. */
export const addFans: INodePropertyOptions = {
	name: 'Add Fans',
	value: 'addFans',
	action: 'Add fans to a fan list',
	description:
		"Put fans on one of the creator's lists. One credit per 100, also of many input items.",
	routing: changingFans('POST', 'added'),
};

export const addFansFields: INodeProperties[] = [
	fanListField(showOnlyForFanListAddFans),
	fanIdsField(showOnlyForFanListAddFans),
];
