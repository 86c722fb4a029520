import type { IDataObject, INodeListSearchItems } from 'n8n-workflow';
import { idOf, numberOf, textOf } from '../../shared/model/values';
import { simplifyFanslyList } from './fan';
import { dollarsFromThousandths } from './values';

/** Entries of pickers, out of what Fansly lists. */

/** Entries with an ID; `nameOf` is what a person knows one by. */
export function namedEntries(
	entries: IDataObject[],
	nameOf: (entry: IDataObject) => string | undefined,
): INodeListSearchItems[] {
	return entries.flatMap((entry) => {
		const value = idOf(entry.id);
		return value === undefined ? [] : [{ name: nameOf(entry) ?? value, value }];
	});
}

/** A subscription tier, with its price: Fansly's own unit. */
export function tierName({ name, price }: IDataObject): string | undefined {
	const [shown, dollars] = [textOf(name), dollarsFromThousandths(price)];
	return shown === undefined || dollars === null ? shown : `${shown} ($${dollars.toFixed(2)})`;
}

/** An album of the vault, with the number of its files. */
export function albumName({ title, itemCount }: IDataObject): string | undefined {
	const [shown, count] = [textOf(title), numberOf(itemCount)];
	return shown === undefined || count === undefined ? shown : `${shown} (${count})`;
}

/** A list of fans, with how many are on it. */
export function listName(entry: IDataObject): string | undefined {
	const { name, fanCount } = simplifyFanslyList(entry, '');
	const [shown, count] = [textOf(name), numberOf(fanCount)];
	return shown === undefined || count === undefined ? shown : `${shown} (${count})`;
}
