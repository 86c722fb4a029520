import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { DeclarativeRestApiSettings, IDataObject, IExecuteSingleFunctions, IHookFunctions, IHttpRequestOptions, ILoadOptionsFunctions, INode, IPollFunctions } from 'n8n-workflow';
import type { Answer, Subject } from './answer';
import { bounded } from './bounded';
import { noAnswerError, refusalError, statusError, unreadableError } from './errors';
import { MultipartBody } from './multipart';
import type { Pair } from './pair';
import { keyHider } from './secrets';
import { idOf, isRecord, textOf } from './values';

export type Caller = IExecuteSingleFunctions | ILoadOptionsFunctions | IHookFunctions | IPollFunctions;

/** Milliseconds that an answer may take where n8n sets no time, as for triggers and pickers. */
const USUAL_TIMEOUT = 60_000;

/**
 * Sends one request through n8n's own helper with the pair's credential. Gives back whatever came
 * of it, never throws: an answer of any status, or status 0 and the cause where none came whole
 * within the request's `timeout` (milliseconds), or before `isOver` became true.
 */
export async function exchange(caller: Caller, pair: Pair, request: IHttpRequestOptions, isOver = () => false): Promise<Answer> {
	const answer = await answerTo(request, isOver, (plain, signal) => caller.helpers.httpRequestWithAuthentication.call(endedBy(caller, signal), pair.credential, plain));
	return { ...answer, origin: request.baseURL };
}

/** One request to another server than the provider's: it holds no credential. Never throws, as `exchange`. */
export async function keyless(caller: IExecuteSingleFunctions, request: IHttpRequestOptions, isOver: () => boolean): Promise<Answer> {
	const { proxy, timeout, skipSslCertificateValidation, method, url, headers, encoding } = request;
	const bare = { proxy, timeout, skipSslCertificateValidation, method, url, headers, encoding };
	return await answerTo(bare, isOver, (plain) => caller.helpers.httpRequest(plain));
}

/** The caller as n8n's helper is to see it: the helper takes no signal but that of the caller, where it has one. */
function endedBy(caller: Caller, signal: AbortSignal): Caller {
	return new Proxy(caller, {
		get: (target, name, receiver): unknown => (name === 'getExecutionCancelSignal' ? () => signal : Reflect.get(target, name, receiver)),
	});
}

/** A request whose answer comes back whatever its status. */
function plain(request: IHttpRequestOptions, timeout: number, abortSignal: AbortSignal): IHttpRequestOptions {
	return {
		...request,
		timeout,
		abortSignal,
		headers: { ...request.headers },
		json: true,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		// A redirect would carry the key to another place; where one is expected, it is made into a request of its own.
		disableFollowRedirect: true,
	};
}

async function answerTo(request: IHttpRequestOptions, isOver: () => boolean, ask: (plain: IHttpRequestOptions, signal: AbortSignal) => Promise<unknown>): Promise<Answer> {
	const askedAt = Date.now();
	const timeout = request.timeout !== undefined && request.timeout > 0 ? request.timeout : USUAL_TIMEOUT;
	// While a file is on its way, the time for the answer has not begun; n8n's helper would count it.
	const upload = request.body instanceof MultipartBody ? request.body : undefined;
	const begin = () => Math.max(askedAt, upload?.readAt ?? 0);
	const { signal, abort } = abortable();
	const whole = async () => {
		const answer = readAnswer(await ask(plain(request, upload === undefined ? timeout : 0, signal), signal));
		// Instead of the file that was asked for it says something.
		if (isStream(answer.body) && (!isSuccess(answer) || isJson(answer))) answer.body = await wordsOf(answer.body);
		return answer;
	};
	try {
		const answer = await bounded({ deadline: () => begin() + timeout, isOver }, whole, abort);
		return { ...answer, askedAt, stop: abort };
	} catch (cause) {
		return { statusCode: 0, headers: {}, body: undefined, cause, askedAt };
	}
}

/** A signal, and what gives it. */
function abortable(): { signal: AbortSignal; abort: () => void } {
	const controller = new AbortController();
	return { signal: controller.signal, abort: () => controller.abort() };
}

/** A body that comes in pieces, as n8n's helpers take it: Node's `Readable`, which may not be imported here. */
export type Pieces = Exclude<Parameters<IExecuteSingleFunctions['helpers']['prepareBinaryData']>[0], Buffer>;

