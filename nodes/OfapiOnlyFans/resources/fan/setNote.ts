import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { recordAt } from '../../../shared/model/values';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { replacement } from '../../../shared/parameters/parsers';
import { ofapiOnlyFans } from '../../pair';
import { fanInPath } from './fanId';

const showOnlyForFanSetNote = { show: { resource: ['fan'], operation: ['setNote'] } };

/** `PUT` and `DELETE /api/{account}/fans/{fan_id}/notes`: docs/providers.md. */
export const setNote: INodePropertyOptions = {
	name: 'Set Note',
	value: 'setNote',
	action: 'Set the note on a fan',
	description:
		"Write the creator's note on a fan in the place of the old one, or delete it. One credit.",
	routing: singleRequest(ofapiOnlyFans, {
		request: { method: 'PUT', url: '/api/{account}/fans/{fan}/notes' },
		rules: { path: fanInPath, body: { notes: ['Note', replacement] } },
		// The documents want a text in the one, and nothing at all in the other.
		prepare: (request) =>
			recordAt(request.body).notes === ''
				? { ...request, method: 'DELETE', body: undefined }
				: request,
		output: (_body, { fan }, _context, { body }) => ({
			fanId: fan,
			note: recordAt(body).notes ?? null,
		}),
	}),
};

export const setNoteFields: INodeProperties[] = [
	{
		displayName: 'Note',
		name: 'note',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		placeholder: 'e.g. Likes long voice messages',
		displayOptions: showOnlyForFanSetNote,
		description: 'The whole note, which the fan cannot see. If it is empty, the note is deleted.',
		routing: { send: { type: 'body', property: 'notes' } },
	},
];
