/**
 * Requests at a time per account, unless the user sets another number. OnlyFans throttles above 4
 * to 12.
 */
export const DEFAULT_CONCURRENCY = 3;

/** How many requests one run has under way for an account. */
export interface RunCount {
	active: number;
}

/** One request that waits for its place. */
interface Waiting {
	/** The higher, the later it came. */
	number: number;
	concurrency: number;
	start: () => void;
}

/**
 * What all requests of one account in this n8n process share, whatever execution or node they come
 * from: how many may be under way, and until when all of them wait because the provider asked to
 * slow down. First come, first served; only a run that has as many under way as its user allows
 * lets others pass.
 */
export class AccountLimiter {
	private active = 0;
	private arrivals = 0;
	private pausedUntil = 0;
	private readonly queues = new Map<RunCount, Waiting[]>();

	/** Whether nothing has to be kept of it. */
	get isIdle(): boolean {
		return this.active === 0 && this.queues.size === 0 && this.pauseLeft === 0;
	}

	/** Milliseconds for which the account is still paused; 0 when it is not. */
	get pauseLeft(): number {
		return Math.max(0, this.pausedUntil - Date.now());
	}

	pause(seconds: number): void {
		this.pausedUntil = Math.max(this.pausedUntil, Date.now() + seconds * 1000);
	}

	/**
	 * `entered` resolves once there is room; `leave` takes the request out of the queue. A run may
	 * have `concurrency` requests under way, all runs together three, or `concurrency` where that is
	 * more.
	 */
	enter(run: RunCount, concurrency: number): { entered: Promise<void>; leave: () => void } {
		const queue = this.queues.get(run) ?? [];
		this.queues.set(run, queue);
		const waiting: Waiting = { number: this.arrivals++, concurrency, start: () => undefined };
		const entered = new Promise<void>((resolve) => (waiting.start = resolve));
		queue.push(waiting);
		this.startNext();
		const leave = () => {
			const place = queue.indexOf(waiting);
			if (place !== -1) queue.splice(place, 1);
			if (queue.length === 0) this.queues.delete(run);
			this.startNext();
		};
		return { entered, leave };
	}

	/** A request has ended: its place goes to the next. */
	exit(run: RunCount): void {
		run.active--;
		this.active--;
		this.startNext();
	}

	private startNext(): void {
		for (let next = this.first(); next !== undefined; next = this.first()) {
			const { run, queue, waiting } = next;
			// Nobody passes one that waits for the others to become fewer.
			if (this.active >= Math.max(DEFAULT_CONCURRENCY, waiting.concurrency)) return;
			queue.shift();
			if (queue.length === 0) this.queues.delete(run);
			run.active++;
			this.active++;
			waiting.start();
		}
	}

	/** Who came first of those whose own run lets them. */
	private first(): { run: RunCount; queue: Waiting[]; waiting: Waiting } | undefined {
		let found: { run: RunCount; queue: Waiting[]; waiting: Waiting } | undefined;
		for (const [run, queue] of this.queues) {
			const [waiting] = queue;
			if (waiting === undefined || run.active >= waiting.concurrency) continue;
			if (found === undefined || waiting.number < found.waiting.number) {
				found = { run, queue, waiting };
			}
		}
		return found;
	}
}

/** By provider's server and account. */
const limiters = new Map<string, AccountLimiter>();

/**
 * The account's limiter in this process; `key` names the provider's server and the account. What is
 * kept of accounts at rest is given up as others come.
 */
export function accountLimiterOf(key: string): AccountLimiter {
	const known = limiters.get(key);
	if (known !== undefined) return known;
	for (const [other, limiter] of limiters) if (limiter.isIdle) limiters.delete(other);
	const limiter = new AccountLimiter();
	limiters.set(key, limiter);
	return limiter;
}
