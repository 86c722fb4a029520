import { createHash } from 'crypto';
import type { IExecuteSingleFunctions, IHttpRequestOptions } from 'n8n-workflow';
import type { Pair } from '../model/pair';
import type { Caller } from '../transport/caller';
import { unreadableError } from '../transport/errors';
import type { Subject } from '../transport/response';
import { throttledRequestBody } from './rateLimit';
import { perRun } from './run';

/** Creators whose IDs are kept: far more than one n8n serves. */
const MAX_KNOWN = 10_000;

/**
 * The creators' own IDs, for as long as the process lives: they never change. By who was asked, with
 * which key, for which account; also those that are being asked for.
 */
const known = new Map<string, Promise<string | undefined>>();

/**
 * The creator's own ID out of what this n8n process knows, or else out of `ask`, which is called
 * once however many executions want the ID at the same time. What does not work is not kept, and
 * each of those that waited asks for itself. Throws what `ask` throws.
 */
export async function knownCreatorId(
	caller: Caller,
	pair: Pair,
	account: string,
	ask: () => Promise<string | undefined>,
): Promise<string | undefined> {
	const { apiKey, baseUrl } = await caller.getCredentials(pair.credential);
	const key = createHash('sha256')
		.update(JSON.stringify([pair.credential, baseUrl, apiKey, account]))
		.digest('base64');
	for (let other = known.get(key); other !== undefined; other = known.get(key)) {
		const found = await other.catch(() => undefined);
		if (found !== undefined) return found;
	}
	const asked = ask()
		.catch((error: unknown) => ({ error }))
		.then((outcome) => {
			if (typeof outcome === 'string') return outcome;
			known.delete(key);
			if (outcome !== undefined) throw outcome.error;
			return undefined;
		});
	known.set(key, asked);
	for (const oldest of known.keys()) {
		if (known.size <= MAX_KNOWN) break;
		known.delete(oldest);
	}
	return await asked;
}

/** The creators' own IDs that a run has asked for, by account. */
const creatorIdsOf = perRun(() => new Map<string, Promise<string | undefined>>());

async function lookUp(
	context: IExecuteSingleFunctions,
	pair: Pair,
	request: IHttpRequestOptions,
	subject: Subject & { account: string },
): Promise<string | undefined> {
	const { creator } = pair;
	if (creator === undefined) return undefined;
	const { account } = subject;
	return await knownCreatorId(context, pair, account, async () => {
		const body = await throttledRequestBody(
			context,
			pair,
			{ ...request, method: 'GET', url: creator.path(account), qs: {}, body: undefined },
			subject,
		);
		return creator.read(body, account);
	});
}

/**
 * The creator's own ID on the platform, looked up once for an account in this n8n process. Undefined
 * where the pair needs none, and where the lookup does not work: a list is worth having without the
 * direction of its messages. `insists` makes it try again then.
 */
export async function creatorIdOf(
	context: IExecuteSingleFunctions,
	pair: Pair,
	request: IHttpRequestOptions,
	account: string,
	{ insists = false } = {},
): Promise<string | undefined> {
	if (pair.creator === undefined) return undefined;
	// The run's own first: it takes no look at the credential.
	const creatorIds = creatorIdsOf(context);
	const asked = creatorIds.get(account);
	if (asked !== undefined) {
		const found = await asked;
		if (found !== undefined || !insists) return found;
	}

	const lookup = lookUp(context, pair, request, { account }).catch(() => undefined);
	creatorIds.set(account, lookup);
	return await lookup;
}

/**
 * The same where nothing can be done without it. Throws what the lookup throws, and where its
 * answer does not hold the ID.
 */
export async function requiredCreatorId(
	context: IExecuteSingleFunctions,
	pair: Pair,
	request: IHttpRequestOptions,
	subject: Subject & { account: string },
): Promise<string> {
	const { account, itemIndex } = subject;
	// Where there is none it is asked for once more, this time to say why.
	const found =
		(await creatorIdOf(context, pair, request, account)) ??
		(await lookUp(context, pair, request, { account, itemIndex }));
	if (found === undefined) {
		throw unreadableError(context.getNode(), pair, { account, itemIndex });
	}
	return found;
}
