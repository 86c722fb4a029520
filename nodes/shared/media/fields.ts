import type { INodeProperties } from 'n8n-workflow';
import { DEPENDS_ON_ACCOUNT, concurrencyField, optionsField } from '../parameters/fields';
import { DEFAULT_WAIT } from './upload';

/** Fields of the operations on files. Their names stand in stored workflows. */

type Show = { show: Record<string, string[]> };

function withShow({ show }: Show, more: Record<string, string[]>): Show {
	return { show: { ...show, ...more } };
}

/** Which file to upload: one of the item, and with `byUrl` also one that the provider fetches. */
export function uploadSourceFields(
	displayOptions: Show,
	{ byUrl }: { byUrl: boolean },
): INodeProperties[] {
	const binary: INodeProperties = {
		displayName: 'Input Binary Field',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		required: true,
		placeholder: 'e.g. data',
		displayOptions: byUrl ? withShow(displayOptions, { source: ['binary'] }) : displayOptions,
		description: 'The name of the input binary field that holds the file',
		hint: 'The name of the input binary field containing the file to upload',
	};
	if (!byUrl) return [binary];
	return [
		{
			displayName: 'Source',
			name: 'source',
			type: 'options',
			default: 'binary',
			displayOptions,
			description: 'Where the file comes from',
			options: [
				{
					name: 'Binary File',
					value: 'binary',
					description: 'A file of the input item, up to 100 MB',
				},
				{
					name: 'URL',
					value: 'url',
					description: 'A file that the provider downloads from a web address',
				},
			],
		},
		binary,
		{
			displayName: 'File URL',
			name: 'fileUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://example.com/photo.jpg',
			displayOptions: withShow(displayOptions, { source: ['url'] }),
			description: 'The web address of the file. The provider must be able to open it.',
		},
	];
}

const waitField: INodeProperties = {
	displayName: 'Max Wait (Minutes)',
	name: 'wait',
	type: 'number',
	default: DEFAULT_WAIT,
	description:
		'How long to wait for the provider to process the file, up to 60 minutes. With 0 the ' +
		'node does not wait: use Get Status for the result later.',
};

const inBackgroundField: INodeProperties = {
	displayName: 'Upload in the Background',
	name: 'inBackground',
	type: 'boolean',
	default: false,
	description:
		'Whether to let the provider process the file in the background. Safer for large files.',
};

/**
 * How an upload is made. `hasBackground` where the provider can be asked to work in the background.
 */
export function uploadOptionsField(
	displayOptions: Show,
	{ hasBackground }: { hasBackground: boolean },
): INodeProperties {
	return optionsField(
		displayOptions,
		hasBackground
			? [concurrencyField, waitField, inBackgroundField]
			: [concurrencyField, waitField],
	);
}

/** Which upload to ask for. */
export function uploadIdField(placeholder: string, displayOptions: Show): INodeProperties {
	return {
		displayName: 'Upload ID',
		name: 'uploadId',
		type: 'string',
		default: '',
		required: true,
		placeholder,
		displayOptions,
		description: 'The uploadId that Upload returned',
	};
}

/**
 * Which file to download, and where to put it. With `inBody` the address goes into the request's
 * body.
 */
export function downloadFields(
	placeholder: string,
	displayOptions: Show,
	{ inBody, hint }: { inBody: boolean; hint: string },
): INodeProperties[] {
	return [
		{
			displayName: 'File URL',
			name: 'cdnUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder,
			displayOptions,
			description:
				"The file's address on the platform's own servers, as messages and vault lists show " +
				'it. It works for a short time only.',
			hint,
			...(inBody && { routing: { send: { type: 'body', property: 'cdnUrl' } } }),
		},
		{
			displayName: 'Put Output in Field',
			name: 'binaryPropertyName',
			type: 'string',
			default: 'data',
			required: true,
			placeholder: 'e.g. data',
			displayOptions,
			description: 'The name of the output binary field to put the file in',
			hint: 'The name of the output binary field to put the file in',
		},
	];
}

/** Files of the input item that a message is sent with. */
export function binaryFilesField(hint: string): INodeProperties {
	return {
		displayName: 'Binary Files',
		name: 'binaryFiles',
		type: 'string',
		default: '',
		placeholder: 'e.g. data, data1',
		description:
			'Names of the input binary fields with the files to upload and attach, separated by ' +
			'commas. They come after the other media files.',
		hint,
		routing: { send: { type: 'body', property: 'binaryFiles' } },
	};
}

/** A file of the vault to send, chosen from a list. `exampleId` is a file's ID as the platform has them. */
export const vaultFileField = (exampleId: string): INodeProperties => ({
	displayName: 'Vault File',
	name: 'vaultFile',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	typeOptions: DEPENDS_ON_ACCOUNT,
	description:
		"A file of the creator's vault to attach, beside those in Media Files. Opening the list " +
		'costs a credit or two.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'getVaultFiles', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: `e.g. ${exampleId}` },
	],
	routing: { send: { type: 'body', property: 'vaultFile' } },
});
