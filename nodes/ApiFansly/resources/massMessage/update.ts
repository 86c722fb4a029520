import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import {
	checkUpdate,
	massMessageInPath,
	scheduledDateField,
	withSchedule,
} from '../../../platforms/fansly/massMessage';
import { fanslyTime } from '../../../platforms/fansly/values';
import { withVaultFile } from '../../../shared/media/attachments';
import { recordAt } from '../../../shared/model/values';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { messageIdField } from '../../../shared/parameters/fields';
import { list, required, text } from '../../../shared/parameters/parsers';
import { textField } from '../../../shared/send/fields';
import { apiFansly } from '../../pair';
import { media, mediaFilesField, mediaId, mediaVaultField } from '../message/send';

const showOnlyForMassMessageUpdate = { show: { resource: ['massMessage'], operation: ['update'] } };

/** `PUT /api/fansly/{account_id}/mass-messaging/scheduled/{message_id}`: docs/providers.md. */
export const update: INodePropertyOptions = {
	name: 'Update',
	value: 'update',
	action: 'Update a mass message',
	description:
		'Change the text, the media and the time of a scheduled mass message. Fansly replaces the ' +
		'whole message by it. One credit.',
	routing: singleRequest(apiFansly, {
		request: { method: 'PUT', url: '/api/fansly/{account}/mass-messaging/scheduled/{message}' },
		rules: {
			path: massMessageInPath,
			body: {
				content: ['Text', required(text), 'text'],
				mediaIds: ['Media Files', list(media)],
				vaultFile: ['Vault File', mediaId],
			},
			beforeSending: (body) => withVaultFile('mediaIds', body),
			afterAll: checkUpdate,
		},
		prepare: (request, _about, context) => withSchedule(context, request, 'scheduledDate'),
		output: (_body, { messageId }, _context, request) => ({
			updated: true,
			messageId,
			date: fanslyTime(recordAt(request.body).scheduledFor),
		}),
	}),
};

export const updateFields: INodeProperties[] = [
	messageIdField(
		'e.g. 400000000000000003',
		showOnlyForMassMessageUpdate,
		'The ID of the mass message, as List returns it',
	),
	textField('The message', showOnlyForMassMessageUpdate),
	scheduledDateField('When to send the message. Enter the time that List shows to keep it.', {
		required: true,
		displayOptions: showOnlyForMassMessageUpdate,
	}),
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		displayOptions: showOnlyForMassMessageUpdate,
		options: [mediaFilesField, mediaVaultField],
	},
];
