import type { IDataObject } from 'n8n-workflow';
import { isoTime, mediaTypeOf } from './message';
import type { CommonMedia } from './message';
import { idOf, numberOf, recordAt, recordsAt, textOf, valueAt } from './values';

/** The common file: ten fields, the same on every pair. Null where the provider does not tell. */
export interface CommonFile extends IDataObject {
	/** What Send takes, where the provider's messages take files of the vault. */
	id: string | null;
	type: CommonMedia['type'];
	/** For Download; it is valid for minutes or hours only. */
	url: string | null;
	previewUrl: string | null;
	mimeType: string | null;
	fileName: string | null;
	/** Pixels. */
	width: number | null;
	height: number | null;
	/** Seconds. */
	duration: number | null;
	/** ISO 8601, UTC. */
	createdAt: string | null;
}

/** What is known of an upload, the same on every pair. */
export interface Uploaded extends IDataObject {
	/** What Send takes as a file; null until the provider has made one. */
	mediaId: string | null;
	/** What Get Status takes. */
	uploadId: string | null;
	status: 'pending' | 'processing' | 'completed' | 'failed';
	/** Percent. */
	progress: number | null;
	/** Why it did not work, in the provider's words. */
	reason: string | null;
	fileName: string | null;
	type: CommonMedia['type'];
	creditsUsed: number | null;
}

const TYPES = ['photo', 'video', 'gif', 'audio'] as const;

/** The kind of file, by the provider's word for it or by its MIME type. */
export function fileTypeOf(record: IDataObject): CommonMedia['type'] {
	return TYPES.find((type) => type === record.type) ?? mediaTypeOf(record.mimetype);
}

/** A file of OnlyFans' vault as the common one. */
export function onlyFansFile(file: IDataObject): CommonFile {
	const full = recordAt(file, 'files', 'full');
	const duration = numberOf(file.duration);
	return {
		id: idOf(file.id) ?? null,
		type: fileTypeOf(file),
		url: textOf(full.url) ?? null,
		previewUrl: textOf(valueAt(file, 'files', 'preview', 'url')) ?? textOf(valueAt(file, 'files', 'thumb', 'url')) ?? null,
		mimeType: null,
		fileName: null,
		width: numberOf(full.width) || null,
		height: numberOf(full.height) || null,
		duration: duration === undefined || duration === 0 ? null : duration,
		createdAt: isoTime(file.createdAt),
	};
}

/** Fansly keeps what it measured in a text of JSON. */
function metadataOf({ metadata }: IDataObject): unknown {
	if (typeof metadata !== 'string') return metadata;
	try {
		return JSON.parse(metadata);
	} catch {
		return undefined;
	}
}

/** A row of Fansly's vault, with the file itself in `media`, as the common one. */
export function fanslyFile(row: IDataObject): CommonFile {
	const media = recordAt(row, 'media');
	const [location] = recordsAt(media, 'locations');
	const preview = recordsAt(media, 'variants').find(({ mimetype, locations }) => mediaTypeOf(mimetype) === 'photo' && Array.isArray(locations) && locations.length > 0);
	return {
		id: idOf(row.mediaId) ?? idOf(media.id) ?? idOf(row.id) ?? null,
		type: fileTypeOf(media),
		url: textOf(location?.location) ?? null,
		previewUrl: textOf(recordsAt(preview, 'locations')[0]?.location) ?? null,
		mimeType: textOf(media.mimetype) ?? null,
		fileName: textOf(media.filename) ?? null,
		width: numberOf(media.width) ?? null,
		height: numberOf(media.height) ?? null,
		duration: numberOf(valueAt(metadataOf(media), 'duration')) ?? null,
		createdAt: isoTime(media.createdAt ?? row.createdAt),
	};
}
