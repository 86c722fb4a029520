import { NodeOperationError } from 'n8n-workflow';
import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';
import type { Pair } from '../model/pair';
import { recordsIn, textOf } from '../model/values';
import { unreadableError } from '../transport/errors';

/** The account chosen in the node. Throws when none is chosen yet. */
export function chosenAccount(context: ILoadOptionsFunctions): string {
	const account = textOf(context.getCurrentNodeParameter('account', { extractValue: true }));
	if (account !== undefined) return account.trim();
	throw new NodeOperationError(
		context.getNode(),
		'Choose an account first, then its chats can be listed',
	);
}

/**
 * The entries of a list that the provider sent. Throws where it is no list: an empty picker would
 * say that there is nothing.
 */
export function entriesOf(
	context: ILoadOptionsFunctions,
	pair: Pair,
	list: unknown,
): IDataObject[] {
	if (!Array.isArray(list)) throw unreadableError(context.getNode(), pair, {});
	return recordsIn(list);
}

/**
 * Where a picker goes on that reads one part after the other, such as the albums of a vault: the
 * parts that are left, and where the first of them goes on.
 */
interface Place {
	parts: string[];
	start: string | undefined;
}

/** The place as a picker's token; undefined where nothing is left. */
export function tokenOf({ parts, start }: Place): string | undefined {
	return parts.length === 0 ? undefined : [start ?? '', ...parts].map(encodeURIComponent).join();
}

/** The place that a token of `tokenOf` tells. */
export function placeOf(token: string): Place {
	const [start, ...parts] = token.split(',').map(decodeURIComponent);
	return { parts, start: start === '' ? undefined : start };
}

/** A name people recognise, such as `Tom Baker (@tombaker)`; the ID where there is no name. */
export function label(name: unknown, username: unknown, id: string): string {
	const [shown, handle] = [textOf(name), textOf(username)];
	if (shown === undefined) return handle === undefined ? id : `@${handle}`;
	return handle === undefined || handle === shown ? shown : `${shown} (@${handle})`;
}

/** The entries whose name or ID holds the text that the user typed. */
export function matching(
	entries: INodeListSearchItems[],
	filter: string | undefined,
): INodeListSearchItems[] {
	const wanted = (filter ?? '').trim().toLowerCase();
	return entries.filter(({ name, value }) =>
		`${name} ${String(value)}`.toLowerCase().includes(wanted),
	);
}

/** A connected account as an entry; one that has to sign in again says so. */
export function accountEntry(
	id: string,
	name: string,
	isAuthenticated: unknown,
): INodeListSearchItems {
	return { name: isAuthenticated === false ? `${name} – needs to sign in again` : name, value: id };
}

/** The entries of a searchable list as the options of a plain one. */
export function optionsFrom(
	search: (this: ILoadOptionsFunctions) => Promise<INodeListSearchResult>,
) {
	return async function (this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		const { results } = await search.call(this);
		return results.map(({ name, value }) => ({ name, value }));
	};
}
