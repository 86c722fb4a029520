import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { idOf } from '../shared/model/values';
import { chatSearch } from '../shared/pickers/chats';
import { accountEntry, entriesOf, label, matching } from '../shared/pickers/picker';
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
