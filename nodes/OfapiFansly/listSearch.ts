import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { chatEntries } from '../shared/fansly';
import { accountEntry, chosenAccount, getForPicker, label, matching } from '../shared/picker';
import { idOf, recordAt, recordsAt } from '../shared/values';
import { ofapiFansly } from './pair';

const CHATS_PER_PAGE = 100;

/** The connected accounts; the provider lists all at once. Only the name and the ID leave this function. */
export async function getAccounts(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const body = await getForPicker(this, ofapiFansly, '/api/fansly/accounts');
	const results = recordsAt(body, 'list').flatMap((row) => {
		const id = idOf(row.id);
		return id === undefined ? [] : [accountEntry(id, label(row.display_name, row.fansly_username, id), row.is_authenticated)];
	});
	return { results: matching(results, filter) };
}

/** The account's chats, newest first. */
export async function getChats(this: ILoadOptionsFunctions, filter?: string, paginationToken?: string): Promise<INodeListSearchResult> {
	const offset = Number(paginationToken ?? 0);
	const body = await getForPicker(this, ofapiFansly, `/api/fansly/${chosenAccount(this)}/chats`, {
		limit: CHATS_PER_PAGE,
		offset,
		...(filter && { search: filter }),
	});
	const payload = recordAt(body, 'data');
	const results = chatEntries(payload);
	const hasMore = payload.hasMore === true && results.length > 0;
	return { results, paginationToken: hasMore ? String(offset + CHATS_PER_PAGE) : undefined };
}
