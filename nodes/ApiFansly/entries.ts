import type { IDataObject } from 'n8n-workflow';
import { fanslyEntries } from '../platforms/fansly/entries';
import type { EntrySource } from '../shared/lists/list';
import { apiFansly, nextCursor, unwrap } from './pair';

/**
 * What a list of this pair is told apart by. `lastCursor` is the cursor in a page's last entry, for
 * a page that names none.
 */
interface CursorEntries extends Pick<EntrySource, 'idOf' | 'simplify' | 'size'> {
	lastCursor?: (entry: IDataObject) => string | undefined;
}

/**
 * A list of this pair that goes by `cursor`: docs/providers.md. `list` is the name of its entries,
 * `links` the records beside them (`fanslyEntries`).
 */
export function cursorEntries(
	list: string,
	links: Record<string, string>,
	{ lastCursor, ...entries }: CursorEntries,
): EntrySource {
	return {
		pair: apiFansly,
		start: 'cursor',
		...entries,
		readPage(body) {
			const payload = unwrap(body);
			if (!Array.isArray(payload[list])) return undefined;
			const page = fanslyEntries(payload, list, links);
			const last = page.at(-1);
			return { entries: page, next: nextCursor(body) ?? (last && lastCursor?.(last)) };
		},
	};
}
