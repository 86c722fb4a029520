import { sleep } from 'n8n-workflow';
import type { IDataObject, IExecuteSingleFunctions, IHttpRequestOptions } from 'n8n-workflow';
import type { Pair } from '../model/pair';
import { numberOf } from '../model/values';
import { bodyOrThrow, httpRequest } from '../transport/request';
import { retryAfterSeconds } from '../transport/response';
import type { HttpResponse, Subject } from '../transport/response';
import { cancelledError } from './item';
import { isOver, perRun } from './run';

/** The longest that one request waits for a provider that asks to slow down, in seconds. */
const MAX_PATIENCE = 300;

/** Seconds to wait where the provider does not say how long; doubled each time. */
const FIRST_WAIT = 2;

/** How often a waiting request looks whether the execution was cancelled, in milliseconds. */
const SLICE = 100;

/** How long a request waits before the log says so, in milliseconds. */
const QUIET_WAIT = 10_000;

/** How many requests the run has under way, by account, and whether the log was told of a wait. */
const waitsOf = perRun(() => ({ counts: new Map<string, RunCount>(), isTold: false }));

/** An account's place in the limits of this process and of this run. */
interface Place {
	limiter: AccountLimiter;
	run: RunCount;
	concurrency: number;
	account: string;
}

function placeOf(
	context: IExecuteSingleFunctions,
	pair: Pair,
	{ baseURL }: IHttpRequestOptions,
	account: string,
): Place {
	const { counts } = waitsOf(context);
	const run = counts.get(account) ?? { active: 0 };
	counts.set(account, run);
	const chosen = numberOf(context.getNodeParameter('options.concurrency', DEFAULT_CONCURRENCY));
	return {
		limiter: accountLimiterOf(JSON.stringify([pair.credential, baseURL, account])),
		run,
		concurrency: chosen ?? DEFAULT_CONCURRENCY,
		account,
	};
}

/** Runs work once there is room for a request of the account. */
async function inPlace<T>(
	context: IExecuteSingleFunctions,
	{ limiter, run, concurrency, account }: Place,
	work: () => Promise<T>,
): Promise<T> {
	const { entered, leave } = limiter.enter(run, concurrency);
	await untilEntered(context, account, entered, leave);
	try {
		await untilAllowed(context, limiter);
		return await work();
	} finally {
		limiter.exit(run);
	}
}

/** Waits for a place in slices, so that a cancelled run leaves the queue at once. */
async function untilEntered(
	context: IExecuteSingleFunctions,
	account: string,
	entered: Promise<void>,
	leave: () => void,
): Promise<void> {
	let isIn = false;
	const arrival = entered.then(() => void (isIn = true));
	await Promise.race([arrival, Promise.resolve()]);
	for (let waited = 0; !isIn; waited += SLICE) {
		if (isOver(context)) {
			leave();
			throw cancelledError(context);
		}
		if (waited >= QUIET_WAIT) tellOfWait(context, account);
		await Promise.race([arrival, sleep(SLICE)]);
	}
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
