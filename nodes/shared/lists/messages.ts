import { NodeApiError } from 'n8n-workflow';
import type {
	IDataObject,
	IExecuteSingleFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
	INodePropertyRouting,
} from 'n8n-workflow';
import type { Page, Pair } from '../model/pair';
import { idOf, isOlderId } from '../model/values';
import { creatorIdOf } from '../operation/creatorId';
import { errorItem, requestOf, runItem, subjectOf } from '../operation/item';
import { parameterOf, validationOf } from '../operation/parameter';
import { throttledRequestBody } from '../operation/rateLimit';
import { routing } from '../operation/routing';
import type { OperationRequest } from '../operation/routing';
import { isOver } from '../operation/run';
import { id, oneOf, time, toggle } from '../parameters/parsers';
import type { Validation } from '../parameters/validation';
import { unreadableError } from '../transport/errors';
import type { Subject } from '../transport/response';
import { csv } from './fileFormats';
import { withIncluded } from './included';
import { MAX_ENTRIES, readLimit } from './list';
import { MessageFile, readFileRequest } from './messageFile';
import { messagePages } from './messagePages';
import { readOnlyNew, sinceLastRun } from './onlyNew';
import type { ListMemory } from './onlyNew';
import type { Bounds, PageSource, Progress } from './messagePages';

export const messageId = id('400000000000000003', /^\d+$/);

/** Reads the list's own parameters; what is wrong with them goes into the validation. */
function readBounds(pair: Pair, context: IExecuteSingleFunctions, validation: Validation): Bounds {
	const file = readFileRequest(validation);
	const orders = ['newest', 'oldest', ...(pair.fromBeginning ? ['beginning'] : [])];
	const order = validation.parameter('options.order', 'Order', oneOf(...orders));
	const isOldestFirst = order === 'oldest';
	const isFromBeginning = order === 'beginning';
	validation.require(
		!(isOldestFirst || isFromBeginning) || file === undefined,
		"'Order' has to be Newest First for a file: it is written as the messages arrive",
	);
	const readTime = time(context.getTimezone());
	const sentAfter = validation.parameter('options.sentAfter', 'Sent After', readTime);
	const sentBefore = validation.parameter('options.sentBefore', 'Sent Before', readTime);
	validation.require(
		sentAfter === undefined || sentBefore === undefined || sentAfter < sentBefore,
		"'Sent Before' is not after 'Sent After'",
	);
	validation.require(
		!isFromBeginning || sentAfter === undefined,
		"'Sent After' does not go with the 'Order' From the Beginning, which would read all that is " +
			"older first: use 'After Message ID'",
	);
	const isPinnedOnly =
		pair.pinnedQuery !== undefined &&
		validation.parameter('options.pinnedOnly', 'Pinned Only', toggle) === true;
	validation.require(
		!readOnlyNew(context, validation) || !(isFromBeginning || isPinnedOnly),
		"'Only New Since Last Run' does not go with the 'Order' From the Beginning, nor with 'Pinned " +
			"Only': an old message can be pinned",
	);
	return {
		// A file takes what would be too many items for n8n.
		limit: readLimit(validation, file === undefined ? MAX_ENTRIES : Infinity),
		isOldestFirst,
		isFromBeginning,
		isPinnedOnly,
		hasNames: file?.format === csv,
		file,
		sentAfter,
		sentBefore,
		afterMessageId: validation.parameter('options.afterMessageId', 'After Message ID', messageId),
		beforeMessageId: validation.parameter(
			'options.beforeMessageId',
			'Before Message ID',
			messageId,
		),
	};
}

/** One page of a chat's messages. Throws as `throttledRequestBody` does, and where it cannot be read. */
export async function readPage(
	context: IExecuteSingleFunctions,
	pair: Pair,
	request: IHttpRequestOptions,
	subject: Subject,
): Promise<Page> {
	const body = await throttledRequestBody(context, pair, request, subject);
	const page = pair.readPage(body);
	if (page === undefined) {
		throw unreadableError(context.getNode(), pair, subject);
	}
	return page;
}

/**
 * The routing of every message list: reads the chat's pages and makes an item of each
 * message, or one file of all, paired to its input. With Simplify the common message comes out,
 * otherwise the provider's own with the records it refers to.
 *
 * When a page fails after others have come, the messages so far are returned, then an item with
 * the error (On Error: continue); or the error names the ID to go on from, and there is no file.
 */
export function paginatedMessages(pair: Pair, operation: OperationRequest): INodePropertyRouting {
	return routing(
		pair,
		{
			...operation,
			rules: { afterAll: (context, validation) => readBounds(pair, context, validation) },
		},
		async function (requestData) {
			return await runItem(this, async () => {
				const request = requestOf(requestData);
				return await sinceLastRun(
					this,
					request.url,
					async (memory) => await collect(this, pair, request, memory),
				);
			});
		},
	);
}

