import { createHash } from 'crypto';
import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, IExecuteSingleFunctions, INodeExecutionData } from 'n8n-workflow';
import { recordAt, textOf } from '../model/values';
import { parameterOf } from '../operation/parameter';
import { isOver, itemCount, perAttempt } from '../operation/run';
import { toggle } from '../parameters/parsers';
import type { Validation } from '../parameters/validation';

/**
 * Only New Since Last Run: how far a list was read, kept in n8n's static data of the node.
 *
 * n8n reads the static data when an execution begins, and saves them when it ends, whatever came of
 * it, for all of a workflow at once. So an execution that another one overtook has old ones, and
 * may save them last. What this process knows besides puts that right; of several processes, the
 * next may bring again what another brought, and none passes anything over.
 */

/** The most that one node remembers, in characters. About 1,400 chats, or 60 other lists. */
const MOST_SAVED = 64 * 1024;

/** The most lists that one run may read, so that none of them is forgotten at once. */
const MOST_LISTS = 1000;

/** Of an account and filters, or of an entry: 60 bits, so that two are never taken for one. */
const HASH_LENGTH = 10;

/** Where a list was read to, and when, in milliseconds: never twice at the same time. */
interface Mark {
	at: number;
	text: string;
}

/** What this process knows of one node. */
interface NodeMemory {
	/** By list. */
	marks: Map<string, Mark>;
	/** Resolves once the node has no other run under way. */
	turn: Promise<void>;
}

// By workflow and node, by its name as n8n has it. Each is small, and there are as many as nodes.
const memories = new Map<string, NodeMemory>();

function memoryOf(context: IExecuteSingleFunctions): NodeMemory {
	const owner = JSON.stringify([context.getWorkflow().id, context.getNode().name]);
	const memory = memories.get(owner) ?? { marks: new Map(), turn: Promise.resolve() };
	memories.set(owner, memory);
	return memory;
}

/** A short name for any value of plain data. */
export function hashOf(value: unknown): string {
	return createHash('sha256')
		.update(JSON.stringify(value))
		.digest('base64url')
		.slice(0, HASH_LENGTH);
}

/** Reads the option; what does not go with it goes into the validation. */
export function readOnlyNew(context: IExecuteSingleFunctions, validation: Validation): boolean {
	if (validation.parameter('options.onlyNew', 'Only New Since Last Run', toggle) !== true) {
		return false;
	}
	// The field is hidden there, but for older versions of n8n.
	validation.require(
		!context.getNode().type.endsWith('Tool'),
		"'Only New Since Last Run' does not work in an agent's tool: what the model drops would be lost",
	);
	validation.require(
		context.getMode() !== 'integrated',
		"'Only New Since Last Run' does not work in a sub-workflow, where n8n does not tell a test " +
			'from a production run: list in the workflow that calls it',
	);
	validation.require(
		itemCount(context) <= MOST_LISTS,
		`'Only New Since Last Run' takes ${MOST_LISTS} input items at most: give the node fewer at a time`,
	);
	return true;
}

/** The error for a list in which nothing tells what is new. */
export function noNewsError(context: IExecuteSingleFunctions): NodeOperationError {
	const itemIndex = context.getItemIndex();
	return new NodeOperationError(
		context.getNode(),
		`'Only New Since Last Run' does not work with this list [item ${itemIndex}]`,
		{
			itemIndex,
			description:
				'Nothing in it tells what is new. The description of the option says with which lists it ' +
				'works. No request was made.',
		},
	);
}

/** Whether a run remembers. Who tries a workflow in the editor neither uses nor changes the memory. */
function isProduction(context: IExecuteSingleFunctions): boolean {
	const mode = context.getMode();
	return mode !== 'manual' && mode !== 'chat' && mode !== 'evaluation';
}

/** What the items of one try have in common: the node's turn, and what they found. */
class Turn {
	/** What is remembered of each list. */
	known = new Map<string, Mark>();
	readonly lists = new Set<string>();
	private readonly found = new Map<string, string>();
	private inside = 0;
	private succeeded = 0;
	private entered = Promise.resolve();
	private release: () => void = () => undefined;

	/**
	 * An item comes in: the node's runs take turns, so that the second of two at once begins where
	 * the first has ended.
	 */
	async enter(context: IExecuteSingleFunctions): Promise<void> {
		if (this.inside++ === 0) {
			const memory = memoryOf(context);
			this.entered = memory.turn.then(() => {
				this.known = newestOf(memory.marks, readSaved(context));
			});
			memory.turn = new Promise((resolve) => (this.release = resolve));
		}
		await this.entered;
	}

