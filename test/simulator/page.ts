import type { Quirks, StoredMessage } from './types';

export type Order = 'desc' | 'asc';

export interface Page {
	messages: StoredMessage[];
	/** Exclusive: the next page begins after the message with this ID. Undefined at the end. */
	nextCursor: string | undefined;
}

export function noQuirks(): Quirks {
	return {
		endsWithEmptyPage: false,
		repeatCursor: 0,
		overlap: 0,
		shortPages: 0,
		hasMoreWithEmptyPage: false,
		inclusiveBefore: false,
		nextPageOrigin: '',
		webhooksStartEnabled: false,
		webhooksHideScope: false,
		uploadLooks: 0,
		uploadsFail: false,
		oldestInFront: false,
		refusalsNameNobody: false,
	};
}

/** Where the page after this one starts, in messages from the start of the walk. */
function nextStart(
	total: number,
	start: number,
	length: number,
	size: number,
	quirks: Quirks,
): number | undefined {
	const end = start + length;
	const atEnd = end >= total;
	const claimsMore = quirks.hasMoreWithEmptyPage || (quirks.endsWithEmptyPage && length > 0);
	if (atEnd && !claimsMore) return undefined;
	const pageNumber = Math.floor(start / size) + 1;
	if (quirks.repeatCursor > 0 && pageNumber >= quirks.repeatCursor) return start;
	return atEnd ? end : end - Math.min(quirks.overlap, length - 1);
}

/**
 * One page of a walk through messages (given oldest first), `start` messages into the walk.
 * Its cost depends on the page's length alone.
 */
export function pageOf(
	messages: StoredMessage[],
	order: Order,
	start: number,
	limit: number,
	quirks: Quirks,
): Page {
	const total = messages.length;
	const full = quirks.shortPages > 0 ? Math.min(limit, quirks.shortPages) : limit;
	const [oldest] =
		quirks.oldestInFront && order === 'desc' && start === 0 && full > 1 ? messages : [];
	const size = oldest === undefined ? full : full - 1;
	const page =
		order === 'asc'
			? messages.slice(start, start + size)
			: messages.slice(Math.max(0, total - start - size), Math.max(0, total - start)).reverse();

	const next = nextStart(total, start, page.length, size, quirks);
	return {
		messages: oldest === undefined ? page : [oldest, ...page],
		nextCursor: next === undefined ? undefined : cursorTo(messages, order, next),
	};
}

/** The exclusive cursor of a page that starts there: the ID before it, or one beyond the first. */
function cursorTo(messages: StoredMessage[], order: Order, start: number): string | undefined {
	const first = order === 'asc' ? 0 : messages.length - 1;
	const step = order === 'asc' ? 1 : -1;
	if (start > 0) return messages[first + step * (start - 1)]?.id;
	const id = messages[first]?.id;
	return id === undefined ? undefined : String(BigInt(id) - BigInt(step));
}
