import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { uploadOptionsField, uploadSourceFields } from '../../../shared/media/fields';
import { checkUpload, upload as uploadTo } from '../../../shared/media/upload';
import { fileTypeOf } from '../../../shared/model/media';
import type { Pair } from '../../../shared/model/pair';
import { idOf, isRecord, numberOf, valueAt } from '../../../shared/model/values';
import { routing } from '../../../shared/operation/routing';
import { simplifyField } from '../../../shared/parameters/fields';
import { ofapiOnlyFans } from '../../pair';

const showOnlyForMediaUploadToVault = {
	show: { resource: ['media'], operation: ['uploadToVault'] },
};

/**
 * The pair, but that its uploads go into the vault. The answer is the file itself there, whose number
 * works again and again; one to an upload in the background is as for any other.
 */
const intoVault: Pair = {
	...ofapiOnlyFans,
	uploads: {
		...ofapiOnlyFans.uploads,
		path: (account) => `/api/${encodeURIComponent(account)}/media/vault`,
		read(body, uploadId) {
			if (!isRecord(body.data)) return ofapiOnlyFans.uploads.read(body, uploadId);
			const mediaId = idOf(body.data.id);
			if (mediaId === undefined) return undefined;
			return {
				mediaId,
				uploadId: null,
				status: 'completed',
				progress: null,
				reason: null,
				fileName: null,
				type: fileTypeOf(body.data),
				creditsUsed: numberOf(valueAt(body, '_meta', '_credits', 'used')) ?? null,
			};
		},
	},
};

/** `POST /api/{account}/media/vault`, multipart: docs/providers.md. */
export const uploadToVault: INodePropertyOptions = {
	name: 'Upload to Vault',
	value: 'uploadToVault',
	action: 'Upload a media file to the vault',
	description:
		"Put a photo, video or audio file into the creator's vault, to be sent again and again. " +
		'Three credits per MB.',
	routing: routing(
		intoVault,
		{
			request: { method: 'POST', url: '/api/{account}/media/vault' },
			rules: { afterAll: checkUpload(intoVault) },
		},
		uploadTo(intoVault),
	),
};

export const uploadToVaultFields: INodeProperties[] = [
	...uploadSourceFields(showOnlyForMediaUploadToVault, { byUrl: true }),
	simplifyField(showOnlyForMediaUploadToVault),
	uploadOptionsField(showOnlyForMediaUploadToVault, { hasBackground: true }),
];
