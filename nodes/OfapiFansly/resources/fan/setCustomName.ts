import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { fanIdField, fanInPath } from '../../../platforms/fansly/fields';
import { recordAt } from '../../../shared/model/values';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { required, text } from '../../../shared/parameters/parsers';
import { ofapiFansly } from '../../pair';

const showOnlyForFanSetCustomName = { show: { resource: ['fan'], operation: ['setCustomName'] } };

/** `POST /api/fansly/{fanslyAccount}/users/{account_id}/custom-name`: docs/providers.md. */
export const setCustomName: INodePropertyOptions = {
	name: 'Set Custom Name',
	value: 'setCustomName',
	action: 'Set the custom name of a fan',
	description: 'Give a fan a name of your own that only the creator sees. One credit.',
	routing: singleRequest(ofapiFansly, {
		request: { method: 'POST', url: '/api/fansly/{account}/users/{fan}/custom-name' },
		rules: { path: fanInPath, body: { custom_name: ['Custom Name', required(text)] } },
		output: (_body, { fan }, _context, request) => ({
			fanId: fan,
			customName: recordAt(request.body).custom_name,
		}),
	}),
};

export const setCustomNameFields: INodeProperties[] = [
	fanIdField(showOnlyForFanSetCustomName),
	{
		displayName: 'Custom Name',
		name: 'customName',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Tom, over $100',
		displayOptions: showOnlyForFanSetCustomName,
		description: "The name that the creator sees instead of the fan's own",
		routing: { send: { type: 'body', property: 'custom_name' } },
	},
];
