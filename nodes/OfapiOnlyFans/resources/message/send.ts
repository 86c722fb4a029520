import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import {
	binaryFiles,
	checkBinaryFiles,
	withBinaryFiles,
	withVaultFile,
} from '../../../shared/media/attachments';
import { binaryFilesField, vaultFileField } from '../../../shared/media/fields';
import { simplifyField } from '../../../shared/parameters/fields';
import {
	dollars,
	id,
	idOrNumber,
	list,
	numericId,
	oneOf,
	text,
	toggle,
} from '../../../shared/parameters/parsers';
import type { Validation } from '../../../shared/parameters/validation';
import { replyToField, sendOptionsField, textField } from '../../../shared/send/fields';
import { sending } from '../../../shared/send/send';
import { ofapiOnlyFans } from '../../pair';
import { onlyFansAnsweringField } from '../answeringField';

const showOnlyForMessageSend = { show: { resource: ['message'], operation: ['send'] } };

/** An upload's handle or the number of a file in the vault. */
export const mediaIds = list(idOrNumber('ofapi_media_abc123', /^(?:ofapi_media_\w+|\d+)$/));
export const vaultFileId = id('1234567890', /^\d+$/);
export const giphyId = id('WAGC3LeqJvXglm5H7a');
export const userIds = list(idOrNumber('339543013', /^\d+$/));

/** What holds between the price of a message, its files and what is locked of it. */
export function checkPrice(
	validation: Validation,
	{ mediaFiles, binaryFiles: binary, previews, price, lockedText }: IDataObject,
): void {
	const files = Array.isArray(mediaFiles) ? mediaFiles.map(String) : [];
	const shown: unknown[] = Array.isArray(previews) ? previews : [];
	validation.require(
		!price || mediaFiles !== undefined || binary !== undefined,
		"A message with a 'Price (USD)' needs 'Media Files'",
	);
	validation.require(
		shown.every((file) => files.includes(String(file))),
		"Every ID in 'Previews' has to be in 'Media Files' too",
	);
	// Binary files are never among the previews.
	validation.require(
		!price || binary !== undefined || shown.length === 0 || shown.length < files.length,
		"'Previews' names every file, so that nothing would be locked: leave one out",
	);
	validation.require(
		lockedText !== true || Boolean(price),
		"'Locked Text' needs a 'Price (USD)': without one the text is not locked",
	);
}

/** `POST /api/{account}/chats/{chat_id}/messages`: seed 003. */
export const send = {
	name: 'Send',
	value: 'send',
	action: 'Send a message',
	description:
		'Send a message to a fan at once: a text, media, or media that the fan pays to see. One ' +
		'credit.',
	routing: sending(ofapiOnlyFans, {
		request: { method: 'POST', url: '/api/{account}/chats/{chat}/messages' },
		rules: {
			body: {
				text: ['Text', text, 'text'],
				binaryFiles: ['Binary Files', binaryFiles],
				mediaFiles: ['Media Files', mediaIds],
				vaultFile: ['Vault File', vaultFileId],
				previews: ['Previews', mediaIds],
				price: ['Price (USD)', dollars({ min: 3, max: 200, free: true })],
				lockedText: ['Locked Text', toggle],
				replyToMessageId: ['Reply to Message ID', numericId],
				giphyId: ['Giphy ID', giphyId],
				rfTag: ['Release Form Tags', userIds],
				rfPartner: ['Release Form Partners', userIds],
				rfGuest: ['Release Form Guests', userIds],
				blockBannedWords: ['Block Banned Words', oneOf('strict_ban', 'risky', 'replace_soften')],
			},
			afterFields(validation, fields) {
				const filled = withVaultFile('mediaFiles', fields);
				const { text: words, mediaFiles, binaryFiles: binary } = filled;
				validation.require(
					words !== undefined || mediaFiles !== undefined || binary !== undefined,
					"'Text' is empty, and there are no 'Media Files'",
				);
				checkPrice(validation, filled);
			},
			beforeSending: (body) => withBinaryFiles('mediaFiles', withVaultFile('mediaFiles', body)),
			afterAll: checkBinaryFiles(ofapiOnlyFans),
		},
	}),
} satisfies INodePropertyOptions;

