import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { check } from '../../../shared/check';
import { simplifyField } from '../../../shared/fields';
import { uploadOptionsField, uploadSourceFields } from '../../../shared/mediaFields';
import { checkUpload, upload as uploadTo } from '../../../shared/upload';
import { apiFansly } from '../../pair';

const showOnlyForMediaUpload = { show: { resource: ['media'], operation: ['upload'] } };

/** `POST /api/fansly/{account_id}/media/upload`, multipart: docs/providers.md. The request's body is made when it leaves. */
export const upload: INodePropertyOptions = {
	name: 'Upload',
	value: 'upload',
	action: 'Upload media',
	description: 'Upload a photo, video or audio file, to be sent in messages, and wait for its ID. Costs credits.',
	routing: {
		request: { method: 'POST', url: '/api/fansly/{account}/media/upload' },
		send: { preSend: [check({ also: checkUpload(apiFansly) })], paginate: true },
		operations: { pagination: uploadTo(apiFansly) },
	},
};

export const uploadFields: INodeProperties[] = [
	...uploadSourceFields(showOnlyForMediaUpload, { byUrl: false }),
	simplifyField(showOnlyForMediaUpload),
	uploadOptionsField(showOnlyForMediaUpload, { hasBackground: false }),
];
