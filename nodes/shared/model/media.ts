import type { IDataObject } from 'n8n-workflow';
import type { CommonMedia } from './message';

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

/** Fansly keeps what it measured in a text of JSON. */
export function metadataOf({ metadata }: IDataObject): unknown {
	if (typeof metadata !== 'string') return metadata;
	try {
		return JSON.parse(metadata);
	} catch {
		return undefined;
	}
}

/** The kind of file by its MIME type. */
export function mediaTypeOf(mimeType: unknown): CommonMedia['type'] {
	if (typeof mimeType !== 'string') return null;
	if (mimeType === 'image/gif') return 'gif';
	const [family] = mimeType.split('/', 1);
	if (family === 'image') return 'photo';
	return family === 'video' || family === 'audio' ? family : null;
}
