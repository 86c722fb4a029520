import type { IExecuteSingleFunctions } from 'n8n-workflow';
import type { OwnError } from '../transport/request';

/** What the items of one node run share, over all tries of Retry On Fail. */
export interface Run {
	/** Whether the execution has ended or was cancelled: no request may start any more. */
	isOver: boolean;
	/** Whether it has one item, whatever the input: Execute Once, or an inline tool call. */
	readonly isOneItem: boolean;
	/** The present try. */
	attempt: Attempt;
}

/** One try of a node run: the first, or a further one of Retry On Fail. */
export class Attempt {
	/** Items that have begun, with the context of each. */
	readonly started = new Map<number, IExecuteSingleFunctions>();
	/** Items whose check found something wrong, with what it found. */
	readonly invalid = new Map<number, OwnError>();
	/** Whether a message could not be sent while On Error is set to stop. */
	isStopped = false;
	private finished = 0;
	private isEnded = false;
	private readonly waiting: Array<() => void> = [];

	/** An item begins. */
	start(context: IExecuteSingleFunctions): void {
		this.started.set(context.getItemIndex(), context);
		this.release();
	}

	/** An item has come to its end. */
	finish(): void {
		this.finished++;
		this.release();
	}

	/** Resolves once all items have begun (true), or n8n ended the try before that (false). */
	async allStarted(total: number): Promise<boolean> {
		while (this.started.size < total && !this.isEnded) {
			await new Promise<void>((resolve) => this.waiting.push(resolve));
		}
		return this.started.size >= total;
	}

	/** Resolves once all items have come to their end, or `end` was called. */
	async allFinished(total: number): Promise<void> {
		while (this.finished < total) await new Promise<void>((resolve) => this.waiting.push(resolve));
	}

	/** Lets everybody go who still waits: the execution is over, or n8n tries again. */
	end(): void {
		this.isEnded = true;
		this.finished = Infinity;
		this.release();
	}

	private release(): void {
		for (const resolve of this.waiting.splice(0)) resolve();
	}
}

// By what one invocation has to itself, then by node. Weak, so that nothing outlives it.
const runs = new WeakMap<object, Map<string, Run>>();

/** What was found for a context before: n8n copies the whole node each time it is asked for it. */
const knownRuns = new WeakMap<object, Run>();

const knownRunOf = (context: unknown): Run | undefined =>
	typeof context === 'object' && context !== null ? knownRuns.get(context) : undefined;

/** What this invocation of the node keeps, over all tries of Retry On Fail. */
export function runOf(context: IExecuteSingleFunctions): Run {
	// The context that n8n makes an item's requests with inherits from the one that checks the item.
	const known = knownRunOf(context) ?? knownRunOf(Object.getPrototypeOf(context));
	if (known !== undefined) return known;
	const run = findRun(context);
	knownRuns.set(context, run);
	return run;
}

function findRun(context: IExecuteSingleFunctions): Run {
	const { name, executeOnce = false } = context.getNode();
	const executeData = context.getExecuteData();
	// Where an agent calls the node as its tool by itself, the execution data are the agent's, the
	// same for each of its calls and each of its tools: there the arguments stand for the invocation.
	const isInlineTool = executeData.node.name !== name;
	const invocation = isInlineTool ? context.getInputData(0, 'ai_tool').json : executeData;
	const runsByNode = runs.get(invocation) ?? new Map<string, Run>();
	runs.set(invocation, runsByNode);
	const known = runsByNode.get(name);
	if (known !== undefined) return known;
	const run: Run = {
		isOver: false,
		isOneItem: executeOnce || isInlineTool,
		attempt: new Attempt(),
	};
	runsByNode.set(name, run);
	// n8n hands no cancel signal to declarative nodes (n8n-core 2.41), but it tells when a run ends.
	context.onExecutionFinish?.(() => {
		run.isOver = true;
		run.attempt.end();
	});
	return run;
}

/**
 * Something that the items of a run share, over all tries of Retry On Fail: made by `create` when
 * the first of them asks for it, and gone with the run.
 */
export function perRun<T>(create: () => T): (context: IExecuteSingleFunctions) => T {
	return perOwner(runOf, create);
}

/** Something that the items of one try share: see `perRun`. */
export function perAttempt<T>(create: () => T): (context: IExecuteSingleFunctions) => T {
	return perOwner((context) => runOf(context).attempt, create);
}

function perOwner<T>(
	ownerOf: (context: IExecuteSingleFunctions) => object,
	create: () => T,
): (context: IExecuteSingleFunctions) => T {
	const values = new WeakMap<object, { value: T }>();
	return (context) => {
		const owner = ownerOf(context);
		const known = values.get(owner) ?? { value: create() };
		values.set(owner, known);
		return known.value;
	};
}

/** The present try, which an item enters as the first thing it does. */
export function enterAttempt(context: IExecuteSingleFunctions): Attempt {
	const run = runOf(context);
	const begun = run.attempt.started.get(context.getItemIndex());
	if (begun === context) return run.attempt;
	// An item that begins a second time means that n8n tries the whole node again.
	if (begun !== undefined) {
		run.attempt.isStopped = true;
		run.attempt.end();
		run.attempt = new Attempt();
	}
	run.attempt.start(context);
	return run.attempt;
}

/** Whether the execution was cancelled or has ended while this item was still at work. */
export function isOver(context: IExecuteSingleFunctions): boolean {
	return runOf(context).isOver || context.getExecutionCancelSignal()?.aborted === true;
}

/** How many items the run has. */
export function itemCount(context: IExecuteSingleFunctions): number {
	if (runOf(context).isOneItem) return 1;
	const { main, ai_tool: tool } = context.getExecuteData().data;
	return (main ?? tool)?.[0]?.length ?? 1;
}
