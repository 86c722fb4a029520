import type { IDataObject, IExecuteSingleFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { plainText } from '../model/html';
import type { CommonMessage } from '../model/message';
import type { OutgoingMessage, Page, Pair } from '../model/pair';
import { millisecondsOf } from '../model/time';
import { idOf, isRecord, recordAt, textOf } from '../model/values';
import { creatorIdOf } from '../operation/creatorId';
import { throttledRequest } from '../operation/rateLimit';
import { isSuccess } from '../transport/response';
import type { Subject } from '../transport/response';
import type { Delivery } from './delivery';

/** How often the chat is read when the first read gets no usable answer. */
const MAX_READS = 3;

/**
 * How far the provider's clock and the platform's usually differ, in milliseconds; lists cut
 * seconds off.
 */
const CLOCK_TOLERANCE = 5000;

/**
 * How far they may differ at the most: what lies between the two may be the message, or an older
 * one like it.
 */
const CLOCK_DOUBT = 15 * 60 * 1000;

/** Messages that are known to be somebody's: far more than could be mixed up. */
const MAX_CLAIMED = 20_000;

/**
 * The messages that items of this process have sent or found, in order: each belongs to one item
 * alone.
 */
const claimed = new Set<string>();

/**
 * The chat that a message lies in, as its claims name it: accounts of two servers may have one
 * name.
 */
export function placeOf(
	request: IHttpRequestOptions,
	{ account, chat }: Subject & { chat?: string },
): string {
	return JSON.stringify([request.baseURL, account, chat]);
}

/** Notes that a message belongs to the item that sent or found it. */
export function claim(
	request: IHttpRequestOptions,
	subject: Subject & { chat?: string },
	message: IDataObject,
): void {
	const messageId = idOf(message.id);
	if (messageId === undefined) return;
	claimed.add(`${placeOf(request, subject)}/${messageId}`);
	for (const [oldest] of claimed.entries()) {
		if (claimed.size <= MAX_CLAIMED) break;
		claimed.delete(oldest);
	}
}

/** The request for the chat's newest page, made of one that sends to it. */
export function newestPageRequest(
	pair: Pair,
	request: IHttpRequestOptions,
	{ account = '', chat = '' }: Subject,
): IHttpRequestOptions {
	return {
		...request,
		method: 'GET',
		url: pair.messagesPath(account, chat),
		body: undefined,
		qs: { limit: pair.pageSize },
	};
}

/**
 * The chat's newest page; undefined when it cannot be read. `askedAt` is the time by the provider's
 * clock.
 */
export async function readNewest(
	context: IExecuteSingleFunctions,
	pair: Pair,
	request: IHttpRequestOptions,
	subject: Subject,
): Promise<(Page & { askedAt: number }) | undefined> {
	const response = await throttledRequest(
		context,
		pair,
		newestPageRequest(pair, request, subject),
		{ ...subject, isSending: false },
	);
	if (!isSuccess(response) || !isRecord(response.body) || pair.isRejectedInside(response.body)) {
		return undefined;
	}
	const page = pair.readPage(response.body);
	return (
		page && { ...page, askedAt: Date.parse(textOf(response.headers.date) ?? '') || Date.now() }
	);
}

/**
 * Looks in the chat for a message whose answer was lost: the creator's own, with the same text and
 * media, not older than the first request, and not one that belongs to another item.
 *
 * Not found is not absent: the platform may have changed the text, its clock may be wrong, and
 * newer messages may hide it. `isAbsent` only when what was read reaches back past the request and
 * holds no message since then that could be this one. Costs one credit, up to three where the chat
 * cannot be read at once.
 */
export async function findSent(
	context: IExecuteSingleFunctions,
	pair: Pair,
	request: IHttpRequestOptions,
	subject: Subject & { chat?: string },
	delivery: Delivery,
): Promise<{ message?: IDataObject; isAbsent: boolean }> {
	let page: Awaited<ReturnType<typeof readNewest>>;
	for (let tries = 1; page === undefined && tries <= MAX_READS; tries++) {
		page = await readNewest(context, pair, request, subject);
	}
	if (page === undefined) return { isAbsent: false };
	const creatorId = await creatorIdOf(context, pair, request, subject.account ?? '', {
		insists: true,
	});
	// Without it nobody can tell whose the messages are.
	if (pair.creator !== undefined && creatorId === undefined) return { isAbsent: false };
	const { account: accountId = null, chat: chatId = '' } = subject;
	const about = { accountId, chatId, included: page.included, creatorId };
	const elapsed = Date.now() - (delivery.startedAt ?? Date.now());
	const since = page.askedAt - elapsed;
	const wanted = wantedFrom(pair.readOutgoing(recordAt(request.body)));
	const place = placeOf(request, subject);

	const candidates = page.messages
		.filter(({ id }) => !claimed.has(`${place}/${idOf(id)}`))
		.map((message) => ({
			message,
			common: pair.simplify(message, about),
			createdAt: millisecondsOf(message.createdAt),
		}))
		.filter(({ common }) => common.direction !== 'incoming');
	// Oldest first: of two that fit, the earlier one belongs to the earlier request.
	const found = candidates.findLast(
		({ common, createdAt }) =>
			common.direction === 'outgoing' &&
			createdAt !== undefined &&
			createdAt >= since - CLOCK_TOLERANCE &&
			isWanted(common, wanted),
	);
	if (found !== undefined) {
		// At once: another item may be looking for one like it.
		claim(request, subject, found.message);
		return { message: found.message, isAbsent: false };
	}
	const isDoubtful = candidates.some(
		({ common, createdAt }) =>
			createdAt === undefined ||
			createdAt >= since - (isWanted(common, wanted) ? CLOCK_DOUBT : CLOCK_TOLERANCE),
	);
	return { isAbsent: !isDoubtful && reachesBack(page, since - CLOCK_DOUBT) };
}

/** Whether a page holds all that came to the chat since then. */
function reachesBack({ messages, next }: Page, time: number): boolean {
	if (next === undefined) return true;
	const times = messages.map(({ createdAt }) => millisecondsOf(createdAt));
	// A pinned message may be an old one among new ones: the page's last one decides.
	const last = times.at(-1);
	return last !== undefined && last < time;
}

interface Wanted {
	texts: string[];
	hasMedia: boolean;
}

/** Texts are alike whatever their white space and their form of Unicode. */
const squeeze = (text: string) => text.normalize('NFKC').replace(/\s+/g, ' ').trim();

/** What a request asked to send; the platform may have taken its text as plain or as HTML. */
function wantedFrom({ text, hasMedia }: OutgoingMessage): Wanted {
	return { texts: [squeeze(text), squeeze(plainText(text))], hasMedia };
}

function isWanted({ text, media }: CommonMessage, wanted: Wanted): boolean {
	return wanted.texts.includes(squeeze(text)) && media.length > 0 === wanted.hasMedia;
}
