import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { uploadOptionsField, uploadSourceFields } from '../../../shared/media/fields';
import { checkUpload, upload as uploadTo } from '../../../shared/media/upload';
import { routing } from '../../../shared/operation/routing';
import { simplifyField } from '../../../shared/parameters/fields';
import { ofapiOnlyFans } from '../../pair';

const showOnlyForMediaUpload = { show: { resource: ['media'], operation: ['upload'] } };

/**
 * `POST /api/{account}/media/upload`, multipart: docs/providers.md. The request's body is made when
 * it leaves.
 */
export const upload: INodePropertyOptions = {
	name: 'Upload',
	value: 'upload',
	action: 'Upload a media file',
	description:
		'Upload a photo, video or audio file and get the ID to send it with, in one message. Three ' +
		'credits per MB.',
	routing: routing(
		ofapiOnlyFans,
		{
			request: { method: 'POST', url: '/api/{account}/media/upload' },
			rules: { afterAll: checkUpload(ofapiOnlyFans) },
		},
		uploadTo(ofapiOnlyFans),
	),
};

export const uploadFields: INodeProperties[] = [
	...uploadSourceFields(showOnlyForMediaUpload, { byUrl: true }),
	simplifyField(showOnlyForMediaUpload),
	uploadOptionsField(showOnlyForMediaUpload, { hasBackground: true }),
];
