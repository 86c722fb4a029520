import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { simplifyField } from '../../../shared/parameters/fields';
import { messageInPath } from '../message/messageInPath';
import { contentFields, massRouting, textAndRecipientsFields } from './send';

const showOnlyForMassMessageUpdate = { show: { resource: ['massMessage'], operation: ['update'] } };

/**
 * `PUT /api/{account}/mass-messaging/{id}`: docs/providers.md. Whether what is left out stays, and
 * whether a message without a time goes out at once, is not documented: recipients and time are
 * asked for.
 */
export const update: INodePropertyOptions = {
	name: 'Update',
	value: 'update',
	action: 'Update a mass message',
	description:
		'Replace a scheduled mass message: fill in all that it should hold. Refused where more ' +
		"people than 'Max Recipients' would get it. One credit, and one to count the people on the " +
		'lists.',
	routing: massRouting(
		{
			request: { method: 'PUT', url: '/api/{account}/mass-messaging/{message}' },
			rules: { path: messageInPath },
		},
		{},
		{ path: 'scheduledDate', isRequired: true },
	),
};

export const updateFields: INodeProperties[] = [
	...textAndRecipientsFields(showOnlyForMassMessageUpdate),
	{
		displayName: 'Scheduled Date',
		name: 'scheduledDate',
		type: 'dateTime',
		default: '',
		required: true,
		displayOptions: showOnlyForMassMessageUpdate,
		description: "When to send the message. Without a time zone, the workflow's is used.",
	},
	simplifyField(showOnlyForMassMessageUpdate),
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		displayOptions: showOnlyForMassMessageUpdate,
		options: contentFields([
			'blockBannedWords',
			'giphyId',
			'lockedText',
			'mediaFiles',
			'previews',
			'price',
			'vaultFile',
		]),
	},
];
