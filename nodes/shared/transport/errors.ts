import { NodeApiError } from 'n8n-workflow';
import type { IDataObject, INode, JsonObject } from 'n8n-workflow';
import type { Pair } from '../model/pair';
import { isRecord, numberOf, recordAt, textOf, valueAt } from '../model/values';

/** What a request was about, so that a message can name it. */
export interface Subject {
	account?: string;
	chat?: string;
	/** For operations on one message. */
	messageId?: string;
	/** For operations on one fan: the user name or the ID. */
	fan?: string;
	itemIndex?: number;
	/** True for requests that write to a fan: without an answer their outcome is unknown. */
	isSending?: boolean;
	/** The path, where the user chose it. */
	endpoint?: string;
	/** True for requests to such a path that may change something. */
	isChanging?: boolean;
}

/** What came of a request. */
export interface HttpResponse {
	/** When the request left, in milliseconds since 1970. */
	askedAt?: number;
	/** The server that was asked, as the credential has it. */
	origin?: string;
	/** 0 where no answer came. */
	statusCode: number;
	headers: IDataObject;
	body: unknown;
	/** Why no answer came. */
	cause?: unknown;
}

type Failure = NonNullable<NodeApiError['failure']>;

interface Explanation {
	message: string;
	/** What to do next. */
	advice: string;
	failure?: Failure;
}

const MAX_PROVIDER_TEXT = 400;

/**
 * The provider's own words in an answer that is not a success, tags removed, cut to a readable
 * length.
 */
