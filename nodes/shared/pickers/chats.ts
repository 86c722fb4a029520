import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import type { Pair } from '../model/pair';
import { unreadableError } from '../transport/errors';
import { requestBody } from '../transport/request';
import type { Caller } from '../transport/caller';
import { chosenAccount, label, placeOf, tokenOf } from './picker';

/** One chat of an account's list. */
export interface ChatEntry {
	chatId: string;
	fan: {
		id: string | null;
		name: string | null;
		username: string | null;
		/** What the fan has ever paid this creator, in USD; null where the list does not tell. */
		totalSpent: number | null;
	};
	/** The newest message of the chat; undefined where it has none. */
	lastMessageId: string | undefined;
	/** That message itself, where the list holds it whole. */
	lastMessage?: IDataObject;
	/** Messages of the fan that nobody has read. */
	unreadCount: number;
	/**
	 * Whether the list tells that the newest message is one of the creator's to many fans at once.
	 */
	isToMany?: boolean;
}

/** One page of an account's chats, those with the newest message first. */
export interface ChatPage {
	entries: ChatEntry[];
	/** Where the next page begins; undefined at the end. */
	next: string | undefined;
}

/** How a pair lists an account's chats, and what follows from it. */
export interface ChatSource {
	pair: Pair;
	/** The path, and the query of every page. */
	list(account: string): { url: string; qs: IDataObject };
	/** The query parameters that say where a page begins, and what to look for. */
	parameters: { start: string; search: string };
	/**
	 * Reads the page that begins at `start`; undefined when the answer does not have the documented
	 * shape.
	 */
	readPage(body: IDataObject, start: string | undefined): ChatPage | undefined;
	/** What makes a chat unread again, where listing its messages may mark it as read. */
	markUnreadPath?(account: string, chat: string): string;
	/** A chat's address on the platform's website. */
	address(chat: string): string;
	/** The event that tells of a fan's message, under the provider's own name. */
	receivedEvent: string;
}

/**
 * One page of an account's chats. Throws as `requestBody` does, and where the answer cannot be
 * read.
 */
export async function readChats(
	caller: Caller,
	source: ChatSource,
	account: string,
	start?: string,
	search?: string,
): Promise<ChatPage> {
	const { pair, parameters } = source;
	const { url, qs } = source.list(account);
	const query = {
		...qs,
		...(start && { [parameters.start]: start }),
		...(search && { [parameters.search]: search }),
	};
	const page = source.readPage(
		await requestBody(caller, pair, { method: 'GET', url, qs: query }, { account }),
		start,
	);
	if (page === undefined) {
		throw unreadableError(caller.getNode(), pair, { account });
	}
	// A position that repeats, or leads on from nothing, would never come to an end.
	return {
		...page,
		next: page.next === start || page.entries.length === 0 ? undefined : page.next,
	};
}

const entryOf = (source: ChatSource, { chatId, fan }: ChatEntry): INodeListSearchItems => ({
	name: label(fan.name, fan.username, chatId),
	value: chatId,
	url: source.address(chatId),
});

/** How a list is searched: see n8n's `listSearch`. */
type Search = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

/** The search of a chat picker. */
export function chatSearch(source: ChatSource): Search {
	return async function (filter, paginationToken) {
		const account = chosenAccount(this);
		const { entries, next } = await readChats(this, source, account, paginationToken, filter);
		return { results: entries.map((entry) => entryOf(source, entry)), paginationToken: next };
	};
}

/**
 * The same where a trigger hears of several accounts: page by page, one account after the other.
 * `getAccounts` lists all there are.
 */
export function chatSearchOfTrigger(source: ChatSource, getAccounts: Search): Search {
	return async function (filter, paginationToken) {
		const { parts, start } =
			paginationToken === undefined
				? { parts: await accountsHeard(this, getAccounts), start: undefined }
				: placeOf(paginationToken);
		const [account, ...others] = parts;
		if (account === undefined) return { results: [] };
		const { entries, next } = await readChats(this, source, account, start, filter);
		return {
			results: entries.map((entry) => entryOf(source, entry)),
			paginationToken: tokenOf({ parts: next === undefined ? others : parts, start: next }),
		};
	};
}

/** The accounts that the trigger listens to, all of them where it has no choice. */
async function accountsHeard(
	context: ILoadOptionsFunctions,
	getAccounts: Search,
): Promise<string[]> {
	const scope = context.getCurrentNodeParameter('accountScope');
	const given: unknown = context.getCurrentNodeParameter('accounts');
	const chosen: unknown[] = Array.isArray(given) ? given : [];
	if (scope === 'inclusive') return chosen.map(String);
	const { results } = await getAccounts.call(context);
	const all = results.map(({ value }) => String(value));
	return scope === 'exclusive' ? all.filter((account) => !chosen.includes(account)) : all;
}
