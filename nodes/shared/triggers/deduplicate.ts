import { createHash } from 'crypto';
import type { IWebhookFunctions } from 'n8n-workflow';

/** Events that one trigger remembers while n8n runs: far more than providers repeat. */
const MAX_REMEMBERED = 20_000;

/** How many of them outlive a restart. They are written with each delivery, so few and short. */
const MAX_SAVED = 1000;

/** Characters of an event's mark; 60 bits, so that two events are never taken for one. */
const MARK_LENGTH = 10;

/**
 * Milliseconds after which a trigger that is not called is taken for gone: what is saved is left.
 */
const MAX_UNUSED = 24 * 60 * 60 * 1000;

/** n8n's answer to a delivery, also where the provider has hung up and nobody reads it. */
type HttpResponse = Pick<
	ReturnType<IWebhookFunctions['getResponseObject']>,
	'writableEnded' | 'statusCode'
>;

/** An event whose execution exists, or the answer that will tell. */
type State = 'started' | HttpResponse;

/** Whether the event's execution exists; undefined while n8n has not answered. */
function hasStarted(state: State): boolean | undefined {
	if (state === 'started') return true;
	return state.writableEnded ? state.statusCode < 400 : undefined;
}

/**
 * The events that a trigger has had, so that one that is delivered again starts nothing.
 *
 * n8n saves what a webhook wrote into the node's static data right after it has created the
 * execution. An event counts as `started` from that save on and only then outlives a restart:
 * when n8n is killed before, the provider gets no answer, delivers again, and nothing is lost.
 * A provider that hangs up changes nothing, since n8n goes on: an event is given up only when n8n
 * has answered with an error. Every delivery has a copy of the static data of its own; this memory
 * is what they share.
 */
class RecentEvents {
	/** When it was last asked, in milliseconds. */
	usedAt = 0;
	// In order of arrival.
	private readonly marks = new Map<string, State>();

	/** Takes over what an earlier n8n process, or another one beside this, has saved. */
	adopt(saved: unknown): void {
		if (typeof saved !== 'string') return;
		for (let at = 0; at + MARK_LENGTH <= saved.length; at += MARK_LENGTH) {
			this.start(saved.slice(at, at + MARK_LENGTH));
		}
	}

	/** Notes an event's arrival; false when it is known. */
	enter(mark: string, response: HttpResponse): boolean {
		const known = this.marks.get(mark);
		if (known !== undefined && hasStarted(known) !== false) return false;
		this.marks.set(mark, response);
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

	/**
	 * The newest marks of events whose executions exist, one behind the other: short to write, quick
	 * to read.
	 */
	started(): string {
		const marks = [...this.marks].filter(([, state]) => hasStarted(state)).map(([mark]) => mark);
		return marks.slice(-MAX_SAVED).join('');
	}
}

const memories = new Map<string, RecentEvents>();

/**
 * What this process remembers of a trigger's events. Those of triggers that are gone are dropped.
 */
function memoryOf(owner: string): RecentEvents {
	const now = Date.now();
	for (const [other, { usedAt }] of memories) if (now - usedAt > MAX_UNUSED) memories.delete(other);
	const memory = memories.get(owner) ?? new RecentEvents();
	memory.usedAt = now;
	memories.set(owner, memory);
	return memory;
}

/**
 * Whether a delivery is the first of its event, and if so notes it; a repeat, also across restarts
 * of n8n, gives false. `key` tells the event from all others of the node.
 */
export function isFirstDelivery(context: IWebhookFunctions, key: string): boolean {
	const recent = memoryOf(`${context.getWorkflow().id}/${context.getNode().id}`);
	const saved = context.getWorkflowStaticData('node');
	recent.adopt(saved.recentEvents);

	const mark = createHash('sha256').update(key).digest('base64url').slice(0, MARK_LENGTH);
	if (!recent.enter(mark, context.getResponseObject())) return false;

	const list = {
		// n8n saves once the execution exists, so being written down is the sign of it.
		toJSON(): string {
			recent.start(mark);
			return recent.started();
		},
	};
	const write = () => {
		saved.recentEvents = list;
	};
	write();
	void afterPreparation().then(write);
	return true;
}

/**
 * More promises than n8n waits for between a webhook's function and its first query of the
 * database.
 */
const PROMISES_TO_QUERY = 100;

/**
 * When n8n has prepared the execution and not saved yet. n8n 2.41 prepares it in the same turn of
 * the event loop in which the webhook's function ends, and forgets there that the static data were
 * changed: so they are written once more. Counted in promises, since a timer may come too late:
 * where the event loop is behind, timers that were set for later can come first.
 */
async function afterPreparation(): Promise<void> {
	for (let count = 0; count < PROMISES_TO_QUERY; count++) await Promise.resolve();
}
