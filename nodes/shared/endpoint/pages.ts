import { createHash } from 'crypto';
import type {
	IDataObject,
	IExecuteSingleFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
} from 'n8n-workflow';
import { MAX_ENTRIES } from '../lists/list';
import { paginate } from '../lists/paginate';
import type { Pagination, Taken } from '../lists/paginate';
import { SeenCursors } from '../lists/seen';
import { idOf, isRecord } from '../model/values';
import { errorItem } from '../operation/item';
import { throttledRequestBody } from '../operation/rateLimit';
import { isOver } from '../operation/run';
import { unreadableError } from '../transport/errors';
import { isOwnError } from '../transport/request';
import type { Subject } from '../transport/response';
import type { Call, EndpointSource } from './parameters';

export type EndpointSubject = Subject & { endpoint: string };

export function addressOf(path: string, query: URLSearchParams): string {
	const text = query.toString();
	return text === '' ? path : `${path}?${text}`;
}

function isList(value: unknown): value is unknown[] {
	return Array.isArray(value);
}

/**
 * The entries of an answer: a list among the payloads, or the list inside of one; undefined where
 * there is none.
 */
function entriesIn(source: EndpointSource, body: IDataObject, path: string): unknown[] | undefined {
	const noun =
		path
			.split('/')
			.filter((segment) => segment !== '')
			.at(-1) ?? '';
	for (const payload of source.payloads(body)) {
		if (isList(payload)) return payload;
		if (!isRecord(payload)) continue;
		// Lists of other records may stand beside it: the one with the endpoint's own name comes first.
		const named = [noun, 'list', 'data', 'items'].map((name) => payload[name]).find(isList);
		if (named !== undefined) return named;
		const lists = Object.values(payload).filter(isList);
		if (lists.length === 1) return lists[0];
	}
	return undefined;
}

export async function collectPages(
	context: IExecuteSingleFunctions,
	source: EndpointSource,
	call: Call,
	request: IHttpRequestOptions,
	subject: EndpointSubject,
	asItem: (entry: unknown) => INodeExecutionData,
): Promise<INodeExecutionData[]> {
	const pairedItem = { item: context.getItemIndex() };
	const pages = new EntryPagination(context, source, call, request, subject);
	const items: INodeExecutionData[] = [];
	const collect = async () => {
		for await (const entries of paginate(pages)) {
			for (const entry of entries) items.push({ ...asItem(entry), pairedItem });
		}
		if (pages.isCut) items.push(cutItem(pages.query));
		return items;
	};
	return await collect().catch((error: unknown) => {
		if (!isOwnError(error) || items.length === 0) throw error;
		const query = pages.query.toString();
		error.description =
			`${items.length} items had arrived before this. To continue from there, set 'Query ` +
			`Parameters' to ${query}. ${error.description ?? ''}`;
		if (!context.continueOnFail()) throw error;
		return [...items, errorItem(context, error, { query })];
	});
}

/** What stands for a value, so that a long list is not kept twice in memory. */
const digestOf = (value: unknown) =>
	createHash('sha256').update(JSON.stringify(value)).digest('base64');

interface EndpointPage {
	body: IDataObject;
	/** Undefined where the answer is not a list. */
	entries: unknown[] | undefined;
}

/** The pages of any list, as the provider leads on. */
class EntryPagination implements Pagination<URLSearchParams, EndpointPage, unknown[]> {
	readonly first: URLSearchParams;
	/** The query of the page that was asked for last. */
	query: URLSearchParams;
	/** Whether there was more than n8n can carry. */
	isCut = false;
	private readonly seen = new Set<string>();
	private readonly seenCursors = new SeenCursors();
	private lastPage = '';
	private pages = 0;
	private taken = 0;

	constructor(
		private readonly context: IExecuteSingleFunctions,
		private readonly source: EndpointSource,
		private readonly call: Call,
		private readonly request: IHttpRequestOptions,
		private readonly subject: EndpointSubject,
	) {
		this.first = call.query;
		this.query = call.query;
		this.seenCursors.add(call.query.toString());
	}

	isOver(): boolean {
		return isOver(this.context);
	}

	/** Throws as `throttledRequestBody` does, and for a later page that is not a list. */
	async read(query: URLSearchParams): Promise<EndpointPage> {
		const { context, source, subject, call, request } = this;
		this.query = query;
		const url = addressOf(call.path, query);
		const body = await throttledRequestBody(context, source.pair, { ...request, url }, subject);
		const entries = entriesIn(source, body, subject.endpoint);
		if (entries === undefined && query !== this.first) {
			throw unreadableError(context.getNode(), source.pair, subject);
		}
		return { body, entries };
	}

	take({ body, entries }: EndpointPage, query: URLSearchParams): Taken<URLSearchParams, unknown[]> {
		this.pages++;
		// An answer that is not a list is all there is.
		if (entries === undefined) return { result: [body] };
		// Entries without an ID cannot be told from another, but a whole page can.
		const digest = digestOf(entries);
		const fresh = digest === this.lastPage ? [] : entries.filter((entry) => this.isNew(entry));
		this.lastPage = digest;
		const result = fresh.slice(0, MAX_ENTRIES - this.taken);
		this.taken += result.length;
		this.isCut = result.length < fresh.length;
		if (this.isCut || fresh.length === 0 || this.pages >= this.call.maxPages) return { result };

		const led = this.source.next(body, query, entries.length);
		if (led === undefined) return { result };
		const next = merged(this.call.query, led, this.source.positions);
		return this.seenCursors.add(next.toString()) ? { result, next } : { result };
	}

	/** Whether an entry comes for the first time: only the same in every field is a repeat. */
	private isNew(entry: unknown): boolean {
		if (!isRecord(entry) || idOf(entry.id) === undefined) return true;
		const { size } = this.seen;
		return this.seen.add(digestOf(entry)).size > size;
	}
}

/** The user's own query with what leads to the next page in the place of what led to the first. */
function merged(own: URLSearchParams, next: URLSearchParams, positions: string[]): URLSearchParams {
	const query = new URLSearchParams(next);
	for (const [name, value] of own) {
		if (!next.has(name) && !positions.includes(name)) query.append(name, value);
	}
	return query;
}

function cutItem(query: URLSearchParams): INodeExecutionData {
	return {
		json: {
			notice:
				`n8n can take ${MAX_ENTRIES} items from one input item. To continue, set 'Query ` +
				`Parameters' to ${query.toString()}.`,
			details: { query: query.toString() },
		},
	};
}
