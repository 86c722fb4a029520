import { createHash } from 'crypto';
import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecutePaginationFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
} from 'n8n-workflow';
import { MAX_ENTRIES } from '../lists/list';
import { paginate } from '../lists/paginate';
import type { PageWalk, Taken } from '../lists/paginate';
import { SeenCursors } from '../lists/seen';
import type { Pair } from '../model/pair';
import { idOf, isRecord, textOf } from '../model/values';
import { errorItem, requestOf, runItem } from '../operation/item';
import { throttledRequest, throttledRequestBody } from '../operation/rateLimit';
import { isOver, perRun } from '../operation/run';
import { Validation } from '../parameters/validation';
import { unreadableError } from '../transport/errors';
import { bodyOrThrow, isOwnError } from '../transport/request';
import { isRejected } from '../transport/response';
import type { Subject } from '../transport/response';
import { keyHider } from '../transport/secrets';
import { readCall } from './parameters';
import type { Call, EndpointSource } from './parameters';

type EndpointSubject = Subject & { endpoint: string };

/**
 * The pagination function of a call of any endpoint: one request and an item with its answer (an
 * answer that is a list gives one for each row); or, with Return All Pages, page after page as the
 * provider leads on, and an item for each row.
 *
 * A call that changes something is made once, also over the tries of Retry On Fail: where its
 * answer is lost, the error says that nobody knows, with `context.outcome` `unknown`.
 */
export function callEndpoint(source: EndpointSource) {
	return async function (
		this: IExecutePaginationFunctions,
		requestData: DeclarativeRestApiSettings.ResultOptions,
	): Promise<INodeExecutionData[]> {
		return await runItem(this, async () => {
			const call = readCall(this, source, new Validation(this));
			const { method, path } = call;
			const subject: EndpointSubject = {
				endpoint: path,
				isChanging: method !== 'GET',
				itemIndex: this.getItemIndex(),
			};
			const request: IHttpRequestOptions = {
				...requestOf(requestData),
				method,
				qs: {},
				body: call.body,
			};
			const asItem = await itemMaker(this, source.pair);
			if (call.returnsAllPages) {
				return await collectPages(this, source, call, request, subject, asItem);
			}

			const ask = { ...request, url: addressOf(path, call.query) };
			const body = subject.isChanging
				? await changeOnce(this, source.pair, ask, subject)
				: await throttledRequestBody(this, source.pair, ask, subject);
			// A list comes as `{ list }`, and an answer without a body as nothing.
			const entries =
				Object.keys(body).length === 1 && Array.isArray(body.list) ? body.list : undefined;
			if (entries !== undefined) return entries.map(asItem);
			return [asItem(Object.keys(body).length === 0 ? { success: true } : body)];
		});
	};
}

function addressOf(path: string, query: URLSearchParams): string {
	const text = query.toString();
	return text === '' ? path : `${path}?${text}`;
}

/**
 * Makes items of what the provider sent; should it ever repeat the API key, that does not get into
 * one.
 */
async function itemMaker(
	context: IExecutePaginationFunctions,
	pair: Pair,
): Promise<(entry: unknown) => INodeExecutionData> {
	const hide = await keyHider(context, pair);
	return (row) => {
		const text = JSON.stringify(row);
		const hidden = hide(text);
		const value: unknown = hidden === text ? row : JSON.parse(hidden);
		if (isRecord(value)) return { json: value };
		// JSON has nothing else.
		const isPlain =
			typeof value === 'string' ||
			typeof value === 'number' ||
			typeof value === 'boolean' ||
			typeof value === 'object';
		return { json: { value: isPlain ? value : null } };
	};
}

/** What became of each item's call that changes something. */
const changesOf = perRun(() => new Map<number, Promise<IDataObject>>());

/** Makes a call that changes something, unless an earlier try of this item made it or may have. */
async function changeOnce(
	context: IExecutePaginationFunctions,
	pair: Pair,
	request: IHttpRequestOptions,
	subject: EndpointSubject,
): Promise<IDataObject> {
	const made = changesOf(context);
	const item = context.getItemIndex();
	const change = made.get(item) ?? makeChange(context, pair, request, subject);
	made.set(item, change);
	return await change.catch((error: unknown) => {
		// What was certainly not carried out may be tried again.
		if (isOwnError(error) && error.context.outcome !== 'unknown') made.delete(item);
		throw error;
	});
}

async function makeChange(
	context: IExecutePaginationFunctions,
	pair: Pair,
	request: IHttpRequestOptions,
	subject: EndpointSubject,
): Promise<IDataObject> {
	const response = await throttledRequest(context, pair, request, subject);
	return await bodyOrThrow(context, pair, response, subject).catch((error: unknown) => {
		if (isOwnError(error)) {
			error.context.outcome =
				isRejected(pair, response) || response.statusCode === 409 ? 'notSent' : 'unknown';
		}
		throw error;
	});
}

function isList(value: unknown): value is unknown[] {
	return Array.isArray(value);
}

/**
 * The rows of an answer: a list among the payloads, or the list inside of one; undefined where
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

async function collectPages(
	context: IExecutePaginationFunctions,
	source: EndpointSource,
	call: Call,
	request: IHttpRequestOptions,
	subject: EndpointSubject,
	asItem: (entry: unknown) => INodeExecutionData,
): Promise<INodeExecutionData[]> {
	const pairedItem = { item: context.getItemIndex() };
	const walk = new EntryWalk(context, source, call, request, subject);
	const items: INodeExecutionData[] = [];
	const collect = async () => {
		for await (const entries of paginate(walk)) {
			for (const entry of entries) items.push({ ...asItem(entry), pairedItem });
		}
		if (walk.isCut) items.push(cutItem(walk.query));
		return items;
	};
	return await collect().catch((error: unknown) => {
		if (!isOwnError(error) || items.length === 0) throw error;
		const query = walk.query.toString();
		error.description =
			`${items.length} items had come before this. To go on from there, set 'Query ` +
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

/** The walk through the pages of any list, as the provider leads on. */
class EntryWalk implements PageWalk<URLSearchParams, EndpointPage, unknown[]> {
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
		private readonly context: IExecutePaginationFunctions,
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
				`n8n can carry ${MAX_ENTRIES} items from one input item. To go on, set 'Query ` +
				`Parameters' to ${query.toString()}.`,
			details: { query: query.toString() },
		},
	};
}

/**
 * The query of an absolute link. Only that is taken: it is asked for at the credential's own
 * address.
 */
export function queryOfLink(link: unknown): URLSearchParams | undefined {
	const text = textOf(link);
	if (text === undefined || !URL.canParse(text)) return undefined;
	const { searchParams } = new URL(text);
	return searchParams.size === 0 ? undefined : searchParams;
}
