import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { uploadOptionsField, uploadSourceFields } from '../../../shared/media/fields';
import { checkUpload, upload as uploadTo } from '../../../shared/media/upload';
import { routing } from '../../../shared/operation/routing';
import { simplifyField } from '../../../shared/parameters/fields';
import { apiFansly } from '../../pair';

const showOnlyForMediaUpload = { show: { resource: ['media'], operation: ['upload'] } };

/**
 * `POST /api/fansly/{account_id}/media/upload`, multipart: docs/providers.md. The request's body is
 * made when it leaves.
 */
export const upload: INodePropertyOptions = {
	name: 'Upload',
	value: 'upload',
	action: 'Upload a media file',
	description:
		'Upload a photo, video or audio file and wait for the ID to send it with. Costs credits.',
	routing: routing(
		apiFansly,
		{
			request: { method: 'POST', url: '/api/fansly/{account}/media/upload' },
			rules: { afterAll: checkUpload(apiFansly) },
		},
		uploadTo(apiFansly),
	),
};

export const uploadFields: INodeProperties[] = [
	...uploadSourceFields(showOnlyForMediaUpload, { byUrl: false }),
	simplifyField(showOnlyForMediaUpload),
	uploadOptionsField(showOnlyForMediaUpload, { hasBackground: false }),
];
