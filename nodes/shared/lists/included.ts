import type { IDataObject } from 'n8n-workflow';
import type { Page } from '../model/pair';
import { idOf, isRecord } from '../model/values';

interface Entry {
	list: string;
	record: IDataObject;
	id: string | undefined;
	/** Every ID-like value that the record holds. */
	mentions: Set<string>;
}

/** Fields of a message that name people and the chat, which every message shares. */
const SHARED_BY_ALL = new Set(['senderId', 'groupId', 'userId', 'accountId', 'recipientId']);

function collectIds(value: unknown, found: Set<string>, depth: number): void {
	const id = idOf(value);
	if (id !== undefined) found.add(id);
	if (depth === 0) return;
	if (Array.isArray(value)) {
		for (const entry of value) collectIds(entry, found, depth - 1);
	} else if (isRecord(value)) {
		for (const [key, inner] of Object.entries(value)) {
			if (!SHARED_BY_ALL.has(key)) collectIds(inner, found, depth - 1);
		}
	}
}

function mentionsOf(record: IDataObject): Set<string> {
	const found = new Set<string>();
	collectIds(record, found, 3);
	return found;
}

/**
 * For messages whose provider puts referenced records (`accountMedia`, `tips`, …) beside the list:
 * gives a function that adds to a message, untouched otherwise, the records that belong to it,
 * under the names of their lists. A record belongs to a message when one of the two mentions the
 * other's ID, or when a record that belongs mentions it, or when it mentions an attached record.
 */
export function withIncluded(included: Page['included']): (message: IDataObject) => IDataObject {
	const entries: Entry[] = Object.entries(included).flatMap(([list, records]) =>
		records.map((record) => ({ list, record, id: idOf(record.id), mentions: mentionsOf(record) })),
	);
	if (entries.length === 0) return (message) => message;

	return (message) => {
		const messageId = idOf(message.id) ?? '';
		const mentioned = mentionsOf(message);
		const chosen = new Set(
			entries.filter(
				({ id, mentions }) => mentions.has(messageId) || (id !== undefined && mentioned.has(id)),
			),
		);
		const attached = [...chosen];
		for (const entry of entries) {
			if (attached.some(({ id }) => id !== undefined && entry.mentions.has(id))) chosen.add(entry);
		}
		// A Set visits what is added meanwhile, so this follows mentions to their end.
		for (const { mentions } of chosen) {
			for (const entry of entries) {
				if (entry.id !== undefined && mentions.has(entry.id)) chosen.add(entry);
			}
		}

		const gathered: Record<string, IDataObject[]> = {};
		for (const { list, record } of entries.filter((entry) => chosen.has(entry))) {
			(gathered[list] ??= []).push(record);
		}
		// The message comes twice: first for the order of the keys, then so that nothing replaces its
		// own.
		return { ...message, ...gathered, ...message };
	};
}
