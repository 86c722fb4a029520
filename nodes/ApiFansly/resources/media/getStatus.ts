import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { uploadIdField } from '../../../shared/media/fields';
import { statusOf } from '../../../shared/media/uploadStatus';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { simplifyField } from '../../../shared/parameters/fields';
import { id } from '../../../shared/parameters/parsers';
import { apiFansly } from '../../pair';

const showOnlyForMediaGetStatus = { show: { resource: ['media'], operation: ['getStatus'] } };

/** `GET /api/fansly/media/upload/{jobId}/status`: docs/providers.md. */
export const getStatus: INodePropertyOptions = {
	name: 'Get Status',
	value: 'getStatus',
	action: 'Get the status of an upload',
	description:
		'Get the status of an upload that runs in the background, and the ID of its file. One ' +
		'credit.',
	routing: singleRequest(apiFansly, {
		request: { method: 'GET', url: '/api/fansly/media/upload/{upload}/status' },
		rules: { path: { upload: ['Upload ID', 'uploadId', id('123')] } },
		output: statusOf(apiFansly),
	}),
};

export const getStatusFields: INodeProperties[] = [
	uploadIdField('e.g. 123', showOnlyForMediaGetStatus),
	simplifyField(showOnlyForMediaGetStatus),
];
