import { NodeApiError } from 'n8n-workflow';
import type { Subject } from './answer';
import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecutePaginationFunctions,
	IExecuteSingleFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
} from 'n8n-workflow';
import { Checklist, check, id, oneOf, time } from './check';
import { creatorIdOf } from './creator';
import { unreadableError } from './errors';
import { csv } from './fileFormats';
import { MOST_ROWS, readLimit } from './list';
import { millisecondsOf } from './message';
import { MessageFile, readFileRequest } from './messageFile';
import type { FileRequest } from './messageFile';
import { pacedCall } from './pace';
import type { Page, Pair } from './pair';
import { recordGatherer } from './records';
import { requestOf, subjectOf } from './request';
import { errorItem, isOver, settle } from './run';
import { SeenCursors, SeenIds } from './seen';
import { idOf, isOlderId } from './values';

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

const messageId = id('400000000000000003', /^\d+$/);

/** Reads the list's own parameters; what is wrong with them goes onto the checklist. */
function readBounds(context: IExecuteSingleFunctions, checklist: Checklist): Bounds {
	const file = readFileRequest(checklist);
	const isOldestFirst = checklist.parameter('options.order', 'Order', oneOf('newest', 'oldest')) === 'oldest';
	checklist.require(!isOldestFirst || file === undefined, "'Order' has to be Newest First for a file: it is written while the messages come");
	return {
		// A file takes what would be too many items for n8n.
		limit: readLimit(checklist, file === undefined ? MOST_ROWS : Infinity),
		isOldestFirst,
		file,
		sentAfter: checklist.parameter('options.sentAfter', 'Sent After', time(context.getTimezone())),
		afterMessageId: checklist.parameter('options.afterMessageId', 'After Message ID', messageId),
		beforeMessageId: checklist.parameter('options.beforeMessageId', 'Before Message ID', messageId),
	};
}

/** The check of a list: account and chat as everywhere, and the list's own bounds. */
export const checkList = check({ also: readBounds });