/** Whether a body comes in pieces, as `encoding: 'stream'` asks for. */
export function isStream(value: unknown): value is Pieces {
	return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

const isJson = ({ headers }: Answer) => /^application\/json\b/i.test(textOf(headers['content-type']) ?? '');

/** The most that is read of a body that should have been a file, in bytes. */
const LONGEST_WORDS = 100_000;

/** The JSON or the text of a streamed body. */
async function wordsOf(stream: AsyncIterable<Uint8Array>): Promise<unknown> {
	const pieces: Uint8Array[] = [];
	let size = 0;
	for await (const piece of stream) {
		pieces.push(piece);
		size += piece.length;
		if (size > LONGEST_WORDS) break;
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
export async function ask(caller: Caller, pair: Pair, request: IHttpRequestOptions): Promise<Answer> {
	const { baseUrl } = await caller.getCredentials(pair.credential);
	const baseURL = originOf(baseUrl);
	if (baseURL === undefined) throw baseUrlError(caller.getNode());
	return await exchange(caller, pair, { ...request, baseURL });
}

/** The body of such a request's success. Throws as `ask` and `judge` do. */
export async function call(caller: Caller, pair: Pair, request: IHttpRequestOptions, subject?: Subject): Promise<IDataObject> {
	return await judge(caller, pair, await ask(caller, pair, request), subject);
}

export function isSuccess({ statusCode }: Answer): boolean {
	return statusCode >= 200 && statusCode < 300;
}

/**
 * The JSON body of a success; a list is handed on as `{ list }`, so that callers read one type.
 *
 * Throws a NodeApiError that says what happened and what to do next for everything else: another
 * status, no answer, a body that is not JSON, a body that says inside that it did not work. No
 * error holds the API key, the request or the whole response.
 */
export async function judge(caller: Caller, pair: Pair, answer: Answer, subject: Subject = {}): Promise<IDataObject> {
	const node = caller.getNode();
	const body = Array.isArray(answer.body) ? { list: answer.body } : answer.statusCode === 204 ? {} : answer.body;
	if (isSuccess(answer) && isRecord(body) && !pair.isRefusalInside(body)) return body;

	if (answer.cause !== undefined) throw noAnswerError(node, pair, answer.cause, subject, answer.origin);
	const hide = await keyHider(caller, pair);
	if (!isSuccess(answer)) throw statusError(node, pair, answer, subject, hide);
	throw isRecord(body) ? refusalError(node, pair, answer, subject, hide) : unreadableError(node, pair, answer, subject, hide);
}

function readAnswer(response: unknown): Answer {
	if (!isRecord(response)) return { statusCode: 0, headers: {}, body: response };
	const { statusCode, headers, body } = response;
	return {
		statusCode: typeof statusCode === 'number' ? statusCode : 0,
		headers: isRecord(headers) ? headers : {},
		body,
	};
}

/**
 * A credential's Base URL as an origin, such as `https://server.example`; undefined when it
 * is not a web address or holds more than the origin. Paths are added by the node, and a wrong
 * address would hand the key to somebody else.
 */
export function originOf(baseUrl: unknown): string | undefined {
	const text = textOf(baseUrl)?.trim() ?? '';
	const url = URL.canParse(text) ? new URL(text) : undefined;
	const isOriginAlone = url !== undefined && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
	return isOriginAlone ? url.origin : undefined;
}

/** Whether an address is on this machine, as a simulator's is. */
export function isLoopback(address: unknown): boolean {
	const text = textOf(address) ?? '';
	return URL.canParse(text) && /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(text).hostname);
}

/** The error for a Base URL that is not an origin. */
export function baseUrlError(node: INode): NodeOperationError {
	return new NodeOperationError(node, 'The Base URL in the credential is not the address of a server alone', {
		description: "Enter it like https://server.example, with nothing behind the server's name. Nothing was sent.",
	});
}

/** Whether a thrown value already says what happened in this project's words. */
export function isOwnError(error: unknown): error is NodeApiError | NodeOperationError {
	return error instanceof NodeApiError || error instanceof NodeOperationError;
}

/** What an item's request is about, for error messages. The parameters were checked before. */
export function subjectOf(context: IExecuteSingleFunctions, isSending = false): Subject & { account: string; chat: string; messageId: string } {
	const idIn = (parameter: string) => {
		// n8n takes an ID out of a locator alone, and not every operation has each of these fields.
		const extractValue = isRecord(context.getNodeParameter(parameter, ''));
		return idOf(context.getNodeParameter(parameter, '', { extractValue }))?.trim() ?? '';
	};
	return { account: idIn('account'), chat: idIn('chat'), messageId: idIn('messageId'), fan: idIn('fan'), itemIndex: context.getItemIndex(), isSending };
}

/** The request that n8n built from the fields of an operation, in the form its helper takes. */
export function requestOf({ options }: DeclarativeRestApiSettings.ResultOptions): IHttpRequestOptions {
	return { ...options, url: options.url ?? '', skipSslCertificateValidation: options.skipSslCertificateValidation === true };
}
