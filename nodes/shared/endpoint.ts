import type { DeclarativeRestApiSettings, IDataObject, IExecutePaginationFunctions, IExecuteSingleFunctions, IHttpRequestMethods, IHttpRequestOptions, INodeExecutionData } from 'n8n-workflow';
import { isTurnedAway } from './answer';
import type { Subject } from './answer';
import { Checklist, Refusal, check, oneOf, required, toggle, wholeNumber } from './check';
import type { Reader } from './check';
import { unreadableError } from './errors';
import { MOST_ROWS } from './list';
import { pacedCall, pacedExchange } from './pace';
import type { Pair } from './pair';
import { isOwnError, judge, requestOf } from './request';
import { errorItem, isOver, runOf, settle } from './run';
import { keyHider } from './secrets';
import { SeenCursors } from './seen';
import { idOf, isRecord, recordsIn, textOf } from './values';

/** How a pair's endpoints are reached, and how their lists go on. */
export interface EndpointSource {
	pair: Pair;
	/** What the paths of the pair begin with, and of which of them they are not, where another platform's lie among them. */
	start: string;
	except?: string;
	/** Where in an answer its list may stand, itself or inside; the first that holds one counts. */
	payloads(body: IDataObject): unknown[];
	/** The query parameters that say where a page begins: the next page has its own. */
	positions: string[];
	/** The query parameters that lead to the next page; undefined at the end. */
	next(body: IDataObject, query: URLSearchParams, rowCount: number): URLSearchParams | undefined;
}

/** What the user wants to be asked. */
interface Call {
	method: IHttpRequestMethods;
	path: string;
	query: URLSearchParams;
	body: IDataObject | IDataObject[] | undefined;
	returnsAllPages: boolean;
	mostPages: number;
}

const METHODS: IHttpRequestMethods[] = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'];

const METHODS_WITH_BODY: IHttpRequestMethods[] = ['DELETE', 'PATCH', 'POST', 'PUT'];

/**
 * A path below the provider's own address. Only plain segments: whatever a server or a proxy could
 * read as another host, a step up, an escape or a query is not one.
 */
function pathOf({ start, except }: EndpointSource): Reader<string> {
	return (value, field) => {
		const path = typeof value === 'string' ? value.trim() : '';
		if (path === '') return undefined;
		if (path.includes('?')) return new Refusal(`'${field}' has to end before the question mark: what comes after it goes into 'Query Parameters'`);
		const segments = path.split('/').slice(1);
		// A slash at the end leaves an empty segment there alone.
		if (segments.at(-1) === '') segments.pop();
		const isPlain = path.startsWith(start) && segments.every((segment) => /^[\w.~-]+$/.test(segment) && !/^\.+$/.test(segment));
		if (!isPlain) return new Refusal(`'${field}' has to begin with ${start} and to have only letters, digits and - _ . ~ between its slashes`);
		if (except !== undefined && `${path}/`.startsWith(except)) return new Refusal(`'${field}' has to be one of this platform: ${except} belongs to another node`);
		return path;
	};
}

/** A number beyond this is not what the user wrote any more. */
function isInexact(value: unknown): boolean {
	if (typeof value === 'number') return Number.isInteger(value) && !Number.isSafeInteger(value);
	return typeof value === 'object' && value !== null && Object.values(value).some(isInexact);
}

const queryValue: Reader<string> = (value, field) => {
	if (value === undefined || value === null) return '';
	if (isInexact(value)) return new Refusal(`'${field}' holds a number that is too long to be exact: pass it as text`);
	if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
	return new Refusal(`'${field}' has to be text, a number, true or false`);
};

const queryName: Reader<string> = (value, field) => (typeof value === 'string' && value.trim() !== '' ? value.trim() : new Refusal(`'${field}' has to be text`));

const jsonBody: Reader<IDataObject | IDataObject[]> = (value, field) => {
	const isEmpty = value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
	if (isEmpty) return undefined;
	let parsed: unknown;
	try {
		parsed = typeof value === 'string' ? JSON.parse(value) : value;
	} catch {
		return new Refusal(`'${field}' has to be JSON, such as {"text": "Hello"}`);
	}
	if (isInexact(parsed)) return new Refusal(`'${field}' holds a number that is too long to be exact: put it into quotes`);
	if (isRecord(parsed)) return parsed;
	const rows = recordsIn(parsed);
	if (Array.isArray(parsed) && rows.length === parsed.length) return rows;
	return new Refusal(`'${field}' has to be a JSON object or a list of them`);
};