/** Where a message lies as to the bounds; walking goes from newer to older. */
function place(message: IDataObject, bounds: Bounds): 'tooNew' | 'inside' | 'tooOld' {
	const { sentAfter, afterMessageId, beforeMessageId } = bounds;
	const messageId = afterMessageId === undefined && beforeMessageId === undefined ? undefined : idOf(message.id);
	if (messageId !== undefined) {
		if (messageId === afterMessageId) return 'tooOld';
		if (afterMessageId !== undefined && isOlderId(messageId, afterMessageId)) return 'tooOld';
		if (messageId === beforeMessageId) return 'tooNew';
		if (beforeMessageId !== undefined && isOlderId(messageId, beforeMessageId) === false) return 'tooNew';
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
type WalkedPage = Pick<Page, 'messages' | 'records'>;

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
export async function* walkPages(pair: Pair, source: PageSource, bounds: Bounds, progress: Progress): AsyncGenerator<WalkedPage> {
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
	const isSkipping = () => beforeMessageId !== undefined && startAt === undefined && progress.taken === 0;
	const nextSize = () => (isSkipping() ? pageSize : Math.min(pageSize, limit - progress.taken + repeats));
	const ask = (size: number) => settled(source.read({ limit: size, ...cursor }));

	let size = nextSize();
	let asked = ask(size);
	while (!source.isOver()) {
		const answer = await asked;
		if ('error' in answer) throw answer.error;
		const page = answer.value;

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
			isBoundReached ||= where === 'tooOld';
			isFull = where === 'inside' && messages.length === room;
			if (isFull) break;
			if (where === 'inside') messages.push(message);
			oldest = message;
		}
		progress.taken += messages.length;
		progress.oldestId = idOf(oldest?.id) ?? progress.oldestId;

		repeats = page.messages.length - newCount;
		// A small page of repeats alone says nothing about what comes after them: it is asked for again, larger.
		const isTooSmall = newCount === 0 && repeats > 0 && nextSize() > size;
		const next = isTooSmall ? cursor : page.next;
		const nextKey = JSON.stringify(next);
		const isEnd = next === undefined || isBoundReached || (!isTooSmall && (newCount === 0 || !seenCursors.add(nextKey)));
		const isLast = isEnd || progress.taken >= limit;
		progress.isCut = isFull || (!isEnd && isLast);

		if (!isLast) {
			cursor = next;
			size = nextSize();
			// Asked for before this page is worked on: the provider and n8n work at the same time.
			asked = ask(size);
		}
		yield { messages, records: page.records };
		if (isLast) return;
	}
}

/** What comes of a promise that nobody awaits yet, so that a failure is not taken for unhandled. */
function settled<T>(promise: Promise<T>): Promise<{ value: T } | { error: unknown }> {
	return promise.then((value) => ({ value }), (error: unknown) => ({ error }));
}

async function readPage(context: IExecutePaginationFunctions, pair: Pair, request: IHttpRequestOptions, subject: Subject): Promise<Page> {
	const body = await pacedCall(context, pair, request, subject);
	const page = pair.readPage(body);
	if (page === undefined) throw unreadableError(context.getNode(), pair, { statusCode: 200, headers: {}, body: undefined }, subject);
	return page;
}

/**
 * The pagination function of every message list: walks the chat's pages and makes an item of each
 * message, or one file of all, paired to its input. With Simplify the common message comes out,
 * otherwise the provider's own with the records it refers to.
 *
 * When a page fails after others have come, the messages so far are returned, then an item with
 * the error (On Error: continue); or the error names the ID to go on from, and there is no file.
 */
export function walk(pair: Pair) {
	return async function (this: IExecutePaginationFunctions, requestData: DeclarativeRestApiSettings.ResultOptions): Promise<INodeExecutionData[]> {
		return await settle(this, async () => await collect(this, pair, requestOf(requestData)));
	};
}

async function collect(context: IExecutePaginationFunctions, pair: Pair, request: IHttpRequestOptions): Promise<INodeExecutionData[]> {
	const bounds = readBounds(context, new Checklist(context));
	const { file } = bounds;
	// A spreadsheet has the columns of the common message.
	const isSimplified = file?.format === csv || context.getNodeParameter('simplify', true) !== false;
	const subject = subjectOf(context);
	const output = file === undefined ? new MessageItems(context, bounds) : new MessageFile(context, file, subject.chat);
	const progress: Progress = { taken: 0, isCut: false };
	const ending: INodeExecutionData[] = [];

	try {
		const source: PageSource = { read: async (qs) => await readPage(context, pair, { ...request, qs }, subject), isOver: () => isOver(context) };
		for await (const { messages, records } of walkPages(pair, source, bounds, progress)) {
			if (messages.length === 0) continue;
			const shape = isSimplified ? await simplifier(context, pair, request, subject, records) : recordGatherer(records);
			await output.add(messages, shape);
		}
		if (progress.isCut && file === undefined && bounds.limit === MOST_ROWS) ending.push(cutItem(progress));
	} catch (error) {
		const interruption = error instanceof Error ? error : new Error(String(error));
		const canGoOn = interruption instanceof NodeApiError && progress.taken > 0 && progress.oldestId !== undefined;
		if (canGoOn) interruption.description = `${progress.taken} messages had come before this. To go on from there, set 'Before Message ID' to ${progress.oldestId}. ${interruption.description ?? ''}`;
		if (!canGoOn || !context.continueOnFail()) throw await output.discard(interruption);
		ending.push(errorItem(context, interruption, { beforeMessageId: progress.oldestId }));
	}
	return (await output.finish(ending.length === 0)).concat(ending);
}

/** The items that a walk's messages become. */
class MessageItems {
	private readonly items: INodeExecutionData[] = [];
	/** One for all, as n8n's own helper does it. */
	private readonly pairedItem;

	constructor(
		context: IExecutePaginationFunctions,
		private readonly bounds: Bounds,
	) {
		this.pairedItem = { item: context.getItemIndex() };
	}

	add(messages: IDataObject[], shape: (message: IDataObject) => IDataObject): void {
		for (const message of messages) this.items.push({ json: shape(message), pairedItem: this.pairedItem });
	}

	finish(): INodeExecutionData[] {
		return this.bounds.isOldestFirst ? this.items.reverse() : this.items;
	}

	discard(reason: Error): Error {
		return reason;
	}
}

/** Shapes messages into the common form; looks up the creator's own ID the first time it is needed. */
async function simplifier(context: IExecutePaginationFunctions, pair: Pair, request: IHttpRequestOptions, { account, chat }: Required<Pick<Subject, 'account' | 'chat'>>, records: Page['records']) {
	const about = { chatId: chat, creatorId: await creatorIdOf(context, pair, request, account), records };
	return (message: IDataObject): IDataObject => pair.simplify(message, about);
}

/** The last item of a list that had to be cut: what happened, and where to go on. */
function cutItem({ taken, oldestId }: Progress): INodeExecutionData {
	return {
		json: {
			notice: `n8n can carry ${taken} messages from one input item. To go on, set 'Before Message ID' to ${oldestId ?? 'the ID of the last message'}.`,
			details: { beforeMessageId: oldestId ?? null },
		},
	};
}
