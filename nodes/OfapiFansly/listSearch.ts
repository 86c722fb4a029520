import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';
import { foundEntries } from '../platforms/fansly/entries';
import { albumName, listName, namedEntries, tierName } from '../platforms/fansly/pickers';
import { idOf } from '../shared/model/values';
import { chatSearch, chatSearchOfTrigger } from '../shared/pickers/chats';
import { accountEntry, chosenAccount, entriesOf, label, matching } from '../shared/pickers/picker';
import { requestBody } from '../shared/transport/request';
import { fanslyChats } from './chats';
import { ofapiFansly } from './pair';

/**
 * The connected accounts; the provider lists all at once. Only the name and the ID leave this
 * function.
 */
export async function getAccounts(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const body = await requestBody(this, ofapiFansly, { method: 'GET', url: '/api/fansly/accounts' });
	const results = entriesOf(this, ofapiFansly, body.list).flatMap((entry) => {
		const id = idOf(entry.id);
		return id === undefined
			? []
			: [
					accountEntry(
						id,
						label(entry.display_name, entry.fansly_username, id),
						entry.is_authenticated,
					),
				];
	});
	return { results: matching(results, filter) };
}

/** The account's chats, those with the newest message first. */
export const getChats = chatSearch(fanslyChats);

/** The chats of all accounts that a trigger hears of. */
export const getTriggerChats = chatSearchOfTrigger(fanslyChats, getAccounts);

/** What the provider lists at once under a path of the chosen account, by one of `names`. */
async function listed(
	context: ILoadOptionsFunctions,
	path: string,
	names: string[],
): Promise<IDataObject[]> {
	const account = chosenAccount(context);
	const body = await requestBody(
		context,
		ofapiFansly,
		{ method: 'GET', url: `/api/fansly/${encodeURIComponent(account)}/${path}` },
		{ account },
	);
	return entriesOf(context, ofapiFansly, foundEntries(body.data, names));
}

/** The creator's subscription tiers. */
export async function getTiers(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return namedEntries(await listed(this, 'subscription-tiers', ['data']), tierName);
}

/** The albums of the account's vault. */
export async function getAlbums(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return namedEntries(await listed(this, 'vault/albums', ['albums', 'data']), albumName);
}

/** The creator's own lists of fans. */
export async function getFanLists(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const entries = await listed(this, 'lists', ['lists', 'data']);
	return { results: matching(namedEntries(entries, listName), filter) };
}
