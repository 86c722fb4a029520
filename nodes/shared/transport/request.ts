import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { IDataObject, IExecuteSingleFunctions, IHttpRequestOptions } from 'n8n-workflow';
import type { Pair } from '../model/pair';
import { isRecord, textOf } from '../model/values';
import { baseUrlError, originOf } from './baseUrl';
import { bounded } from './bounded';
import type { Caller } from './caller';
import { noAnswerError, rejectedInsideError, statusError, unreadableError } from './errors';
import { MultipartBody } from './multipart';
import { DEFAULT_CONCURRENCY, enterAccount, FIRST_WAIT, MAX_PATIENCE, Share } from './rateLimiter';
import { isSuccess, retryAfterSeconds } from './response';
import type { HttpResponse, Subject } from './response';
import { keyHider } from './secrets';

/** Milliseconds that an answer may take where n8n sets no time, as for triggers and pickers. */
const USUAL_TIMEOUT = 60_000;

/**
 * Sends one request through n8n's own helper with the pair's credential. Gives back whatever came
 * of it, never throws: an answer of any status, or status 0 and the cause where none came whole
 * within the request's `timeout` (milliseconds), or before `isOver` became true.
 */
export async function httpRequest(
	caller: Caller,
	pair: Pair,
	request: IHttpRequestOptions,
	isOver = () => false,
): Promise<HttpResponse> {
	const response = await responseTo(request, isOver, (plain, signal) =>
		caller.helpers.httpRequestWithAuthentication.call(
			endedBy(caller, signal),
			pair.credential,
			plain,
		),
	);
	return { ...response, origin: request.baseURL };
}

/**
 * One request to another server than the provider's: it holds no credential. Never throws, as
 * `httpRequest`.
 */
export async function requestWithoutCredentials(
	caller: IExecuteSingleFunctions,
	request: IHttpRequestOptions,
	isOver: () => boolean,
): Promise<HttpResponse> {
	const { proxy, timeout, skipSslCertificateValidation, method, url, headers, encoding } = request;
	const bare = { proxy, timeout, skipSslCertificateValidation, method, url, headers, encoding };
	return await responseTo(bare, isOver, (plain) => caller.helpers.httpRequest(plain));
}

/**
 * The caller as n8n's helper is to see it: the helper takes no signal but that of the caller, where
 * it has one.
 */
function endedBy(caller: Caller, signal: AbortSignal): Caller {
	return new Proxy(caller, {
		get: (target, name, receiver): unknown =>
			name === 'getExecutionCancelSignal' ? () => signal : Reflect.get(target, name, receiver),
	});
}

/** A request whose answer comes back whatever its status. */
function plain(
	request: IHttpRequestOptions,
	timeout: number,
	abortSignal: AbortSignal,
): IHttpRequestOptions {
	return {
		...request,
		timeout,
		abortSignal,
		headers: { ...request.headers },
		json: true,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		// A redirect would carry the key to another place; where one is expected, it is made into a
		// request of its own.
		disableFollowRedirect: true,
	};
}

async function responseTo(
	request: IHttpRequestOptions,
	isOver: () => boolean,
	send: (plain: IHttpRequestOptions, signal: AbortSignal) => Promise<unknown>,
): Promise<HttpResponse> {
	const askedAt = Date.now();
	const timeout =
		request.timeout !== undefined && request.timeout > 0 ? request.timeout : USUAL_TIMEOUT;
	// While a file is on its way, the time for the answer has not begun; n8n's helper would count it.
	const upload = request.body instanceof MultipartBody ? request.body : undefined;
	const begin = () => Math.max(askedAt, upload?.readAt ?? 0);
	const { signal, abort } = abortable();
	const whole = async () => {
		const response = readResponse(
			await send(plain(request, upload === undefined ? timeout : 0, signal), signal),
		);
		// Instead of the file that was asked for it says something.
		if (isStream(response.body) && (!isSuccess(response) || isJson(response))) {
			response.body = await textIn(response.body);
		}
		return response;
	};
	try {
		const response = await bounded({ deadline: () => begin() + timeout, isOver }, whole, abort);
		return { ...response, askedAt, stop: abort };
	} catch (cause) {
		return { statusCode: 0, headers: {}, body: undefined, cause, askedAt };
	}
}

/** A signal, and what gives it. */
function abortable(): { signal: AbortSignal; abort: () => void } {
	const controller = new AbortController();
	return { signal: controller.signal, abort: () => controller.abort() };
}

/**
 * A body that comes in pieces, as n8n's helpers take it: Node's `Readable`, which may not be
 * imported here.
 */
export type Chunks = Exclude<
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
 * address, in its turn among those of the account. Gives back whatever came of it; a 429 makes the
 * account's other requests wait. Throws a NodeOperationError for a wrong Base URL.
 */
export async function requestAtBaseUrl(
	caller: Caller,
	pair: Pair,
	request: IHttpRequestOptions,
	account = '',
): Promise<HttpResponse> {
	const { baseUrl } = await caller.getCredentials(pair.credential);
	const baseURL = originOf(baseUrl);
	if (baseURL === undefined) throw baseUrlError(caller.getNode());
	const full = { ...request, baseURL };
	const place = enterAccount(pair, full, account, {
		share: new Share(),
		concurrency: DEFAULT_CONCURRENCY,
	});
	await place.entered;
	try {
		const response = await httpRequest(caller, pair, full);
		const seconds = retryAfterSeconds(pair, response) ?? FIRST_WAIT;
		if (response.statusCode === 429 && seconds <= MAX_PATIENCE) place.pause(seconds);
		return response;
	} finally {
		place.leave();
	}
}

/** The body of such a request's success. Throws as `requestAtBaseUrl` and `bodyOrThrow` do. */
export async function requestBody(
	caller: Caller,
	pair: Pair,
	request: IHttpRequestOptions,
	subject?: Subject,
): Promise<IDataObject> {
	const response = await requestAtBaseUrl(caller, pair, request, subject?.account);
	return await bodyOrThrow(caller, pair, response, subject);
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
