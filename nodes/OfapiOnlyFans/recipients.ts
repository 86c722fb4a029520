import type { IDataObject, ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import type { CountRecipients } from '../shared/broadcast';
import { unreadableError } from '../shared/errors';
import { isoTime } from '../shared/message';
import { pacedCall } from '../shared/pace';
import { chosenAccount } from '../shared/picker';
import { call } from '../shared/request';
import { idOf, numberOf, recordAt, recordsAt, textOf, valueAt } from '../shared/values';
import { ofapiOnlyFans } from './pair';

/** The most lists that a page holds. */
const PAGE = 50;

/** `GET /api/{account}/user-lists`: docs/providers.md. */
const listsRequest = (account: string, offset: number) => ({ method: 'GET' as const, url: `/api/${encodeURIComponent(account)}/user-lists`, qs: { limit: PAGE, ...(offset > 0 && { offset }) } });

/** The options of a picker: each list with the number of people on it. The first 50 are enough to choose from. */
export async function getUserLists(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const body = await call(this, ofapiOnlyFans, listsRequest(chosenAccount(this), 0));
	return recordsAt(body, 'data').flatMap((row) => {
		const id = idOf(row.id);
		return id === undefined ? [] : [{ name: `${textOf(row.name) ?? id} (${numberOf(row.usersCount) ?? '?'})`, value: id }];
	});
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
	for (let offset = 0; listIds.some((id) => !sizes.has(id)); offset += PAGE) {
		const body = await pacedCall(context, ofapiOnlyFans, { ...request, ...listsRequest(subject.account, offset), body: undefined }, subject);
		if (!Array.isArray(body.data)) throw unreadableError(context.getNode(), ofapiOnlyFans, { statusCode: 200, headers: {}, body: undefined }, subject);
		const rows = recordsAt(body, 'data');
		const known = sizes.size;
		for (const row of rows) sizes.set(idOf(row.id) ?? '', numberOf(row.usersCount));
		// There is no sign of the end but a page that is not full, or that brings nothing new.
		if (rows.length < PAGE || sizes.size === known) break;
	}
	const unknown = listIds.filter((id) => !((sizes.get(id) ?? -1) >= 0));
	if (unknown.length > 0) return `It is not known how many people are on the list${unknown.length === 1 ? '' : 's'} '${unknown.join("', '")}'`;
	return listIds.reduce((sum, id) => sum + (sizes.get(id) ?? 0), textsAt(request.body, 'userIds').length);
};

function textsAt(body: unknown, name: string): string[] {
	const values = valueAt(recordAt(body), name);
	return Array.isArray(values) ? values.map(String) : [];
}

/** A mass message of the queue: ten fields with `recipients`. Time in ISO 8601 UTC; null where the provider does not tell. */
export function simplifyMassMessage({ id, date, total, pending, recipients, ...row }: IDataObject): IDataObject {
	const flag = (value: unknown) => (typeof value === 'boolean' ? value : null);
	const count = (value: unknown) => ((numberOf(value) ?? -1) >= 0 ? (numberOf(value) ?? null) : null);
	return {
		id: idOf(id) ?? null,
		date: isoTime(date),
		isReady: flag(row.isReady),
		isDone: flag(row.isDone),
		isCanceled: flag(row.isCanceled),
		hasError: flag(row.hasError),
		canUnsend: flag(row.canUnsend),
		// -1 stands for a number that is not known yet.
		total: count(total),
		pending: count(pending),
		...(recipients !== undefined && { recipients }),
	};
}
