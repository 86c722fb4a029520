import { NodeOperationError, tryToParseDateTime } from 'n8n-workflow';
import type { IDataObject, IExecuteSingleFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { DEFAULT_CONCURRENCY } from './pace';
import { baseUrlError, originOf } from './request';
import { enterAttempt } from './run';
import { millisecondsOf } from './message';
import { recordAt } from './values';

/** Why a value cannot be meant: one sentence that names the field as the user sees it. */
export class Refusal {
	constructor(readonly problem: string) {}
}

/**
 * Reads one field as the user or an expression filled it. Gives back what goes over the wire,
 * undefined to leave the field out, or a Refusal.
 */
export type Reader<T = unknown> = (value: unknown, field: string) => T | undefined | Refusal;

function isMissing(value: unknown): value is undefined | null | '' {
	return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/** A text as it was written; a number counts as text, a blank one as missing. */
export const text: Reader<string> = (value, field) => {
	if (isMissing(value)) return undefined;
	if (typeof value === 'string') return value;
	if (typeof value === 'number') return String(value);
	return new Refusal(`'${field}' has to be text`);
};

/**
 * One ID as text. `like` is the form the documents give; letters, digits, `-` and `_` otherwise.
 * A number that is too large to be exact is refused: its last digits are already lost.
 */
export function id(example: string, like: RegExp = /^\w[\w-]*$/): Reader<string> {
	return (value, field) => {
		if (isMissing(value)) return undefined;
		if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
			return new Refusal(`'${field}' holds a number that is too long to be exact: pass the ID as text`);
		}
		const found = typeof value === 'number' ? String(value) : value;
		if (typeof found === 'string' && like.test(found.trim())) return found.trim();
		return new Refusal(`'${field}' has to be an ID such as ${example}`);
	};
}

/** A whole number above zero, where the documents want the ID as a number on the wire. */
export const numericId: Reader<number> = (value, field) => {
	const found = id('1234567890', /^\d+$/)(value, field);
	if (typeof found !== 'string') return found;
	const number = Number(found);
	if (Number.isSafeInteger(number) && number > 0) return number;
	return new Refusal(`'${field}' has to be an ID that fits a number`);
};

/** An ID that stays a number when an expression gives one, as some documents show it. */
export function idOrNumber(example: string, like: RegExp): Reader<string | number> {
	const readId = id(example, like);
	return (value, field) => {
		const found = readId(value, field);
		return typeof found === 'string' && typeof value === 'number' ? value : found;
	};
}

/**
 * Several values, from a comma-separated text or a list out of an expression: always a list on the
 * wire, left out when empty. The same value twice is refused.
 */
export function list<T>(readEntry: Reader<T>): Reader<T[]> {
	return (value, field) => {
		const entries: unknown[] = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [value];
		const found: T[] = [];
		for (const entry of entries) {
			const read = readEntry(entry, field);
			if (read instanceof Refusal) return read;
			if (read !== undefined) found.push(read);
		}
		const different = new Set(found.map((entry) => (typeof entry === 'object' ? JSON.stringify(entry) : String(entry))));
		if (different.size < found.length) return new Refusal(`'${field}' holds the same ID twice`);
		return found.length === 0 ? undefined : found;
	};
}

/** An amount in USD with at most two decimals, within bounds; with `free`, 0 is allowed too. */
export function dollars({ min, max, free = false }: { min: number; max: number; free?: boolean }): Reader<number> {
	return (value, field) => {
		if (isMissing(value)) return undefined;
		const amount = typeof value === 'string' ? Number(value) : value;
		const isAmount = typeof amount === 'number' && Math.abs(Math.round(amount * 100) - amount * 100) < 1e-6;
		if (isAmount && ((amount >= min && amount <= max) || (free && amount === 0))) return amount;
		return new Refusal(`'${field}' has to be ${free ? '0 or ' : ''}between ${min} and ${max} dollars`);
	};
}

/** One of the listed values. */
export function oneOf(...values: string[]): Reader<string> {
	return (value, field) => {
		if (isMissing(value)) return undefined;
		if (typeof value === 'string' && values.includes(value)) return value;
		return new Refusal(`'${field}' has to be one of ${values.join(', ')}`);
	};
}

/** One of the listed names, as the number that stands for it on the wire. */
export function numberFor(numbers: Record<string, number>): Reader<number> {
	const readName = oneOf(...Object.keys(numbers));
	return (value, field) => {
		const name = readName(value, field);
		return typeof name === 'string' ? numbers[name] : name;
	};
}

/** A switch; an expression may give true and false as text too. */
export const toggle: Reader<boolean> = (value, field) => {
	if (isMissing(value)) return undefined;
	if (value === true || value === 'true') return true;
	if (value === false || value === 'false') return false;
	return new Refusal(`'${field}' has to be true or false`);
};

/** A whole number of at least `min`. */
export function wholeNumber(min: number): Reader<number> {
	return (value, field) => {
		const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
		if (typeof number === 'number' && Number.isSafeInteger(number) && number >= min) return number;
		return new Refusal(`'${field}' has to be a whole number of at least ${min}`);
	};
}

/**
 * A point in time as milliseconds since 1970: from text (without a time zone, in the workflow's),
 * from seconds or milliseconds, or from the date an expression such as `$now` gives.
 */
export function time(timeZone: string): Reader<number> {
	return (value, field) => {
		if (isMissing(value)) return undefined;
		const given = value instanceof Object && 'toJSON' in value ? JSON.parse(JSON.stringify(value)) as unknown : value;
		const found = typeof given === 'string' && Number.isNaN(Number(given)) ? parseTime(given, timeZone) : millisecondsOf(given);
		if (found !== undefined) return found;
		return new Refusal(`'${field}' has to be a date and time such as 2026-01-31T18:00:00`);
	};
}

function parseTime(text: string, timeZone: string): number | undefined {
	try {
		return tryToParseDateTime(text, timeZone).toMillis();
	} catch {
		return undefined;
	}
}

/** Marks a field that must be filled. */
export function required<T>(read: Reader<T>): Reader<T> {
	return (value, field) => {
		const found = read(value, field);
		if (found !== undefined) return found;
		return new Refusal(`'${field}' is empty`);
	};
}

/** Reads fields one after the other and remembers everything that is wrong with them. */
export class Checklist {
	private readonly problems: string[] = [];

	constructor(private readonly context: IExecuteSingleFunctions) {}

	add(problem: string): void {
		this.problems.push(problem);
	}

	require(isRight: boolean, problem: string): void {
		if (!isRight) this.add(problem);
	}

	read<T>(value: unknown, field: string, reader: Reader<T>): T | undefined {
		const read = reader(value, field);
		if (!(read instanceof Refusal)) return read;
		this.add(read.problem);
		return undefined;
	}

	/** A node parameter by its path, missing when the user did not add it. */
	parameter<T>(path: string, field: string, reader: Reader<T>): T | undefined {
		return this.read(this.context.getNodeParameter(path, ''), field, reader);
	}

	/** The ID chosen in a resource locator, however it was chosen. */
	chosenId(path: string, field: string, reader: Reader<string>): string | undefined {
		let value: unknown;
		try {
			value = this.context.getNodeParameter(path, '', { extractValue: true });
		} catch {
			// n8n could not take the ID out of a pasted address.
			this.add(`'${field}' is not an address that holds an ID`);
			return undefined;
		}
		return this.read(value, field, required(reader));
	}

	/** One error for all that was found, naming the item; undefined when nothing was. */
	error(): NodeOperationError | undefined {
		const [first, ...others] = this.problems;
		if (first === undefined) return undefined;
		const itemIndex = this.context.getItemIndex();
		const message = others.length === 0 ? first : `${this.problems.length} fields need a change`;
		return new NodeOperationError(this.context.getNode(), `${message} [item ${itemIndex}]`, {
			itemIndex,
			description: `${others.length === 0 ? '' : `${this.problems.join('. ')}. `}Nothing was sent.`,
		});
	}
}

/** What an operation has to say about its request before the request may leave. */
export interface RequestRules {
	/** What fills the URL's `{name}` besides `{account}` and `{chat}`: the name users see, the parameter, the reader. */
	path?: Record<string, [field: string, parameter: string, reader: Reader<string>]>;
	/** How to read each field of the query: wire name, then the name users see and the reader. */
	query?: Record<string, [field: string, reader: Reader]>;
	/** The same for the body. */
	body?: Record<string, [field: string, reader: Reader]>;
	/** Query fields that take more than their value to read, such as a time in the workflow's time zone. */
	queryToo?(context: IExecuteSingleFunctions, checklist: Checklist): IDataObject;
	/** Rules that concern several fields; `filled` holds the values as they will be sent, and those refused. */
	together?(checklist: Checklist, filled: IDataObject): void;
	/** The body as it goes over the wire, where that differs from the fields. */
	wire?(body: IDataObject): IDataObject;
	/** Rules for parameters that do not go over the wire as they are. */
	also?(context: IExecuteSingleFunctions, checklist: Checklist): unknown;
}

/**
 * A preSend hook that checks the whole request before the first byte leaves (promise 3): what
 * stands in the path, every field of the query and the body, and what holds between them.
 * Everything that is wrong is named at once. Fills `{account}`, `{chat}` and the like in the URL.
 *
 * What it finds is kept for `settle`, which throws it or makes an item of it: n8n checks the items
 * of a run before it starts the first request, so that a send knows of all of them.
 */
export function check(rules: RequestRules) {
	return function (this: IExecuteSingleFunctions, options: IHttpRequestOptions): Promise<IHttpRequestOptions> {
		const checklist = new Checklist(this);
		const checked = checkRequest(this, rules, options, checklist);
		const baseURL = originOf(options.baseURL);
		const error = checklist.error() ?? (baseURL === undefined ? baseUrlError(this.getNode()) : undefined);

		const { refusals } = enterAttempt(this);
		if (error !== undefined) refusals.set(this.getItemIndex(), error);
		return Promise.resolve(error === undefined ? { ...checked, baseURL } : options);
	};
}

function checkRequest(context: IExecuteSingleFunctions, rules: RequestRules, options: IHttpRequestOptions, checklist: Checklist): IHttpRequestOptions {
	const inPath: Record<string, string | undefined> = {};
	if (options.url.includes('{account}')) inPath.account = checklist.chosenId('account', 'Account', id('acct_a1b2c3'));
	if (options.url.includes('{chat}')) inPath.chat = checklist.chosenId('chat', 'Chat', id('123456789'));
	for (const [name, [field, parameter, reader]] of Object.entries(rules.path ?? {})) {
		inPath[name] = checklist.parameter(parameter, field, required(reader));
	}

	const query = readFields(rules.query, options.qs, checklist);
	const more = rules.queryToo?.(context, checklist);
	const body = readFields(rules.body, options.body, checklist);
	rules.together?.(checklist, { ...query.filled, ...body.filled });
	checklist.read(context.getNodeParameter('options.concurrency', DEFAULT_CONCURRENCY), 'Requests at a Time', wholeNumber(1));
	rules.also?.(context, checklist);

	return {
		...options,
		url: options.url.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(inPath[name] ?? '')),
		...(rules.query !== undefined && { qs: { ...query.read, ...more } }),
		...(rules.body !== undefined && { body: rules.wire?.(body.read) ?? body.read }),
	};
}

/** Reads the fields of a body or a query; `filled` also holds those that were refused. */
function readFields(rules: RequestRules['body'] = {}, values: unknown, checklist: Checklist): { read: IDataObject; filled: IDataObject } {
	const given = recordAt(values);
	const read: IDataObject = {};
	const filled: IDataObject = {};
	for (const [name, [field, reader]] of Object.entries(rules)) {
		const value = reader(given[name], field);
		if (value instanceof Refusal) checklist.add(value.problem);
		else if (value !== undefined) Object.assign(read, { [name]: value });
		// What was refused was filled in all the same: nothing is said to be missing for it.
		if (value !== undefined) Object.assign(filled, { [name]: value instanceof Refusal ? given[name] : value });
	}
	return { read, filled };
}
