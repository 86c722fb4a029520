import type { IDataObject } from 'n8n-workflow';

/**
 * Readers for what a provider sent. Each takes anything and gives back the asked-for kind or a
 * plain "nothing": a provider's answer is believed only as far as it is checked.
 */

export function isRecord(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object at a path of keys, or `{}`. */
export function recordAt(value: unknown, ...path: string[]): IDataObject {
	const found = valueAt(value, ...path);
	return isRecord(found) ? found : {};
}

/** The objects of a list; what is not an object is left out. */
export function recordsIn(value: unknown): IDataObject[] {
	return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** The objects of the list at a path of keys. */
export function recordsAt(value: unknown, ...path: string[]): IDataObject[] {
	return recordsIn(valueAt(value, ...path));
}

/** The value at a path of keys, or undefined. */
export function valueAt(value: unknown, ...path: string[]): unknown {
	let current: unknown = value;
	for (const key of path) {
		if (!isRecord(current) || !Object.hasOwn(current, key)) return undefined;
		current = current[key];
	}
	return current;
}

/**
 * An ID as text: texts and whole numbers count, anything else (and the empty text) is undefined. A
 * number beyond 2^53 is undefined too: n8n parsed the JSON, and its last digits are lost.
 */
export function idOf(value: unknown): string | undefined {
	if (typeof value === 'string') return value === '' ? undefined : value;
	if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
	return undefined;
}

/** A text, or undefined when it is missing or blank. */
export function textOf(value: unknown): string | undefined {
	return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** A finite number, also when it came as text; otherwise undefined. */
export function numberOf(value: unknown): number | undefined {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/**
 * Whether `left` was given out before `right`: both providers number messages upwards in time.
 * IDs have more digits than a JavaScript number holds, so they are compared as text. Undefined
 * where one of the two is not made of digits.
 */
export function isOlderId(left: string, right: string): boolean | undefined {
	if (!/^\d+$/.test(left) || !/^\d+$/.test(right)) return undefined;
	const [a, b] = [left.replace(/^0+/, ''), right.replace(/^0+/, '')];
	return a.length === b.length ? a < b : a.length < b.length;
}