	note(list: string, mark: string): void {
		this.found.set(list, mark);
	}

	succeed(): void {
		this.succeeded++;
	}

	/**
	 * An item goes. With the last one, what was found is remembered: where On Error is set to stop,
	 * only if all items of the node have worked out, since n8n hands none over otherwise.
	 */
	leave(context: IExecuteSingleFunctions): void {
		if (--this.inside > 0) return;
		const isHandedOver = context.continueOnFail() || this.succeeded === itemCount(context);
		if (isHandedOver && this.found.size > 0) this.remember(context);
		this.release();
	}

	private remember(context: IExecuteSingleFunctions): void {
		const memory = memoryOf(context);
		const now = Date.now();
		for (const [list, text] of this.found) {
			const { at } = this.known.get(list) ?? { at: 0 };
			this.known.set(list, { at: Math.max(now, at + 1), text });
		}
		this.found.clear();
		memory.marks = smallEnough(this.known);
		// A further try of a whole execution has the static data of the first one: saved now, they would
		// put back what other nodes wrote since, such as the webhook that a trigger has made. They are
		// saved with the next run.
		if (context.getMode() === 'retry') return;
		context.getWorkflowStaticData('node').onlyNew = Object.fromEntries(
			Array.from(memory.marks, ([list, { at, text }]) => [list, `${at.toString(36)}:${text}`]),
		);
	}
}

const turnOf = perAttempt(() => new Turn());

/** Of each list the mark that was made last. */
function newestOf(...sources: Array<Map<string, Mark>>): Map<string, Mark> {
	const marks = new Map<string, Mark>();
	for (const source of sources) {
		for (const [list, mark] of source) {
			if (mark.at > (marks.get(list)?.at ?? -1)) marks.set(list, mark);
		}
	}
	return marks;
}

/** Without the lists that were read longest ago, where there are too many. */
function smallEnough(marks: Map<string, Mark>): Map<string, Mark> {
	const kept = new Map<string, Mark>();
	let room = MOST_SAVED;
	for (const [list, mark] of [...marks].sort(([, a], [, b]) => b.at - a.at)) {
		// Quotes, colons, a comma, and the time in eight digits.
		room -= list.length + mark.text.length + 15;
		if (room < 0) break;
		kept.set(list, mark);
	}
	return kept;
}

function readSaved(context: IExecuteSingleFunctions): Map<string, Mark> {
	const saved = recordAt(context.getWorkflowStaticData('node').onlyNew);
	return new Map(
		Object.entries(saved).flatMap(([list, value]): Array<[string, Mark]> => {
			const [, at, text] = /^([0-9a-z]+):(.*)$/s.exec(textOf(value) ?? '') ?? [];
			return at === undefined || text === undefined
				? []
				: [[list, { at: Number.parseInt(at, 36), text }]];
		}),
	);
}

/** What a list has to go by. */
export interface ListMemory {
	/** Where the last run came to; undefined at first. */
	mark: string | undefined;
	/** Notes where the next run is to go on. */
	note(mark: string): void;
}

/** Reads a list; `memory` is undefined where nothing is remembered. */
type Work = (memory?: ListMemory) => Promise<INodeExecutionData[]>;

/**
 * Reads an item's list from where the last run came to, and remembers how far this one comes once
 * all items of the node have worked out. `list` is plain data that tells the list from others of
 * the node. Of input items with the same list, the first gets what is new. Throws what `work`
 * throws.
 */
export async function sinceLastRun(
	context: IExecuteSingleFunctions,
	list: unknown,
	work: Work,
): Promise<INodeExecutionData[]> {
	const turn = turnOf(context);
	const isOn = parameterOf(context, 'options.onlyNew', false) === true;
	if (!isOn || !isProduction(context)) {
		const items = await work();
		turn.succeed();
		return items;
	}
	await turn.enter(context);
	try {
		const key = hashOf(list);
		const isFirst = !turn.lists.has(key);
		turn.lists.add(key);
		let found: string | undefined;
		const items = isFirst
			? await work({ mark: turn.known.get(key)?.text, note: (mark) => (found = mark) })
			: [];
		// A list that a cancelled execution has read in part.
		if (isOver(context)) return items;
		turn.succeed();
		if (found !== undefined) turn.note(key, found);
		return items;
	} finally {
		turn.leave(context);
	}
}

