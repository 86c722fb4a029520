import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecutePaginationFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
} from 'n8n-workflow';
import { MAX_ENTRIES } from '../lists/list';
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
function rowsIn(source: EndpointSource, body: IDataObject, path: string): unknown[] | undefined {
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
	const items: INodeExecutionData[] = [];
	const seenIds = new Set<string>();
	const seenCursors = new SeenCursors();
	let lastPage = '';
	let { query } = call;
	seenCursors.add(query.toString());

	for (let page = 1; page <= call.mostPages && !isOver(context); page++) {
		const response = await readPage(
			context,
			source,
			{ ...request, url: addressOf(call.path, query) },
			subject,
			page > 1,
		).catch((error: unknown) => {
			if (!isOwnError(error) || items.length === 0) throw error;
			error.description =
				`${items.length} items had come before this. To go on from there, set 'Query ` +
				`Parameters' to ${query.toString()}. ${error.description ?? ''}`;
			if (!context.continueOnFail()) throw error;
			return errorItem(context, error, { query: query.toString() });
		});
		if ('json' in response) return [...items, response];
		const { body, rows: entries } = response;
		// An answer that is not a list is all there is.
		if (entries === undefined) return [asItem(body)];

		const isRepeated = entries.length > 0 && JSON.stringify(entries) === lastPage;
		const fresh = isRepeated ? [] : entries.filter((row) => isNew(row, seenIds));
		lastPage = JSON.stringify(entries);
		for (const row of fresh) {
			if (items.length === MAX_ENTRIES) return [...items, cutItem(query)];
			items.push({ ...asItem(row), pairedItem });
		}
		const next = fresh.length === 0 ? undefined : source.next(body, query, entries.length);
		if (next === undefined) break;
		query = merged(call.query, next, source.positions);
		if (!seenCursors.add(query.toString())) break;
	}
	return items;
}

/**
 * One page and its rows, which an answer in the midst of a walk has to have. Throws as `pacedCall`
 * does.
 */
async function readPage(
	context: IExecutePaginationFunctions,
	source: EndpointSource,
	request: IHttpRequestOptions,
	subject: EndpointSubject,
	needsRows: boolean,
): Promise<{ body: IDataObject; rows: unknown[] | undefined }> {
	const body = await throttledRequestBody(context, source.pair, request, subject);
	const entries = rowsIn(source, body, subject.endpoint);
	if (entries === undefined && needsRows) {
		throw unreadableError(context.getNode(), source.pair, subject);
	}
	return { body, rows: entries };
}

/** Whether a row comes for the first time; one without an ID cannot be told from another. */
function isNew(entry: unknown, seenIds: Set<string>): boolean {
	const id = isRecord(entry) ? idOf(entry.id) : undefined;
	if (id === undefined) return true;
	const { size } = seenIds;
	return seenIds.add(id).size > size;
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
