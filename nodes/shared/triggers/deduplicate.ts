import { createHash } from 'crypto';
import { sleep } from 'n8n-workflow';
import type { IWebhookFunctions } from 'n8n-workflow';

/** Events that one trigger remembers while n8n runs: far more than providers repeat. */
const MAX_REMEMBERED = 20_000;

/** How many of them outlive a restart. They are written with each delivery, so few and short. */
const MAX_SAVED = 1000;

/** Characters of an event's mark; 60 bits, so that two events are never taken for one. */
const MARK_LENGTH = 10;

type State = 'arriving' | 'started';

/**
 * The events that a trigger has had, so that one that is delivered again starts nothing.
 *
 * n8n saves what a webhook wrote into the node's static data right after it has created the
 * execution. An event counts as `started` from that save on and only then outlives a restart:
 * when n8n is killed before, the provider gets no answer, delivers again, and nothing is lost.
 * Every delivery has a copy of the static data of its own; this memory is what they share.
 */
class RecentEvents {
	// In order of arrival.
	private readonly marks = new Map<string, State>();
	/** What was last read or written: nearly always the same, and then not looked through again. */
	private lastSaved: unknown;

	/** Takes over what an earlier n8n process, or another one beside this, has saved. */
	adopt(saved: unknown): void {
		if (typeof saved !== 'string' || saved === this.lastSaved) return;
		this.lastSaved = saved;
		for (let at = 0; at + MARK_LENGTH <= saved.length; at += MARK_LENGTH) {
			const mark = saved.slice(at, at + MARK_LENGTH);
			if (!this.marks.has(mark)) this.marks.set(mark, 'started');
		}
	}

	/** Notes an event's arrival; false when it is known. */
	enter(mark: string): boolean {
		if (this.marks.has(mark)) return false;
		this.marks.set(mark, 'arriving');
		for (const [oldest] of this.marks) {
			if (this.marks.size <= MAX_REMEMBERED) break;
			this.marks.delete(oldest);
		}
		return true;
	}

	/** Its execution exists. */
	start(mark: string): void {
		this.marks.set(mark, 'started');
	}

	/** The delivery has ended; unless its execution exists, the event may come again. */
	leave(mark: string): void {
		if (this.marks.get(mark) === 'arriving') this.marks.delete(mark);
	}

	/**
	 * The newest marks of events whose executions exist, one behind the other: short to write, quick
	 * to read.
	 */
	started(): string {
		const marks: string[] = [];
		for (const [mark, state] of this.marks) if (state === 'started') marks.push(mark);
		const written = marks.slice(-MAX_SAVED).join('');
		this.lastSaved = written;
		return written;
	}
}

const memories = new Map<string, RecentEvents>();

/**
 * Whether a delivery is the first of its event, and if so notes it; a repeat, also across restarts
 * of n8n, gives false. `key` tells the event from all others of the node.
 */
export function isFirstDelivery(context: IWebhookFunctions, key: string): boolean {
	const owner = `${context.getWorkflow().id}/${context.getNode().id}`;
	const recent = memories.get(owner) ?? new RecentEvents();
	memories.set(owner, recent);
	const saved = context.getWorkflowStaticData('node');
	recent.adopt(saved.recentEvents);

	const mark = createHash('sha256').update(key).digest('base64url').slice(0, MARK_LENGTH);
	if (!recent.enter(mark)) return false;

	const response = context.getResponseObject();
	const delivery = { isOver: false };
	const list = {
		// n8n saves once the execution exists, so being written down is the sign of it.
		toJSON(): string {
			recent.start(mark);
			delivery.isOver = true;
			return recent.started();
		},
	};
	saved.recentEvents = list;
	void touchUntil(delivery, () => {
		saved.recentEvents = list;
	});
	response.once('close', () => {
		if (response.writableFinished && response.statusCode < 300) recent.start(mark);
		recent.leave(mark);
		delivery.isOver = true;
	});
	return true;
}

/** More steps than n8n takes between a webhook's function and the first thing that it waits for. */
const STEPS_TO_EXECUTION = 100;

/**
 * n8n 2.41 forgets that the static data were changed when it prepares the execution, right after
 * the webhook's function has ended, and then would not save them: so they are changed again, until
 * they are saved or the delivery is over.
 */
async function touchUntil(delivery: { isOver: boolean }, touch: () => void): Promise<void> {
	for (let step = 0; step < STEPS_TO_EXECUTION; step++) await Promise.resolve();
	while (!delivery.isOver) {
		touch();
		await sleep(1);
	}
}
