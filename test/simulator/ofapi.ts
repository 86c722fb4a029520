import type { Fields, Problems, Rules } from './fields';
import { firstProblem, problemsOf } from './fields';
import { Refusal } from './provider';
import type { Call, CommonReplies, ProviderContext, RateLimiter, Reply } from './provider';
import type { Quirks, StoredMessage } from './types';
import { findMessage } from './world';
import type { Account, Chat } from './world';

/** What the handlers of one OnlyFansAPI platform work with. */
export interface OfapiContext extends ProviderContext {
	pair: 'ofapiOnlyFans' | 'ofapiFansly';
}

/** The limits as the documents show them: the older OnlyFans form and the newer one of Fansly. */
function rateLimits(limiter: RateLimiter, isFansly: boolean): Fields {
	const limit = limiter.perMinute ?? (isFansly ? 5000 : 1000);
	const minute = { limit_minute: limit, remaining_minute: limiter.remaining(limit) };
	return isFansly
		? {
				...minute,
				limit_day: null,
				remaining_day: null,
				notice: 'There is no daily limit any more.',
			}
		: { ...minute, limit_day: 50_000, remaining_day: 49_999 };
}

/** The `_meta` block of seeds 000, 003 and 004. */
export function metaOf({ pair, ledger, limiter }: OfapiContext, used: number): Fields {
	return {
		_credits: { used, balance: ledger.balance, note: 'Always' },
		_cache: { is_cached: false, note: 'Cache disabled for this endpoint' },
		_rate_limits: rateLimits(limiter, pair === 'ofapiFansly'),
	};
}

/** A successful answer: charges a credit, or another number of them, and adds `_meta`. */
export function answered(context: OfapiContext, body: Fields, credits = 1): Reply {
	context.ledger.charge(credits);
	return { status: 200, body: { ...body, _meta: metaOf(context, credits) }, credits };
}

/** A successful answer that costs nothing, with `_meta`. */
export function answeredFree(context: OfapiContext, body: Fields): Reply {
	return { status: 200, body: { ...body, _meta: metaOf(context, 0) }, credits: 0 };
}

/** An answer that the documents show without `_meta`; it costs a credit all the same. */
export function answeredBare(context: OfapiContext, body: unknown): Reply {
	context.ledger.charge(1);
	return { status: 200, body, credits: 1 };
}

export function refusal(status: number, body: Fields): Refusal {
	return new Refusal({ status, body, credits: 0 });
}

/** The 422 of seed 003: it costs nothing. */
function validationError(context: OfapiContext, problems: Problems): Refusal {
	return refusal(422, {
		error: 'VALIDATION_ERROR',
		message: firstProblem(problems),
		description: 'The request was checked and found wrong; nothing was carried out.',
		errors: problems,
		_meta: metaOf(context, 0),
	});
}

export function refuseProblems(context: OfapiContext, problems: Problems): void {
	if (firstProblem(problems) !== undefined) throw validationError(context, problems);
}

export function checkQuery(context: OfapiContext, query: Call['query'], rules: Rules): void {
	refuseProblems(context, problemsOf(query, rules));
}

export function accountOf({ world, pair }: OfapiContext, { account }: Call): Account {
	const found = world.account(pair, account);
	if (found !== undefined) return found;
	throw refusal(404, {
		error: 'ACCOUNT_NOT_FOUND',
		code: 'account_not_found',
		message: `There is no account ${account} in this team.`,
	});
}

export function chatOf(context: OfapiContext, call: Call): Chat {
	const found = accountOf(context, call).chats.get(call.chat);
	if (found === undefined) {
		throw platformError(context, 404, 'The platform does not know this chat.');
	}
	return found;
}

export function messageOf(context: OfapiContext, chat: Chat, { message }: Call): StoredMessage {
	const found = findMessage(chat, message);
	if (found === undefined) {
		throw platformError(context, 404, 'The platform does not know this message.');
	}
	return found;
}

/**
 * What is answered when the platform behind the API refuses. OnlyFans' own words stand in its
 * response alone, and what it does not know looks like an empty list (OAS); Fansly's form is not documented.
 */
export function platformError(
	{ pair }: OfapiContext,
	status: number,
	message: string,
	errors?: Fields,
): Refusal {
	if (pair === 'ofapiFansly') {
		return refusal(status, {
			error: 'FANSLY_COM_ERROR',
			message,
			description: 'The platform answered this to the API.',
			fansly_response: { status, body: null },
		});
	}
	const isUnknown = status === 404;
	return refusal(status, {
		error: 'ONLYFANS_COM_ERROR',
		message: isUnknown
			? 'The requested OnlyFans resource was not found.'
			: 'Bad Request - The request could not be understood by the server.',
		description: isUnknown
			? 'This error happened while our servers tried to communicate with OnlyFans.com in real time'
			: 'This error happened most probably because of a bug in the OnlyFans.com API or you sent wrong parameters (like a non-existing user id).',
		onlyfans_response: isUnknown
			? { status: 200, body: { list: [], hasMore: false } }
			: { status, body: { error: { code: 0, message }, ...(errors && { errors }) } },
	});
}

/** An absolute link to a list's next page, or null at its end. */
export function nextPage(
	quirks: Quirks,
	call: Call,
	query: Record<string, string> | undefined,
): string | null {
	if (query === undefined) return null;
	return `${quirks.nextPageOrigin || call.origin}${call.path}?${new URLSearchParams(query).toString()}`;
}

/** One page of a list that is walked by `offset` and `limit`. Its next link names these two alone. */
export function offsetPage<T>(
	quirks: Quirks,
	call: Call,
	rows: T[],
	defaultLimit: number,
): { rows: T[]; nextPage: string | null } {
	const limit = Number(call.query.limit ?? defaultLimit);
	const offset = Number(call.query.offset ?? 0);
	const end = offset + (quirks.shortPages > 0 ? Math.min(limit, quirks.shortPages) : limit);
	const next = end < rows.length ? { offset: String(end), limit: String(limit) } : undefined;
	return { rows: rows.slice(offset, end), nextPage: nextPage(quirks, call, next) };
}

/** The answers that do not depend on the endpoint. Only 401 and 422 are documented in full. */
export function ofapiReplies(context: OfapiContext): CommonReplies {
	const error = (status: number, code: string, message: string): Reply => ({
		status,
		body: { error: code, message },
		credits: 0,
	});
	return {
		outOfCredits: () => error(402, 'INSUFFICIENT_CREDITS', 'The team has no credits left.'),
		rateLimited: (seconds) => ({
			...error(429, 'RATE_LIMIT_EXCEEDED', 'Too many requests in this minute.'),
			headers: { 'retry-after': String(seconds) },
		}),
		noSuchRoute: (path) => error(404, 'NOT_FOUND', `The route ${path} could not be found.`),
		unreadableBody: () => error(400, 'INVALID_JSON', 'The request could not be read as JSON.'),
		broken: () => error(500, 'SERVER_ERROR', 'Something broke.'),
		failureInside: () => ({
			status: 200,
			body: { data: { success: false }, _meta: metaOf(context, 0) },
			credits: 0,
		}),
	};
}
