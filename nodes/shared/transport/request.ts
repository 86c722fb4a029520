import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type {
	IDataObject,
	IExecuteSingleFunctions,
	IHookFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
} from 'n8n-workflow';
import type { Pair } from '../model/pair';
import { isRecord, textOf } from '../model/values';
import { baseUrlError, originOf } from './baseUrl';
import { noAnswerError, rejectedInsideError, statusError, unreadableError } from './errors';
import { isSuccess } from './response';
import type { Hide } from './providerText';
import type { HttpResponse, Subject } from './response';

export type Caller =
	IExecuteSingleFunctions | ILoadOptionsFunctions | IHookFunctions | IPollFunctions;

/**
 * Sends one request through n8n's own helper with the pair's credential. Gives back whatever came
 * of it, never throws: an answer of any status, or status 0 and the cause where none came.
 */
export async function httpRequest(
	caller: Caller,
	pair: Pair,
	request: IHttpRequestOptions,
): Promise<HttpResponse> {
	const response = await responseTo(() =>
		caller.helpers.httpRequestWithAuthentication.call(caller, pair.credential, plain(request)),
	);
	return { ...response, origin: request.baseURL };
}

/**
 * One request to another server than the provider's: it holds no credential. Never throws, as
 * `exchange`.
 */
export async function requestWithoutCredentials(
	caller: IExecuteSingleFunctions,
	request: IHttpRequestOptions,
): Promise<HttpResponse> {
	const { proxy, timeout, skipSslCertificateValidation, method, url, headers, encoding } = request;
	const abortSignal = caller.getExecutionCancelSignal();
	return await responseTo(() =>
		caller.helpers.httpRequest(
			plain({
				proxy,
				timeout,
				skipSslCertificateValidation,
				method,
				url,
				headers,
				encoding,
				...(abortSignal && { abortSignal }),
			}),
		),
	);
}

/** A request whose answer comes back whatever its status. */
function plain(request: IHttpRequestOptions): IHttpRequestOptions {
	return {
		...request,
		headers: { ...request.headers },
		json: true,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		// A redirect would carry the key to another place; where one is expected, it is made into a
		// request of its own.
		disableFollowRedirect: true,
	};
}

async function responseTo(ask: () => Promise<unknown>): Promise<HttpResponse> {
	const askedAt = Date.now();
	try {
		const response = await ask();
		const answer = readResponse(response);
		// Instead of the file that was asked for it says something.
		if (isStream(answer.body) && (!isSuccess(answer) || isJson(answer))) {
			answer.body = await textIn(answer.body);
		}
		return { ...answer, askedAt };
	} catch (cause) {
		return { statusCode: 0, headers: {}, body: undefined, cause, askedAt };
	}
}

/**
 * A body that comes in pieces, as n8n's helpers take it: Node's `Readable`, which may not be
 * imported here.
 */
type Chunks = Exclude<
	Parameters<IExecuteSingleFunctions['helpers']['prepareBinaryData']>[0],
	Buffer
>;

/** Whether a body comes in pieces, as `encoding: 'stream'` asks for. */
export function isStream(value: unknown): value is Chunks {
	return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

const isJson = ({ headers }: HttpResponse) =>
	/^application\/json\b/i.test(textOf(headers['content-type']) ?? '');

/** The most that is read of a body that should have been a file, in bytes. */
const MAX_WORDS = 100_000;

/** The JSON or the text of a streamed body. */
async function textIn(stream: AsyncIterable<Uint8Array>): Promise<unknown> {
	const pieces: Uint8Array[] = [];
	let size = 0;
	for await (const piece of stream) {
		pieces.push(piece);
		size += piece.length;
		if (size > MAX_WORDS) break;
	}
	const text = Buffer.concat(pieces).toString();
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

/**
 * One request outside of an item's run, such as a trigger's or a picker's, to the credential's own
 * address. Gives back whatever came of it. Throws a NodeOperationError for a wrong Base URL.
 */
export async function requestAtBaseUrl(
	caller: Caller,
	pair: Pair,
	request: IHttpRequestOptions,
): Promise<HttpResponse> {
	const { baseUrl } = await caller.getCredentials(pair.credential);
	const baseURL = originOf(baseUrl);
	if (baseURL === undefined) throw baseUrlError(caller.getNode());
	return await httpRequest(caller, pair, { ...request, baseURL });
}

/** The body of such a request's success. Throws as `ask` and `judge` do. */
export async function requestBody(
	caller: Caller,
	pair: Pair,
	request: IHttpRequestOptions,
	subject?: Subject,
): Promise<IDataObject> {
	return await bodyOrThrow(caller, pair, await requestAtBaseUrl(caller, pair, request), subject);
}

/**
 * The JSON body of a success; a list is handed on as `{ list }`, so that callers read one type.
 *
 * Throws a NodeApiError that says what happened and what to do next for everything else: another
 * status, no answer, a body that is not JSON, a body that says inside that it did not work. No
 * error holds the API key, the request or the whole response.
 */
export async function bodyOrThrow(
	caller: Caller,
	pair: Pair,
	response: HttpResponse,
	subject: Subject = {},
): Promise<IDataObject> {
	const node = caller.getNode();
	const body = Array.isArray(response.body)
		? { list: response.body }
		: response.statusCode === 204
			? {}
			: response.body;
	if (isSuccess(response) && isRecord(body) && !pair.isRejectedInside(body)) return body;

	if (response.cause !== undefined) {
		throw noAnswerError(node, pair, response.cause, subject, response.origin);
	}
	const hide = await keyHider(caller, pair);
	if (!isSuccess(response)) throw statusError(node, pair, response, subject, hide);
	throw isRecord(body)
		? rejectedInsideError(node, pair, response, subject, hide)
		: unreadableError(node, pair, subject, response, hide);
}

/** What takes the API key out of a text that the provider sent. */
export async function keyHider(caller: Caller, pair: Pair): Promise<Hide> {
	const { apiKey } = await caller.getCredentials(pair.credential);
	const key = textOf(apiKey)?.trim();
	return (text) => (key === undefined ? text : text.replaceAll(key, '***'));
}

function readResponse(response: unknown): HttpResponse {
	if (!isRecord(response)) return { statusCode: 0, headers: {}, body: response };
	const { statusCode, headers, body } = response;
	return {
		statusCode: typeof statusCode === 'number' ? statusCode : 0,
		headers: isRecord(headers) ? headers : {},
		body,
	};
}

/** An error that says what happened in this project's words. */
export type OwnError = NodeApiError | NodeOperationError;

/** Whether a thrown value already says what happened in this project's words. */
export function isOwnError(error: unknown): error is OwnError {
	return error instanceof NodeApiError || error instanceof NodeOperationError;
}
