import type { IDataObject } from 'n8n-workflow';
import { fanslyRows } from '../shared/fansly';
import type { RowSource } from '../shared/list';
import { apiFansly, nextCursor, unwrap } from './pair';

/** What a list of this pair is told apart by. `lastCursor` is the cursor in a page's last row, for a page that names none. */
interface CursorRows extends Pick<RowSource, 'idOf' | 'simplify' | 'size'> {
	lastCursor?: (row: IDataObject) => string | undefined;
}

/**
 * A list of this pair that goes by `cursor`: docs/providers.md. `list` is the name of its rows,
 * `links` the records beside them (`fanslyRows`).
 */
export function cursorRows(list: string, links: Record<string, string>, { lastCursor, ...rows }: CursorRows): RowSource {
	return {
		pair: apiFansly,
		start: 'cursor',
		...rows,
		readPage(body) {
			const payload = unwrap(body);
			if (!Array.isArray(payload[list])) return undefined;
			const page = fanslyRows(payload, list, links);
			const last = page.at(-1);
			return { rows: page, next: nextCursor(body) ?? (last && lastCursor?.(last)) };
		},
	};
}