/** Reads what is to be asked; what is wrong with it goes onto the checklist. */
function readCall(context: IExecuteSingleFunctions, source: EndpointSource, checklist: Checklist): Call {
	const method = METHODS.find((one) => one === checklist.parameter('method', 'Method', required(oneOf(...METHODS)))) ?? 'GET';
	const query = new URLSearchParams();
	for (const row of recordsIn(context.getNodeParameter('queryParameters.parameter', []))) {
		const name = checklist.read(row.name, 'Query Parameters › Name', queryName);
		const value = checklist.read(row.value, 'Query Parameters › Value', queryValue);
		if (name !== undefined && value !== undefined) query.append(name, value);
	}
	const isReading = method === 'GET';
	return {
		method,
		path: checklist.parameter('path', 'Path', required(pathOf(source))) ?? '',
		query,
		body: METHODS_WITH_BODY.includes(method) ? checklist.parameter('body', 'Body', jsonBody) : undefined,
		returnsAllPages: isReading && checklist.parameter('returnAllPages', 'Return All Pages', toggle) === true,
		// Zero or nothing is no limit.
		mostPages: (isReading && checklist.parameter('options.mostPages', 'Most Pages', (value, field) => (value === '' ? undefined : wholeNumber(0)(value, field)))) || Infinity,
	};
}

/** The check of a call of any endpoint: nothing leaves unless it is one of the pair's own. */
export function checkEndpoint(source: EndpointSource) {
	return check({ also: (context, checklist) => readCall(context, source, checklist) });
}

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
	return async function (this: IExecutePaginationFunctions, requestData: DeclarativeRestApiSettings.ResultOptions): Promise<INodeExecutionData[]> {
		return await settle(this, async () => {
			const call = readCall(this, source, new Checklist(this));
			const { method, path } = call;
			const subject: EndpointSubject = { endpoint: path, isChanging: method !== 'GET', itemIndex: this.getItemIndex() };
			const request: IHttpRequestOptions = { ...requestOf(requestData), method, qs: {}, body: call.body };
			const asItem = await itemMaker(this, source.pair);
			if (call.returnsAllPages) return await collectPages(this, source, call, request, subject, asItem);

			const ask = { ...request, url: addressOf(path, call.query) };
			const body = subject.isChanging ? await changeOnce(this, source.pair, ask, subject) : await pacedCall(this, source.pair, ask, subject);
			// A list comes as `{ list }`, and an answer without a body as nothing.
			const rows = Object.keys(body).length === 1 && Array.isArray(body.list) ? body.list : undefined;
			if (rows !== undefined) return rows.map(asItem);
			return [asItem(Object.keys(body).length === 0 ? { success: true } : body)];
		});
	};
}

function addressOf(path: string, query: URLSearchParams): string {
	const text = query.toString();
	return text === '' ? path : `${path}?${text}`;
}

/** Makes items of what the provider sent; should it ever repeat the API key, that does not get into one. */
async function itemMaker(context: IExecutePaginationFunctions, pair: Pair): Promise<(row: unknown) => INodeExecutionData> {
	const hide = await keyHider(context, pair);
	return (row) => {
		const text = JSON.stringify(row);
		const hidden = hide(text);
		const value: unknown = hidden === text ? row : JSON.parse(hidden);
		if (isRecord(value)) return { json: value };
		// JSON has nothing else.
		const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || typeof value === 'object';
		return { json: { value: isPlain ? value : null } };
	};
}

/** Makes a call that changes something, unless an earlier try of this item made it or may have. */
async function changeOnce(context: IExecutePaginationFunctions, pair: Pair, request: IHttpRequestOptions, subject: EndpointSubject): Promise<IDataObject> {
	const { changes: made } = runOf(context);
	const item = context.getItemIndex();
	const change = made.get(item) ?? makeChange(context, pair, request, subject);
	made.set(item, change);
	return await change.catch((error: unknown) => {
		// What was certainly not carried out may be tried again.
		if (isOwnError(error) && error.context.outcome !== 'unknown') made.delete(item);
		throw error;
	});
}

