import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { chatEntries } from '../shared/fansly';
import { accountEntry, chosenAccount, getForPicker, label, matching } from '../shared/picker';
import { idOf, recordsAt } from '../shared/values';
import { apiFansly, nextCursor, unwrap } from './pair';

/** The connected accounts; the provider lists all at once. */
export async function getAccounts(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const body = await getForPicker(this, apiFansly, '/api/fansly/accounts');
	const results = recordsAt(unwrap(body), 'accounts').flatMap((row) => {
		const id = idOf(row.accountId);
		return id === undefined ? [] : [accountEntry(id, label(row.name, undefined, id), true)];
	});
	return { results: matching(results, filter) };
}

/** The account's chats, newest first; the provider sets the size of a page. */
export async function getChats(this: ILoadOptionsFunctions, filter?: string, paginationToken?: string): Promise<INodeListSearchResult> {
	const body = await getForPicker(this, apiFansly, `/api/fansly/${chosenAccount(this)}/chats`, {
		...(paginationToken && { cursor: paginationToken }),
		...(filter && { search: filter }),
	});
	const results = chatEntries(unwrap(body));
	const cursor = nextCursor(body);
	// A cursor that repeats would make the dropdown load the same chats for ever.
	return { results, paginationToken: results.length === 0 || cursor === paginationToken ? undefined : cursor };
}