/** How what is new is told in a list that has no IDs in the order of time. */
export interface News {
	/** When an entry came, in milliseconds since 1970; undefined where it does not tell. */
	timeOf(entry: IDataObject): number | undefined;
	/** Whether newer entries come first, so that nothing has to be read behind known ones. */
	isNewestFirst: boolean;
	/**
	 * The query for entries of this time and later. Without an order it is always sent, otherwise
	 * where the last run was so long ago that the provider might leave some out by itself.
	 */
	since?(time: number): IDataObject;
	/** The names in the query that bound the time: another time does not make it another list. */
	timeNames?: string[];
	/** What else makes it another list, where the query does not show it. */
	filter?: string;
}

/** How many of the newest entries are known one by one: as many as the largest page has. */
const REMEMBERED = 100;

const DAY = 24 * 60 * 60 * 1000;
/** A provider gives the last 30 days unless it is asked for more. */
const LONG_AGO = 25 * DAY;

/**
 * What is new in a list whose entries tell their time. The newest entries of the last run are known
 * one by one, so entries of the same moment, and such as appear late, are told apart. Everything
 * older than those counts as known.
 */
export class NewEntries {
	/** The time of the newest entry of the last run; undefined at first. */
	private readonly lastTime: number | undefined;
	/** What is not newer than this is known. */
	private edge = -1;
	private readonly known: Set<string>;
	private readonly seen: Array<{ time: number; hash: string }> = [];
	private oldestSeen = Infinity;
	/** The query that goes out with each page. */
	readonly query: IDataObject;

	/** `mark` as `mark()` gave it to the last run. */
	constructor(
		private readonly news: News,
		mark: string | undefined,
	) {
		const [time, edge, hashes = ''] = mark?.split('.') ?? [];
		this.lastTime = time === undefined ? undefined : Number(time);
		if (edge !== undefined) this.edge = Number(edge);
		this.known = new Set(hashes.match(new RegExp(`.{${HASH_LENGTH}}`, 'g')));
		const isAsked =
			this.lastTime !== undefined && (!news.isNewestFirst || this.lastTime < Date.now() - LONG_AGO);
		const from = isAsked && news.since !== undefined ? (this.lastTime ?? 0) - DAY : undefined;
		this.query = from === undefined ? {} : (news.since?.(from) ?? {});
		if (from !== undefined) this.edge = Math.max(this.edge, from);
	}

	/** Whether an entry, each of which is shown here once, came since the last run. */
	add(entry: IDataObject, id: string | undefined): boolean {
		const hash = hashOf(id ?? entry);
		const time = this.news.timeOf(entry) ?? this.newest();
		this.seen.push({ time, hash });
		this.oldestSeen = Math.min(this.oldestSeen, time);
		return this.lastTime === undefined || (time > this.edge && !this.known.has(hash));
	}

	/** Whether nothing behind this entry, a page's last one, can be new. */
	isBehind(entry: IDataObject | undefined): boolean {
		if (!this.news.isNewestFirst || this.lastTime === undefined || entry === undefined) {
			return false;
		}
		return (this.news.timeOf(entry) ?? this.lastTime) < this.lastTime;
	}

	/** Where the next run goes on; `isWhole` where the list was read to its end. */
	mark(isWhole: boolean): string {
		const newest = this.newest();
		const sorted = this.seen.sort((a, b) => b.time - a.time);
		const unseen = this.news.isNewestFirst ? this.oldestSeen : newest;
		const passed = Math.max(isWhole ? -1 : unseen, sorted[REMEMBERED]?.time ?? -1);
		// What comes at the moment of the newest entry is new, whatever was seen of that moment.
		const edge = Math.max(this.edge, Math.min(passed, newest - 1));
		const near = sorted.filter(({ time }) => time > edge).map(({ hash }) => hash);
		// Those that a list does not show for a moment are known when it shows them again.
		const known = [...new Set([...near, ...this.known])].slice(0, REMEMBERED);
		return `${newest}.${edge}.${known.join('')}`;
	}

	private newest(): number {
		// What comes into an empty list is new; a day for clocks that differ.
		const start = this.lastTime ?? (this.seen.length === 0 ? Date.now() - DAY : 0);
		return this.seen.reduce((most, { time }) => Math.max(most, time), start);
	}
}
