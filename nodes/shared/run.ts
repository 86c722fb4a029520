import type { IExecuteData, IExecuteSingleFunctions, INodeExecutionData, NodeApiError, NodeOperationError } from 'n8n-workflow';
import { isOwnError } from './request';

/** What the items of one node run share. n8n keeps one IExecuteData for a run and its retries. */
export interface Run {
	/** Items whose check found something wrong, with what it found. */
	refusals: Map<number, NodeApiError | NodeOperationError>;
	/** The creator's own ID by account, looked up once. */
	creatorIds: Map<string, Promise<string | undefined>>;
	/** Items whose message was sent, so that Retry On Fail gives the result instead of sending again. */
	delivered: Map<number, INodeExecutionData>;
	/** Whether the execution has ended or was cancelled: no request may start any more. */
	isOver: boolean;
}

// Weak, so that nothing is kept once n8n lets go of the run.
const runs = new WeakMap<IExecuteData, Run>();

export function runOf(context: IExecuteSingleFunctions): Run {
	const key = context.getExecuteData();
	const known = runs.get(key);
	if (known !== undefined) return known;
	const run: Run = { refusals: new Map(), creatorIds: new Map(), delivered: new Map(), isOver: false };
	runs.set(key, run);
	// n8n hands no cancel signal to declarative nodes (n8n-core 2.41), but it tells when a run ends.
	context.onExecutionFinish?.(() => {
		run.isOver = true;
	});
	return run;
}

/** Whether the execution was cancelled or has ended while this item was still at work. */
export function isOver(context: IExecuteSingleFunctions): boolean {
	return runOf(context).isOver || context.getExecutionCancelSignal()?.aborted === true;
}

/** The item that stands for an input item that did not work out: n8n's error keys, paired to its input. */
export function errorItem(context: IExecuteSingleFunctions, error: NodeApiError | NodeOperationError, details: object = {}): INodeExecutionData {
	return {
		json: {
			error: error.message,
			...(error.description ? { message: error.description } : {}),
			details: { itemIndex: context.getItemIndex(), httpCode: 'httpCode' in error ? error.httpCode : null, ...details },
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
	const refusal = runOf(context).refusals.get(itemIndex);
	const outcome = await (refusal === undefined ? work() : Promise.reject(refusal)).then(
		(items) => ({ items }),
		(error: unknown) => ({ error }),
	);
	if ('items' in outcome) {
		for (const item of outcome.items) item.pairedItem = { item: itemIndex };
		return outcome.items;
	}
	if (context.continueOnFail() && isOwnError(outcome.error)) return [errorItem(context, outcome.error)];
	throw outcome.error;
}
