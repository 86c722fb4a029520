import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecuteSingleFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
} from 'n8n-workflow';
import type { Pair } from '../model/pair';
import { isRecord, textOf } from '../model/values';
import { requestOf, runItem } from '../operation/item';
import { validationOf } from '../operation/parameter';
import { throttledRequest, throttledRequestBody } from '../operation/rateLimit';
import { perRun } from '../operation/run';
import { bodyOrThrow, isOwnError } from '../transport/request';
import { isRejected } from '../transport/response';
import { keyHider } from '../transport/secrets';
import { addressOf, collectPages } from './pages';
import type { EndpointSubject } from './pages';
import { readCall } from './parameters';
import type { EndpointSource } from './parameters';

/**
 * The pagination function of a call of any endpoint: one request and an item with its answer (an
 * answer that is a list gives one for each entry); or, with Return All Pages, page after page as
 * the provider leads on, and an item for each entry.
 *
 * A call that changes something is made once, also over the tries of Retry On Fail: where its
 * answer is lost, the error says that nobody knows, with `context.outcome` `unknown`.
 */
export function callEndpoint(source: EndpointSource) {
	return async function (
		this: IExecuteSingleFunctions,
		requestData: DeclarativeRestApiSettings.ResultOptions,
	): Promise<INodeExecutionData[]> {
		return await runItem(this, async () => {
			const call = readCall(this, source, validationOf(this));
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

			const single = { ...request, url: addressOf(path, call.query) };
			const body = subject.isChanging
				? await changeOnce(this, source.pair, single, subject)
				: await throttledRequestBody(this, source.pair, single, subject);
			// A list comes as `{ list }`, and an answer without a body as nothing.
			const entries =
				Object.keys(body).length === 1 && Array.isArray(body.list) ? body.list : undefined;
			if (entries !== undefined) return entries.map(asItem);
			return [asItem(Object.keys(body).length === 0 ? { success: true } : body)];
		});
	};
}

/**
 * Makes items of what the provider sent; should it ever repeat the API key, that does not get into
 * one.
 */
async function itemMaker(
	context: IExecuteSingleFunctions,
	pair: Pair,
): Promise<(entry: unknown) => INodeExecutionData> {
	const hide = await keyHider(context, pair);
	return (entry) => {
		const text = JSON.stringify(entry);
		const hidden = hide(text);
		const value: unknown = hidden === text ? entry : JSON.parse(hidden);
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
	context: IExecuteSingleFunctions,
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
	context: IExecuteSingleFunctions,
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
