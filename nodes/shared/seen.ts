import { isOlderId } from './values';

/** How many IDs one half of the memory holds: a hundred of the largest pages. */
const IDS = 10_000;
const CURSORS = 1000;

/** The values that were added last: at least `half` of them once there were so many, at most twice as many. */
class Recent<T> {
	private newer = new Set<T>();
	private older = new Set<T>();

	/** `onForget` is given the older half of what stays whenever others are forgotten. */
	constructor(
		private readonly half: number,
		private readonly onForget?: (older: Set<T>) => void,
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
		const isForgetting = this.older.size > 0;
		this.older = this.newer;
		this.newer = new Set();
		if (isForgetting) this.onForget?.(this.older);
	}
}

/**
 * The IDs that a walk from newer to older messages has met, in memory that does not grow with the
 * walk. Repeats lie near: the last 10,000 IDs are known one by one. What is newer than all of
 * those was passed long ago, so it is a repeat too, such as when a provider begins anew. So that a
 * message is lost only if it stands more than 10,000 places away from its order.
 */
export class SeenIds {
	/** Anything newer than this was passed; undefined while nothing is forgotten. */
	private passed: string | undefined;
	private readonly recent: Recent<string | number>;

	constructor(half = IDS) {
		this.recent = new Recent(half, (older) => {
			this.passed = newestOf(older);
		});
	}

	/** Whether the ID comes for the first time. */
	add(id: string | number): boolean {
		if (this.passed !== undefined && isOlderId(this.passed, String(id)) === true) return false;
		return this.recent.add(id);
	}
}

/** The newest of the IDs that are made of digits. */
function newestOf(ids: Iterable<string | number>): string | undefined {
	let newest: string | undefined;
	for (const id of ids) {
		const text = String(id);
		if (isOlderId(newest ?? '0', text) === true) newest = text;
	}
	return newest;
}

/**
 * The cursors that a walk has followed. The last 1,000 are known one by one; besides, one is
 * remembered from the 1st, 2nd, 4th, 8th … step on, so that a loop of any length comes to an end.
 */
export class SeenCursors {
	private readonly recent: Recent<string>;
	private steps = 0;
	private mark = '';
	private markAgain = 1;

	constructor(half = CURSORS) {
		this.recent = new Recent(half);
	}

	/** Whether the cursor leads on; not when the walk has been there. */
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
