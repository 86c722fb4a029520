import type {
	IDataObject,
	IExecutePaginationFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
	INodePropertyRouting,
} from 'n8n-workflow';
import type { Pair } from '../model/pair';
import { numberOf } from '../model/values';
import { requestOf, runItem, subjectOf } from '../operation/item';
import { DEFAULT_CONCURRENCY, throttledRequestBody } from '../operation/rateLimit';
import { routing } from '../operation/routing';
import type { OperationRequest } from '../operation/routing';
import { isOver } from '../operation/run';
import type { RequestRules } from '../operation/validate';
import { toggle, wholeNumber } from '../parameters/parsers';
import { Validation } from '../parameters/validation';
import { unreadableError } from '../transport/errors';

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
	 * The most rows that a request may ask for, and the query parameter for it; none where the
	 * provider sets it.
	 */
	size?: { parameter: string; most: number; least?: number };
	/** Whether a page that is shorter than an earlier one is the last, where nothing else tells. */
	endsShort?: boolean;
	/** The query parameter that says where a page begins. */
	start: string;
	/**
	 * Whether pages begin at a number of rows, so that one can be asked for before the one in front
	 * of it has come.
	 */
	isByOffset?: boolean;
	/**
	 * Reads the page of up to `size` rows that begins at `start`; undefined when the answer does not
	 * have the documented shape.
	 */
	readPage(body: IDataObject, start: string | undefined, size: number): EntryPage | undefined;
	/** What tells a row from the others; undefined keeps it. */
	idOf(entry: IDataObject): string | undefined;
	/** The row as the common form, for Simplify. */
	simplify?(row: IDataObject): IDataObject;
}

/** The list that an item's fields choose, where an operation has several. */
type ChooseSource = (
	context: IExecutePaginationFunctions,
	request: IHttpRequestOptions,
) => EntrySource;

/** n8n crashes above about 118,000 items from one input item (measured on n8n-core 2.41.1). */
export const MAX_ENTRIES = 100_000;

/** Reads Return All and Limit, at most `most`; what is wrong with them goes onto the checklist. */
export function readLimit(validation: Validation, most = MAX_ENTRIES): number {
	const returnAll = validation.parameter('returnAll', 'Return All', toggle);
	const limit = returnAll ? most : validation.parameter('limit', 'Limit', wholeNumber(1));
	return Math.min(limit ?? 0, most);
}

/**
 * The routing of a list: page after page, each as large as it may be, up to the limit,
 * the last page, a page without anything new or a position that repeats; an item for each row
 * (promises 1, 2). With Pages Side by Side, several pages of an offset list are asked for at once:
 * faster, and up to `concurrency - 1` of them may turn out to lie behind the end.
 */
export function paginatedList(
	source: EntrySource | ChooseSource,
	operation: OperationRequest,
): INodePropertyRouting {
	const rules: RequestRules = {
		...operation.rules,
		afterAll(context, validation) {
			operation.rules?.afterAll?.(context, validation);
			readLimit(validation);
		},
	};
	return routing({ ...operation, rules }, async function (requestData) {
		return await runItem(this, async () => {
			const request = requestOf(requestData);
			const chosen = typeof source === 'function' ? source(this, request) : source;
			const limit = readLimit(new Validation(this));
			const isSimplified =
				chosen.simplify !== undefined && this.getNodeParameter('simplify', true) !== false;
			const pairedItem = { item: this.getItemIndex() };
			const items: INodeExecutionData[] = [];
			for await (const entry of entriesOf(this, chosen, request, limit)) {
				items.push({
					json: isSimplified ? (chosen.simplify?.(entry) ?? entry) : entry,
					pairedItem,
				});
			}
			return items;
		});
	});
}

async function* entriesOf(
	context: IExecutePaginationFunctions,
	source: EntrySource,
	request: IHttpRequestOptions,
	limit: number,
): AsyncGenerator<IDataObject> {
	const subject = subjectOf(context);
	const { size, pair } = source;
	const pageSize = Math.max(size?.least ?? 1, Math.min(size?.most ?? limit, limit));
	const ahead =
		size !== undefined &&
		source.isByOffset &&
		context.getNodeParameter('options.sideBySide', false) === true
			? (numberOf(context.getNodeParameter('options.concurrency', DEFAULT_CONCURRENCY)) ?? 1)
			: 1;
	const read = async (start: string | undefined): Promise<EntryPage> => {
		const qs = {
			...request.qs,
			...(size && { [size.parameter]: pageSize }),
			...(start && { [source.start]: start }),
		};
		const page = source.readPage(
			await throttledRequestBody(context, pair, { ...request, qs }, subject),
			start,
			pageSize,
		);
		if (page === undefined) {
			throw unreadableError(context.getNode(), pair, subject);
		}
		return page;
	};

	const seen = new Set<string>();
	const starts = new Set<string | undefined>();
	let taken = 0;
	let longest = 0;
	let start: string | undefined;
	while (!isOver(context)) {
		// The later pages are only worth asking for where the limit leaves room for them.
		const count = Math.min(ahead, Math.ceil((limit - taken) / pageSize));
		const first = start;
		const requested = Array.from({ length: count }, (_, index) =>
			index === 0 ? first : String(Number(first ?? 0) + index * pageSize),
		);
		const pages = await Promise.all(requested.map(read));
		for (const [index, page] of pages.entries()) {
			let isNew = false;
			for (const entry of page.entries) {
				const id = source.idOf(entry);
				if (id !== undefined && seen.has(id)) continue;
				if (id !== undefined) seen.add(id);
				isNew = true;
				yield entry;
				if (++taken >= limit) return;
			}
			start = page.next;
			if (source.endsShort && page.entries.length < longest) return;
			longest = Math.max(longest, page.entries.length);
			if (start === undefined || !isNew || starts.has(start)) return;
			starts.add(start);
			// A page that was shorter than asked for: what was asked for behind it left rows out.
			if (index + 1 < requested.length && start !== requested[index + 1]) break;
		}
	}
}
