import type { EntrySource } from '../../../shared/lists/list';
import { idOf, recordsIn, valueAt } from '../../../shared/model/values';
import { nextPageQuery, ofapiOnlyFans } from '../../pair';
import { simplifyFan } from './simplify';

/**
 * Pages may be shorter than asked for in the middle of the list: only `hasMore` and the link tell
 * the end; lists of users tell where to go on in `nextOffset`. `key` is where the entries are.
 */
export function fanEntries(key: 'list' | 'users', most: number): EntrySource {
	return {
		pair: ofapiOnlyFans,
		size: { parameter: 'limit', most },
		start: 'offset',
		isByOffset: true,
		readPage(body, start) {
			const entries = valueAt(body, 'data', key);
			if (!Array.isArray(entries)) return undefined;
			const hasMore = valueAt(body, 'data', 'hasMore');
			const told = idOf(nextPageQuery(body)?.offset) ?? idOf(valueAt(body, 'data', 'nextOffset'));
			// Where neither is told: entries that come twice are dropped, entries passed over would be lost.
			const counted = hasMore === true ? String(Number(start ?? 0) + entries.length) : undefined;
			return {
				entries: recordsIn(entries),
				next: hasMore === false ? undefined : (told ?? counted),
			};
		},
		idOf: (entry) => idOf(entry.id),
		simplify: simplifyFan,
	};
}
