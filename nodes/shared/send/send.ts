import { randomUUID } from 'crypto';
import { sleep } from 'n8n-workflow';
import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecuteSingleFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
} from 'n8n-workflow';
import { messageId } from '../lists/messages';
import { uploadFiles } from '../media/attachments';
import type { Pair } from '../model/pair';
import { isRecord, recordAt } from '../model/values';
import { requestOf, runItem, subjectOf } from '../operation/item';
import { parameterOf } from '../operation/parameter';
import { throttledRequest } from '../operation/rateLimit';
import { routing } from '../operation/routing';
import type { OperationRequest, OperationRouting } from '../operation/routing';
import { isOver, itemCount, runOf } from '../operation/run';
import type { RequestRules } from '../operation/validate';
import { isOwnError } from '../transport/request';
import { isRejected, isSuccess } from '../transport/response';
import type { HttpResponse } from '../transport/response';
import {
	answeringIdOf,
	answerKey,
	answerOfOther,
	findAnswer,
	isReplay,
	isTaken,
	noteSent,
} from './answering';
import type { ChatSubject } from './answering';
import { addOutcomes, deliveryOf } from './delivery';
import type { Delivery } from './delivery';
import { claim, findSent } from './findSent';
import { outcomeError, unknownOutcomeError } from './outcome';
import { checkPaid } from './paid';
import { inTurn } from './queue';

/** Requests that one message may take where a repeated one is harmless. */
const MAX_TRIES = 4;

/** Milliseconds before the second try; doubled each time. */
const FIRST_PAUSE = 250;

/**
 * The routing of an operation that sends a message to a chat (promise 4: a message is sent once or
 * reported; docs/reliability.md).
 *
 * Messages to one chat leave one after the other, in the order of the items. A lost answer is not a
 * reason to send again: see `sendOnce`. What was sent stays known to Retry On Fail. With On Error
 * set to stop, the first message that cannot be sent ends the sending, and the error lists what was
 * sent and what was not.
 */
export function sending(pair: Pair, operation: OperationRequest): OperationRouting {
	const rules: RequestRules = {
		...operation.rules,
		afterAll(context, validation) {
			operation.rules?.afterAll?.(context, validation);
			validation.parameter('options.answeringMessageId', 'Answering Message ID', messageId);
		},
	};
	return routing(
		pair,
		{ ...operation, rules },
		sendEach(
			pair,
			async (context, request, subject) => await sendItem(context, pair, request, subject),
		),
	);
}

/** What sending does for the items of a run together; `sendOne` sends the message of one. */
export function sendEach(
	pair: Pair,
	sendOne: (
		context: IExecuteSingleFunctions,
		request: IHttpRequestOptions,
		subject: ChatSubject,
	) => Promise<INodeExecutionData[]>,
) {
	return async function (
		this: IExecuteSingleFunctions,
		requestData: DeclarativeRestApiSettings.ResultOptions,
	): Promise<INodeExecutionData[]> {
		const { attempt } = runOf(this);
		const stops = !this.continueOnFail();
		if (stops && attempt.invalid.size > 0) attempt.isStopped = true;

		const work = runItem(this, async () => {
			const subject = subjectOf(this, true);
			const request = requestOf(requestData);
			return await inTurn(this, pair, request, subject, async () => {
				if (attempt.isStopped) return [];
				return await sendOne(this, request, subject).catch((error: unknown) => {
					// Before the chat's next message gets its turn.
					attempt.isStopped = stops;
					throw error;
				});
			});
		});
		return await work.catch(async (error: unknown) => {
			await attempt.allFinished(itemCount(this));
			if (isOwnError(error)) addOutcomes(this, error);
			throw error;
		});
	};
}

