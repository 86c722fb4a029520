import { randomUUID } from 'crypto';
import { sleep } from 'n8n-workflow';
import type { DeclarativeRestApiSettings, IDataObject, IExecutePaginationFunctions, IHttpRequestOptions, INodeExecutionData } from 'n8n-workflow';
import { isTurnedAway } from './answer';
import type { Answer, Subject } from './answer';
import { unreadableError } from './errors';
import { claim, findSent } from './findSent';
import { checkPaid } from './paid';
import { pacedExchange } from './pace';
import type { Pair } from './pair';
import { isOwnError, isSuccess, judge, requestOf, subjectOf } from './request';
import { cancelledError, isOver, itemCount, runOf, settle } from './run';
import type { Attempt, OwnError, Run } from './run';
import { keyHider } from './secrets';
import { uploadFiles } from './upload';
import { idOf, isRecord, numberOf, recordAt } from './values';

/** What became of one item's message, remembered over the tries of Retry On Fail. */
export interface Delivery {
	/** The same at every try, for providers that know a repeated request by it. */
	key: string;
	/** When the first request left, in milliseconds since 1970; undefined while none has. */
	startedAt?: number;
	/** The sending, while it is under way. */
	sending?: Promise<IDataObject>;
	/** The provider's message, once it is known to be sent. */
	sent?: IDataObject;
	/** How that is known, where it is not by the answer. */
	note?: string;
	/** Whether nobody knows what became of it. */
	isUnknown?: boolean;
	/** Whether a paid message was seen to be locked, or not to be. */
	isChecked?: boolean;
	/** What is wrong with the message although it was sent: a new error at every try. */
	complaint?: () => OwnError;
	/** The files of the input that were uploaded for it. */
	uploadedMediaIds?: string[];
}

/** Requests that one message may take where a repeated one is harmless. */
const MOST_TRIES = 4;

/** Milliseconds before the second try; doubled each time. */
const FIRST_PAUSE = 250;

/**
 * The function that sends a message, in the place of n8n's pagination so that it sees the whole
 * answer (promise 4: a message is sent once or reported; docs/reliability.md).
 *
 * Messages to one chat leave one after the other, in the order of the items. A lost answer is not
 * a reason to send again: see `sendOnce`. What was sent stays known to Retry On Fail. With On
 * Error set to stop, the first message that cannot be sent ends the sending, and the error lists
 * what was sent and what was not.
 */
export function deliver(pair: Pair) {
	return sendEach(async (context, request, subject) => await deliverItem(context, pair, request, subject));
}

/** What `deliver` does for the items of a run together; `sendItem` sends the message of one. */
export function sendEach(sendItem: (context: IExecutePaginationFunctions, request: IHttpRequestOptions, subject: Subject & { chat: string }) => Promise<INodeExecutionData[]>) {
	return async function (this: IExecutePaginationFunctions, requestData: DeclarativeRestApiSettings.ResultOptions): Promise<INodeExecutionData[]> {
		const { attempt } = runOf(this);
		const stops = !this.continueOnFail();
		if (stops && attempt.refusals.size > 0) attempt.isStopped = true;

		const work = settle(this, async () => {
			const subject = subjectOf(this, true);
			return await inTurn(attempt, `${subject.account}/${subject.chat}`, async () => {
				if (attempt.isStopped) return [];
				return await sendItem(this, requestOf(requestData), subject).catch((error: unknown) => {
					// Before the chat's next message gets its turn.
					attempt.isStopped = stops;
					throw error;
				});
			});
		});
		return await work.catch(async (error: unknown) => {
			await attempt.allSettled(itemCount(this));
			if (isOwnError(error)) addOutcomes(error, runOf(this), itemCount(this));
			throw error;
		});
	};
}

/** Runs work when all earlier work for the chat has ended, well or not. */
async function inTurn<T>(attempt: Attempt, chat: string, work: () => Promise<T>): Promise<T> {
	const turn = (attempt.chats.get(chat) ?? Promise.resolve()).then(work);
	attempt.chats.set(chat, turn.catch(() => undefined));
	return await turn;
}

