import type { IDataObject } from 'n8n-workflow';
import type { Pair } from '../../shared/model/pair';
import { idOf, recordsIn, textOf } from '../../shared/model/values';
import type { Caller } from '../../shared/transport/caller';
import { unreadableError } from '../../shared/transport/errors';
import { bodyOrThrow, requestAtBaseUrl } from '../../shared/transport/request';
import { keyHider } from '../../shared/transport/secrets';

/** The most rows of a page, and the most pages that are read of one list. */
const PAGE_SIZE = 100;
const MAX_PAGES = 100;

/** How often an event is delivered at most, as far as the list goes back, before it is given up. */
const MAX_DELIVERIES = 4;

/** An event that never arrived, by the attempt that is to be repeated. */
export interface FailedEvent {
	deliveryId: string;
	/** When it was first tried, in milliseconds since 1970. */
	failedAt: number;
}

/** What the log says of one event: its attempts have the idempotency key in common. */
interface EventLog extends FailedEvent {
	/** Each of them tried up to three times. */
	deliveries: Set<string>;
}

/** Where the log of a webhook's deliveries is. */
export const deliveriesPath = (webhookId: string) =>
	`/api/webhooks/${encodeURIComponent(webhookId)}/deliveries`;

/**
 * The events of a webhook that failed since `from` (milliseconds since 1970) and have not arrived
 * since, oldest first. Free requests: docs/providers.md. Throws where the log cannot be had, or is
 * too long to be read to its end.
 */
export async function failedEvents(
	caller: Caller,
	pair: Pair,
	webhookId: string,
	from: number,
): Promise<FailedEvent[]> {
	const failed = await attempts(caller, pair, webhookId, from, false);
	if (failed.length === 0) return [];
	// Asked for last, so that what arrives meanwhile is in it.
	const succeeded = await attempts(caller, pair, webhookId, from, true);
	// What a row says counts, whatever was asked for.
	const rows = [...failed, ...succeeded];
	const arrived = new Set(
		rows.filter((row) => row.succeeded === true).map((row) => textOf(row.idempotency_key)),
	);
	const events = new Map<string, EventLog>();
	for (const row of rows) {
		const [key, id] = [textOf(row.idempotency_key), idOf(row.id)];
		const time = Date.parse(textOf(row.created_at) ?? '');
		// Without a key it is someone typing or coming online: long over, and nobody could tell a repeat.
		if (row.succeeded !== false || key === undefined || id === undefined) continue;
		if (!(time >= from) || arrived.has(key)) continue;
		const known = events.get(key);
		const deliveries = (known?.deliveries ?? new Set()).add(idOf(row.delivery_uuid) ?? '');
		const failedAt = Math.min(known?.failedAt ?? time, time);
		events.set(key, { deliveryId: id, failedAt, deliveries });
	}
	return [...events.values()]
		.filter(({ deliveries }) => deliveries.size < MAX_DELIVERIES)
		.sort((a, b) => a.failedAt - b.failedAt);
}

/** The attempts that succeeded, or those that did not. In which order they come is not documented. */
async function attempts(
	caller: Caller,
	pair: Pair,
	webhookId: string,
	from: number,
	isSucceeded: boolean,
): Promise<IDataObject[]> {
	const found = new Map<string, IDataObject>();
	for (let page = 0; page < MAX_PAGES; page++) {
		const response = await requestAtBaseUrl(caller, pair, {
			method: 'GET',
			url: deliveriesPath(webhookId),
			qs: {
				date_start: new Date(from).toISOString(),
				// In a query Laravel takes no other words for it.
				succeeded: isSucceeded ? 1 : 0,
				limit: PAGE_SIZE,
				offset: page * PAGE_SIZE,
			},
		});
		const body = await bodyOrThrow(caller, pair, response);
		if (!Array.isArray(body.data)) {
			throw unreadableError(caller.getNode(), pair, {}, response, await keyHider(caller, pair));
		}
		const before = found.size;
		for (const row of recordsIn(body.data)) {
			found.set(JSON.stringify([row.id, row.idempotency_key, row.created_at]), row);
		}
		// A page without anything new: the list does not go on, whatever it says.
		if (body.data.length < PAGE_SIZE || found.size === before) return [...found.values()];
	}
	throw new Error(`The webhook has more than ${MAX_PAGES * PAGE_SIZE} deliveries to look at`);
}
