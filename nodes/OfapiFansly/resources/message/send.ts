import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { fanslyAnsweringField } from '../../../platforms/fansly/fields';
import { binaryFiles, checkBinaryFiles, withBinaryFiles } from '../../../shared/media/attachments';
import { binaryFilesField } from '../../../shared/media/fields';
import { simplifyField } from '../../../shared/parameters/fields';
import { id, list, text } from '../../../shared/parameters/parsers';
import { replyToField, sendOptionsField, textField } from '../../../shared/send/fields';
import { sending } from '../../../shared/send/send';
import { ofapiFansly } from '../../pair';

const showOnlyForMessageSend = { show: { resource: ['message'], operation: ['send'] } };

/** `POST /api/fansly/{fanslyAccount}/chats/{chat_id}/messages`: seeds 000 and 002. */
export const send = {
	name: 'Send',
	value: 'send',
	action: 'Send a message',
	description: 'Send a message to a fan at once: a text, media or both. One credit.',
	routing: sending(ofapiFansly, {
		request: { method: 'POST', url: '/api/fansly/{account}/chats/{chat}/messages' },
		rules: {
			body: {
				text: ['Text', text, 'text'],
				binaryFiles: ['Binary Files', binaryFiles],
				mediaFiles: ['Media Files', list(id('fansly_media_abc123', /^fansly_media_\w+$/))],
				replyToMessageId: ['Reply to Message ID', id('400000000000000003', /^\d+$/)],
			},
			afterFields(validation, { text: words, mediaFiles, binaryFiles: binary }) {
				validation.require(
					words !== undefined || mediaFiles !== undefined || binary !== undefined,
					"'Text' is empty, and there are no 'Media Files'",
				);
			},
			beforeSending: (body) => withBinaryFiles('mediaFiles', body),
			afterAll: checkBinaryFiles(ofapiFansly),
		},
	}),
} satisfies INodePropertyOptions;

export const sendFields: INodeProperties[] = [
	textField('The message. It may be empty when there are media files.', showOnlyForMessageSend),
	simplifyField(showOnlyForMessageSend),
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		displayOptions: showOnlyForMessageSend,
		options: [
			binaryFilesField('Each upload costs 3 credits per MB'),
			{
				displayName: 'Media Files',
				name: 'mediaFiles',
				type: 'string',
				default: '',
				placeholder: 'e.g. fansly_media_abc123, fansly_media_def456',
				description:
					'Uploads to attach, by ID, separated by commas. Several are sent as one bundle, ' +
					'and everyone in the chat sees them for free.',
				routing: { send: { type: 'body', property: 'mediaFiles' } },
			},
			replyToField('e.g. 400000000000000003'),
		],
	},
	sendOptionsField(showOnlyForMessageSend, fanslyAnsweringField),
];
