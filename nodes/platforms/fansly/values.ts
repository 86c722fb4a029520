import { isoTime } from '../../shared/model/time';
import { numberOf } from '../../shared/model/values';

/** Where Fansly writes 0, there is no such time. */
export function fanslyTime(value: unknown): string | null {
	return value === 0 ? null : isoTime(value);
}

/** USD from thousandths of a dollar, or null when there is no number. */
export function dollarsFromThousandths(value: unknown): number | null {
	const thousandths = numberOf(value);
	return thousandths === undefined ? null : thousandths / 1000;
}
