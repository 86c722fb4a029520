import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { act } from '../../../shared/act';
import { check, id } from '../../../shared/check';
import { simplifyField } from '../../../shared/fields';
import { uploadIdField } from '../../../shared/mediaFields';
import { statusOf } from '../../../shared/upload';
import { ofapiOnlyFans } from '../../pair';

const showOnlyForMediaGetStatus = { show: { resource: ['media'], operation: ['getStatus'] } };

/** `GET /api/{account}/media/uploads/{upload}/status`: docs/providers.md. */
export const getStatus: INodePropertyOptions = {
	name: 'Get Status',
	value: 'getStatus',
	action: 'Get status of upload',
	description: 'Get the state of an upload that the provider works on in the background, and the ID of its file. Costs nothing.',
	routing: {
		request: { method: 'GET', url: '/api/{account}/media/uploads/{upload}/status' },
		send: { preSend: [check({ path: { upload: ['Upload ID', 'uploadId', id('ofapi_media_abc123', /^ofapi_media_\w+$/)] } })], paginate: true },
		operations: { pagination: act(ofapiOnlyFans, statusOf(ofapiOnlyFans)) },
	},
};

export const getStatusFields: INodeProperties[] = [uploadIdField('e.g. ofapi_media_abc123', showOnlyForMediaGetStatus), simplifyField(showOnlyForMediaGetStatus)];
