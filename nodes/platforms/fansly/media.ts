import type { IDataObject } from 'n8n-workflow';
import { fileTypeOf, mediaTypeOf, metadataOf } from '../../shared/model/media';
import type { CommonFile } from '../../shared/model/media';
import { isoTime } from '../../shared/model/time';
import { idOf, numberOf, recordAt, recordsAt, textOf, valueAt } from '../../shared/model/values';

/** An entry of Fansly's vault, with the file itself in `media`, as the common one. */
export function fanslyFile(entry: IDataObject): CommonFile {
	const media = recordAt(entry, 'media');
	const [location] = recordsAt(media, 'locations');
	const preview = recordsAt(media, 'variants').find(
		({ mimetype, locations }) =>
			mediaTypeOf(mimetype) === 'photo' && Array.isArray(locations) && locations.length > 0,
	);
	return {
		id: idOf(entry.mediaId) ?? idOf(media.id) ?? idOf(entry.id) ?? null,
		type: fileTypeOf(media),
		url: textOf(location?.location) ?? null,
		previewUrl: textOf(recordsAt(preview, 'locations')[0]?.location) ?? null,
		mimeType: textOf(media.mimetype) ?? null,
		fileName: textOf(media.filename) ?? null,
		width: numberOf(media.width) ?? null,
		height: numberOf(media.height) ?? null,
		duration: numberOf(valueAt(metadataOf(media), 'duration')) ?? null,
		createdAt: isoTime(media.createdAt ?? entry.createdAt),
	};
}
