import { sleep } from 'n8n-workflow';
import type { IHttpRequestOptions } from 'n8n-workflow';
import type { Pair } from '../model/pair';

/**
 * Requests at a time per account in one n8n process, unless the user sets another number. OnlyFans
 * throttles above 4 to 12.
 */
export const DEFAULT_CONCURRENCY = 3;

/** The longest that one request waits for a provider that asks to slow down, in seconds. */
export const MAX_PATIENCE = 300;

/** Seconds to wait where the provider does not say how long. */
export const FIRST_WAIT = 2;

/** How often a paused limiter looks whether it may go on, in milliseconds. */
const SLICE = 100;

/** A request that waits for its turn. */
interface Waiting {
	/** The higher, the later it came. */
	number: number;
	/** How many requests its own run may have under way. */
	concurrency: number;
	start: () => void;
}

/** What one run has under way and waiting at a limiter. */
export class Share {
	active = 0;
	readonly queue = new Set<Waiting>();
}

/** What a request may do: how many its run may have under way, and what that run has. */
export interface Allowance {
	share: Share;
	concurrency: number;
}

/** A place in the queue, and then among those under way. */
export interface Place {
	/** Resolves once it is this one's turn. */
	entered: Promise<void>;
	/** Gives the place up: before its turn, or when its work is done. */
	leave(): void;
	/** Lets nothing further start for so many seconds. */
	pause(seconds: number): void;
}

/**
 * What all requests of one account in this n8n process share, whatever execution, node or trigger
 * they come from: how many may be under way, and until when all of them wait because the provider
 * asked to slow down. First come, first served; only a run that has as many under way as its user
 * allows lets others pass.
 */
export class RateLimiter {
	private active = 0;
	private arrivals = 0;
	private pausedUntil = 0;
	private isWatched = false;
	/** The runs that have requests waiting. */
	private readonly shares = new Set<Share>();

	/** `most` may be under way together, or more where a run is allowed more. */
	constructor(private readonly most = DEFAULT_CONCURRENCY) {}

	/** Whether nothing has to be kept of it. */
	get isIdle(): boolean {
		return this.active === 0 && this.shares.size === 0 && !this.isPaused;
	}

	get isPaused(): boolean {
		return this.pauseLeft > 0;
	}

	/** Milliseconds for which nothing may start. */
	private get pauseLeft(): number {
		return this.pausedUntil - Date.now();
	}

	/** A longer pause that was asked for before stays. */
	private pause(seconds: number): void {
		this.pausedUntil = Math.max(this.pausedUntil, Date.now() + seconds * 1000);
	}

	/** Takes a place in the queue, for a run that may have `concurrency` requests under way. */
	enter(share: Share, concurrency: number): Place {
		let isIn = false;
		let start = () => {};
		const entered = new Promise<void>((resolve) => (start = resolve));
		const waiting = {
			number: this.arrivals++,
			concurrency,
			start: () => {
				isIn = true;
				start();
			},
		};
		share.queue.add(waiting);
		this.shares.add(share);
		this.startNext();
		const leave = () => {
			if (isIn) {
				share.active--;
				this.active--;
			} else {
				this.remove(share, waiting);
			}
			this.startNext();
		};
		return { entered, leave, pause: (seconds) => this.pause(seconds) };
	}

	private remove(share: Share, waiting: Waiting): void {
		share.queue.delete(waiting);
		if (share.queue.size === 0) this.shares.delete(share);
	}

	private startNext(): void {
		for (let next = this.first(); next !== undefined; next = this.first()) {
			const { share, waiting } = next;
			// Nobody passes the first one while it waits for the others to become fewer.
			if (this.active >= Math.max(this.most, waiting.concurrency)) return;
			if (this.isPaused) {
				void this.watchPause();
				return;
			}
			this.remove(share, waiting);
			share.active++;
			this.active++;
			waiting.start();
		}
	}

	/** Who came first of those whose own run lets them. */
	private first(): { share: Share; waiting: Waiting } | undefined {
		let found: { share: Share; waiting: Waiting } | undefined;
		for (const share of this.shares) {
			const [waiting] = share.queue;
			if (waiting === undefined || share.active >= waiting.concurrency) continue;
			if (found === undefined || waiting.number < found.waiting.number) found = { share, waiting };
		}
		return found;
	}

	/** Goes on when the pause is over; ends at once where nobody waits any more. */
	private async watchPause(): Promise<void> {
		if (this.isWatched) return;
		this.isWatched = true;
		while (this.isPaused && this.shares.size > 0) {
			await sleep(Math.min(this.pauseLeft, SLICE));
		}
		this.isWatched = false;
		this.startNext();
	}
}

/** The limiters that are in use, by what they are for: of those at rest nothing is kept. */
export class RateLimiters {
	private readonly limiters = new Map<string, RateLimiter>();
	/** Those that are at rest but still paused. */
	private readonly paused = new Set<string>();

	/** `most`: see `RateLimiter`. */
	constructor(private readonly most = DEFAULT_CONCURRENCY) {}

	/** Takes a place at the limiter for a key: see `RateLimiter.enter`. */
	enter(key: string, share: Share, concurrency: number): Place {
		for (const name of this.paused) this.tidy(name);
		const limiter = this.limiters.get(key) ?? new RateLimiter(this.most);
		this.limiters.set(key, limiter);
		const place = limiter.enter(share, concurrency);
		const leave = () => {
			place.leave();
			this.tidy(key);
		};
		return { ...place, leave };
	}

	private tidy(key: string): void {
		const limiter = this.limiters.get(key);
		if (limiter?.isIdle === true) {
			this.limiters.delete(key);
			this.paused.delete(key);
		} else if (limiter?.isPaused === true) {
			this.paused.add(key);
		}
	}
}

const accounts = new RateLimiters();

/**
 * Takes a place among the requests of an account, by credential type, server and account: see
 * `RateLimiter`.
 */
export function enterAccount(
	{ credential }: Pair,
	{ baseURL }: IHttpRequestOptions,
	account: string,
	{ share, concurrency }: Allowance,
): Place {
	return accounts.enter(JSON.stringify([credential, baseURL, account]), share, concurrency);
}
