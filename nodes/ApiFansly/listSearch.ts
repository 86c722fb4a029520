import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { chatSearch } from '../shared/chats';
import { accountEntry, chosenAccount, label, matching } from '../shared/picker';
import { call } from '../shared/request';
import { idOf, recordsAt } from '../shared/values';
import { apiFanslyChats } from './chats';
import { apiFansly, unwrap } from './pair';

/** The connected accounts; the provider lists all at once. */
export async function getAccounts(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const body = await call(this, apiFansly, { method: 'GET', url: '/api/fansly/accounts' });
	const results = recordsAt(unwrap(body), 'accounts').flatMap((row) => {
		const id = idOf(row.accountId);
		return id === undefined ? [] : [accountEntry(id, label(row.name, undefined, id), true)];
	});
	return { results: matching(results, filter) };
}

/** The account's chats, those with the newest message first. */
export const getChats = chatSearch(apiFanslyChats);

/** The albums of the account's vault; the provider lists all at once. */
export async function getAlbums(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const account = chosenAccount(this);
	const body = await call(this, apiFansly, { method: 'GET', url: `/api/fansly/${encodeURIComponent(account)}/vault/albums` }, { account });
	const results = recordsAt(unwrap(body), 'albums').flatMap((row) => {
		const id = idOf(row.id);
		return id === undefined ? [] : [{ name: label(row.title, undefined, id), value: id }];
	});
	return { results: matching(results, filter) };
}
