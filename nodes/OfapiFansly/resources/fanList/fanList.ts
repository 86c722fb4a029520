import type { IDataObject, IExecuteSingleFunctions } from 'n8n-workflow';
import { fanslyUserId } from '../../../platforms/fansly/fields';
import { idOf, isRecord } from '../../../shared/model/values';
import { batchedRequest } from '../../../shared/operation/batch';
import type { RequestRules } from '../../../shared/operation/validate';
import { id, required } from '../../../shared/parameters/parsers';
import type { Validation } from '../../../shared/parameters/validation';
import { ofapiFansly } from '../../pair';

/** The list that an operation is about, for `{list}` in its URL. */
export const listInPath: RequestRules['path'] = {
	list: ['Fan List', 'fanList.value', id('500000000000000001', /^\d+$/)],
};

/** The fan of an item, as the one key that it asks for. */
function readFan(_context: IExecuteSingleFunctions, validation: Validation): string[] {
	const fan = validation.parameter('fanId', 'Fan ID', required(fanslyUserId));
	return fan === undefined ? [] : [fan];
}

/** The IDs that an answer names; undefined where it names none in any way that is documented. */
function namedIn({ data }: IDataObject): string[] | undefined {
	if (!Array.isArray(data)) return undefined;
	const entries: unknown[] = data;
	return entries.flatMap((entry) => idOf(isRecord(entry) ? entry.id : entry) ?? []);
}

/**
 * The routing of an operation that changes who is on a list, for the fans of all input items in as
 * few requests as possible. The item's field `done` is false where the answer does not name the fan,
 * who is not known then or was already where the operation would have had them, and null where the
 * answer is no list.
 */
export const changingFans = (method: 'POST' | 'DELETE', done: string) =>
	batchedRequest(ofapiFansly, {
		request: { method, url: '/api/fansly/{account}/lists/{list}/items' },
		rules: { path: listInPath },
		readKeys: readFan,
		lookup: (fans) => ({
			// The documents name no most: that of the same provider's other lists of IDs.
			most: 100,
			prepare: (request, ids) => ({ ...request, body: { ids } }),
			read(body) {
				const named = namedIn(body);
				return fans.map((fanId) => ({ fanId, [done]: named?.includes(fanId) ?? null }));
			},
			isOf: ({ fanId }, wanted) => fanId === wanted,
		}),
		simplify: (record) => record,
	});
