import type { INodeProperties } from 'n8n-workflow';
import { accountField, operationField } from '../../../shared/parameters/fields';
import { download, downloadFileFields } from './download';
import { getStatus, getStatusFields } from './getStatus';
import { list, listFields } from './list';
import { searchGifs, searchGifsFields } from './searchGifs';
import { upload, uploadFields } from './upload';
import { uploadToVault, uploadToVaultFields } from './uploadToVault';

const showOnlyForMedia = { show: { resource: ['media'] } };

export const mediaFields: INodeProperties[] = [
	operationField(
		showOnlyForMedia,
		[download, getStatus, list, searchGifs, upload, uploadToVault],
		'upload',
	),
	accountField('e.g. acct_a1b2c3', showOnlyForMedia),
	...downloadFileFields,
	...getStatusFields,
	...listFields,
	...searchGifsFields,
	...uploadFields,
	...uploadToVaultFields,
];
