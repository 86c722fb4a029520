import type { IDataObject } from 'n8n-workflow';
import type { Page, Pair } from '../model/pair';
import { millisecondsOf } from '../model/time';
import { idOf, isOlderId } from '../model/values';
import type { FileRequest } from './messageFile';
import { paginate } from './paginate';
import type { Taken } from './paginate';
import { SeenCursors, SeenIds } from './seen';

/** What the user asked the list for. Times in milliseconds since 1970. */
export interface Bounds {
	limit: number;
	isOldestFirst: boolean;
	/** Whether the list begins with the chat's first message and goes forwards. */
	isFromBeginning?: boolean;
	isPinnedOnly?: boolean;
	/** Whether the messages have to name who wrote them, where they can. */
	hasNames?: boolean;
	sentAfter?: number;
	sentBefore?: number;
	afterMessageId?: string;
	beforeMessageId?: string;
	/** The file that the messages go into; otherwise they become items. */
	file?: FileRequest;
}

/** Where a message lies as to the bounds. */
function place(message: IDataObject, bounds: Bounds): 'tooNew' | 'inside' | 'tooOld' {
	const { sentAfter, sentBefore, afterMessageId, beforeMessageId } = bounds;
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
	if (sentAfter === undefined && sentBefore === undefined) return 'inside';
	const createdAt = millisecondsOf(message.createdAt);
	if (createdAt === undefined) return 'inside';
	if (sentAfter !== undefined && createdAt <= sentAfter) return 'tooOld';
	return sentBefore !== undefined && createdAt >= sentBefore ? 'tooNew' : 'inside';
}

/** How far the pages have come. */
export interface Progress {
	taken: number;
	/** ID of the last message taken or passed: where a later run goes on. */
	lastId?: string;
	/** Whether messages within the bounds are left that the limit cut off. */
	isCut: boolean;
}

/** The messages of one page that are new, within the bounds and within the limit. */
export type MessagePage = Pick<Page, 'messages' | 'included'>;

/** How a page of messages is fetched. */
export interface PageSource {
	/** One page: `limit`, and the query that leads to it. */
	read(qs: IDataObject): Promise<Page>;
	/** Whether nothing further is to be asked for. */
	isOver(): boolean;
}

/** A request for a page: how many messages, and the query that leads to them. */
interface PageRequest {
	size: number;
	cursor: IDataObject;
}

/**
 * Asks for page after page, each as large as it may be, from the newest message (or the user's
 * starting point) to older ones, or from the first one to newer ones. Ends at the limit, a bound, the
 * last page, a page that brings nothing new, a repeated cursor or the cancel signal; repeats are
 * dropped by ID (promises 1, 2).
 */
export function messagePages(
	pair: Pair,
	source: PageSource,
	bounds: Bounds,
	progress: Progress,
): AsyncGenerator<MessagePage> {
	const pages = new MessagePagination(pair, bounds, progress);
	return paginate({
		first: pages.firstRequest(),
		read: async ({ size, cursor }) =>
			await source.read({ limit: size, ...pages.filter, ...cursor }),
		take: (page, request) => pages.take(page, request),
		isOver: () => source.isOver(),
	});
}

class MessagePagination {
	private readonly seenIds = new SeenIds();
	private readonly seenCursors = new SeenCursors();
	/** How many messages a page repeats of the one before: they come on top of what is wanted. */
	private repeats = 0;
	private isFirstPage = true;
	/** Whether what comes next is still newer than what is wanted. */
	private isPassingOver: boolean;
	/** The query of every page beside its size and its place. */
	readonly filter: IDataObject;

	constructor(
		private readonly pair: Pair,
		private readonly bounds: Bounds,
		private readonly progress: Progress,
	) {
		this.filter = {
			...(bounds.isPinnedOnly && pair.pinnedQuery),
			...(bounds.hasNames && pair.namesQuery),
			...(bounds.isFromBeginning && pair.fromBeginning?.query),
		};
		const { messageId, startAt } = this.start();
		this.isPassingOver =
			(messageId !== undefined && startAt === undefined) ||
			(bounds.sentBefore !== undefined && bounds.isFromBeginning !== true);
	}

