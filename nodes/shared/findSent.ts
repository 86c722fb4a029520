import type { IDataObject, IExecutePaginationFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { creatorIdOf } from './creator';
import type { Delivery } from './deliver';
import type { Subject } from './errors';
import { millisecondsOf, plainText } from './message';
import type { CommonMessage } from './message';
import { pacedExchange } from './pace';
import type { Page, Pair } from './pair';
import { isSuccess } from './request';
import { runOf } from './run';
import { idOf, isRecord, recordAt, textOf } from './values';

/** Messages to look through: what was just sent is among the newest. */
const LOOK_BACK = 10;

/** How often the chat is read when the first read gets no usable answer. */
const MOST_READS = 3;

/** How far the provider's clock and the platform's may differ, in milliseconds; lists cut seconds off. */
const CLOCK_TOLERANCE = 5000;

/** The chat's newest page; undefined when it cannot be read. `askedAt` is the time by the provider's clock. */
export async function readNewest(
	context: IExecutePaginationFunctions,
	pair: Pair,
	request: IHttpRequestOptions,
	subject: Subject,
): Promise<(Page & { askedAt: number }) | undefined> {
	// On every pair the chat's messages are listed at the address where they are posted.
	const answer = await pacedExchange(context, pair, { ...request, method: 'GET', body: undefined, qs: { limit: LOOK_BACK } }, { ...subject, isSending: false });
	if (!isSuccess(answer) || !isRecord(answer.body) || pair.isRefusalInside(answer.body)) return undefined;
	const page = pair.readPage(answer.body);
	return page && { ...page, askedAt: Date.parse(textOf(answer.headers.date) ?? '') || Date.now() };
}

/**
 * Looks in the chat for a message whose answer was lost: the creator's own, with the same text and
 * media, not older than the first request, and not one that another item of this run has sent.
 * `isAbsent` when the chat could be read and it is not there. Costs one credit, up to three where
 * the chat cannot be read at once.
 */
export async function findSent(
	context: IExecutePaginationFunctions,
	pair: Pair,
	request: IHttpRequestOptions,
	subject: Subject & { chat?: string },
	delivery: Delivery,
): Promise<{ message?: IDataObject; isAbsent: boolean }> {
	let page: Awaited<ReturnType<typeof readNewest>>;
	for (let tries = 1; page === undefined && tries <= MOST_READS; tries++) page = await readNewest(context, pair, request, subject);
	if (page === undefined) return { isAbsent: false };
	const creatorId = await creatorIdOf(context, pair, request, subject.account ?? '', { insists: true });
	// Without it nobody can tell whose the messages are.
	if (pair.creator !== undefined && creatorId === undefined) return { isAbsent: false };
	const about = { chatId: subject.chat ?? '', records: page.records, creatorId };
	const elapsed = Date.now() - (delivery.startedAt ?? Date.now());
	const earliest = page.askedAt - elapsed - CLOCK_TOLERANCE;
	const taken = new Set([...runOf(context).deliveries.values()].map(({ sent }) => idOf(sent?.id)));
	const wanted = wantedFrom(recordAt(request.body));

	// Oldest first: of two that fit, the earlier one belongs to the earlier request.
	const message = page.messages.findLast((candidate) => {
		const common = pair.simplify(candidate, about);
		const createdAt = millisecondsOf(candidate.createdAt);
		return (
			common.direction === 'outgoing' &&
			createdAt !== undefined &&
			createdAt >= earliest &&
			!taken.has(idOf(candidate.id)) &&
			isWanted(common, wanted)
		);
	});
	return { message, isAbsent: message === undefined };
}

interface Wanted {
	texts: string[];
	hasMedia: boolean;
}

const squeeze = (text: string) => text.replace(/\s+/g, ' ').trim();

/** What a request asked to send; the platform may have taken its text as plain or as HTML. */
function wantedFrom({ text, content, mediaFiles, mediaIds, mediaId }: IDataObject): Wanted {
	const written = textOf(text) ?? textOf(content) ?? '';
	return { texts: [squeeze(written), squeeze(plainText(written))], hasMedia: [mediaFiles, mediaIds, mediaId].some((files) => files !== undefined) };
}

function isWanted({ text, media }: CommonMessage, wanted: Wanted): boolean {
	return wanted.texts.includes(squeeze(text)) && (media.length > 0) === wanted.hasMedia;
}