async function sendItem(
	context: IExecuteSingleFunctions,
	pair: Pair,
	request: IHttpRequestOptions,
	subject: ChatSubject,
): Promise<INodeExecutionData[]> {
	const delivery = deliveryOf(context);
	const answeringId = answeringIdOf(context);
	if (answeringId !== undefined && delivery.sent === undefined && delivery.isUnknown !== true) {
		delivery.answer ??= await findAnswer(context, pair, request, subject, answeringId);
	}
	if (delivery.answer === undefined) await deliver(context, pair, request, subject, delivery);
	const { answer, sent } = delivery;
	if (answer !== undefined) return answeredItem(context, pair, subject, answer);

	await checkPaid(context, pair, request, subject, delivery);
	if (delivery.problem !== undefined) throw delivery.problem();
	const { uploadedMediaIds } = delivery;
	const note = {
		...(answeringId !== undefined && { alreadyAnswered: false }),
		...(delivery.note !== undefined && { note: delivery.note }),
		...(uploadedMediaIds !== undefined && { uploadedMediaIds }),
	};
	if (sent === undefined || !isSimplified(context)) return [{ json: { ...sent, ...note } }];
	const message = simplifySent(pair, subject, sent);
	const requested = pair.readOutgoing(recordAt(request.body));
	// Not every provider repeats in its answer what it was asked for.
	const price = message.price ?? requested.price;
	const replyToId = message.replyToId ?? requested.replyToId;
	const media = delivery.seenMedia ?? message.media;
	return [{ json: { ...message, price, media, replyToId, ...note } }];
}

const isSimplified = (context: IExecuteSingleFunctions): boolean =>
	parameterOf(context, 'simplify', true) !== false;

const simplifySent = (pair: Pair, { account, chat }: ChatSubject, message: IDataObject) =>
	pair.simplify(message, {
		accountId: account ?? null,
		chatId: chat,
		included: {},
		direction: 'outgoing',
	});

/** The item of a message that was not sent, since somebody has answered the fan's already. */
function answeredItem(
	context: IExecuteSingleFunctions,
	pair: Pair,
	subject: ChatSubject,
	answer: IDataObject,
): INodeExecutionData[] {
	const { note } = answer;
	const message = isSimplified(context) ? simplifySent(pair, subject, answer) : answer;
	return [{ json: { ...message, ...(note !== undefined && { note }), alreadyAnswered: true } }];
}

/** Sends the item's message, unless an earlier try has. Throws what sending it throws. */
async function deliver(
	context: IExecuteSingleFunctions,
	pair: Pair,
	request: IHttpRequestOptions,
	subject: ChatSubject,
	delivery: Delivery,
): Promise<void> {
	if (delivery.sent !== undefined) return;
	// An earlier try that n8n no longer waits for may still be at it.
	delivery.sending ??= uploadAndSend(context, pair, request, subject, delivery).finally(() => {
		delivery.sending = undefined;
	});
	const message = await delivery.sending.catch((error: unknown) => {
		// Also where the run was cancelled while the outcome was being looked for.
		if (isOwnError(error) && delivery.isUnknown) error.context.outcome = 'unknown';
		const { uploadedMediaIds: mediaIds = [] } = delivery;
		if (isOwnError(error) && mediaIds.length > 0) {
			error.description = (
				`${error.description ?? ''} Uploaded already: ${mediaIds.join(', ')}. A retry uses ` +
				'it; in a new run, put it among the media in place of the file, so that it is not ' +
				'paid for twice.'
			).trim();
		}
		throw error;
	});
	if (delivery.answer !== undefined) return;
	delivery.sent = message;
	claim(request, subject, message);
	noteSent(context, request, subject, message);
}

/** Uploads the files that the message waits for, where there are such, and sends it. */
async function uploadAndSend(
	context: IExecuteSingleFunctions,
	pair: Pair,
	request: IHttpRequestOptions,
	subject: ChatSubject,
	delivery: Delivery,
): Promise<IDataObject> {
	const { request: complete, mediaIds } = await uploadFiles(context, pair, request, subject);
	if (mediaIds.length > 0) delivery.uploadedMediaIds = mediaIds;
	return await sendOnce(context, pair, complete, subject, delivery);
}

