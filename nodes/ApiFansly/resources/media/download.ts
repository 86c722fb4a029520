import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { check, required } from '../../../shared/check';
import { cdnUrl, download as downloadFrom } from '../../../shared/download';
import { downloadFields } from '../../../shared/mediaFields';
import { apiFansly } from '../../pair';

const showOnlyForMediaDownload = { show: { resource: ['media'], operation: ['download'] } };

const file = cdnUrl(/^(?:[\w-]+\.)*fansly\.com$/, 'https://cdn3.fansly.com/…');

/** `POST /api/fansly/media/download`, which answers with the file: docs/providers.md. */
export const download: INodePropertyOptions = {
	name: 'Download',
	value: 'download',
	action: 'Download media',
	description: 'Download a file of a message or of the vault into binary data. Two credits per MB.',
	routing: {
		request: { method: 'POST', url: '/api/fansly/media/download' },
		send: { preSend: [check({ body: { cdnUrl: ['File URL', required(file)] } })], paginate: true },
		operations: { pagination: downloadFrom(apiFansly) },
	},
};

export const downloadFileFields: INodeProperties[] = downloadFields('e.g. https://cdn3.fansly.com/1000/2000.jpeg?Policy=…', showOnlyForMediaDownload, { inBody: true, hint: 'Costs 2 credits per MB' });
