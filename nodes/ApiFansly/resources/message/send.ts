import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { fanslyAnsweringField } from '../../../platforms/fansly/fields';
import {
	binaryFiles,
	checkBinaryFiles,
	isBinaryFile,
	withBinaryFiles,
	withVaultFile,
} from '../../../shared/media/attachments';
import { binaryFilesField, vaultFileField } from '../../../shared/media/fields';
import { isRecord } from '../../../shared/model/values';
import { simplifyField } from '../../../shared/parameters/fields';
import {
	dollars,
	id,
	Invalid,
	list,
	oneOf,
	required,
	text,
} from '../../../shared/parameters/parsers';
import type { Parser } from '../../../shared/parameters/parsers';
import { sendOptionsField, textField } from '../../../shared/send/fields';
import { sending } from '../../../shared/send/send';
import { apiFansly } from '../../pair';

const showOnlyForMessageSend = { show: { resource: ['message'], operation: ['send'] } };

export const mediaId = id('700000000000000001');

/** A file's ID, or out of an expression the newer `{ mediaId, previewId }`. */
export const media: Parser<string | IDataObject> = (value, field) => {
	if (!isRecord(value)) return mediaId(value, field);
	const file = required(mediaId)(value.mediaId, `${field} › mediaId`);
	const preview = mediaId(value.previewId, `${field} › previewId`);
	if (file === undefined || file instanceof Invalid) return file;
	if (preview === undefined) return { mediaId: file };
	return preview instanceof Invalid ? preview : { mediaId: file, previewId: preview };
};

/**
 * One file goes out as `mediaId`, the format of seed 001. Several files, files with a preview, and
 * those of users who choose so go out in the newer format, `mediaIds`.
 */
function requestBody(fields: IDataObject): IDataObject {
	const { mediaIds, mediaFormat, ...given } = withBinaryFiles(
		'mediaIds',
		withVaultFile('mediaIds', fields),
	);
	const { price, ...free } = given;
	// There is one way to sell, so a price alone says it.
	const body = price ? { ...given, access_type: 'ppv' } : free;
	if (!Array.isArray(mediaIds)) return body;
	const [file] = mediaIds;
	if (
		mediaIds.length === 1 &&
		(typeof file === 'string' || isBinaryFile(file)) &&
		mediaFormat !== 'mediaIds'
	) {
		return { ...body, mediaId: file };
	}
	return {
		...body,
		mediaIds,
		...('access_type' in body && { access_type: [body.access_type] }),
	};
}

/** `POST /api/fansly/{account_id}/chats/{chat_id}/messages`: seed 001. */
export const send = {
	name: 'Send',
	value: 'send',
	action: 'Send a message',
	description:
		'Send a message to a fan at once: a text, media with it, or media that the fan pays to see. ' +
		'One credit, two with a price.',
	routing: sending(apiFansly, {
		request: { method: 'POST', url: '/api/fansly/{account}/chats/{chat}/messages' },
		rules: {
			body: {
				binaryFiles: ['Binary Files', binaryFiles],
				content: ['Text', text, 'text'],
				mediaIds: ['Media Files', list(media)],
				vaultFile: ['Vault File', mediaId],
				mediaFormat: ['Media Format', oneOf('auto', 'mediaIds')],
				access_type: ['Access Type', oneOf('ppv')],
				price: ['Price (USD)', dollars({ min: 1, max: 500, free: true })],
			},
			afterFields(validation, fields) {
				const {
					content,
					mediaIds,
					binaryFiles: binary,
					access_type: accessType,
					price,
				} = withVaultFile('mediaIds', fields);
				validation.require(content !== undefined, "'Text' is empty");
				validation.require(
					accessType === undefined || Boolean(price),
					"Pay per view needs a 'Price (USD)' between 1 and 500 dollars",
				);
				validation.require(
					(accessType === undefined && !price) || mediaIds !== undefined || binary !== undefined,
					"A message with a 'Price (USD)' needs 'Media Files'",
				);
			},
			beforeSending: requestBody,
			afterAll: checkBinaryFiles(apiFansly),
		},
	}),
} satisfies INodePropertyOptions;

const mediaFormatField: INodeProperties = {
	displayName: 'Media Format',
	name: 'mediaFormat',
	type: 'options',
	default: 'auto',
	description: 'How the request names the media files',
	hint: 'Choose "Always as a List" if paid media arrive unlocked',
	options: [
		{
			name: 'Always as a List',
			value: 'mediaIds',
			description: "ApiFansly's newer format (mediaIds), also for a single file",
		},
		{
			name: 'Automatic',
			value: 'auto',
			description: 'A single file as mediaId, several as mediaIds',
		},
	],
	routing: { send: { type: 'body', property: 'mediaFormat' } },
};

/** The files of a message, by their IDs. */
export const mediaFilesField: INodeProperties = {
	displayName: 'Media Files',
	name: 'mediaIds',
	type: 'string',
	default: '',
	placeholder: 'e.g. 700000000000000001, 700000000000000002',
	description: 'IDs of the uploads or vault files to attach, separated by commas',
	routing: { send: { type: 'body', property: 'mediaIds' } },
};

/** A file of the vault, chosen from a list. */
export const mediaVaultField = vaultFileField('700000000000000001');

export const sendFields: INodeProperties[] = [
	textField('The message', showOnlyForMessageSend),
	simplifyField(showOnlyForMessageSend),
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		displayOptions: showOnlyForMessageSend,
		options: [
			{
				displayName: 'Access Type',
				name: 'accessType',
				type: 'options',
				default: 'ppv',
				description:
					'Who can see the media files. With a price it is always Pay per View. Without either, ' +
					'everyone in the chat can see them.',
				options: [{ name: 'Pay per View', value: 'ppv' }],
				routing: { send: { type: 'body', property: 'access_type' } },
			},
			binaryFilesField('Each upload costs credits, and so does each look at its status'),
			mediaFilesField,
			{
				displayName: 'Price (USD)',
				name: 'price',
				type: 'number',
				default: 0,
				description: 'What the fan pays to see the media files. With 0 they are free.',
				hint: '0, or 1 to 500',
				routing: { send: { type: 'body', property: 'price' } },
			},
			mediaVaultField,
		],
	},
	sendOptionsField(
		showOnlyForMessageSend,
		fanslyAnsweringField,
		'Costs one more credit per paid message, to read the chat',
		[mediaFormatField],
	),
];
