import type { IExecuteSingleFunctions, IHttpRequestOptions } from 'n8n-workflow';
import type { Pair } from '../model/pair';
import { inPlace } from '../operation/rateLimit';
import { RateLimiters, Share } from '../transport/rateLimiter';
import type { Subject } from '../transport/response';

/** One message at a time to each chat in this n8n process. */
const chats = new RateLimiters(1);

/**
 * Runs work when all earlier work for the chat has ended, well or not, whatever execution it
 * belongs to. Throws a NodeOperationError when the execution is cancelled before.
 */
export async function inTurn<T>(
	context: IExecuteSingleFunctions,
	{ credential }: Pair,
	{ baseURL }: IHttpRequestOptions,
	{ account = '', chat = '' }: Subject,
	work: () => Promise<T>,
): Promise<T> {
	const key = JSON.stringify([credential, baseURL, account, chat]);
	return await inPlace(
		context,
		chats.enter(key, new Share(), 1),
		`the messages to chat ${chat} of account ${account} that are being sent`,
		work,
	);
}
