import { tryToParseDateTime } from 'n8n-workflow';
import { millisecondsOf } from '../model/time';

/** Why a value cannot be meant: one sentence that names the field as the user sees it. */
export class Invalid {
	constructor(readonly problem: string) {}
}

/**
 * Reads one field as the user or an expression filled it. Returns what is sent, undefined to
 * leave the field out, or an Invalid.
 */
export type Parser<T = unknown> = (value: unknown, field: string) => T | undefined | Invalid;

function isMissing(value: unknown): value is undefined | null | '' {
	return (
		value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
	);
}

/** A text as it was written; a number counts as text, a blank one as missing. */
export const text: Parser<string> = (value, field) => {
	if (isMissing(value)) return undefined;
	if (typeof value === 'string') return value;
	if (typeof value === 'number') return String(value);
	return new Invalid(`'${field}' has to be text`);
};

/**
 * A text that replaces another, which an empty one takes away. An expression that gives nothing at
 * all is refused: it would delete what nobody meant to delete.
 */
export const replacement: Parser<string> = (value, field) => {
	if (value !== undefined && value !== null) return text(value, field) ?? '';
	return new Invalid(`'${field}' has no value: to delete what is there, use an empty text`);
};

/**
 * One ID as text. `like` is the form the documents give; letters, digits, `-` and `_` otherwise.
 * `what` names it. A number that is too large to be exact is refused: its last digits are already
 * lost.
 */
export function id(example: string, like: RegExp = /^\w[\w-]*$/, what = 'an ID'): Parser<string> {
	return (value, field) => {
		if (isMissing(value)) return undefined;
		if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
			return new Invalid(
				`'${field}' is a number that is too long to be exact: pass the ID as text`,
			);
		}
		const found = typeof value === 'number' ? String(value) : value;
		if (typeof found === 'string' && like.test(found.trim())) return found.trim();
		return new Invalid(`'${field}' has to be ${what}, such as ${example}`);
	};
}

/**
 * A user name of this form, with or without the @ in front, or a user ID; of a profile's address on
 * the website the name is read, which is the one group of `address`.
 */
export function user(example: string, like: RegExp, address: RegExp): Parser<string> {
	const readUser = id(example, like, 'a user name, an ID or the address of a profile');
	return (value, field) => {
		const name = typeof value === 'string' ? address.exec(value.trim())?.[1] : undefined;
		const found = readUser(name ?? value, field);
		return typeof found === 'string' ? found.replace('@', '') : found;
	};
}

/** A whole number above zero, where the documents want a number in the request. */
export const numericId: Parser<number> = (value, field) => {
	const found = id('1234567890', /^\d+$/)(value, field);
	if (typeof found !== 'string') return found;
	const number = Number(found);
	if (Number.isSafeInteger(number) && number > 0) return number;
	return new Invalid(`'${field}' has to be an ID with fewer digits`);
};

/** An ID that stays a number when an expression gives one, as some documents show it. */
export function idOrNumber(example: string, like: RegExp): Parser<string | number> {
	const readId = id(example, like);
	return (value, field) => {
		const found = readId(value, field);
		return typeof found === 'string' && typeof value === 'number' ? value : found;
	};
}

/**
 * Several values, from a comma-separated text or a list out of an expression: always a list in the
 * request, left out when empty. The same value twice is refused.
 */
export function list<T>(readEntry: Parser<T>): Parser<T[]> {
	return (value, field) => {
		const entries: unknown[] = Array.isArray(value)
			? value
			: typeof value === 'string'
				? value.split(',')
				: [value];
		const found: T[] = [];
		for (const entry of entries) {
			const read = readEntry(entry, field);
			if (read instanceof Invalid) return read;
			if (read !== undefined) found.push(read);
		}
		const different = new Set(
			found.map((entry) => (typeof entry === 'object' ? JSON.stringify(entry) : String(entry))),
		);
		if (different.size < found.length) return new Invalid(`'${field}' has the same ID twice`);
		return found.length === 0 ? undefined : found;
	};
}

/** An amount in USD with at most two decimals, within bounds; with `free`, 0 is allowed too. */
export function dollars({
	min,
	max,
	free = false,
}: {
	min: number;
	max: number;
	free?: boolean;
}): Parser<number> {
	return (value, field) => {
		if (isMissing(value)) return undefined;
		const amount = typeof value === 'string' ? Number(value) : value;
		const isAmount =
			typeof amount === 'number' && Math.abs(Math.round(amount * 100) - amount * 100) < 1e-6;
		if (isAmount && ((amount >= min && amount <= max) || (free && amount === 0))) return amount;
		return new Invalid(
			`'${field}' has to be ${free ? '0 or ' : ''}between ${min} and ${max} dollars`,
		);
	};
}

/** One of the listed values. */
export function oneOf(...values: string[]): Parser<string> {
	return (value, field) => {
		if (isMissing(value)) return undefined;
		if (typeof value === 'string' && values.includes(value)) return value;
		return new Invalid(`'${field}' has to be one of ${values.join(', ')}`);
	};
}

/** One of the listed names, as the number that stands for it in the request. */
export function numberFor(numbers: Record<string, number>): Parser<number> {
	const readName = oneOf(...Object.keys(numbers));
	return (value, field) => {
		const name = readName(value, field);
		return typeof name === 'string' ? numbers[name] : name;
	};
}

/** A switch; an expression may give true and false as text too. */
export const toggle: Parser<boolean> = (value, field) => {
	if (isMissing(value)) return undefined;
	if (value === true || value === 'true') return true;
	if (value === false || value === 'false') return false;
	return new Invalid(`'${field}' has to be true or false`);
};

/** A whole number of at least `min`. */
export function wholeNumber(min: number): Parser<number> {
	return (value, field) => {
		const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
		if (typeof number === 'number' && Number.isSafeInteger(number) && number >= min) return number;
		return new Invalid(`'${field}' has to be a whole number of at least ${min}`);
	};
}

/** The platforms are younger, and this code older, than a time outside of these years. */
const FIRST_YEAR = 2016;
const [EARLIEST, LATEST] = [Date.UTC(FIRST_YEAR, 0), Date.UTC(2100, 0)];

/**
 * A point in time as milliseconds since 1970: from text (without a time zone, in the workflow's),
 * from seconds or milliseconds, or from the date an expression such as `$now` gives. Four digits
 * are a year, eight a date without dashes. What lies before the platforms existed is invalid: it
 * was meant otherwise, and would ask for a whole history.
 */
export function time(timeZone: string): Parser<number> {
	return (value, field) => {
		if (isMissing(value)) return undefined;
		const given =
			value instanceof Object && 'toJSON' in value
				? (JSON.parse(JSON.stringify(value)) as unknown)
				: value;
		const [, year, month = '01', day = '01'] =
			/^(\d{4})(?:(\d\d)(\d\d))?$/.exec(String(given).trim()) ?? [];
		const text = year === undefined ? given : `${year}-${month}-${day}`;
		const found =
			typeof text === 'string' && Number.isNaN(Number(text))
				? parseTime(text, timeZone)
				: millisecondsOf(text);
		if (found !== undefined && found >= EARLIEST && found < LATEST) return found;
		return new Invalid(
			`'${field}' has to be a date and time since ${FIRST_YEAR}, such as 2026-01-31T18:00:00`,
		);
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
export function required<T>(read: Parser<T>): Parser<T> {
	return (value, field) => {
		const found = read(value, field);
		if (found !== undefined) return found;
		return new Invalid(`'${field}' is empty`);
	};
}
