import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import {
	checkUpdate,
	massMessageInPath,
	scheduledDateField,
	withSchedule,
} from '../../../platforms/fansly/massMessage';
import { fanslyTime } from '../../../platforms/fansly/values';
import { recordAt } from '../../../shared/model/values';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { messageIdField } from '../../../shared/parameters/fields';
import { required, text } from '../../../shared/parameters/parsers';
import { textField } from '../../../shared/send/fields';
import { ofapiFansly } from '../../pair';

const showOnlyForMassMessageUpdate = { show: { resource: ['massMessage'], operation: ['update'] } };

/** `PUT /api/fansly/{fanslyAccount}/mass-messaging/{broadcast_id}`: docs/providers.md. */
export const update: INodePropertyOptions = {
	name: 'Update',
	value: 'update',
	action: 'Update a mass message',
	description:
		'Change the text and the time of a scheduled mass message. Fansly replaces the whole message ' +
		'by it. One credit.',
	routing: singleRequest(ofapiFansly, {
		request: { method: 'PUT', url: '/api/fansly/{account}/mass-messaging/{message}' },
		rules: {
			path: massMessageInPath,
			body: { text: ['Text', required(text), 'text'] },
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
	textField(
		'The message. It may be empty when there are media files.',
		showOnlyForMassMessageUpdate,
	),
	scheduledDateField('When to send the message. Enter the time that List shows to keep it.', {
		required: true,
		displayOptions: showOnlyForMassMessageUpdate,
	}),
];
