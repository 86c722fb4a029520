import { isOlderId } from '../model/values';

/** How many are known one by one at the least: a hundred of the largest pages. */
const IDS = 10_000;
const CURSORS = 1000;

/**
 * The values that were added last: at least `half` of them once there were so many, at most twice
 * as many.
 */
class Recent<T> {
	private newer = new Set<T>();
	private older = new Set<T>();

	/** `onForget` is given what is forgotten, and the older half of what stays. */
	constructor(
		private readonly half: number,
		private readonly onForget?: (forgotten: Set<T>, older: Set<T>) => void,
	) {}

	/** Whether the value was not among them yet. */
	add(value: T): boolean {
		if (this.older.has(value)) return false;
		const { size } = this.newer;
		if (this.newer.add(value).size === size) return false;
		if (size + 1 === this.half) this.turn();
		return true;
	}

	private turn(): void {
		const forgotten = this.older;
		this.older = this.newer;
		this.newer = new Set();
		if (forgotten.size > 0) this.onForget?.(forgotten, this.older);
	}
}

/**
 * The IDs that the pages of a chat, from newer to older messages, have shown, in memory that does
 * not grow with the pages. Repeats lie near: the last 10,000 IDs are known one by one. What is
 * newer than all of those was passed long ago, so it is a repeat too, such as when a provider
 * begins anew. IDs that came ahead of their time, such as of a pinned message, are kept until the
 * pages get there.
 *
 * So a message is lost only if it comes more than 10,000 places too late. Without an order, as in
 * IDs that are not made of digits, what is far away is taken for new.
 */
export class SeenIds {
	/** Anything newer than this was passed; undefined while nothing is forgotten. */
	private passed: string | undefined;
	private ahead = new Set<string>();
	private readonly recent: Recent<string | number>;

	constructor(half = IDS) {
		this.recent = new Recent(half, (forgotten, older) => this.forget(forgotten, older));
	}

	/** Whether the ID comes for the first time. */
	add(id: string | number): boolean {
		if (
			this.passed !== undefined &&
			(isOlderId(this.passed, String(id)) === true || this.ahead.has(String(id)))
		) {
			return false;
		}
		return this.recent.add(id);
	}

	private forget(forgotten: Set<string | number>, older: Set<string | number>): void {
		const newest = newestOf(older);
		// Where IDs do not grow older, nothing follows from their order.
		if (isOlderId(newest, newestOf(forgotten)) !== true) return;
		this.passed = newest;
		const isAhead = (id: string) => isOlderId(id, newest) === true;
		this.ahead = new Set([...this.ahead, ...Array.from(forgotten, String)].filter(isAhead));
	}
}

/** The newest of the IDs that are made of digits; '0' when there is none. */
function newestOf(ids: Iterable<string | number>): string {
	let newest = '0';
	for (const id of ids) {
		const text = String(id);
		if (isOlderId(newest, text) === true) newest = text;
	}
	return newest;
}

/**
 * The cursors that were followed through one list. The last 1,000 are known one by one; besides,
 * one is remembered from the 1st, 2nd, 4th, 8th … step on, so that a loop of any length comes to an
 * end.
 */
export class SeenCursors {
	private readonly recent: Recent<string>;
	private steps = 0;
	private mark = '';
	private markAgain = 1;

	constructor(half = CURSORS) {
		this.recent = new Recent(half);
	}

	/** Whether the cursor leads on; not when it was followed before. */
	add(cursor: string): boolean {
		if (cursor === this.mark || !this.recent.add(cursor)) return false;
		this.steps++;
		if (this.steps === this.markAgain) {
			this.mark = cursor;
			this.markAgain *= 2;
		}
		return true;
	}
}
