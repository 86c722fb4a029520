import type { IExecuteSingleFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { pacedCall } from './pace';
import type { Pair } from './pair';
import { runOf } from './run';

/**
 * The creator's own ID on the platform, looked up once for a run and account, also when many items
 * ask at the same time. Undefined where the pair needs none, and where the lookup does not work: a
 * list is worth having without the direction of its messages. `insists` makes it try again then.
 */
export async function creatorIdOf(
	context: IExecuteSingleFunctions,
	pair: Pair,
	request: IHttpRequestOptions,
	account: string,
	{ insists = false } = {},
): Promise<string | undefined> {
	const { creator } = pair;
	if (creator === undefined) return undefined;
	const { creatorIds } = runOf(context);
	const known = creatorIds.get(account);
	if (known !== undefined) {
		const knownId = await known;
		if (knownId !== undefined || !insists) return knownId;
	}

	const lookup = pacedCall(context, pair, { ...request, method: 'GET', url: creator.path(account), qs: {}, body: undefined }, { account }).then(
		(body) => creator.read(body, account),
		() => undefined,
	);
	creatorIds.set(account, lookup);
	return await lookup;
}
