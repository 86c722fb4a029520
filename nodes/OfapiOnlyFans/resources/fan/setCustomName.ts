import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { recordAt } from '../../../shared/model/values';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { replacement } from '../../../shared/parameters/parsers';
import { ofapiOnlyFans } from '../../pair';
import { fanInPath } from './fanId';

const showOnlyForFanSetCustomName = { show: { resource: ['fan'], operation: ['setCustomName'] } };

/** `PUT /api/{account}/fans/{fan_id}/custom-name`: docs/providers.md. */
export const setCustomName: INodePropertyOptions = {
	name: 'Set Custom Name',
	value: 'setCustomName',
	action: 'Set the custom name of a fan',
	description:
		'Give a fan a name that only the creator sees, for example a label, or take it away. One ' +
		'credit.',
	routing: singleRequest(ofapiOnlyFans, {
		request: { method: 'PUT', url: '/api/{account}/fans/{fan}/custom-name' },
		rules: {
			path: fanInPath,
			body: { custom_name: ['Custom Name', replacement] },
		},
		output: (_body, { fan }, _context, { body }) => ({
			fanId: fan,
			customName: recordAt(body).custom_name || null,
		}),
	}),
};

export const setCustomNameFields: INodeProperties[] = [
	{
		displayName: 'Custom Name',
		name: 'customName',
		type: 'string',
		default: '',
		placeholder: 'e.g. 🐳 Whale ($100+)',
		displayOptions: showOnlyForFanSetCustomName,
		description: "The new name. If it is empty, the fan's own name is shown again.",
		routing: { send: { type: 'body', property: 'custom_name' } },
	},
];