async function deliverItem(context: IExecutePaginationFunctions, pair: Pair, request: IHttpRequestOptions, subject: Subject & { chat: string }): Promise<INodeExecutionData[]> {
	const { deliveries } = runOf(context);
	const delivery: Delivery = deliveries.get(context.getItemIndex()) ?? { key: randomUUID() };
	deliveries.set(context.getItemIndex(), delivery);

	if (delivery.sent === undefined) {
		// An earlier try that n8n no longer waits for may still be at it.
		delivery.sending ??= uploadAndSend(context, pair, request, subject, delivery).finally(() => {
			delivery.sending = undefined;
		});
		delivery.sent = await delivery.sending.catch((error: unknown) => {
			// Also where the run was cancelled while the outcome was being looked for.
			if (isOwnError(error) && delivery.isUnknown) error.context.outcome = 'unknown';
			const { uploadedMediaIds: mediaIds = [] } = delivery;
			if (isOwnError(error) && mediaIds.length > 0) error.description = `${error.description ?? ''} Uploaded already: ${mediaIds.join(', ')}. A retry uses it; in a new run, put it among the media in place of the file, so that it is not paid for twice.`.trim();
			throw error;
		});
		claim(request, subject, delivery.sent);
	}
	await checkPaid(context, pair, request, subject, delivery);
	if (delivery.complaint !== undefined) throw delivery.complaint();

	const { uploadedMediaIds } = delivery;
	const note = { ...(delivery.note !== undefined && { note: delivery.note }), ...(uploadedMediaIds !== undefined && { uploadedMediaIds }) };
	if (context.getNodeParameter('simplify', true) === false) return [{ json: { ...delivery.sent, ...note } }];
	const message = pair.simplify(delivery.sent, { chatId: subject.chat, records: {}, direction: 'outgoing' });
	const asked = recordAt(request.body);
	// Not every provider repeats in its answer what it was asked for.
	const price = message.price ?? numberOf(asked.price) ?? 0;
	const replyToId = message.replyToId ?? idOf(asked.replyToMessageId) ?? null;
	return [{ json: { ...message, price, replyToId, ...note } }];
}

/** Uploads the files that the message waits for, where there are such, and sends it. */
async function uploadAndSend(context: IExecutePaginationFunctions, pair: Pair, request: IHttpRequestOptions, subject: Subject, delivery: Delivery): Promise<IDataObject> {
	const { request: complete, mediaIds } = await uploadFiles(context, pair, request, subject);
	if (mediaIds.length > 0) delivery.uploadedMediaIds = mediaIds;
	return await sendOnce(context, pair, complete, subject, delivery);
}

/**
 * Sends the message and gives back the provider's, or throws an error whose `context.outcome` is
 * `notSent` or `unknown`.
 *
 * When the answer is lost, or does not tell what happened: with an idempotency key the same
 * request is made again, which gives the first one's answer. A 5xx answer is not kept by the
 * provider, so there and without a key the chat is read instead, and the message found there or
 * not; only with a key, and only when it is certainly not there, it is sent again.
 */
