import type {
	IDataObject,
	IExecuteSingleFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
	INodePropertyRouting,
} from 'n8n-workflow';
import type { Pair } from '../model/pair';
import { numberOf } from '../model/values';
import { requestOf, runItem, subjectOf } from '../operation/item';
import { parameterOf, validationOf } from '../operation/parameter';
import { throttledRequestBody } from '../operation/rateLimit';
import { routing } from '../operation/routing';
import type { OperationRequest } from '../operation/routing';
import { isOver } from '../operation/run';
import type { RequestRules } from '../operation/validate';
import { toggle, wholeNumber } from '../parameters/parsers';
import type { Validation } from '../parameters/validation';
import { unreadableError } from '../transport/errors';
import { DEFAULT_CONCURRENCY } from '../transport/rateLimiter';
import type { Subject } from '../transport/response';
import { NewEntries, noNewsError, readOnlyNew, sinceLastRun } from './onlyNew';
import type { ListMemory, News } from './onlyNew';
import { paginate } from './paginate';
import type { Pagination, Taken } from './paginate';

/** One page of a list. */
export interface EntryPage {
	entries: IDataObject[];
	/** Where the next page begins; undefined at the end. */
	next: string | undefined;
}

/** How one of the provider's lists is read: chats, fans, files and the like. */
export interface EntrySource {
	pair: Pair;
	/**
	 * The most entries that a request may ask for, and the query parameter for it; none where the
	 * provider sets it.
	 */
	size?: { parameter: string; most: number; least?: number };
	/** Whether a page that is shorter than an earlier one is the last, where nothing else tells. */
	endsShort?: boolean;
	/** The query parameter that says where a page begins. */
	start: string;
	/**
	 * Whether pages begin at a number of entries, so that one can be asked for before the one in
	 * front of it has come.
	 */
	isByOffset?: boolean;
	/**
	 * Reads the page of up to `size` entries that begins at `start`; undefined when the answer does
	 * not have the documented shape.
	 */
	readPage(body: IDataObject, start: string | undefined, size: number): EntryPage | undefined;
	/** The query that leads to a page, where `start` alone does not hold it. */
	queryOf?(start: string): IDataObject;
	/** What tells an entry from the others; undefined keeps it. */
	idOf(entry: IDataObject): string | undefined;
	/**
	 * Whether an entry is wanted, where the provider cannot be asked for such alone. The others do
	 * not count for the limit, so that pages are as large as they may be.
	 */
	keeps?(entry: IDataObject): boolean;
	/** How new entries are told, for Only New Since Last Run; absent where nothing tells. */
	news?: News;
	/** The entry as the common form, for Simplify. */
	simplify?(entry: IDataObject, accountId: string): IDataObject;
}

/** The lists of an operation that has several. */
interface EntrySources {
	pair: Pair;
	/** The one that an item's fields choose. */
	choose(context: IExecuteSingleFunctions, request: IHttpRequestOptions): EntrySource;
}

/** n8n crashes above about 118,000 items from one input item (measured on n8n-core 2.41.1). */
export const MAX_ENTRIES = 100_000;

/** Reads Return All and Limit, at most `most`; what is wrong with them goes into the validation. */
export function readLimit(validation: Validation, most = MAX_ENTRIES): number {
	const returnAll = validation.parameter('returnAll', 'Return All', toggle);
	const limit = returnAll ? most : validation.parameter('limit', 'Limit', wholeNumber(1));
	return Math.min(limit ?? 0, most);
}

/**
 * The routing of a list: page after page, each as large as it may be, up to the limit,
 * the last page, a page without anything new or a position that repeats; an item for each entry
 * (promises 1, 2). With Fetch Pages in Parallel, several pages of an offset list are asked for at
 * once: faster, and up to `concurrency - 1` of them may turn out to lie behind the end.
 */
export function paginatedList(
	source: EntrySource | EntrySources,
	operation: OperationRequest,
): INodePropertyRouting {
	const rules: RequestRules = {
		...operation.rules,
		afterAll(context, validation) {
			operation.rules?.afterAll?.(context, validation);
			readLimit(validation);
			readOnlyNew(context, validation);
		},
	};
	return routing(source.pair, { ...operation, rules }, async function (requestData) {
		return await runItem(this, async () => {
			const request = requestOf(requestData);
			const chosen = 'choose' in source ? source.choose(this, request) : source;
			const validation = validationOf(this);
			const { news } = chosen;
			if (readOnlyNew(this, validation) && news === undefined) throw noNewsError(this);
			return await sinceLastRun(this, identityOf(request, news), async (memory) => {
				// What came since is handed over whole: what a limit left out would be lost.
				const limit = memory?.mark === undefined ? readLimit(validation) : MAX_ENTRIES;
				const pages = new EntryPagination(this, chosen, request, limit, memory);
				const items = await itemsOf(this, chosen, pages);
				if (pages.isCut && limit === MAX_ENTRIES) items.push(cutItem());
				pages.note();
				return items;
			});
		});
	});
}

/** What tells a list from the others of a node: the account and the filters, but for times. */
function identityOf({ url, qs = {} }: IHttpRequestOptions, news: News | undefined): unknown {
	const names = news?.timeNames ?? [];
	return [url, Object.entries(qs).filter(([name]) => !names.includes(name)), news?.filter ?? null];
}

