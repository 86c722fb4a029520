import { sleep } from 'n8n-workflow';

/** How often work that is under way is looked at, in milliseconds. */
const SLICE = 100;

/** How long work may go on. */
export interface Bounds {
	/**
	 * When it has taken too long, in milliseconds since 1970; may move on while it makes progress.
	 */
	deadline(): number;
	/** Whether nobody needs it any more. */
	isOver(): boolean;
}

/** Why work was ended: too late, or no longer needed. */
export class Ended extends Error {
	/** As Node calls it where time is over. */
	readonly code?: string;

	constructor(readonly isLate: boolean) {
		super(isLate ? 'The time is over' : 'The execution is over');
		if (isLate) this.code = 'ETIMEDOUT';
	}
}

/**
 * Does work that might never end, within bounds: beyond them `end` is called once, which has to
 * make the work fail. Throws what the work throws; where it was ended, an `Ended` with that as its
 * cause.
 */
export async function bounded<T>(
	bounds: Bounds,
	work: () => Promise<T>,
	end: (reason: Ended) => void,
): Promise<T> {
	let isDone = false;
	let ended: Ended | undefined;
	// n8n lets a node have no timers of its own.
	const watch = async () => {
		while (!isDone && ended === undefined) {
			const isLate = Date.now() >= bounds.deadline();
			if (isLate || bounds.isOver()) end((ended = new Ended(isLate)));
			else await sleep(SLICE);
		}
	};
	void watch();
	try {
		return await work();
	} catch (error) {
		if (ended !== undefined) ended.cause = error;
		throw ended ?? error;
	} finally {
		isDone = true;
	}
}
