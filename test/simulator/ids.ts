import type { PairName } from './types';

/** OnlyFans message IDs: numbers counted up from here, a thousand a millisecond since 2020. */
const ONLYFANS_FIRST_ID = 1_234_567_890_123;
const ONLYFANS_EPOCH = Date.UTC(2020, 0, 1);

/** Below this an OnlyFans ID has room for its slot; the Fansly form has more. */
const SLOTS = 1000;

/**
 * The ID of a message created at that millisecond. IDs grow with time and then with the slot, which
 * keeps messages of one millisecond apart. Fansly's do not fit a JavaScript number.
 */
export function messageIdAt(pair: PairName, milliseconds: number, slot: number): string {
	if (pair === 'ofapiOnlyFans') {
		return String(ONLYFANS_FIRST_ID + (milliseconds - ONLYFANS_EPOCH) * SLOTS + (slot % SLOTS));
	}
	return `${milliseconds}${String(slot).padStart(6, '0')}`;
}

/** The ID of the n-th media record of a world. */
export function mediaId(pair: PairName, number: number): string {
	return pair === 'ofapiOnlyFans'
		? String(9_876_543_000 + number)
		: withPrefix('7', String(number));
}

/** A made-up 18-digit Fansly ID: one leading digit tells the kind, the rest is the number. */
export function withPrefix(kind: string, number: string): string {
	return kind + number.padStart(17, '0');
}

/** The ID of another record that belongs to the one with this ID. */
export function relatedId(kind: string, id: string): string {
	return kind + id.slice(1);
}

/** Whether `left` was given out before `right`; both are digits of any length. */
export function isOlderId(left: string, right: string): boolean {
	return left.length === right.length ? left < right : left.length < right.length;
}

/** How many of the IDs (in growing order) are below this one, by bisection. */
export function countBelow(records: ReadonlyArray<{ id: string }>, id: string): number {
	let low = 0;
	let high = records.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		const record = records[middle];
		if (record !== undefined && isOlderId(record.id, id)) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** How many of the IDs (in growing order) are this one or below. */
export function countUpTo(records: ReadonlyArray<{ id: string }>, id: string): number {
	const below = countBelow(records, id);
	return records[below]?.id === id ? below + 1 : below;
}