/** The text of a message to one fan, and to many. */
export function messageTextField(displayOptions: INodeProperties['displayOptions']) {
	return textField(
		'The text of the message. To a single fan it can be empty if there are media files.',
		displayOptions,
	);
}

export const sendFields: INodeProperties[] = [
	messageTextField(showOnlyForMessageSend),
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
				displayName: 'Block Banned Words',
				name: 'blockBannedWords',
				type: 'options',
				default: 'strict_ban',
				description:
					"Which of OnlyFans' banned words make OnlyFansAPI reject the message. It names the " +
					'words and changes nothing in the text. Without this field, no words are checked.',
				options: [
					{
						name: 'All Banned Words',
						value: 'strict_ban',
						description: 'The strictest: every word on the list',
					},
					{
						name: 'Risky Words and Words to Replace or Soften',
						value: 'risky',
						description: 'Strictly banned words are let through',
					},
					{
						name: 'Words to Replace or Soften Only',
						value: 'replace_soften',
						description: 'Strictly banned and risky words are let through',
					},
				],
				routing: { send: { type: 'body', property: 'blockBannedWords' } },
			},
			{
				displayName: 'Giphy ID',
				name: 'giphyId',
				type: 'string',
				default: '',
				placeholder: 'e.g. WAGC3LeqJvXglm5H7a',
				description: 'The ID of the GIF on Giphy',
				routing: { send: { type: 'body', property: 'giphyId' } },
			},
			{
				displayName: 'Locked Text',
				name: 'lockedText',
				type: 'boolean',
				default: false,
				description: 'Whether to hide the text until the fan has paid',
				routing: { send: { type: 'body', property: 'lockedText' } },
			},
			{
				displayName: 'Media Files',
				name: 'mediaFiles',
				type: 'string',
				default: '',
				placeholder: 'e.g. ofapi_media_abc123, 1234567890',
				description:
					'IDs of the uploads or vault files to attach, separated by commas. With a price ' +
					'they are hidden until the fan has paid.',
				hint: 'An upload (ofapi_media_…) can be sent once; after that, use its vault ID',
				routing: { send: { type: 'body', property: 'mediaFiles' } },
			},
			{
				displayName: 'Previews',
				name: 'previews',
				type: 'string',
				default: '',
				placeholder: 'e.g. 1234567890',
				description: 'IDs of the media files that fans can see without paying, separated by commas',
				routing: { send: { type: 'body', property: 'previews' } },
			},
			{
				displayName: 'Price (USD)',
				name: 'price',
				type: 'number',
				default: 0,
				description: 'What the fan pays to see the media files, with cents if you like',
				hint: '0, or 3 to 200',
				routing: { send: { type: 'body', property: 'price' } },
			},
			{
				displayName: 'Release Form Guests',
				name: 'rfGuest',
				type: 'string',
				default: '',
				placeholder: 'e.g. 123, 456',
				description: 'IDs of the guests with a release form to tag, separated by commas',
				routing: { send: { type: 'body', property: 'rfGuest' } },
			},
			{
				displayName: 'Release Form Partners',
				name: 'rfPartner',
				type: 'string',
				default: '',
				placeholder: 'e.g. 123, 456',
				description: 'IDs of the partners with a release form to tag, separated by commas',
				routing: { send: { type: 'body', property: 'rfPartner' } },
			},
			{
				displayName: 'Release Form Tags',
				name: 'rfTag',
				type: 'string',
				default: '',
				placeholder: 'e.g. 339543013',
				description: 'OnlyFans user IDs of the creators to tag, separated by commas',
				routing: { send: { type: 'body', property: 'rfTag' } },
			},
			replyToField('e.g. 1234567890123'),
			vaultFileField('1234567890'),
		],
	},
	sendOptionsField(showOnlyForMessageSend, onlyFansAnsweringField, 'Costs nothing extra'),
];
