import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { changingFans, fanIdsField, fanListField } from './fanList';

const showOnlyForFanListRemoveFans = { show: { resource: ['fanList'], operation: ['removeFans'] } };

/** `DELETE /api/fansly/{fanslyAccount}/lists/{list_id}/items`: docs/providers.md. */
export const removeFans: INodePropertyOptions = {
	name: 'Remove Fans',
	value: 'removeFans',
	action: 'Remove fans from a fan list',
	description:
		"Take fans off one of the creator's lists. One credit per 100, also of many input items.",
	routing: changingFans('DELETE', 'removed'),
};

export const removeFansFields: INodeProperties[] = [
	fanListField(showOnlyForFanListRemoveFans),
	fanIdsField(showOnlyForFanListRemoveFans),
];
