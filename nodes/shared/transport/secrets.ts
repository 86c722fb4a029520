import type { Pair } from '../model/pair';
import { textOf } from '../model/values';
import type { Caller } from './caller';

/** Takes what must not be shown out of a text. */
export type Hide = (text: string) => string;

/** For where no credential is at hand: nothing of the text is shown. */
export const hideAll: Hide = () => '';

/** What takes the API key out of a text that the provider sent: three stars stand in its place. */
export async function keyHider(caller: Caller, pair: Pair): Promise<Hide> {
	const { apiKey } = await caller.getCredentials(pair.credential);
	const key = textOf(apiKey)?.trim();
	return (text) => (key === undefined || key === '' ? text : text.replaceAll(key, '***'));
}
