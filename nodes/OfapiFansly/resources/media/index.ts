import type { INodeProperties } from 'n8n-workflow';
import { accountField, operationField } from '../../../shared/parameters/fields';
import { download, downloadFileFields } from './download';
import { getAccountMedia, getAccountMediaFields } from './getAccountMedia';
import { getStatus, getStatusFields } from './getStatus';
import { list, listFields } from './list';
import { upload, uploadFields } from './upload';
import { uploadToVault, uploadToVaultFields } from './uploadToVault';

const showOnlyForMedia = { show: { resource: ['media'] } };

export const mediaFields: INodeProperties[] = [
	operationField(
		showOnlyForMedia,
		[download, getAccountMedia, getStatus, list, upload, uploadToVault],
		'upload',
	),
	accountField('e.g. fansly_acct_a1b2c3', showOnlyForMedia),
	...downloadFileFields,
	...getAccountMediaFields,
	...getStatusFields,
	...listFields,
	...uploadFields,
	...uploadToVaultFields,
];
