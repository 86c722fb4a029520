import { sleep } from 'n8n-workflow';
import type { IExecuteSingleFunctions, IHttpRequestOptions, IDataObject } from 'n8n-workflow';
import { retryAfterSeconds } from './answer';
import type { Answer, Subject } from './answer';
import type { Pair } from './pair';
import { exchange, judge } from './request';
import { cancelledError, isOver, runOf } from './run';
import { numberOf } from './values';

/** Requests at a time per account, unless the user sets another number. OnlyFans throttles above 4 to 12. */
export const DEFAULT_CONCURRENCY = 3;

/** The longest that one request waits for a provider that asks to slow down, in seconds. */
const MOST_PATIENCE = 300;

/** Seconds to wait where the provider does not say how long; doubled each time. */
const FIRST_WAIT = 2;

/** How often a waiting request looks whether the execution was cancelled, in milliseconds. */
const SLICE = 100;

/**
 * What the requests of one account share within a run: how many may be under way, and until when
 * all of them wait because the provider asked to slow down.
 */
export class Pace {
	private active = 0;
	private readonly queue: Array<() => void> = [];
	private pausedUntil = 0;

	constructor(private readonly concurrency: number) {}

	/** Runs work once there is room; first come, first served. */
	async run<T>(work: () => Promise<T>): Promise<T> {
		if (this.active >= this.concurrency) await new Promise<void>((resolve) => this.queue.push(resolve));
		else this.active++;
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

function paceOf(context: IExecuteSingleFunctions, account: string): Pace {
	const { paces } = runOf(context);
	const known = paces.get(account);
	if (known !== undefined) return known;
	const pace = new Pace(numberOf(context.getNodeParameter('options.concurrency', DEFAULT_CONCURRENCY)) ?? DEFAULT_CONCURRENCY);
	paces.set(account, pace);
	return pace;
}

/**
 * One request at its account's pace. A 429 is waited out as the provider says, by every request of
 * the account together, and then tried again: a request that was turned away has done nothing.
 * After five minutes of waiting the 429 itself comes back.
 *
 * Throws a NodeOperationError when the execution is cancelled; nothing is sent then.
 */
export async function pacedExchange(context: IExecuteSingleFunctions, pair: Pair, request: IHttpRequestOptions, subject: Subject): Promise<Answer> {
	const pace = paceOf(context, subject.account ?? '');
	let waited = 0;
	let wait = FIRST_WAIT;
	const ask = async () => {
		await pace.untilAllowed(context);
		const answer = await exchange(context, pair, request, () => isOver(context));
		if (answer.statusCode !== 429) return answer;
		const seconds = retryAfterSeconds(answer) ?? wait;
		wait *= 2;
		// A wait of nothing counts too, or a provider that asks for it would be asked for ever.
		waited += Math.max(1, seconds);
		// Before the next request of the account gets this one's place.
		if (waited <= MOST_PATIENCE) pace.pause(seconds);
		return answer;
	};
	for (;;) {
		// A request that was turned away queues again behind the others.
		const answer = await pace.run(ask);
		if (answer.statusCode !== 429 || waited > MOST_PATIENCE) return answer;
	}
}

/** The body of a success, at the account's pace. Throws as `judge` and `pacedExchange` do. */
export async function pacedCall(context: IExecuteSingleFunctions, pair: Pair, request: IHttpRequestOptions, subject: Subject): Promise<IDataObject> {
	return await judge(context, pair, await pacedExchange(context, pair, request, subject), subject);
}
