import type { IDataObject } from 'n8n-workflow';
import type { EntryPage } from '../shared/lists/list';
import { recordsAt } from '../shared/model/values';

/**
 * A page of up to `size` entries in `data`, of a list by offset that has no sign of its end but a
 * page that is not full. Undefined where the answer has no such list.
 */
export function pageUntilNotFull(
	body: IDataObject,
	start: string | undefined,
	size: number,
): EntryPage | undefined {
	if (!Array.isArray(body.data)) return undefined;
	const entries = recordsAt(body, 'data');
	const next = String(Number(start ?? 0) + entries.length);
	return { entries, next: entries.length < size ? undefined : next };
}