/** An item for each entry of those pages. */
async function itemsOf(
	context: IExecuteSingleFunctions,
	source: EntrySource,
	pages: EntryPagination,
): Promise<INodeExecutionData[]> {
	const isSimplified =
		source.simplify !== undefined && parameterOf(context, 'simplify', true) !== false;
	const pairedItem = { item: context.getItemIndex() };
	const { account } = subjectOf(context);
	const items: INodeExecutionData[] = [];
	for await (const entries of paginate(pages)) {
		for (const entry of entries) {
			const json = isSimplified ? (source.simplify?.(entry, account) ?? entry) : entry;
			items.push({ json, pairedItem });
		}
	}
	return items;
}

/** The last item of a list that had to be cut. */
function cutItem(): INodeExecutionData {
	return {
		json: {
			notice:
				`n8n can take ${MAX_ENTRIES} items from one input item, and this list is longer. Use ` +
				'the filters to get it in parts.',
		},
	};
}

/** Where each of the pages begins that are asked for together. */
type Starts = Array<string | undefined>;

/** The pages of one list. */
class EntryPagination implements Pagination<Starts, EntryPage[], IDataObject[]> {
	readonly first: Starts;
	/** Whether the limit left entries out. */
	isCut = false;
	private readonly subject: Subject;
	private readonly pageSize: number;
	/** How many pages are asked for together. */
	private readonly parallel: number;
	private readonly seen = new Set<string>();
	private readonly seenStarts = new Set<string>();
	private taken = 0;
	private longest = 0;
	/** What came since the last run, where that is asked for. */
	private readonly news: NewEntries | undefined;
	/** Whether the list was read to its end. */
	private isWhole = false;

	constructor(
		private readonly context: IExecuteSingleFunctions,
		private readonly source: EntrySource,
		private readonly request: IHttpRequestOptions,
		private readonly limit: number,
		private readonly memory?: ListMemory,
	) {
		const { size, isByOffset, news } = source;
		this.news = memory && news && new NewEntries(news, memory.mark);
		this.subject = subjectOf(context);
		const most = size?.most ?? limit;
		this.pageSize = Math.max(
			size?.least ?? 1,
			source.keeps === undefined ? Math.min(most, limit) : most,
		);
		const isParallel =
			size !== undefined &&
			isByOffset === true &&
			// What is new is on the first page as a rule.
			(memory?.mark === undefined || news?.isNewestFirst !== true) &&
			parameterOf(context, 'options.parallelPages', false) === true;
		const concurrency = parameterOf(context, 'options.concurrency', DEFAULT_CONCURRENCY);
		this.parallel = isParallel ? (numberOf(concurrency) ?? 1) : 1;
		this.first = this.startsFrom(undefined);
	}

	isOver(): boolean {
		return isOver(this.context);
	}

	async read(starts: Starts): Promise<EntryPage[]> {
		return await Promise.all(starts.map(async (start) => await this.readPage(start)));
	}

	take(pages: EntryPage[], starts: Starts): Taken<Starts, IDataObject[]> {
		const result: IDataObject[] = [];
		for (const [index, page] of pages.entries()) {
			const room = this.limit - this.taken;
			const fresh = page.entries.filter((entry) => this.isNew(entry));
			const wanted = fresh
				.filter((entry) => this.news?.add(entry, this.source.idOf(entry)) ?? true)
				.filter((entry) => this.source.keeps?.(entry) ?? true);
			for (const entry of wanted.slice(0, room)) result.push(entry);
			this.taken += Math.min(room, wanted.length);

			const { next } = page;
			const isShort = this.source.endsShort === true && page.entries.length < this.longest;
			this.longest = Math.max(this.longest, page.entries.length);
			this.isWhole = next === undefined || isShort;
			const isEnd =
				next === undefined ||
				isShort ||
				fresh.length === 0 ||
				this.seenStarts.has(next) ||
				this.news?.isBehind(page.entries.at(-1)) === true;
			if (this.taken >= this.limit) {
				this.isCut = wanted.length > room || !isEnd;
				return { result };
			}
			if (isEnd) return { result };
			this.seenStarts.add(next);
			// A page that was shorter than asked for: what was asked for behind it left entries out.
			if (index + 1 === pages.length || next !== starts[index + 1]) {
				return { result, next: this.startsFrom(next) };
			}
		}
		return { result };
	}

	/** Notes how far the list was read; not where what is new was too much for n8n. */
	note(): void {
		const { memory, news, isCut } = this;
		if (memory === undefined || news === undefined) return;
		if (!isCut || memory.mark === undefined) memory.note(news.mark(this.isWhole && !isCut));
	}

	private async readPage(start: string | undefined): Promise<EntryPage> {
		const { context, source, request, subject, pageSize } = this;
		const qs = {
			...this.news?.query,
			...request.qs,
			...(source.size && { [source.size.parameter]: pageSize }),
			...(start && (source.queryOf?.(start) ?? { [source.start]: start })),
		};
		const body = await throttledRequestBody(context, source.pair, { ...request, qs }, subject);
		const page = source.readPage(body, start, pageSize);
		if (page === undefined) throw unreadableError(context.getNode(), source.pair, subject);
		return page;
	}

	/** Only as many pages as the limit leaves room for. */
	private startsFrom(start: string | undefined): Starts {
		const count = Math.min(this.parallel, Math.ceil((this.limit - this.taken) / this.pageSize));
		return Array.from({ length: count }, (_, index) =>
			index === 0 ? start : String(Number(start ?? 0) + index * this.pageSize),
		);
	}

	private isNew(entry: IDataObject): boolean {
		const id = this.source.idOf(entry);
		if (id === undefined) return true;
		const { size } = this.seen;
		return this.seen.add(id).size > size;
	}
}
