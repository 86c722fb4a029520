import { sleep } from 'n8n-workflow';
import type { IDataObject, IExecuteSingleFunctions, IHttpRequestOptions } from 'n8n-workflow';
import type { Pair } from '../model/pair';
import { numberOf } from '../model/values';
import { bodyOrThrow, httpRequest } from '../transport/request';
import { retryAfterSeconds } from '../transport/response';
import type { HttpResponse, Subject } from '../transport/response';
import { cancelledError } from './item';
import { isOver, perRun } from './run';

/**
 * Requests at a time per account, unless the user sets another number. OnlyFans throttles above 4
 * to 12.
 */
export const DEFAULT_CONCURRENCY = 3;

/** The longest that one request waits for a provider that asks to slow down, in seconds. */
const MAX_PATIENCE = 300;

/** Seconds to wait where the provider does not say how long; doubled each time. */
const FIRST_WAIT = 2;

/** How often a waiting request looks whether the execution was cancelled, in milliseconds. */
const SLICE = 100;

/**
 * What the requests of one account share within a run: how many may be under way, and until when
 * all of them wait because the provider asked to slow down.
 */
export class RateLimiter {
	private active = 0;
	private readonly queue: Array<() => void> = [];
	private pausedUntil = 0;

	constructor(private readonly concurrency: number) {}

	/** Runs work once there is room; first come, first served. */
	async run<T>(work: () => Promise<T>): Promise<T> {
		if (this.active >= this.concurrency) {
			await new Promise<void>((resolve) => this.queue.push(resolve));
		} else {
			this.active++;
		}
		try {
			return await work();
		} finally {
			// The place goes to the next in the queue, or is given back.
			const next = this.queue.shift();
			if (next === undefined) this.active--;
			else next();
		}
	}

	pause(seconds: number): void {
		this.pausedUntil = Math.max(this.pausedUntil, Date.now() + seconds * 1000);
	}

	/** Waits while the account is paused; in slices, so that a cancelled run ends at once. */
	async untilAllowed(context: IExecuteSingleFunctions): Promise<void> {
		while (!isOver(context)) {
			const left = this.pausedUntil - Date.now();
			if (left <= 0) return;
			await sleep(Math.min(left, SLICE));
		}
		throw cancelledError(context);
	}
}

/** By account. */
const rateLimitersOf = perRun(() => new Map<string, RateLimiter>());

function rateLimiterOf(context: IExecuteSingleFunctions, account: string): RateLimiter {
	const rateLimiters = rateLimitersOf(context);
	const known = rateLimiters.get(account);
	if (known !== undefined) return known;
	const rateLimiter = new RateLimiter(
		numberOf(context.getNodeParameter('options.concurrency', DEFAULT_CONCURRENCY)) ??
			DEFAULT_CONCURRENCY,
	);
	rateLimiters.set(account, rateLimiter);
	return rateLimiter;
}

/**
 * One request at its account's pace. A 429 is waited out as the provider says, by every request of
 * the account together, and then tried again: a request that was rejected has done nothing.
 * After five minutes of waiting the 429 itself comes back.
 *
 * Throws a NodeOperationError when the execution is cancelled; nothing is sent then.
 */
export async function throttledRequest(
	context: IExecuteSingleFunctions,
	pair: Pair,
	request: IHttpRequestOptions,
	subject: Subject,
): Promise<HttpResponse> {
	const rateLimiter = rateLimiterOf(context, subject.account ?? '');
	let waited = 0;
	let wait = FIRST_WAIT;
	const attempt = async () => {
		await rateLimiter.untilAllowed(context);
		const response = await httpRequest(context, pair, request, () => isOver(context));
		if (response.statusCode !== 429) return response;
		const seconds = retryAfterSeconds(pair, response) ?? wait;
		wait *= 2;
		// A wait of nothing counts too, or a provider that asks for it would be asked for ever.
		waited += Math.max(1, seconds);
		// Before the next request of the account gets this one's place.
		if (waited <= MAX_PATIENCE) rateLimiter.pause(seconds);
		return response;
	};
	for (;;) {
		// A request that was rejected queues again behind the others.
		const response = await rateLimiter.run(attempt);
		if (response.statusCode !== 429 || waited > MAX_PATIENCE) return response;
	}
}

/**
 * The body of a success, at the account's pace. Throws as `bodyOrThrow` and `throttledRequest` do.
 */
export async function throttledRequestBody(
	context: IExecuteSingleFunctions,
	pair: Pair,
	request: IHttpRequestOptions,
	subject: Subject,
): Promise<IDataObject> {
	return await bodyOrThrow(
		context,
		pair,
		await throttledRequest(context, pair, request, subject),
		subject,
	);
}