async function sendOnce(context: IExecutePaginationFunctions, pair: Pair, request: IHttpRequestOptions, subject: Subject, delivery: Delivery): Promise<IDataObject> {
	const { idempotencyHeader } = pair;
	const keyed = idempotencyHeader === undefined ? request : { ...request, headers: { ...request.headers, [idempotencyHeader]: delivery.key } };
	const find = async () => {
		const found = await findSent(context, pair, request, subject, delivery);
		if (found.message !== undefined) delivery.note = 'The answer to the request was lost; the message was found in the chat';
		return found;
	};

	if (delivery.isUnknown) {
		const found = await find();
		if (found.message !== undefined) return found.message;
		if (idempotencyHeader === undefined || !found.isAbsent) throw await outcomeError(context, pair, { statusCode: 0, headers: {}, body: undefined, cause: new Error() }, subject, 'unknown');
	}
	for (let tries = 1; ; tries++) {
		const answer = await pacedExchange(context, pair, keyed, subject);
		// Not before it waited for its turn: whatever stands in the chat from before then is another message.
		delivery.startedAt ??= answer.askedAt;
		const sent = isSuccess(answer) && isRecord(answer.body) && !pair.isRefusalInside(answer.body) ? pair.readSent(answer.body) : undefined;
		if (sent !== undefined) {
			delivery.isUnknown = false;
			return sent;
		}
		// After a first request of unknown outcome, a refusal of the second says nothing about the first.
		if (isTurnedAway(answer) && !delivery.isUnknown) throw await outcomeError(context, pair, answer, subject, 'notSent');
		delivery.isUnknown = true;

		const isLost = answer.cause !== undefined || answer.statusCode === 409;
		const isRepeatable = idempotencyHeader !== undefined && tries < MOST_TRIES && (isLost || answer.statusCode === 408 || answer.statusCode >= 500);
		if (isOver(context)) throw await outcomeError(context, pair, answer, subject, 'unknown');
		// Before the chat is read: what a server stores a moment late should stand there by then.
		if (isRepeatable) await sleep(FIRST_PAUSE * 2 ** (tries - 1));
		if (!isRepeatable || !isLost) {
			const found = await find();
			if (found.message !== undefined) return found.message;
			if (!isRepeatable || !found.isAbsent) throw await outcomeError(context, pair, answer, subject, 'unknown');
		}
	}
}

/** The error for an answer that is no sent message; `context.outcome` tells what became of it. */
export async function outcomeError(context: IExecutePaginationFunctions, pair: Pair, answer: Answer, subject: Subject, outcome: 'notSent' | 'unknown'): Promise<OwnError> {
	const error = await judge(context, pair, answer, subject).then(
		async (body) => unreadableError(context.getNode(), pair, { ...answer, body }, subject, await keyHider(context, pair)),
		(thrown: unknown) => (isOwnError(thrown) ? thrown : cancelledError(context)),
	);
	error.context.outcome = outcome;
	return error;
}

/** The items of a run by what became of them. */
function outcomes({ deliveries }: Run, items: number): { sent: Array<{ item: number; messageId: string | null }>; unknown: number[]; notSent: number[] } {
	const all = Array.from({ length: items }, (_, item) => ({ item, delivery: deliveries.get(item) }));
	return {
		sent: all.filter(({ delivery }) => delivery?.sent !== undefined).map(({ item, delivery }) => ({ item, messageId: idOf(delivery?.sent?.id) ?? null })),
		unknown: all.filter(({ delivery }) => delivery?.sent === undefined && delivery?.isUnknown === true).map(({ item }) => item),
		notSent: all.filter(({ delivery }) => delivery?.sent === undefined && delivery?.isUnknown !== true).map(({ item }) => item),
	};
}

/** `0–4, 7` from a growing list of item numbers. */
function ranges(items: number[]): string {
	const parts: Array<[first: number, last: number]> = [];
	for (const item of items) {
		const part = parts.at(-1);
		if (part !== undefined && part[1] === item - 1) part[1] = item;
		else parts.push([item, item]);
	}
	return parts.map(([first, last]) => (first === last ? String(first) : `${first}–${last}`)).join(', ');
}

/** Adds to an error what a person has to know before running again: which items were sent, and which were not. */
function addOutcomes(error: OwnError, run: Run, items: number): void {
	const delivery = outcomes(run, items);
	error.context.delivery = delivery;
	if (items === 1) return;
	const { unknown, notSent } = delivery;
	const sent = delivery.sent.map(({ item }) => item);
	// What holds for the one item does not hold for all.
	const said = sent.length + unknown.length > 0 ? error.description?.replace(/Nothing was (?=sent|done)/, 'For this item nothing was ') : error.description;
	const lists = [
		said,
		`Sent: ${sent.length === 0 ? 'none' : `items ${ranges(sent)}`}.`,
		unknown.length === 0 ? '' : `Not known: items ${ranges(unknown)}.`,
		notSent.length === 0 ? '' : `Not sent: items ${ranges(notSent)}.`,
	];
	error.description = lists.filter(Boolean).join(' ');
}
