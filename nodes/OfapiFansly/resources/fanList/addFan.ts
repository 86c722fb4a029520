import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { fanIdField } from '../../../platforms/fansly/fields';
import { fanListField } from '../../../shared/parameters/fields';
import { changingFans } from './fanList';

const showOnlyForFanListAddFan = { show: { resource: ['fanList'], operation: ['addFan'] } };

/** `POST /api/fansly/{fanslyAccount}/lists/{list_id}/items`: docs/providers.md. */
export const addFan: INodePropertyOptions = {
	name: 'Add Fan',
	value: 'addFan',
	action: 'Add a fan to a list',
	description:
		"Put a fan on one of the creator's lists. One credit for the fans of up to 100 input items.",
	routing: changingFans('POST', 'added'),
};

export const addFanFields: INodeProperties[] = [
	fanListField('e.g. 500000000000000001', showOnlyForFanListAddFan),
	fanIdField(showOnlyForFanListAddFan),
];
