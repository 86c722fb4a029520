import type { Deliveries } from './deliveries';
import type { MediaStore } from './media';
import type { PairName, ProviderName, Quirks, StoredFile } from './types';
import type { Webhooks } from './webhooks';
import type { World } from './world';

const MINUTE = 60_000;
const STARTING_BALANCE = 1_000_000;

/** Whether a key is the accepted one, or that with a number behind it: as good, and known apart. */
export const isKey = (given: string | undefined, key: string): boolean =>
	given?.replace(/-\d+$/, '') === key;

/** What the handlers of every provider work with. */
export interface ProviderContext {
	world: World;
	quirks: Quirks;
	ledger: Ledger;
	limiter: RateLimiter;
	webhooks: Webhooks;
	deliveries: Deliveries;
	media: MediaStore;
}

/** One request, taken apart for a handler. */
export interface Call {
	/** From the path; empty where it has none. */
	account: string;
	chat: string;
	message: string;
	webhook: string;
	delivery: string;
	/** Everything that stands in the path by name. */
	params: Record<string, string>;
	path: string;
	query: Record<string, string>;
	headers: Record<string, string>;
	body: unknown;
	/** The server as the client named it. */
	origin: string;
	/** A fault: paid media is to be stored unlocked. */
	unlockPaid: boolean;
	/** Whether a paid message that is stored so has its price all the same. */
	keepPrice: boolean;
}

/** What a handler answers. */
export interface Reply {
	status: number;
	/** Sent as JSON; undefined sends nothing. */
	body: unknown;
	/** Sent instead of a body. */
	file?: StoredFile;
	credits: number;
	headers?: Record<string, string>;
	/** Called with the status that the client was given in the end. */
	settled?: (status: number) => void;
}

/** Thrown by a handler: the request is refused with this answer and is not carried out. */
export class Refusal extends Error {
	constructor(readonly reply: Reply) {
		super(`Refused with status ${reply.status}`);
	}
}

export interface Route {
	method: 'get' | 'post' | 'put' | 'delete';
	path: string;
	handle: (call: Call) => Reply;
}

/** The answers that do not depend on the endpoint, in the provider's shape. */
export interface CommonReplies {
	outOfCredits(): Reply;
	rateLimited(retryAfterSeconds: number): Reply;
	noSuchRoute(path: string): Reply;
	unreadableBody(): Reply;
	/** Something broke on the provider's side, maybe after carrying the request out. */
	broken(): Reply;
	/** Status 200, but the body says that it failed. */
	failureInside(): Reply;
}

export interface Provider {
	name: ProviderName;
	routes: Route[];
	replies: CommonReplies;
	ledger: Ledger;
	limiter: RateLimiter;
	pairOf(path: string): PairName;
	/** Throws a Refusal unless the key fits the path. */
	authenticate(call: Call, method: string): void;
	reset(): void;
}

/** Credits of one provider: one for each request that is carried out. */
export class Ledger {
	used = 0;
	balance = STARTING_BALANCE;

	charge(credits: number): void {
		this.used += credits;
		this.balance -= credits;
	}

	reset(): void {
		this.used = 0;
		this.balance = STARTING_BALANCE;
	}
}

/** A sliding window of one minute. */
export class RateLimiter {
	perMinute: number | undefined;
	private arrivals: number[] = [];

	/** Counts a request in; returns the seconds to wait when it is one too many, else undefined. */
	secondsToWait(now = Date.now()): number | undefined {
		if (this.perMinute === undefined) return undefined;
		this.arrivals = this.arrivals.filter((at) => at > now - MINUTE);
		const oldest = this.arrivals[0] ?? now;
		if (this.arrivals.length >= this.perMinute) return Math.ceil((oldest + MINUTE - now) / 1000);
		this.arrivals.push(now);
		return undefined;
	}

	remaining(limit: number): number {
		return Math.max(0, limit - Math.max(1, this.arrivals.length));
	}

	reset(): void {
		this.perMinute = undefined;
		this.arrivals = [];
	}
}
