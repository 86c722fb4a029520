import type { IDataObject } from 'n8n-workflow';
import { fanslyEntries } from '../platforms/fansly/entries';
import type { EntrySource } from '../shared/lists/list';
import { numberOf, recordAt, valueAt } from '../shared/model/values';
import { ofapiFansly } from './pair';

/**
 * A list of this pair that goes by `offset`, up to 100 entries a page: docs/providers.md. `list` is
 * the name of its entries, `links` the records beside them (`fanslyEntries`), `id` the entry's own
 * ID.
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
			return { entries, next: nextOffset(body, entries.length, start, size) };
		},
		idOf,
		simplify,
	};
}

/**
 * Where the page behind one of `count` entries begins; undefined where it was the last. Only a page
 * that says nothing of a next one is judged by the number of all entries, or by its size.
 */
export function nextOffset(
	body: IDataObject,
	count: number,
	start: string | undefined,
	size: number,
): string | undefined {
	const hasMore = valueAt(body, 'data', 'hasMore');
	const link = valueAt(body, '_pagination', 'next_page');
	const linked = link === undefined ? undefined : link !== null;
	const told = typeof hasMore === 'boolean' ? hasMore : linked;
	// Entries that come twice are dropped; entries passed over would be lost.
	const end = Number(start ?? 0) + count;
	const total = numberOf(valueAt(body, 'data', 'total'));
	const isLast = total === undefined ? count < size : end >= total;
	return (told ?? !isLast) ? String(end) : undefined;
}
