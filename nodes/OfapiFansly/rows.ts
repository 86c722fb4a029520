import { fanslyEntries } from '../platforms/fansly/entries';
import type { EntrySource } from '../shared/lists/list';
import { recordAt, valueAt } from '../shared/model/values';
import { ofapiFansly } from './pair';

/**
 * A list of this pair that goes by `offset`, up to 100 rows a page: docs/providers.md. `list` is
 * the name of its rows, `links` the records beside them (`fanslyRows`), `id` the row's own ID.
 */
export function offsetEntries(
	list: string,
	links: Record<string, string>,
	{ idOf, simplify }: Pick<EntrySource, 'idOf' | 'simplify'>,
): EntrySource {
	return {
		pair: ofapiFansly,
		size: { parameter: 'limit', most: 100 },
		start: 'offset',
		isByOffset: true,
		readPage(body, start, size) {
			const payload = recordAt(body, 'data');
			if (!Array.isArray(payload[list])) return undefined;
			const entries = fanslyEntries(payload, list, links);
			const link = valueAt(body, '_pagination', 'next_page');
			// Only a page that says nothing of a next one is judged by its size.
			const told =
				typeof payload.hasMore === 'boolean'
					? payload.hasMore
					: link === undefined
						? undefined
						: link !== null;
			// Rows that come twice are dropped; rows passed over would be lost.
			const next = String(Number(start ?? 0) + entries.length);
			return { entries, next: (told ?? entries.length >= size) ? next : undefined };
		},
		idOf,
		simplify,
	};
}