	firstRequest(): PageRequest {
		const { messageId, startAt } = this.start();
		if (messageId === undefined || startAt === undefined) {
			return { size: this.nextSize(), cursor: {} };
		}
		this.repeats = startAt.includesMessage ? 1 : 0;
		return { size: this.nextSize(), cursor: { [startAt.parameter]: messageId } };
	}

	/** The message that the list starts at, and how the provider is told of it. */
	private start(): { messageId?: string; startAt: Pair['startAt'] } {
		const { afterMessageId, beforeMessageId, isFromBeginning } = this.bounds;
		const { fromBeginning, startAt } = this.pair;
		if (isFromBeginning && fromBeginning !== undefined) {
			const { parameter } = fromBeginning;
			return { messageId: afterMessageId, startAt: { parameter, includesMessage: true } };
		}
		return { messageId: beforeMessageId, startAt };
	}

	take(page: Page, { size, cursor }: PageRequest): Taken<PageRequest, MessagePage> {
		const { progress, bounds } = this;
		const { messages, newCount, isBoundReached, isFull } = this.takeIn(page);
		this.repeats = page.messages.length - newCount;
		this.isFirstPage = false;

		// A small page of repeats alone says nothing about what comes after them: it is asked for
		// again, larger.
		const isTooSmall = newCount === 0 && this.repeats > 0 && this.nextSize() > size;
		const next = isTooSmall ? cursor : page.next;
		const isEnd =
			next === undefined ||
			isBoundReached ||
			(!isTooSmall && (newCount === 0 || !this.seenCursors.add(JSON.stringify(next))));
		const isLast = isEnd || progress.taken >= bounds.limit;
		progress.isCut = isFull || (!isEnd && isLast);
		return {
			result: { messages, included: page.included },
			...(!isLast && next !== undefined && { next: { size: this.nextSize(), cursor: next } }),
		};
	}

	/** The page's messages that are new, within the bounds and within the limit. */
	private takeIn(page: Page) {
		const { progress, bounds } = this;
		const room = bounds.limit - progress.taken;
		const messages: IDataObject[] = [];
		let newCount = 0;
		let isFull = false;
		// Where the list goes to lies what ends it.
		const end = bounds.isFromBeginning ? 'tooNew' : 'tooOld';
		let isPastEnd = false;
		let last: IDataObject | undefined;
		const wasPassingOver = this.isPassingOver;
		for (const message of page.messages) {
			if (!this.isNew(message)) continue;
			newCount++;
			const where = place(message, bounds);
			isPastEnd = where === end;
			this.isPassingOver = wasPassingOver && where === 'tooNew';
			isFull = where === 'inside' && messages.length === room;
			if (isFull) break;
			if (where === 'inside') messages.push(message);
			last = message;
		}
		progress.taken += messages.length;
		progress.lastId = idOf(last?.id) ?? progress.lastId;
		// The page's last message decides: a pinned one may be an old one in front of new ones, and
		// be all that a first page of one message shows.
		const isBoundReached = isPastEnd && !(this.isFirstPage && page.messages.length === 1);
		return { messages, newCount, isFull, isBoundReached };
	}

	private isNew({ id: messageId }: IDataObject): boolean {
		// A message without an ID cannot be told from another: it is kept.
		if (typeof messageId !== 'string' && typeof messageId !== 'number') return true;
		return this.seenIds.add(messageId);
	}

	/** How many messages the next request asks for. */
	private nextSize(): number {
		const { bounds, pair, progress } = this;
		// Newer messages than the wanted ones are passed over in pages as large as can be.
		return this.isPassingOver
			? pair.pageSize
			: Math.min(pair.pageSize, bounds.limit - progress.taken + this.repeats);
	}
}
