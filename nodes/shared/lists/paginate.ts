import type { IDataObject } from 'n8n-workflow';
import type { Page, Pair } from '../model/pair';
import { millisecondsOf } from '../model/time';
import { idOf, isOlderId } from '../model/values';
import type { FileRequest } from './messageFile';
import { SeenCursors, SeenIds } from './seen';

/** What the user asked the list for. Times in milliseconds since 1970. */
export interface Bounds {
	limit: number;
	isOldestFirst: boolean;
	sentAfter?: number;
	afterMessageId?: string;
	beforeMessageId?: string;
	/** The file that the messages go into; otherwise they become items. */
	file?: FileRequest;
}

/** Where a message lies as to the bounds; walking goes from newer to older. */
function place(message: IDataObject, bounds: Bounds): 'tooNew' | 'inside' | 'tooOld' {
	const { sentAfter, afterMessageId, beforeMessageId } = bounds;
	const messageId =
		afterMessageId === undefined && beforeMessageId === undefined ? undefined : idOf(message.id);
	if (messageId !== undefined) {
		if (messageId === afterMessageId) return 'tooOld';
		if (afterMessageId !== undefined && isOlderId(messageId, afterMessageId)) return 'tooOld';
		if (messageId === beforeMessageId) return 'tooNew';
		if (beforeMessageId !== undefined && isOlderId(messageId, beforeMessageId) === false) {
			return 'tooNew';
		}
	}
	if (sentAfter === undefined) return 'inside';
	const createdAt = millisecondsOf(message.createdAt);
	return createdAt !== undefined && createdAt <= sentAfter ? 'tooOld' : 'inside';
}

/** How far a walk has come. */
export interface Progress {
	taken: number;
	/** ID of the oldest message taken or passed: where a later run goes on. */
	oldestId?: string;
	/** Whether messages within the bounds are left that the limit cut off. */
	isCut: boolean;
}

/** The messages of one page that are new, within the bounds and within the limit. */
type MessagePage = Pick<Page, 'messages' | 'included'>;

/** How a walk gets at its pages. */
export interface PageSource {
	/** One page: `limit`, and the query that leads to it. */
	read(qs: IDataObject): Promise<Page>;
	/** Whether nothing further is to be asked for. */
	isOver(): boolean;
}

/**
 * Asks for page after page, each as large as it may be, from the newest message (or the user's
 * starting point) to older ones. Ends at the limit, a bound, the last page, a page that brings
 * nothing new, a repeated cursor or the cancel signal; repeats are dropped by ID (promises 1, 2).
 */
export async function* messagePages(
	pair: Pair,
	source: PageSource,
	bounds: Bounds,
	progress: Progress,
): AsyncGenerator<MessagePage> {
	const seenIds = new SeenIds();
	const seenCursors = new SeenCursors();
	const isNew = ({ id: messageId }: IDataObject) => {
		// A message without an ID cannot be told from another: it is kept.
		if (typeof messageId !== 'string' && typeof messageId !== 'number') return true;
		return seenIds.add(messageId);
	};

	const { beforeMessageId, limit } = bounds;
	const { startAt, pageSize } = pair;
	let cursor: IDataObject = {};
	// How many messages a page repeats of the one before: they come on top of what is wanted.
	let repeats = 0;
	if (beforeMessageId !== undefined && startAt !== undefined) {
		cursor = { [startAt.parameter]: beforeMessageId };
		repeats = startAt.includesMessage ? 1 : 0;
	}
	const isSkipping = () =>
		beforeMessageId !== undefined && startAt === undefined && progress.taken === 0;
	const nextSize = () =>
		isSkipping() ? pageSize : Math.min(pageSize, limit - progress.taken + repeats);
	const ask = (size: number) => settled(source.read({ limit: size, ...cursor }));

	let size = nextSize();
	let requested = ask(size);
	while (!source.isOver()) {
		const response = await requested;
		if ('error' in response) throw response.error;
		const page = response.value;

		const room = limit - progress.taken;
		const messages: IDataObject[] = [];
		let newCount = 0;
		let oldest: IDataObject | undefined;
		let isFull = false;
		let isBoundReached = false;
		for (const message of page.messages) {
			if (!isNew(message)) continue;
			newCount++;
			const where = place(message, bounds);
			// The last one decides: an old one in front may be pinned there.
			isBoundReached = where === 'tooOld';
			isFull = where === 'inside' && messages.length === room;
			if (isFull) break;
			if (where === 'inside') messages.push(message);
			oldest = message;
		}
		progress.taken += messages.length;
		progress.oldestId = idOf(oldest?.id) ?? progress.oldestId;

		repeats = page.messages.length - newCount;
		// A small page of repeats alone says nothing about what comes after them: it is asked for
		// again, larger.
		const isTooSmall = newCount === 0 && repeats > 0 && nextSize() > size;
		const next = isTooSmall ? cursor : page.next;
		const nextKey = JSON.stringify(next);
		const isEnd =
			next === undefined ||
			isBoundReached ||
			(!isTooSmall && (newCount === 0 || !seenCursors.add(nextKey)));
		const isLast = isEnd || progress.taken >= limit;
		progress.isCut = isFull || (!isEnd && isLast);

		if (!isLast) {
			cursor = next;
			size = nextSize();
			// Asked for before this page is worked on: the provider and n8n work at the same time.
			requested = ask(size);
		}
		yield { messages, included: page.included };
		if (isLast) return;
	}
}

/** What comes of a promise that nobody awaits yet, so that a failure is not taken for unhandled. */
function settled<T>(promise: Promise<T>): Promise<{ value: T } | { error: unknown }> {
	return promise.then(
		(value) => ({ value }),
		(error: unknown) => ({ error }),
	);
}
