import type { DeclarativeRestApiSettings, IDataObject, IExecutePaginationFunctions, IHttpRequestOptions, INodeExecutionData } from 'n8n-workflow';
import { Checklist, toggle, wholeNumber } from './check';
import { unreadableError } from './errors';
import { DEFAULT_CONCURRENCY, pacedCall } from './pace';
import type { Pair } from './pair';
import { requestOf, subjectOf } from './request';
import { isOver, settle } from './run';
import { numberOf } from './values';

/** One page of a list. */
export interface RowPage {
	rows: IDataObject[];
	/** Where the next page begins; undefined at the end. */
	next: string | undefined;
}

/** How one of the provider's lists is read: chats, fans, files and the like. */
export interface RowSource {
	pair: Pair;
	/** The most rows that a request may ask for, and the query parameter for it; none where the provider sets it. */
	size?: { parameter: string; most: number; least?: number };
	/** Whether a page that is shorter than an earlier one is the last, where nothing else tells. */
	endsShort?: boolean;
	/** The query parameter that says where a page begins. */
	start: string;
	/** Whether pages begin at a number of rows, so that one can be asked for before the one in front of it has come. */
	isByOffset?: boolean;
	/** Reads the page of up to `size` rows that begins at `start`; undefined when the answer does not have the documented shape. */
	readPage(body: IDataObject, start: string | undefined, size: number): RowPage | undefined;
	/** What tells a row from the others; undefined keeps it. */
	idOf(row: IDataObject): string | undefined;
	/** The row as the common form, for Simplify. */
	simplify?(row: IDataObject): IDataObject;
}

/** n8n crashes above about 118,000 items from one input item (measured on n8n-core 2.41.1). */
export const MOST_ROWS = 100_000;

/** Reads Return All and Limit, at most `most`; what is wrong with them goes onto the checklist. */
export function readLimit(checklist: Checklist, most = MOST_ROWS): number {
	const returnAll = checklist.parameter('returnAll', 'Return All', toggle);
	const limit = returnAll ? most : checklist.parameter('limit', 'Limit', wholeNumber(1));
	return Math.min(limit ?? 0, most);
}

/**
 * The pagination function of a list: page after page, each as large as it may be, up to the limit,
 * the last page, a page without anything new or a position that repeats; an item for each row
 * (promises 1, 2). With Pages Side by Side, several pages of an offset list are asked for at once:
 * faster, and up to `concurrency - 1` of them may turn out to lie behind the end.
 */
export function walkRows(source: RowSource) {
	return async function (this: IExecutePaginationFunctions, requestData: DeclarativeRestApiSettings.ResultOptions): Promise<INodeExecutionData[]> {
		return await settle(this, async () => {
			const limit = readLimit(new Checklist(this));
			const isSimplified = source.simplify !== undefined && this.getNodeParameter('simplify', true) !== false;
			const pairedItem = { item: this.getItemIndex() };
			const items: INodeExecutionData[] = [];
			for await (const row of rowsOf(this, source, requestOf(requestData), limit)) {
				items.push({ json: isSimplified ? (source.simplify?.(row) ?? row) : row, pairedItem });
			}
			return items;
		});
	};
}

async function* rowsOf(context: IExecutePaginationFunctions, source: RowSource, request: IHttpRequestOptions, limit: number): AsyncGenerator<IDataObject> {
	const subject = subjectOf(context);
	const { size, pair } = source;
	const pageSize = Math.max(size?.least ?? 1, Math.min(size?.most ?? limit, limit));
	const ahead = size !== undefined && source.isByOffset && context.getNodeParameter('options.sideBySide', false) === true ? (numberOf(context.getNodeParameter('options.concurrency', DEFAULT_CONCURRENCY)) ?? 1) : 1;
	const read = async (start: string | undefined): Promise<RowPage> => {
		const qs = { ...request.qs, ...(size && { [size.parameter]: pageSize }), ...(start && { [source.start]: start }) };
		const page = source.readPage(await pacedCall(context, pair, { ...request, qs }, subject), start, pageSize);
		if (page === undefined) throw unreadableError(context.getNode(), pair, { statusCode: 200, headers: {}, body: undefined }, subject);
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
		const asked = Array.from({ length: count }, (_, index) => (index === 0 ? first : String(Number(first ?? 0) + index * pageSize)));
		const pages = await Promise.all(asked.map(read));
		for (const [index, page] of pages.entries()) {
			let isNew = false;
			for (const row of page.rows) {
				const id = source.idOf(row);
				if (id !== undefined && seen.has(id)) continue;
				if (id !== undefined) seen.add(id);
				isNew = true;
				yield row;
				if (++taken >= limit) return;
			}
			start = page.next;
			if (source.endsShort && page.rows.length < longest) return;
			longest = Math.max(longest, page.rows.length);
			if (start === undefined || !isNew || starts.has(start)) return;
			starts.add(start);
			// A page that was shorter than asked for: what was asked for behind it left rows out.
			if (index + 1 < asked.length && start !== asked[index + 1]) break;
		}
	}
}
