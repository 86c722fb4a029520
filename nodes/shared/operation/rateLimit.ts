import { sleep } from 'n8n-workflow';
import type { IDataObject, IExecuteSingleFunctions, IHttpRequestOptions } from 'n8n-workflow';
import type { Pair } from '../model/pair';
import { numberOf } from '../model/values';
import {
	DEFAULT_CONCURRENCY,
	enterAccount,
	FIRST_WAIT,
	MAX_PATIENCE,
	Share,
} from '../transport/rateLimiter';
import type { Allowance, Place } from '../transport/rateLimiter';
import { bodyOrThrow, httpRequest } from '../transport/request';
import { retryAfterSeconds } from '../transport/response';
import type { HttpResponse, Subject } from '../transport/response';
import { cancelledError } from './item';
import { parameterOf } from './parameter';
import { isOver, perRun } from './run';

/** How often waiting requests are looked at, in milliseconds. */
const SLICE = 100;

/** How long all requests of a run wait before n8n's log says so, in milliseconds. */
const QUIET_WAIT = 10_000;

/** What the requests of a run that wait for their turn have in common. */
class Queue {
	/** What ends the waiting of each, oldest first, and what it waits for. */
	readonly waiting = new Map<(reason: Error) => void, string>();
	/** When a request of the run last began to wait or got its turn, in milliseconds since 1970. */
	lastMove = 0;
	isTold = false;
	private isWatched = false;

	/** One look for all of them: whether the execution is over, and whether the log is to be told. */
	async watch(context: IExecuteSingleFunctions): Promise<void> {
		if (this.isWatched) return;
		this.isWatched = true;
		while (this.waiting.size > 0) {
			await sleep(SLICE);
			if (isOver(context)) {
				for (const end of this.waiting.keys()) end(cancelledError(context));
				this.waiting.clear();
			} else if (!this.isTold && Date.now() - this.lastMove > QUIET_WAIT) {
				this.isTold = true;
				const [purpose] = this.waiting.values();
				context.logger.info(`'${context.getNode().name}' is waiting for ${purpose}`);
			}
		}
		this.isWatched = false;
	}
}

const queueOf = perRun(() => new Queue());

/**
 * Runs work when it has its turn, and gives the place back. `purpose` says what is waited for, for
 * n8n's log. Throws a NodeOperationError when the execution is cancelled before; the work is not
 * begun then.
 */
export async function inPlace<T>(
	context: IExecuteSingleFunctions,
	place: Place,
	purpose: string,
	work: () => Promise<T>,
): Promise<T> {
	const queue = queueOf(context);
	queue.lastMove = Date.now();
	try {
		await new Promise<void>((resolve, reject) => {
			queue.waiting.set(reject, purpose);
			void queue.watch(context);
			void place.entered.then(() => {
				queue.waiting.delete(reject);
				queue.lastMove = Date.now();
				resolve();
			});
		});
		if (isOver(context)) throw cancelledError(context);
		return await work();
	} finally {
		place.leave();
	}
}

/** What each account allows a run. */
const allowancesOf = perRun(() => new Map<string, Allowance>());

/** The account's allowance: as many requests as the user set for the first item. */
function allowanceOf(context: IExecuteSingleFunctions, account: string): Allowance {
	const allowances = allowancesOf(context);
	const known = allowances.get(account);
	if (known !== undefined) return known;
	const chosen = numberOf(parameterOf(context, 'options.concurrency', DEFAULT_CONCURRENCY));
	const allowance = { share: new Share(), concurrency: chosen ?? DEFAULT_CONCURRENCY };
	allowances.set(account, allowance);
	return allowance;
}

/**
 * One request at its account's pace. A 429 is waited out as the provider says, by every request of
 * the account in this n8n process, and then tried again: a request that was rejected has done
 * nothing. After five minutes of waiting the 429 itself comes back.
 *
 * Throws a NodeOperationError when the execution is cancelled; nothing is sent then.
 */
export async function throttledRequest(
	context: IExecuteSingleFunctions,
	pair: Pair,
	request: IHttpRequestOptions,
	subject: Subject,
): Promise<HttpResponse> {
	const { account = '' } = subject;
	let waited = 0;
	let wait = FIRST_WAIT;
	const attempt = async (place: Place) => {
		const response = await httpRequest(context, pair, request, () => isOver(context));
		if (response.statusCode !== 429) return response;
		const seconds = retryAfterSeconds(pair, response) ?? wait;
		wait *= 2;
		// A wait of nothing counts too, or a provider that asks for it would be asked for ever.
		waited += Math.max(1, seconds);
		// Before the next request of the account gets this one's place.
		if (waited <= MAX_PATIENCE) place.pause(seconds);
		return response;
	};
	for (;;) {
		// A request that was rejected queues again behind the others.
		const place = enterAccount(pair, request, account, allowanceOf(context, account));
		const response = await inPlace(
			context,
			place,
			`its turn among the requests of account ${account}`,
			async () => await attempt(place),
		);
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
