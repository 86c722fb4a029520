import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { uploadIdField } from '../../../shared/media/fields';
import { statusOf } from '../../../shared/media/uploadStatus';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { simplifyField } from '../../../shared/parameters/fields';
import { id } from '../../../shared/parameters/parsers';
import { ofapiOnlyFans } from '../../pair';

const showOnlyForMediaGetStatus = { show: { resource: ['media'], operation: ['getStatus'] } };

/** `GET /api/{account}/media/uploads/{upload}/status`: docs/providers.md. */
export const getStatus: INodePropertyOptions = {
	name: 'Get Status',
	value: 'getStatus',
	action: 'Get the status of an upload',
	description:
		'Get the status of an upload that runs in the background, and the ID of its file. Free.',
	routing: singleRequest(ofapiOnlyFans, {
		request: { method: 'GET', url: '/api/{account}/media/uploads/{upload}/status' },
		rules: {
			path: { upload: ['Upload ID', 'uploadId', id('ofapi_media_abc123', /^ofapi_media_\w+$/)] },
		},
		output: statusOf(ofapiOnlyFans),
	}),
};

export const getStatusFields: INodeProperties[] = [
	uploadIdField('e.g. ofapi_media_abc123', showOnlyForMediaGetStatus),
	simplifyField(showOnlyForMediaGetStatus),
];
