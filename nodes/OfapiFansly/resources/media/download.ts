import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { cdnUrl, download as downloadFrom } from '../../../shared/media/download';
import { downloadFields } from '../../../shared/media/fields';
import { routing } from '../../../shared/operation/routing';
import { ofapiFansly } from '../../pair';

const showOnlyForMediaDownload = { show: { resource: ['media'], operation: ['download'] } };

const file = cdnUrl(/^cdn\d*\.fansly\.com$/, 'https://cdn3.fansly.com/…');

/**
 * `GET /api/fansly/{fanslyAccount}/media/download/{cdnUrl}`, which leads to the file on another
 * server: docs/providers.md.
 */
export const download: INodePropertyOptions = {
	name: 'Download',
	value: 'download',
	action: 'Download a media file',
	description:
		'Download a file of a message or of the vault by the URL in its item. Three credits per MB.',
	routing: routing(
		ofapiFansly,
		{
			request: { method: 'GET', url: '/api/fansly/{account}/media/download/{file}' },
			rules: { path: { file: ['File URL', 'cdnUrl', file] } },
		},
		downloadFrom(ofapiFansly),
	),
};

export const downloadFileFields: INodeProperties[] = downloadFields(
	'e.g. https://cdn3.fansly.com/1000/2000.jpeg?Policy=…',
	showOnlyForMediaDownload,
	{ inBody: false, hint: 'Costs 3 credits per MB, or nothing when the provider still has it' },
);