/**
 * What to do after a response that holds no sent message: it was `rejected`; the same request may
 * be made again once the message is certainly not in the chat (`repeat`); or the chat alone can
 * tell (`lookUp`).
 */
type NextStep = 'rejected' | 'repeat' | 'lookUp';

function nextStep(
	pair: Pair,
	response: HttpResponse,
	attempt: number,
	isUnknown: boolean,
): NextStep {
	// After a first request of unknown outcome, a rejected second one says nothing about the first.
	if (!isUnknown && isRejected(pair, response)) return 'rejected';
	if (pair.idempotency === undefined || attempt >= MAX_TRIES) return 'lookUp';
	const { cause, statusCode } = response;
	return cause !== undefined || statusCode === 408 || statusCode === 409 || statusCode >= 500
		? 'repeat'
		: 'lookUp';
}

/** The sent message in a response; undefined where it holds none. */
function sentIn(pair: Pair, response: HttpResponse): IDataObject | undefined {
	const { body } = response;
	if (!isSuccess(response) || !isRecord(body) || pair.isRejectedInside(body)) return undefined;
	return pair.readSent(body);
}

/**
 * Sends the message and gives back the provider's, or throws an error whose `context.outcome` is
 * `notSent` or `unknown`.
 *
 * When the response is lost, or does not tell what happened, the chat is read, and the message
 * found there or not. Only with an idempotency key, and only when it is certainly not there, the
 * same request is made again. The key alone does not make that safe: the provider keeps no answer
 * of 500 or more, and nobody knows what a lost answer was.
 */
async function sendOnce(
	context: IExecuteSingleFunctions,
	pair: Pair,
	request: IHttpRequestOptions,
	subject: ChatSubject,
	delivery: Delivery,
): Promise<IDataObject> {
	const { idempotency } = pair;
	const answeringId = answeringIdOf(context);
	const withKey = () => {
		if (idempotency === undefined) return request;
		delivery.key ??=
			answeringId === undefined ? randomUUID() : answerKey(context, subject, answeringId);
		return { ...request, headers: { ...request.headers, [idempotency.header]: delivery.key } };
	};
	const lookUp = async () => {
		const found = await findSent(context, pair, request, subject, delivery);
		if (found.message !== undefined) {
			delivery.note = 'The response was lost, but the message was found in the chat';
		}
		return found;
	};

	if (delivery.isUnknown) {
		const { message, isAbsent } = await lookUp();
		if (message !== undefined) return message;
		if (idempotency === undefined || !isAbsent) throw unknownOutcomeError(context, pair, subject);
	}
	for (let attempt = 1; ; attempt++) {
		const response = await throttledRequest(context, pair, withKey(), subject);
		// Not after a request of this execution's own with the same key.
		if (answeringId !== undefined && !delivery.isUnknown && isTaken(pair, response)) {
			delivery.answer = await answerOfOther(context, pair, request, subject, answeringId);
			return delivery.answer;
		}
		// Not before it waited for its turn: what stands in the chat from before is another message.
		delivery.startedAt ??= response.askedAt;
		const sent = sentIn(pair, response);
		if (sent !== undefined) {
			delivery.isUnknown = false;
			return sent;
		}
		const step = nextStep(pair, response, attempt, delivery.isUnknown === true);
		if (step === 'rejected') {
			// The provider keeps the rejection by the key too: a further try needs another one.
			delivery.key = undefined;
			if (isReplay(pair, response) && attempt < MAX_TRIES) continue;
			throw await outcomeError(context, pair, response, subject, 'notSent');
		}

		delivery.isUnknown = true;
		if (isOver(context)) throw await outcomeError(context, pair, response, subject, 'unknown');
		// Before the chat is read: what a server stores a moment late should stand there by then.
		if (step !== 'lookUp') await sleep(FIRST_PAUSE * 2 ** (attempt - 1));
		const { message, isAbsent } = await lookUp();
		if (message !== undefined) return message;
		if (step === 'lookUp' || !isAbsent) {
			throw await outcomeError(context, pair, response, subject, 'unknown');
		}
	}
}
