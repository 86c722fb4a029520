import type { IExecuteSingleFunctions, IHttpRequestOptions } from 'n8n-workflow';
import type { Subject } from './answer';
import { unreadableError } from './errors';
import { pacedCall } from './pace';
import type { Pair } from './pair';
import { runOf } from './run';

async function lookUp(context: IExecuteSingleFunctions, pair: Pair, request: IHttpRequestOptions, subject: Subject & { account: string }): Promise<string | undefined> {
	const { creator } = pair;
	if (creator === undefined) return undefined;
	const { account } = subject;
	const body = await pacedCall(context, pair, { ...request, method: 'GET', url: creator.path(account), qs: {}, body: undefined }, subject);
	return creator.read(body, account);
}

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
	if (pair.creator === undefined) return undefined;
	const { creatorIds } = runOf(context);
	const known = creatorIds.get(account);
	if (known !== undefined) {
		const knownId = await known;
		if (knownId !== undefined || !insists) return knownId;
	}

	const lookup = lookUp(context, pair, request, { account }).catch(() => undefined);
	creatorIds.set(account, lookup);
	return await lookup;
}

/**
 * The same where nothing can be done without it. Throws what the lookup throws, and where its
 * answer does not hold the ID.
 */
export async function requiredCreatorId(context: IExecuteSingleFunctions, pair: Pair, request: IHttpRequestOptions, subject: Subject & { account: string }): Promise<string> {
	const { account, itemIndex } = subject;
	// Where there is none it is asked for once more, this time to say why.
	const found = (await creatorIdOf(context, pair, request, account)) ?? (await lookUp(context, pair, request, { account, itemIndex }));
	if (found === undefined) throw unreadableError(context.getNode(), pair, { statusCode: 200, headers: {}, body: undefined }, { account, itemIndex });
	return found;
}
