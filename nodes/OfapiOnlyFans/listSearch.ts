import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';
import { idOf, valueAt } from '../shared/model/values';
import { chatSearch, chatSearchOfTrigger } from '../shared/pickers/chats';
import { fileEntry } from '../shared/pickers/files';
import { accountEntry, chosenAccount, entriesOf, label, matching } from '../shared/pickers/picker';
import { requestBody } from '../shared/transport/request';
import { onlyFansChats } from './chats';
import { ofapiOnlyFans } from './pair';
import { onlyFansFile } from './resources/media/simplify';
import { LISTS_PAGE, listOption, listsRequest } from './recipients';

/**
 * The connected accounts; the provider lists all at once. Its entries hold session secrets
 * (`onlyfans_user_data`): only the name and the ID leave this function.
 */
export async function getAccounts(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const body = await requestBody(this, ofapiOnlyFans, { method: 'GET', url: '/api/accounts' });
	const results = entriesOf(this, ofapiOnlyFans, body.list).flatMap((entry) => {
		const id = idOf(entry.id);
		return id === undefined
			? []
			: [
					accountEntry(
						id,
						label(entry.display_name, entry.onlyfans_username, id),
						entry.is_authenticated,
					),
				];
	});
	return { results: matching(results, filter) };
}

/** The account's chats, those with the newest message first. */
export const getChats = chatSearch(onlyFansChats);

/** The chats of all accounts that a trigger hears of. */
export const getTriggerChats = chatSearchOfTrigger(onlyFansChats, getAccounts);

/** The account's lists of fans, each with how many there are on it. */
export async function getFanLists(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const offset = Number(paginationToken ?? 0);
	const account = chosenAccount(this);
	const body = await requestBody(this, ofapiOnlyFans, listsRequest(account, offset), { account });
	const entries = entriesOf(this, ofapiOnlyFans, body.data);
	return {
		results: matching(entries.flatMap(listOption), filter),
		// There is no sign of the end but a page that is not full.
		...(entries.length === LISTS_PAGE && { paginationToken: String(offset + LISTS_PAGE) }),
	};
}

/** The lists of the account's vault. The first 24, as many as the provider gives, are enough. */
export async function getVaultLists(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const account = chosenAccount(this);
	const url = `/api/${encodeURIComponent(account)}/media/vault/lists`;
	const body = await requestBody(this, ofapiOnlyFans, { method: 'GET', url }, { account });
	return entriesOf(this, ofapiOnlyFans, valueAt(body, 'data', 'list')).flatMap((entry) => {
		const id = idOf(entry.id);
		return id === undefined ? [] : [{ name: label(entry.name, undefined, id), value: id }];
	});
}

/** The files of the account's vault, newest first, as the provider finds them for a text. */
export async function getVaultFiles(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const offset = Number(paginationToken ?? 0);
	const account = chosenAccount(this);
	const url = `/api/${encodeURIComponent(account)}/media/vault`;
	const qs = { limit: 100, ...(offset > 0 && { offset }), ...(filter && { query: filter }) };
	const body = await requestBody(this, ofapiOnlyFans, { method: 'GET', url, qs }, { account });
	const entries = entriesOf(this, ofapiOnlyFans, valueAt(body, 'data', 'list'));
	const hasMore = valueAt(body, 'data', 'hasMore') === true && entries.length > 0;
	return {
		results: entries.map(onlyFansFile).flatMap(fileEntry),
		...(hasMore && { paginationToken: String(offset + entries.length) }),
	};
}
