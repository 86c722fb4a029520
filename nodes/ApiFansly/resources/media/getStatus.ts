import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { act } from '../../../shared/act';
import { check, id } from '../../../shared/check';
import { simplifyField } from '../../../shared/fields';
import { uploadIdField } from '../../../shared/mediaFields';
import { statusOf } from '../../../shared/upload';
import { apiFansly } from '../../pair';

const showOnlyForMediaGetStatus = { show: { resource: ['media'], operation: ['getStatus'] } };

/** `GET /api/fansly/media/upload/{jobId}/status`: docs/providers.md. */
export const getStatus: INodePropertyOptions = {
	name: 'Get Status',
	value: 'getStatus',
	action: 'Get status of upload',
	description: 'Get the state of an upload that the provider works on in the background, and the ID of its file. One credit.',
	routing: {
		request: { method: 'GET', url: '/api/fansly/media/upload/{upload}/status' },
		send: { preSend: [check({ path: { upload: ['Upload ID', 'uploadId', id('123')] } })], paginate: true },
		operations: { pagination: act(apiFansly, statusOf(apiFansly)) },
	},
};

export const getStatusFields: INodeProperties[] = [uploadIdField('e.g. 123', showOnlyForMediaGetStatus), simplifyField(showOnlyForMediaGetStatus)];
