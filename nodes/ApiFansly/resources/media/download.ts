import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { cdnUrl, download as downloadFrom } from '../../../shared/media/download';
import { downloadFields } from '../../../shared/media/fields';
import { routing } from '../../../shared/operation/routing';
import { required } from '../../../shared/parameters/parsers';
import { apiFansly } from '../../pair';

const showOnlyForMediaDownload = { show: { resource: ['media'], operation: ['download'] } };

const file = cdnUrl(/^(?:[\w-]+\.)*fansly\.com$/, 'https://cdn3.fansly.com/…');

/** `POST /api/fansly/media/download`, which answers with the file: docs/providers.md. */
export const download: INodePropertyOptions = {
	name: 'Download',
	value: 'download',
	action: 'Download a media file',
	description:
		'Download a file of a message or of the vault by the URL in its item. Two credits per MB.',
	routing: routing(
		apiFansly,
		{
			request: { method: 'POST', url: '/api/fansly/media/download' },
			rules: { body: { cdnUrl: ['File URL', required(file)] } },
		},
		downloadFrom(apiFansly),
	),
};

export const downloadFileFields: INodeProperties[] = downloadFields(
	'e.g. https://cdn3.fansly.com/1000/2000.jpeg?Policy=…',
	showOnlyForMediaDownload,
	{ inBody: true, hint: 'Costs 2 credits per MB' },
);
