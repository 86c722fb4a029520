import type { INodeProperties } from 'n8n-workflow';
import { accountField, operationField } from '../../../shared/parameters/fields';
import { download, downloadFileFields } from './download';
import { getStatus, getStatusFields } from './getStatus';
import { list, listFields } from './list';
import { upload, uploadFields } from './upload';

const showOnlyForMedia = { show: { resource: ['media'] } };

export const mediaFields: INodeProperties[] = [
	operationField(showOnlyForMedia, [download, getStatus, list, upload], 'upload'),
	accountField('e.g. fansly_acct_a1b2c3', showOnlyForMedia),
	...downloadFileFields,
	...getStatusFields,
	...listFields,
	...uploadFields,
];
