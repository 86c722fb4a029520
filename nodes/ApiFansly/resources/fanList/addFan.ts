import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { fanIdField } from '../../../platforms/fansly/fields';
import { changingFan, fanListField } from './fanList';

const showOnlyForFanListAddFan = { show: { resource: ['fanList'], operation: ['addFan'] } };

/** `POST /api/fansly/{account_id}/lists/users`, one fan at a time: docs/providers.md. */
export const addFan: INodePropertyOptions = {
	name: 'Add Fan',
	value: 'addFan',
	action: 'Add a fan to a list',
	description: "Put a fan on one of the creator's lists. One credit.",
	routing: changingFan('POST', 'added'),
};

export const addFanFields: INodeProperties[] = [
	fanListField(showOnlyForFanListAddFan),
	fanIdField(showOnlyForFanListAddFan),
];