async function collect(
	context: IExecuteSingleFunctions,
	pair: Pair,
	request: IHttpRequestOptions,
	memory: ListMemory | undefined,
): Promise<INodeExecutionData[]> {
	const bounds = sinceMark(readBounds(pair, context, validationOf(context)), memory?.mark);
	const { file } = bounds;
	// A spreadsheet has the columns of the common message.
	const isSimplified = file?.format === csv || parameterOf(context, 'simplify', true) !== false;
	const subject = subjectOf(context);
	const output =
		file === undefined
			? new MessageItems(context, bounds)
			: new MessageFile(context, file, subject.chat);
	const progress: Progress = { taken: 0, isCut: false };
	const ending: INodeExecutionData[] = [];
	let newestId = memory?.mark ?? NONE;
	/** The chat has one: what a message tells of it holds for the others. */
	let fanName: string | null = null;

	try {
		const source: PageSource = {
			read: async (qs) => await readPage(context, pair, { ...request, qs }, subject),
			isOver: () => isOver(context),
		};
		for await (const { messages, included } of messagePages(pair, source, bounds, progress)) {
			if (messages.length === 0) continue;
			const shape = isSimplified
				? await simplifier(context, pair, request, subject, included)
				: withIncluded(included);
			if (bounds.hasNames) fanName ??= pair.readFan(subject.chat, messages).name;
			await output.add(messages, bounds.hasNames ? namedBy(fanName, shape) : shape);
			newestId = newestOf(messages, newestId);
		}
		if (progress.isCut && file === undefined && bounds.limit === MAX_ENTRIES) {
			ending.push(cutItem(progress, bounds));
		}
	} catch (error) {
		const interruption = error instanceof Error ? error : new Error(String(error));
		const canGoOn =
			interruption instanceof NodeApiError &&
			progress.taken > 0 &&
			progress.lastId !== undefined &&
			// The next run brings them all.
			memory === undefined;
		if (canGoOn) {
			interruption.description =
				`${progress.taken} messages had arrived before this. To continue from there, set ` +
				`'${restOf(bounds).field}' to ${progress.lastId}. ${interruption.description ?? ''}`;
		}
		if (!canGoOn || !context.continueOnFail()) throw await output.discard(interruption);
		ending.push(errorItem(context, interruption, { [restOf(bounds).name]: progress.lastId }));
	}
	const items = await output.finish(ending.length === 0);
	// What is new and too much for n8n stays new.
	if (!progress.isCut || memory?.mark === undefined) memory?.note(newestId);
	return items.concat(ending);
}

/** Older than every message. */
const NONE = '0';

/** The newest of the messages and the known one, by their IDs. */
function newestOf(messages: IDataObject[], known: string): string {
	let newest = known;
	for (const { id: given } of messages) {
		const one = idOf(given);
		if (one !== undefined && isOlderId(newest, one) === true) newest = one;
	}
	return newest;
}

/** The bounds of what came since a message: all of it, since what a limit left out would be lost. */
function sinceMark(bounds: Bounds, mark: string | undefined): Bounds {
	if (mark === undefined) return bounds;
	const { afterMessageId, file } = bounds;
	const isLater = afterMessageId !== undefined && isOlderId(mark, afterMessageId) === true;
	return {
		...bounds,
		limit: file === undefined ? MAX_ENTRIES : Infinity,
		afterMessageId: isLater ? afterMessageId : mark,
	};
}

/** The items that the messages become. */
class MessageItems {
	private readonly items: INodeExecutionData[] = [];
	/** One for all, as n8n's own helper does it. */
	private readonly pairedItem;

	constructor(
		context: IExecuteSingleFunctions,
		private readonly bounds: Bounds,
	) {
		this.pairedItem = { item: context.getItemIndex() };
	}

	add(messages: IDataObject[], shape: (message: IDataObject) => IDataObject): void {
		for (const message of messages) {
			this.items.push({ json: shape(message), pairedItem: this.pairedItem });
		}
	}

	finish(): INodeExecutionData[] {
		return this.bounds.isOldestFirst ? this.items.reverse() : this.items;
	}

	discard(reason: Error): Error {
		return reason;
	}
}

/**
 * Shapes messages into the common form; looks up the creator's own ID the first time it is needed.
 */
async function simplifier(
	context: IExecuteSingleFunctions,
	pair: Pair,
	request: IHttpRequestOptions,
	{ account, chat }: Required<Pick<Subject, 'account' | 'chat'>>,
	included: Page['included'],
) {
	const about = {
		accountId: account,
		chatId: chat,
		creatorId: await creatorIdOf(context, pair, request, account),
		included,
	};
	return (message: IDataObject): IDataObject => pair.simplify(message, about);
}

/** A row of a spreadsheet: the message, and who its chat is with. */
const namedBy =
	(fanName: string | null, shape: (message: IDataObject) => IDataObject) =>
	(message: IDataObject): IDataObject => ({ ...shape(message), fanName });

/** The bound that gives the rest of a list, where it begins with the last message that came. */
function restOf({ isFromBeginning }: Bounds): { field: string; name: string } {
	return isFromBeginning
		? { field: 'After Message ID', name: 'afterMessageId' }
		: { field: 'Before Message ID', name: 'beforeMessageId' };
}

/** The last item of a list that had to be cut: what happened, and where to go on. */
function cutItem({ taken, lastId }: Progress, bounds: Bounds): INodeExecutionData {
	const { field, name } = restOf(bounds);
	return {
		json: {
			notice:
				`n8n can take ${taken} messages from one input item. To continue, set '${field}' to ` +
				`${lastId ?? 'the ID of the last message'}.`,
			details: { [name]: lastId ?? null },
		},
	};
}