async function makeChange(context: IExecutePaginationFunctions, pair: Pair, request: IHttpRequestOptions, subject: EndpointSubject): Promise<IDataObject> {
	const answer = await pacedExchange(context, pair, request, subject);
	return await judge(context, pair, answer, subject).catch((error: unknown) => {
		if (isOwnError(error)) error.context.outcome = isTurnedAway(answer) || answer.statusCode === 409 ? 'notSent' : 'unknown';
		throw error;
	});
}

function isList(value: unknown): value is unknown[] {
	return Array.isArray(value);
}

/** The rows of an answer: a list among the payloads, or the list inside of one; undefined where there is none. */
function rowsIn(source: EndpointSource, body: IDataObject, path: string): unknown[] | undefined {
	const noun = path.split('/').filter((segment) => segment !== '').at(-1) ?? '';
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
	asItem: (row: unknown) => INodeExecutionData,
): Promise<INodeExecutionData[]> {
	const pairedItem = { item: context.getItemIndex() };
	const items: INodeExecutionData[] = [];
	const seenIds = new Set<string>();
	const seenCursors = new SeenCursors();
	let lastPage = '';
	let { query } = call;
	seenCursors.add(query.toString());

	for (let page = 1; page <= call.mostPages && !isOver(context); page++) {
		const answer = await readPage(context, source, { ...request, url: addressOf(call.path, query) }, subject, page > 1).catch((error: unknown) => {
			if (!isOwnError(error) || items.length === 0) throw error;
			error.description = `${items.length} items had come before this. To go on from there, set 'Query Parameters' to ${query.toString()}. ${error.description ?? ''}`;
			if (!context.continueOnFail()) throw error;
			return errorItem(context, error, { query: query.toString() });
		});
		if ('json' in answer) return [...items, answer];
		const { body, rows } = answer;
		// An answer that is not a list is all there is.
		if (rows === undefined) return [asItem(body)];

		const isRepeated = rows.length > 0 && JSON.stringify(rows) === lastPage;
		const fresh = isRepeated ? [] : rows.filter((row) => isNew(row, seenIds));
		lastPage = JSON.stringify(rows);
		for (const row of fresh) {
			if (items.length === MOST_ROWS) return [...items, cutItem(query)];
			items.push({ ...asItem(row), pairedItem });
		}
		const next = fresh.length === 0 ? undefined : source.next(body, query, rows.length);
		if (next === undefined) break;
		query = merged(call.query, next, source.positions);
		if (!seenCursors.add(query.toString())) break;
	}
	return items;
}

/** One page and its rows, which an answer in the midst of a walk has to have. Throws as `pacedCall` does. */
async function readPage(context: IExecutePaginationFunctions, source: EndpointSource, request: IHttpRequestOptions, subject: EndpointSubject, needsRows: boolean): Promise<{ body: IDataObject; rows: unknown[] | undefined }> {
	const body = await pacedCall(context, source.pair, request, subject);
	const rows = rowsIn(source, body, subject.endpoint);
	if (rows === undefined && needsRows) throw unreadableError(context.getNode(), source.pair, { statusCode: 200, headers: {}, body: undefined }, subject);
	return { body, rows };
}

/** Whether a row comes for the first time; one without an ID cannot be told from another. */
function isNew(row: unknown, seenIds: Set<string>): boolean {
	const id = isRecord(row) ? idOf(row.id) : undefined;
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
			notice: `n8n can carry ${MOST_ROWS} items from one input item. To go on, set 'Query Parameters' to ${query.toString()}.`,
			details: { query: query.toString() },
		},
	};
}

/** The query of an absolute link. Only that is taken: it is asked for at the credential's own address. */
export function queryOfLink(link: unknown): URLSearchParams | undefined {
	const text = textOf(link);
	if (text === undefined || !URL.canParse(text)) return undefined;
	const { searchParams } = new URL(text);
	return searchParams.size === 0 ? undefined : searchParams;
}
