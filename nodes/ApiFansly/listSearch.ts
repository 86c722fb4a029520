import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';
import { foundEntries } from '../platforms/fansly/entries';
import { fanslyFile } from '../platforms/fansly/media';
import { namedEntries } from '../platforms/fansly/pickers';
import { idOf, textOf } from '../shared/model/values';
import { chatSearch, chatSearchOfTrigger } from '../shared/pickers/chats';
import { fileEntry } from '../shared/pickers/files';
import {
	accountEntry,
	chosenAccount,
	entriesOf,
	label,
	matching,
	placeOf,
	tokenOf,
} from '../shared/pickers/picker';
import { requestBody } from '../shared/transport/request';
import { apiFanslyChats } from './chats';
import { apiFansly, nextCursor, responseIn, unwrap } from './pair';
import { vaultFilesIn } from './resources/media/list';

/** The connected accounts; the provider lists all at once. */
export async function getAccounts(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const body = await requestBody(this, apiFansly, { method: 'GET', url: '/api/fansly/accounts' });
	const results = entriesOf(this, apiFansly, unwrap(body).accounts).flatMap((entry) => {
		const id = idOf(entry.accountId);
		return id === undefined ? [] : [accountEntry(id, label(entry.name, undefined, id), true)];
	});
	return { results: matching(results, filter) };
}

/** The account's chats, those with the newest message first. */
export const getChats = chatSearch(apiFanslyChats);

/** The chats of all accounts that a trigger hears of. */
export const getTriggerChats = chatSearchOfTrigger(apiFanslyChats, getAccounts);

/** The albums of the account's vault; the provider lists all at once. */
export async function getAlbums(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const account = chosenAccount(this);
	const body = await requestBody(
		this,
		apiFansly,
		{ method: 'GET', url: `/api/fansly/${encodeURIComponent(account)}/vault/albums` },
		{ account },
	);
	const results = entriesOf(this, apiFansly, unwrap(body).albums).flatMap((entry) => {
		const id = idOf(entry.id);
		return id === undefined ? [] : [{ name: label(entry.title, undefined, id), value: id }];
	});
	return { results: matching(results, filter) };
}

/** The files of the account's vault, which the provider lists album by album. */
export async function getVaultFiles(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const account = chosenAccount(this);
	const { parts, start } =
		paginationToken === undefined
			? {
					parts: (await getAlbums.call(this)).results.map(({ value }) => String(value)),
					start: undefined,
				}
			: placeOf(paginationToken);
	const [album, ...others] = parts;
	if (album === undefined) return { results: [] };
	const path = `/api/fansly/${encodeURIComponent(account)}/vault/albums`;
	const body = await requestBody(
		this,
		apiFansly,
		{
			method: 'GET',
			url: `${path}/${encodeURIComponent(album)}/media`,
			qs: { limit: 50, ...(start !== undefined && { cursor: start }) },
		},
		{ account },
	);
	const entries = entriesOf(this, apiFansly, vaultFilesIn(body));
	const further = entries.length === 0 ? undefined : nextCursor(body);
	return {
		results: matching(entries.map(fanslyFile).flatMap(fileEntry), filter),
		paginationToken: tokenOf({
			parts: further === undefined ? others : parts,
			start: further,
		}),
	};
}

/** The creator's subscription tiers; the provider lists all at once. */
export async function getTiers(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const account = chosenAccount(this);
	const body = await requestBody(
		this,
		apiFansly,
		{ method: 'GET', url: `/api/fansly/${encodeURIComponent(account)}/subscriptions/tiers` },
		{ account },
	);
	const tiers = foundEntries(responseIn(body), ['subscriptionTiers', 'tiers', 'data']);
	// Without the price: its unit is in doubt here.
	return namedEntries(entriesOf(this, apiFansly, tiers), ({ name }) => textOf(name));
}
