import type { IDataObject } from 'n8n-workflow';
import type { Page } from '../../shared/model/pair';
import { idOf, isRecord, recordsAt, recordsIn } from '../../shared/model/values';

/**
 * Fansly's own message, which providers hand through as it is (seeds 000, 001, 002 and 004): times
 * in whole or fractional seconds, money in thousandths of a dollar, attached media by ID in lists
 * beside the messages.
 */

/** The lists of records that stand beside a page's messages. */
export function includedIn(payload: IDataObject): Page['included'] {
	const lists = Object.entries(payload).filter(
		([name, value]) => name !== 'messages' && Array.isArray(value),
	);
	return Object.fromEntries(lists.map(([name]) => [name, recordsAt(payload, name)]));
}

export function find(
	included: Page['included'],
	list: string,
	id: string | undefined,
): IDataObject | undefined {
	return id === undefined ? undefined : included[list]?.find((record) => idOf(record.id) === id);
}

/**
 * The entries of one of Fansly's lists. Each gets those records of `aggregationData` that it refers
 * to, under the names of their lists; `links` says by which of the entry's fields.
 */
export function fanslyEntries(
	payload: IDataObject,
	list: string,
	links: Record<string, string>,
): IDataObject[] {
	const besides = Object.entries(links).map(([name, field]) => {
		const included = recordsAt(payload, 'aggregationData', name);
		return { name, field, byId: new Map(included.map((record) => [idOf(record.id), record])) };
	});
	return recordsAt(payload, list).map((entry) => {
		const found: Record<string, IDataObject[]> = {};
		for (const { name, field, byId } of besides) {
			const reference = idOf(entry[field]);
			const record = reference === undefined ? undefined : byId.get(reference);
			if (record !== undefined) found[name] = [record];
		}
		// What the entry itself holds stays as it came.
		return { ...entry, ...found, ...entry };
	});
}

/**
 * The entries of a list whose place in `payload` is not documented: `payload` itself, the first of
 * `names` in it, or else the only list there. `links` as for `fanslyEntries`. Undefined where there
 * is no list.
 */
export function foundEntries(
	payload: unknown,
	names: string[],
	links: Record<string, string> = {},
): IDataObject[] | undefined {
	if (Array.isArray(payload)) return fanslyEntries({ rows: recordsIn(payload) }, 'rows', links);
	if (!isRecord(payload)) return undefined;
	const lists = Object.keys(payload).filter((name) => Array.isArray(payload[name]));
	const list =
		names.find((name) => lists.includes(name)) ?? (lists.length === 1 ? lists[0] : undefined);
	return list === undefined ? undefined : fanslyEntries(payload, list, links);
}

/** Which records beside a list of chats or of followers belong to an entry. */
export const CHAT_LINKS = { accounts: 'partnerAccountId', groups: 'groupId' };
export const UNREAD_CHAT_LINKS = { accounts: 'senderId', groups: 'groupId' };
export const FOLLOWER_LINKS = { accounts: 'followerId' };
export const SUBSCRIBER_LINKS = { accounts: 'subscriberId' };

/** The first of the records that `fanslyEntries` gave an entry. */
export function besideEntry(entry: IDataObject, list: string): IDataObject {
	return recordsAt(entry, list)[0] ?? {};
}
