import type { IDataObject } from 'n8n-workflow';
import type { Pair } from '../model/pair';
import { isRecord, numberOf, textOf } from '../model/values';
import { neverSentReason } from './unanswered';

/** What a request was about, so that a message can name it. */
export interface Subject {
	account?: string;
	chat?: string;
	/** For operations on one message. */
	messageId?: string;
	/** For operations on one fan: the user name or the ID. */
	fan?: string;
	/** For operations on one of the platform's lists of fans: its ID. */
	fanList?: string;
	itemIndex?: number;
	/** True for requests that write to a fan: without an answer their outcome is unknown. */
	isSending?: boolean;
	/** The path, where the user chose it. */
	endpoint?: string;
	/** True for other requests that must not be made twice without a look. */
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
	/** Ends the request, where the body is still to come. */
	stop?: () => void;
}

/** Seconds that the provider asks to wait; undefined where it does not say. */
export function retryAfterSeconds(pair: Pair, { headers, body }: HttpResponse): number | undefined {
	for (const name of ['retry-after', 'x-ratelimit-retry-after']) {
		const value = headers[name];
		const seconds = numberOf(value) ?? (Date.parse(textOf(value) ?? '') - Date.now()) / 1000;
		if (seconds >= 0) return Math.ceil(seconds);
	}
	return pair.retryAfter?.(body);
}

/**
 * Whether an answer is one of the API's: those are JSON objects or lists, and never lead elsewhere.
 */
export function isOfApi({ statusCode: status, body }: HttpResponse): boolean {
	return (isRecord(body) || Array.isArray(body)) && !(status >= 300 && status < 400);
}

/** Whether the provider certainly did nothing. */
export function isRejected(pair: Pair, { statusCode: status, body, cause }: HttpResponse): boolean {
	if (cause !== undefined) return neverSentReason(cause) !== undefined;
	if (pair.isNotSent?.(body)) return true;
	return status >= 300 && status < 500 && status !== 408 && status !== 409;
}

export function isSuccess({ statusCode }: HttpResponse): boolean {
	return statusCode >= 200 && statusCode < 300;
}
