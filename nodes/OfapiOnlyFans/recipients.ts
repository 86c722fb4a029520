import type { IDataObject, ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { isoTime } from '../shared/model/time';
import { idOf, numberOf, recordAt, recordsAt, textOf, valueAt } from '../shared/model/values';
import { collect } from '../shared/lists/paginate';
import type { Pagination } from '../shared/lists/paginate';
import { throttledRequestBody } from '../shared/operation/rateLimit';
import { isOver } from '../shared/operation/run';
import { chosenAccount, entriesOf } from '../shared/pickers/picker';
import type { CountRecipients } from '../shared/send/broadcast';
import { unreadableError } from '../shared/transport/errors';
import { requestBody } from '../shared/transport/request';
import { ofapiOnlyFans } from './pair';

/** The most lists that a page holds. */
export const LISTS_PAGE = 50;

/** `GET /api/{account}/user-lists`: docs/providers.md. */
export const listsRequest = (account: string, offset: number) => ({
	method: 'GET' as const,
	url: `/api/${encodeURIComponent(account)}/user-lists`,
	qs: { limit: LISTS_PAGE, ...(offset > 0 && { offset }) },
});

/**
 * The options of a picker: each list with the number of people on it. The first 50 are enough to
 * choose from.
 */
export async function getUserLists(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const body = await requestBody(this, ofapiOnlyFans, listsRequest(chosenAccount(this), 0));
	return entriesOf(this, ofapiOnlyFans, body.data).flatMap(listOption);
}

/** A list as an option of a picker, with the number of people on it. */
export function listOption(entry: IDataObject): Array<{ name: string; value: string }> {
	const id = idOf(entry.id);
	return id === undefined
		? []
		: [{ name: `${textOf(entry.name) ?? id} (${numberOf(entry.usersCount) ?? '?'})`, value: id }];
}

/**
 * At most how many people a mass message reaches: the sizes of its lists and the single users.
 * Who is on several lists counts several times, and excluded lists take nobody off: how far lists
 * overlap is not documented, and too large a number does no harm. One credit for up to 50 lists of
 * the account; none where there are single users alone.
 */
export const countRecipients: CountRecipients = async (context, request, subject) => {
	const listIds = textsAt(request.body, 'userLists');
	const sizes = new Map<string, number | undefined>();
	const isDone = () => listIds.every((id) => sizes.has(id));
	const pages: Pagination<number, IDataObject[], IDataObject[]> = {
		first: 0,
		read: async (offset) => {
			const body = await throttledRequestBody(
				context,
				ofapiOnlyFans,
				{ ...request, ...listsRequest(subject.account, offset), body: undefined },
				subject,
			);
			if (Array.isArray(body.data)) return recordsAt(body, 'data');
			throw unreadableError(context.getNode(), ofapiOnlyFans, subject);
		},
		take(entries, offset) {
			const known = sizes.size;
			for (const entry of entries) sizes.set(idOf(entry.id) ?? '', numberOf(entry.usersCount));
			// There is no sign of the end but a page that is not full, or that brings nothing new.
			const isEnd = entries.length < LISTS_PAGE || sizes.size === known || isDone();
			return { result: entries, next: isEnd ? undefined : offset + LISTS_PAGE };
		},
		isOver: () => isOver(context),
	};
	if (!isDone()) await collect(pages);
	const unknown = listIds.filter((id) => !((sizes.get(id) ?? -1) >= 0));
	if (unknown.length > 0) {
		return (
			`OnlyFansAPI does not say how many people are on the list${unknown.length === 1 ? '' : 's'} ` +
			`'${unknown.join("', '")}'`
		);
	}
	return listIds.reduce(
		(sum, id) => sum + (sizes.get(id) ?? 0),
		textsAt(request.body, 'userIds').length,
	);
};

function textsAt(body: unknown, name: string): string[] {
	const values = valueAt(recordAt(body), name);
	return Array.isArray(values) ? values.map(String) : [];
}

/**
 * A mass message of the queue: ten fields with `recipients`. Time in ISO 8601 UTC; null where the
 * provider does not tell.
 */
export function simplifyMassMessage({
	id,
	date,
	total,
	pending,
	recipients,
	...entry
}: IDataObject): IDataObject {
	const flag = (value: unknown) => (typeof value === 'boolean' ? value : null);
	const count = (value: unknown) =>
		(numberOf(value) ?? -1) >= 0 ? (numberOf(value) ?? null) : null;
	return {
		id: idOf(id) ?? null,
		date: isoTime(date),
		isReady: flag(entry.isReady),
		isDone: flag(entry.isDone),
		isCanceled: flag(entry.isCanceled),
		hasError: flag(entry.hasError),
		canUnsend: flag(entry.canUnsend),
		// -1 stands for a number that is not known yet.
		total: count(total),
		pending: count(pending),
		...(recipients !== undefined && { recipients }),
	};
}
