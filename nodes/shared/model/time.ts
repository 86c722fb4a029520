import { numberOf } from './values';

/**
 * Epoch values below this are seconds, above it milliseconds (the year 5138 in seconds, 1973 in
 * ms).
 */
const FIRST_MILLISECOND_VALUE = 1e11;

/**
 * Milliseconds since 1970 from ISO text, seconds, fractional seconds or milliseconds; else
 * undefined.
 */
export function millisecondsOf(value: unknown): number | undefined {
	const number = numberOf(value);
	const milliseconds =
		number === undefined
			? Date.parse(typeof value === 'string' ? value : '')
			: Math.round(Math.abs(number) < FIRST_MILLISECOND_VALUE ? number * 1000 : number);
	return Number.isNaN(new Date(milliseconds).getTime()) ? undefined : milliseconds;
}

/** A time in UTC as text, to the second: the form that long histories are full of. */
const UTC_TEXT = new RegExp(
	'^\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])T' +
		'(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:Z|\\+00:00)$',
);

/** ISO 8601 in UTC, or null when there is no readable time. */
export function isoTime(value: unknown): string | null {
	if (typeof value === 'string' && UTC_TEXT.test(value)) return `${value.slice(0, 19)}.000Z`;
	const milliseconds = millisecondsOf(value);
	return milliseconds === undefined ? null : new Date(milliseconds).toISOString();
}
