import type { IDataObject } from 'n8n-workflow';
import { fileTypeOf } from '../../shared/model/media';
import type { Uploaded } from '../../shared/model/media';
import type { Uploads } from '../../shared/model/pair';
import { idOf, numberOf, recordAt, textOf } from '../../shared/model/values';

const STATES = ['pending', 'processing', 'completed', 'failed'] as const;

const HANDLE = /^(?:ofapi|fansly)_media_\w+$/;

/** What Cloudflare, in front of the provider, lets through. Bytes. */
const MAX_BYTES = 100_000_000;

/**
 * How OnlyFansAPI takes files, on both platforms: docs/providers.md. An answer without `status` is
 * the end of an upload that was waited for. Once an upload in the background is completed, its
 * `media` may have a handle of its own, which is the file's; the one outside is the upload's. An
 * upload to OnlyFans' vault has the file's number there instead, which works again and again;
 * Fansly's own number is none that messages take.
 */
function read(body: IDataObject, uploadId?: string): Uploaded | undefined {
	const handle = idOf(body.prefixed_id) ?? uploadId;
	const status =
		body.status === undefined ? 'completed' : STATES.find((state) => state === body.status);
	if (handle === undefined || status === undefined || !HANDLE.test(handle)) return undefined;
	const media = recordAt(body, 'media');
	const inner = textOf(media.prefixed_id) ?? '';
	const vaultId = handle.startsWith('ofapi_') ? idOf(media.id) : undefined;
	return {
		mediaId: status === 'completed' ? (HANDLE.test(inner) ? inner : (vaultId ?? handle)) : null,
		uploadId: handle,
		status,
		progress: numberOf(body.progress) ?? null,
		reason: textOf(body.error) ?? null,
		fileName: textOf(body.file_name) ?? textOf(media.file_name) ?? null,
		type: fileTypeOf(media),
		creditsUsed: numberOf(body.credits_used) ?? null,
	};
}

/** `base` is `/api` or `/api/fansly`. */
export function ofapiUploads(base: string): Uploads {
	const media = (account: string) => `${base}/${encodeURIComponent(account)}/media`;
	return {
		path: (account) => `${media(account)}/upload`,
		statusPath: (account, uploadId) =>
			`${media(account)}/uploads/${encodeURIComponent(uploadId)}/status`,
		most: MAX_BYTES,
		hasBackground: true,
		form: ({ fileUrl, isInBackground }) => ({
			...(fileUrl !== undefined && { file_url: fileUrl }),
			...(isInBackground && { async: 'true' }),
		}),
		read,
	};
}
