import type { IDataObject } from 'n8n-workflow';
import { fileTypeOf } from '../../../shared/model/media';
import type { CommonFile } from '../../../shared/model/media';
import { isoTime } from '../../../shared/model/time';
import { idOf, numberOf, recordAt, textOf, valueAt } from '../../../shared/model/values';

/** A file of OnlyFans' vault as the common one. */
export function onlyFansFile(file: IDataObject): CommonFile {
	const full = recordAt(file, 'files', 'full');
	const duration = numberOf(file.duration);
	return {
		id: idOf(file.id) ?? null,
		type: fileTypeOf(file),
		url: textOf(full.url) ?? null,
		previewUrl:
			textOf(valueAt(file, 'files', 'preview', 'url')) ??
			textOf(valueAt(file, 'files', 'thumb', 'url')) ??
			null,
		mimeType: null,
		fileName: null,
		width: numberOf(full.width) || null,
		height: numberOf(full.height) || null,
		duration: duration === undefined || duration === 0 ? null : duration,
		createdAt: isoTime(file.createdAt),
	};
}
