import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, IExecuteData, IExecuteSingleFunctions, INodeExecutionData, NodeApiError } from 'n8n-workflow';
import type { Delivery } from './deliver';
import type { Pace } from './pace';
import { isOwnError } from './request';
import type { Upload } from './upload';

export type OwnError = NodeApiError | NodeOperationError;

/** What the items of one node run share, over all tries of Retry On Fail. */
export interface Run {
	/** The creator's own ID by account, looked up once. */
	creatorIds: Map<string, Promise<string | undefined>>;
	/** The pace of requests by account. */
	paces: Map<string, Pace>;
	/** What became of the message of each item. */
	deliveries: Map<number, Delivery>;
	/** What became of each item's files, by item and file. */
	uploads: Map<string, Upload>;
	/** What became of each item's call of any endpoint, where it changes something. */
	changes: Map<number, Promise<IDataObject>>;
	/** Whether the execution has ended or was cancelled: no request may start any more. */
	isOver: boolean;
	/** The present try. */
	attempt: Attempt;
}

/** One try of a node run: the first, or a further one of Retry On Fail. */
export class Attempt {
	/** Items that have begun. */
	readonly started = new Set<number>();
	/** Items whose check found something wrong, with what it found. */
	readonly refusals = new Map<number, OwnError>();
	/** The end of the last message to each chat: the next one waits for it. */
	readonly chats = new Map<string, Promise<unknown>>();
	/** Whether a message could not be sent while On Error is set to stop. */
	isStopped = false;
	private settled = 0;
	private readonly waiting: Array<() => void> = [];

	/** An item has come to its end. */
	settle(): void {
		this.settled++;
		this.release();
	}

	/** Resolves once all items have come to their end, or `end` was called. */
	async allSettled(total: number): Promise<void> {
		while (this.settled < total) await new Promise<void>((resolve) => this.waiting.push(resolve));
	}

	/** Lets everybody go who still waits: the execution is over. */
	end(): void {
		this.settled = Infinity;
		this.release();
	}

	private release(): void {
		for (const resolve of this.waiting.splice(0)) resolve();
	}
}

// n8n keeps one IExecuteData for a node run and its retries. Weak, so that nothing outlives it.
const runs = new WeakMap<IExecuteData, Run>();

export function runOf(context: IExecuteSingleFunctions): Run {
	const key = context.getExecuteData();
	const known = runs.get(key);
	if (known !== undefined) return known;
	const run: Run = { creatorIds: new Map(), paces: new Map(), deliveries: new Map(), uploads: new Map(), changes: new Map(), isOver: false, attempt: new Attempt() };
	runs.set(key, run);
	// n8n hands no cancel signal to declarative nodes (n8n-core 2.41), but it tells when a run ends.
	context.onExecutionFinish?.(() => {
		run.isOver = true;
		run.attempt.end();
	});
	return run;
}

/** The present try, which an item enters as the first thing it does. */
export function enterAttempt(context: IExecuteSingleFunctions): Attempt {
	const run = runOf(context);
	// An item that begins a second time means that n8n tries the whole node again.
	if (run.attempt.started.has(context.getItemIndex())) {
		run.attempt.isStopped = true;
		run.attempt = new Attempt();
	}
	run.attempt.started.add(context.getItemIndex());
	return run.attempt;
}

/** Whether the execution was cancelled or has ended while this item was still at work. */
export function isOver(context: IExecuteSingleFunctions): boolean {
	return runOf(context).isOver || context.getExecutionCancelSignal()?.aborted === true;
}

/** How many items the run has. */
export function itemCount(context: IExecuteSingleFunctions): number {
	if (context.getNode().executeOnce) return 1;
	const { main, ai_tool: tool } = context.getExecuteData().data;
	return (main ?? tool)?.[0]?.length ?? 1;
}

/** The item that stands for an input item that did not work out: n8n's error keys, paired to its input. */
export function errorItem(context: IExecuteSingleFunctions, error: OwnError, details: object = {}): INodeExecutionData {
	const { outcome, messageId } = error.context;
	return {
		json: {
			error: error.message,
			...(error.description ? { message: error.description } : {}),
			details: {
				itemIndex: context.getItemIndex(),
				httpCode: 'httpCode' in error ? error.httpCode : null,
				...(outcome !== undefined && { outcome }),
				...(messageId !== undefined && { messageId }),
				...details,
			},
		},
		pairedItem: { item: context.getItemIndex() },
	};
}

/**
 * Runs an item's work and pairs what it gives to its input, in success and in failure. With On
 * Error set to continue, an error becomes an item (n8n's own error items lack the pairing);
 * otherwise it is thrown.
 */
export async function settle(context: IExecuteSingleFunctions, work: () => Promise<INodeExecutionData[]>): Promise<INodeExecutionData[]> {
	const itemIndex = context.getItemIndex();
	const { attempt } = runOf(context);
	const refusal = attempt.refusals.get(itemIndex);
	const outcome = await (refusal === undefined ? work() : Promise.reject(refusal)).then(
		(items) => ({ items }),
		(error: unknown) => ({ error }),
	);
	attempt.settle();
	if ('items' in outcome) {
		const pairedItem = { item: itemIndex };
		for (const item of outcome.items) item.pairedItem ??= pairedItem;
		return outcome.items;
	}
	if (context.continueOnFail() && isOwnError(outcome.error)) return [errorItem(context, outcome.error)];
	throw outcome.error;
}

/** The error for work that a cancelled or ended execution no longer needs. */
export function cancelledError(context: IExecuteSingleFunctions): NodeOperationError {
	const itemIndex = context.getItemIndex();
	const error = new NodeOperationError(context.getNode(), `The execution was cancelled before this item's turn came [item ${itemIndex}]`, {
		itemIndex,
		description: 'Nothing was done for it.',
	});
	error.context.outcome = 'notSent';
	return error;
}
