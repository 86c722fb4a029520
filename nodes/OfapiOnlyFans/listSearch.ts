import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { idOf } from '../shared/model/values';
import { chatSearch } from '../shared/pickers/chats';
import { accountEntry, entriesOf, label, matching } from '../shared/pickers/picker';
import { requestBody } from '../shared/transport/request';
import { onlyFansChats } from './chats';
import { ofapiOnlyFans } from './pair';

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
