import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { fanIdField } from '../../../platforms/fansly/fields';
import { changingFan, fanListField } from './fanList';

const showOnlyForFanListRemoveFan = { show: { resource: ['fanList'], operation: ['removeFan'] } };

/** `DELETE /api/fansly/{account_id}/lists/users`, one fan at a time: docs/providers.md. */
export const removeFan: INodePropertyOptions = {
	name: 'Remove Fan',
	value: 'removeFan',
	action: 'Remove a fan from a list',
	description: "Take a fan off one of the creator's lists. One credit.",
	routing: changingFan('DELETE', 'removed'),
};

export const removeFanFields: INodeProperties[] = [
	fanListField(showOnlyForFanListRemoveFan),
	fanIdField(showOnlyForFanListRemoveFan),
];
