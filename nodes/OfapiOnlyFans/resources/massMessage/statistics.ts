import type { IDataObject } from 'n8n-workflow';
import { plainText } from '../../../shared/model/html';
import { isoTime } from '../../../shared/model/time';
import { idOf, numberOf } from '../../../shared/model/values';

/** A mass message with how many got and saw it. Time in ISO 8601 UTC; null where it is not told. */
export function simplifyStatistics(entry: IDataObject, accountId: string): IDataObject {
	const flag = (value: unknown) => (typeof value === 'boolean' ? value : null);
	return {
		id: idOf(entry.id) ?? null,
		accountId,
		date: isoTime(entry.date),
		text: plainText(entry.text),
		isFree: flag(entry.isFree),
		sentCount: numberOf(entry.sentCount) ?? null,
		viewedCount: numberOf(entry.viewedCount) ?? null,
		canUnsend: flag(entry.canUnsend),
		isCanceled: flag(entry.isCanceled),
	};
}
