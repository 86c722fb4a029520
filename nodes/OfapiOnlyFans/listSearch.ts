import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { accountEntry, chosenAccount, getForPicker, label, matching } from '../shared/picker';
import { idOf, recordAt, recordsAt } from '../shared/values';
import { nextPageQuery, ofapiOnlyFans } from './pair';

/**
 * The connected accounts; the provider lists all at once. Its rows hold session secrets
 * (`onlyfans_user_data`): only the name and the ID leave this function.
 */
export async function getAccounts(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const body = await getForPicker(this, ofapiOnlyFans, '/api/accounts');
	const results = recordsAt(body, 'list').flatMap((row) => {
		const id = idOf(row.id);
		return id === undefined ? [] : [accountEntry(id, label(row.display_name, row.onlyfans_username, id), row.is_authenticated)];
	});
	return { results: matching(results, filter) };
}

/** The account's chats, most recent first, 100 at a time. A chat's ID is the fan's user ID. */
export async function getChats(this: ILoadOptionsFunctions, filter?: string, paginationToken?: string): Promise<INodeListSearchResult> {
	const body = await getForPicker(this, ofapiOnlyFans, `/api/${chosenAccount(this)}/chats`, {
		limit: 100,
		offset: paginationToken ?? 0,
		// Without this the provider may leave out the fans' names.
		skip_users: 'none',
		...(filter && { query: filter }),
	});
	const results = recordsAt(body, 'data').flatMap((row) => {
		const fan = recordAt(row, 'fan');
		const id = idOf(fan.id);
		return id === undefined ? [] : [{ name: label(fan.displayName || fan.name, fan.username, id), value: id, url: `https://onlyfans.com/my/chats/chat/${id}/` }];
	});
	return { results, paginationToken: results.length === 0 ? undefined : idOf(nextPageQuery(body)?.offset) };
}
