import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { uploadOptionsField, uploadSourceFields } from '../../../shared/media/fields';
import { checkUpload, upload as uploadTo } from '../../../shared/media/upload';
import type { Pair } from '../../../shared/model/pair';
import { idOf } from '../../../shared/model/values';
import { parameterOf } from '../../../shared/operation/parameter';
import { routing } from '../../../shared/operation/routing';
import { simplifyField } from '../../../shared/parameters/fields';
import { ofapiFansly } from '../../pair';
import { albumField, albumId } from './album';

const showOnlyForMediaUploadToVault = {
	show: { resource: ['media'], operation: ['uploadToVault'] },
};

/** The pair, but that its uploads go into the vault. No work in the background is documented there. */
function intoVault(album: string | undefined): Pair {
	const { uploads } = ofapiFansly;
	return {
		...ofapiFansly,
		uploads: {
			...uploads,
			path: (account) => `/api/fansly/${encodeURIComponent(account)}/vault/media/upload`,
			hasBackground: false,
			form: (upload) => ({
				...uploads.form(upload),
				...(album !== undefined && { album_id: album }),
			}),
		},
	};
}

/** `POST /api/fansly/{fanslyAccount}/vault/media/upload`, multipart: docs/providers.md. */
export const uploadToVault: INodePropertyOptions = {
	name: 'Upload to Vault',
	value: 'uploadToVault',
	action: 'Upload a media file to the vault',
	description:
		"Put a photo, video or audio file into the creator's vault, to be sent again and again. " +
		'Three credits per MB.',
	routing: routing(
		ofapiFansly,
		{
			request: { method: 'POST', url: '/api/fansly/{account}/vault/media/upload' },
			rules: {
				afterAll(context, validation) {
					checkUpload(ofapiFansly)(context, validation);
					validation.parameter('additionalFields.albumId', 'Album Name or ID', albumId);
				},
			},
		},
		async function (requestData) {
			const album = idOf(parameterOf(this, 'additionalFields.albumId', ''))?.trim();
			return await uploadTo(intoVault(album)).call(this, requestData);
		},
	),
};

export const uploadToVaultFields: INodeProperties[] = [
	...uploadSourceFields(showOnlyForMediaUploadToVault, { byUrl: true }),
	simplifyField(showOnlyForMediaUploadToVault),
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		displayOptions: showOnlyForMediaUploadToVault,
		options: [albumField('The album to put the file into')],
	},
	uploadOptionsField(showOnlyForMediaUploadToVault, { hasBackground: false }),
];
