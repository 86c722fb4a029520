import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { fanIdField } from '../../../platforms/fansly/fields';
import { fanListField } from '../../../shared/parameters/fields';
import { changingFans } from './fanList';

const showOnlyForFanListRemoveFan = { show: { resource: ['fanList'], operation: ['removeFan'] } };

/** `DELETE /api/fansly/{fanslyAccount}/lists/{list_id}/items`: docs/providers.md. */
export const removeFan: INodePropertyOptions = {
	name: 'Remove Fan',
	value: 'removeFan',
	action: 'Remove a fan from a list',
	description:
		"Take a fan off one of the creator's lists. One credit for the fans of up to 100 input items.",
	routing: changingFans('DELETE', 'removed'),
};

export const removeFanFields: INodeProperties[] = [
	fanListField('e.g. 500000000000000001', showOnlyForFanListRemoveFan),
	fanIdField(showOnlyForFanListRemoveFan),
];
