import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { chatSearch } from '../shared/chats';
import { accountEntry, label, matching } from '../shared/picker';
import { call } from '../shared/request';
import { idOf, recordsAt } from '../shared/values';
import { fanslyChats } from './chats';
import { ofapiFansly } from './pair';

/** The connected accounts; the provider lists all at once. Only the name and the ID leave this function. */
export async function getAccounts(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const body = await call(this, ofapiFansly, { method: 'GET', url: '/api/fansly/accounts' });
	const results = recordsAt(body, 'list').flatMap((row) => {
		const id = idOf(row.id);
		return id === undefined ? [] : [accountEntry(id, label(row.display_name, row.fansly_username, id), row.is_authenticated)];
	});
	return { results: matching(results, filter) };
}

/** The account's chats, those with the newest message first. */
export const getChats = chatSearch(fanslyChats);