function providerText(body: unknown): string {
	const words: string[] = [];
	for (const key of ['message', 'error', 'description', 'detail', 'reason']) {
		const value = textOf(valueAt(body, key));
		if (value !== undefined && !words.includes(value)) words.push(value);
	}
	for (const [field, problems] of Object.entries(recordAt(body, 'errors'))) {
		const text = (Array.isArray(problems) ? problems : [problems])
			.filter((one) => typeof one === 'string')
			.join(' ');
		words.push(`${field}: ${text}`);
	}
	if (typeof body === 'string') words.push(/<title>([^<]*)/i.exec(body)?.[1] ?? body);
	const plain = words
		.join(' · ')
		.replace(/<[^>]*>/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();
	return plain.length > MAX_PROVIDER_TEXT ? `${plain.slice(0, MAX_PROVIDER_TEXT)}…` : plain;
}

/** Seconds that the provider asks to wait; undefined where it does not say. */
export function retryAfterSeconds({ headers, body }: HttpResponse): number | undefined {
	for (const name of ['retry-after', 'x-ratelimit-retry-after']) {
		const value = headers[name];
		const seconds = numberOf(value) ?? (Date.parse(textOf(value) ?? '') - Date.now()) / 1000;
		if (seconds >= 0) return Math.ceil(seconds);
	}
	// OnlyFansAPI counts by the minute and tells how much of it is left.
	return valueAt(body, '_meta', '_rate_limits', 'remaining_minute') === 0 ? 60 : undefined;
}

/** A message to many has no chat to look in. */
function unknownOutcome({ chat }: Subject): string {
	return (
		'It is not known whether the message was sent: look ' +
		`${chat ? 'in the chat' : 'at the list of mass messages'} before you send it again.`
	);
}

const UNKNOWN_CHANGE = 'It is not known whether this was carried out: look before you do it again.';

/**
 * What to do first where the request went to the address that the provider has left; otherwise
 * nothing.
 */
function moveAdvice(
	{ provider, address, formerAddress }: Pair,
	origin: string | undefined,
): string {
	if (formerAddress === undefined || origin === undefined) return '';
	const isLeft = new URL(origin).hostname === new URL(formerAddress).hostname;
	return isLeft
		? `${provider} has moved: change the Base URL in the credential to ${address}. The API key ` +
				'stays the same. '
		: '';
}

/**
 * Whether an answer is one of the API's: those are JSON objects or lists, and never lead elsewhere.
 */
function isOfApi({ statusCode: status, body }: HttpResponse): boolean {
	return (isRecord(body) || Array.isArray(body)) && !(status >= 300 && status < 400);
}

/**
 * What to do where it is not known what became of the request, if that matters; otherwise `advice`.
 */
function adviceFor(subject: Subject, advice: string): string {
	if (subject.isSending) return unknownOutcome(subject);
	return subject.isChanging ? UNKNOWN_CHANGE : advice;
}

/** Where a path that the user chose is to blame, not a field of another operation. */
function explainEndpoint(pair: Pair, status: number, endpoint: string): Explanation | undefined {
	if (status === 404) {
		return {
			message: `${pair.provider} found nothing at '${endpoint}'`,
			advice: `Check the Path and the IDs in it against the documents of ${pair.provider}.`,
			failure: { cause: 'configuration-invalid' },
		};
	}
	if (status === 409) {
		return {
			message: `${pair.provider} did not carry out the request (status ${status})`,
			advice: 'Nothing was done: it goes against what is there already.',
		};
	}
	if (status >= 300 && status < 400) {
		return {
			message: `${pair.provider} answered with a redirect`,
			advice:
				'It is not followed, so that the API key stays where it belongs. Check the Path, and ' +
				'the Base URL in the credential.',
		};
	}
	return undefined;
}

function adviceWhereNothingIs({ fan, chat, messageId }: Subject): string {
	if (fan) return 'Check the user name or the ID, and the account.';
	if (messageId && !chat) return 'Check the ID, and that it belongs to the account.';
	return (
		'Choose the chat from the list in the Chat field, and check that it belongs to the ' +
		'account. If nothing can be found at all, check the Base URL in the credential.'
	);
}

function notFound(pair: Pair, { chat, messageId, fan }: Subject): string {
	if (fan) return `The fan '${fan}' was not found`;
	if (messageId) {
		return `The message '${messageId}' was not found${chat ? ` in the chat '${chat}'` : ''}`;
	}
	return chat
		? `The chat '${chat}' was not found`
		: `${pair.provider} found nothing at this address`;
}

/** A 409: only of a message that has a key is it known what it goes against. */
function explainConflict(pair: Pair, subject: Subject, body: unknown): Explanation {
	if (subject.isSending && pair.isStillSending?.(body)) {
		return {
			message: 'The same message is already being sent',
			advice:
				`${pair.provider} is still working on an earlier request with the same key. Wait a ` +
				'moment, then look in the chat before you send it again.',
		};
	}
	return {
		message: `${pair.provider} reports a conflict (status 409)`,
		advice: adviceFor(
			subject,
			'It goes against what is there already, or against another request that is under way. ' +
				'Look at what is there, then run this again.',
		),
	};
}

function explainStatus(pair: Pair, response: HttpResponse, subject: Subject): Explanation {
	const { statusCode: status, body } = response;
	const account =
		subject.account === undefined ? 'this account' : `the account '${subject.account}'`;
	if (pair.isUnknownAccount(status, body)) {
		return {
			message: `${pair.provider} does not know ${account}`,
			advice:
				'Choose the account from the list in the Account field, or connect it to this API ' +
				'key in the console.',
			failure: { cause: 'configuration-invalid' },
		};
	}
	// A page that does not come from the API says nothing about chats or accounts.
	const moved = isOfApi(response) ? '' : moveAdvice(pair, response.origin);
	if (moved !== '' && isRejected(response)) {
		return {
			message: `${pair.provider} is no longer at the Base URL in the credential (status ${status})`,
			advice: `Nothing was done. ${moved}`.trim(),
			failure: { cause: 'configuration-invalid' },
		};
	}
	const atEndpoint =
		subject.endpoint === undefined ? undefined : explainEndpoint(pair, status, subject.endpoint);
	if (atEndpoint !== undefined) return atEndpoint;
	switch (status) {
		case 401:
			return {
				message: `${pair.provider} did not accept the API key`,
				advice: `Copy a current key from ${pair.console} into the credential of this node.`,
				failure: { cause: 'credential-invalid' },
			};
		case 402:
			return {
				message: `There are no ${pair.provider} credits left`,
				advice: `Nothing was done. Add credits at ${pair.console}, then run this again.`,
				failure: { cause: 'quota-exhausted' },
			};
		case 403:
			return {
				message: `${pair.provider} does not allow this API key to use ${account}`,
				advice: `Check at ${pair.console} which accounts and platforms the key may use.`,
				failure: { cause: 'credential-invalid' },
			};
		case 404:
			return {
				message: notFound(pair, subject),
				advice: adviceWhereNothingIs(subject),
				failure: { cause: 'configuration-invalid' },
			};
		case 409:
			return explainConflict(pair, subject, body);
		case 400:
		case 422:
			return {
				message: `${pair.provider} did not accept the values`,
				advice: 'Nothing was done. Change the fields that it names, then run this again.',
				failure: { cause: 'configuration-invalid' },
			};
		case 429: {
			const seconds = retryAfterSeconds(response);
			return {
				message: `${pair.provider} asks to slow down`,
				advice:
					'Nothing was done. Wait ' +
					`${seconds === undefined ? 'a minute' : `${seconds} seconds`}, then run this ` +
					'again. The node waits by itself for up to five minutes: if it happens often, ' +
					'lower Options › Requests at a Time, or see what else uses the account.',
				failure: {
					cause: 'rate-limited',
					...(seconds !== undefined && { retryAfterMs: seconds * 1000 }),
				},
			};
		}
		default:
	}
	if (status >= 300 && status < 400) {
		return {
			message: 'The Base URL in the credential leads somewhere else',
			advice:
				'The server answered with a redirect, which is not followed so that the API key ' +
				'stays where it belongs. Enter the final address as the Base URL.',
			failure: { cause: 'configuration-invalid' },
		};
	}
	if (status >= 500) {
		return {
			message: `${pair.provider} could not answer right now (status ${status})`,
			advice: `${moved}${adviceFor(subject, 'Run this again in a few minutes.')}`,
			failure: { cause: 'temporarily-unavailable' },
		};
	}
	return {
		message: `${pair.provider} did not carry out the request (status ${status})`,
		advice: 'Check the fields of this node against what the provider says.',
	};
}

function apiError(
	node: INode,
	explanation: Explanation,
	subject: Subject,
	details: { status?: number; said?: string } = {},
): NodeApiError {
	const { itemIndex } = subject;
	const said =
		details.said === undefined || details.said === '' ? '' : ` The answer was: ${details.said}`;
	const options = {
		message:
			itemIndex === undefined ? explanation.message : `${explanation.message} [item ${itemIndex}]`,
		description: `${explanation.advice}${said}`,
		httpCode: details.status === undefined ? 'none' : String(details.status),
		itemIndex,
		failure: explanation.failure,
	};
	// Only these words go into the error: n8n would keep and show a whole response or request.
	const response: JsonObject = { message: explanation.message };
	return new NodeApiError(node, response, options);
}

/**
 * Statuses that, with the platform's own reason, are about neither the API key nor the form of the
 * request.
 */
const REJECTED = [400, 401, 403, 422];

function rejection(reason: string): Explanation {
	return {
		message: `The platform rejected the request: ${reason}`,
		advice:
			'Nothing was done. The words are those of the platform itself: change what they name, ' +
			'then run this again.',
		failure: { cause: 'configuration-invalid' },
	};
}

/** The error for an answer whose status is not a success. `hide` removes secrets from a text. */
export function statusError(
	node: INode,
	pair: Pair,
	response: HttpResponse,
	subject: Subject,
	hide = (text: string) => text,
): NodeApiError {
	const { statusCode: status, body } = response;
	const reason = pair.readReason?.(body);
	const said = hide(providerText(reason ?? body));
	if (reason !== undefined && REJECTED.includes(status)) {
		return apiError(node, rejection(said), subject, { status });
	}
	return apiError(node, explainStatus(pair, response, subject), subject, { status, said });
}

/** The error for a good status whose body says that it did not work. */
export function rejectedInsideError(
	node: INode,
	pair: Pair,
	response: HttpResponse,
	subject: Subject,
	hide = (text: string) => text,
): NodeApiError {
	const inner = isRecord(response.body)
		? [response.body, recordAt(response.body, 'data'), recordAt(response.body, 'data', 'data')]
		: [];
	return apiError(
		node,
		{
			message: `${pair.provider} answered that it did not carry out the request`,
			advice: adviceFor(subject, 'Check the account and the chat, then run this again.'),
		},
		subject,
		{
			status: response.statusCode,
			said: hide(inner.map(providerText).filter(Boolean).join(' · ')),
		},
	);
}

/** The error for an answer that is not what the provider documents. */
export function unreadableError(
	node: INode,
	pair: Pair,
	response: HttpResponse,
	subject: Subject,
	hide = (text: string) => text,
): NodeApiError {
	return apiError(
		node,
		{
			message: `The answer is not one that ${pair.provider} gives`,
			advice: (
				`${adviceFor(subject, '')} ` +
				`${moveAdvice(pair, response.origin) || `Check the Base URL in the credential: it has to be the address of ${pair.provider} alone, ${pair.address}.`}`
			).trim(),
			failure: { cause: 'configuration-invalid' },
		},
		subject,
		{ status: response.statusCode, said: hide(providerText(response.body)) },
	);
}

/**
 * What the codes of Node's network layer mean; the code itself must stay out of the message, n8n
 * rewrites it.
 */
const NEVER_SENT: Record<string, string> = {
	ENOTFOUND: 'no server has this name',
	EAI_AGAIN: 'the name of the server could not be looked up',
	ECONNREFUSED: 'no server is listening there',
	EHOSTUNREACH: 'there is no way to this server',
	ENETUNREACH: 'there is no network',
};

/**
 * Codes of a server's certificate that n8n does not trust: Node closes the connection before it
 * sends the request.
 */
const CERTIFICATE =
	/^(?:ERR_TLS_CERT_|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED)/;

/**
 * What Node says where the two sides could not agree on an encrypted connection, so that no request
 * left.
 */
const NO_HANDSHAKE =
	/before secure TLS connection was established|wrong version number|unsupported protocol|alert (?:handshake failure|protocol version|insufficient security|unrecognized name|certificate required|number (?:40|70|71|112|116)\b)/i;

/** Why a request certainly never reached the server; undefined where it may have. */
function neverSentReason(cause: unknown): { reason: string; isTls: boolean } | undefined {
	const code = networkCode(cause) ?? '';
	const reason = Object.hasOwn(NEVER_SENT, code) ? NEVER_SENT[code] : undefined;
	if (reason !== undefined) return { reason, isTls: false };
	if (CERTIFICATE.test(code)) {
		return { reason: `n8n does not trust the certificate of the server (${code})`, isTls: true };
	}
	const words = messagesOf(cause).find((message) => NO_HANDSHAKE.test(message));
	return words === undefined
		? undefined
		: { reason: 'no encrypted connection to the server came about', isTls: true };
}

/** The error for a request that got no answer at all from the server at `origin`. */
export function noAnswerError(
	node: INode,
	pair: Pair,
	cause: unknown,
	subject: Subject,
	origin?: string,
): NodeApiError {
	const code = networkCode(cause);
	const neverSent = neverSentReason(cause);
	if (neverSent !== undefined) {
		const { reason, isTls } = neverSent;
		const certificates = isTls
			? ' Where a proxy of your own stands in between, add its certificate to n8n ' +
				'(NODE_EXTRA_CA_CERTS).'
			: '';
		return apiError(
			node,
			{
				message: `${pair.provider} could not be reached`,
				advice:
					`Nothing was done: ${reason}. ${moveAdvice(pair, origin)}Check the Base URL in the ` +
					`credential and the network of the n8n server.${certificates}`,
				failure: { cause: isTls ? 'configuration-invalid' : 'temporarily-unavailable' },
			},
			subject,
		);
	}
	return apiError(
		node,
		{
			message: `${pair.provider} gave no answer`,
			advice: `${moveAdvice(pair, origin)}${adviceFor(subject, 'Run this again in a few minutes.')}${code === undefined ? '' : ` (${code})`}`,
			failure: { cause: 'temporarily-unavailable' },
		},
		subject,
	);
}

/** Whether the provider certainly did nothing. */
export function isRejected({ statusCode: status, body, cause }: HttpResponse): boolean {
	if (cause !== undefined) return neverSentReason(cause) !== undefined;
	if (valueAt(body, 'request_outcome') === 'not_sent') return true;
	return status >= 300 && status < 500 && status !== 408 && status !== 409;
}

/** How many causes of causes are looked at. */
const MAX_CAUSES = 5;

function* causesOf(cause: unknown): Generator<Error> {
	let current = cause;
	for (let depth = 0; depth < MAX_CAUSES && current instanceof Error; depth++) {
		yield current;
		current = current.cause;
	}
}

/** The error code of a network fault, found along the chain of causes. */
function networkCode(cause: unknown): string | undefined {
	for (const error of causesOf(cause)) {
		if ('code' in error && typeof error.code === 'string') return error.code;
	}
	return undefined;
}

const messagesOf = (cause: unknown): string[] =>
	Array.from(causesOf(cause), ({ message }) => message);
