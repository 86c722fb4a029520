import { createHash } from 'crypto';
import { sleep } from 'n8n-workflow';
import type { IDataObject, IExecuteSingleFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { readPage } from '../lists/messages';
import { isAnswerTo } from '../model/conversation';
import type { Pair } from '../model/pair';
import { idOf, numberOf, recordAt, textOf } from '../model/values';
import { requiredCreatorId } from '../operation/creatorId';
import { parameterOf } from '../operation/parameter';
import { isOver } from '../operation/run';
import { isOwnError } from '../transport/request';
import { isSuccess } from '../transport/response';
import type { HttpResponse, Subject } from '../transport/response';
import { newestPageRequest, placeOf } from './findSent';

/** Answers that are remembered in this n8n process: those of the last hours. */
const MAX_ANSWERS = 2000;

/** The messages that an execution remembers to have sent: so many, and up to twice as many. */
const MAX_SENT = 1000;

/** How often the chat is read for the answer that another execution is sending. */
const MAX_LOOKS = 3;

/** Milliseconds before the first of these looks; doubled each time. */
const FIRST_PAUSE = 1000;

/** What a message to a chat is about. */
export type ChatSubject = Subject & { chat: string };

/** The fan's message that the item answers; undefined where the user named none. */
export function answeringIdOf(context: IExecuteSingleFunctions): string | undefined {
	return idOf(parameterOf(context, 'options.answeringMessageId'))?.trim() || undefined;
}

/** Who answered a message, and with what. */
interface Answer {
	executionId: string;
	message: IDataObject;
}

/** The answers that this process has sent, by what they answer. */
const answers = new Map<string, Answer>();

const nameOf = (request: IHttpRequestOptions, subject: ChatSubject, answeringId: string) =>
	`${placeOf(request, subject)}/${answeringId}`;

/** Where an execution keeps what it has sent: n8n stores it with the execution, also while it waits. */
const KEPT = 'creatorChatSent';

/** What this execution has sent: the messages, and how many times each node answered a message. */
interface SentHere {
	executionId: string;
	messageIds: string[];
	counts: Record<string, number>;
}

/** What was kept in this process, so that it is not read anew for each message. */
const keptHere = new WeakMap<object, SentHere>();

/** What this execution has sent so far, to be added to. */
function sentHere(context: IExecuteSingleFunctions): SentHere {
	const executionId = context.getExecutionId();
	const flow = context.getContext('flow');
	const kept = recordAt(flow, KEPT);
	const known = keptHere.get(kept);
	if (known?.executionId === executionId) return known;
	const { messageIds, counts } = kept;
	// A retry begins with what the execution that it repeats has kept.
	const isOwn = kept.executionId === executionId;
	const sent: SentHere = {
		executionId,
		messageIds: isOwn && Array.isArray(messageIds) ? messageIds.map(String) : [],
		counts: isOwn
			? Object.fromEntries(
					Object.entries(recordAt(counts)).map(([key, count]) => [key, numberOf(count) ?? 0]),
				)
			: {},
	};
	flow[KEPT] = sent;
	keptHere.set(sent, sent);
	return sent;
}

/** Notes what this execution has sent, and which of the fan's messages it answers. */
export function noteSent(
	context: IExecuteSingleFunctions,
	request: IHttpRequestOptions,
	subject: ChatSubject,
	message: IDataObject,
): void {
	const here = sentHere(context);
	const messageId = idOf(message.id);
	if (messageId !== undefined) here.messageIds.push(messageId);
	if (here.messageIds.length > 2 * MAX_SENT) here.messageIds.splice(0, MAX_SENT);
	const answeringId = answeringIdOf(context);
	if (answeringId === undefined) return;
	answers.set(nameOf(request, subject, answeringId), {
		executionId: here.executionId,
		message,
	});
	for (const oldest of answers.keys()) {
		if (answers.size <= MAX_ANSWERS) break;
		answers.delete(oldest);
	}
}

/**
 * The `Idempotency-Key` of an answer: the same in every execution that answers this message, so that
 * the provider makes one message of what two n8n processes send at the same time. Of several
 * messages that a node answers it with, each has its own.
 */
export function answerKey(
	context: IExecuteSingleFunctions,
	{ account, chat }: ChatSubject,
	answeringId: string,
): string {
	const here = sentHere(context);
	const { id: nodeId } = context.getNode();
	const name = JSON.stringify([account, chat, answeringId, nodeId]);
	const count = here.counts[name] ?? 0;
	here.counts[name] = count + 1;
	return createHash('sha256')
		.update(JSON.stringify([name, count]))
		.digest('hex');
}

/**
 * The message that answers the fan's already, by anybody but this execution; undefined where there
 * is none. What this process has sent itself it knows; otherwise the chat's newest page is read:
 * one credit. Throws, with `context.outcome` `notSent`, where that does not work: nobody knows then
 * whether the fan was answered.
 */
export async function findAnswer(
	context: IExecuteSingleFunctions,
	pair: Pair,
	request: IHttpRequestOptions,
	subject: ChatSubject,
	answeringId: string,
): Promise<IDataObject | undefined> {
	const here = sentHere(context);
	const known = answers.get(nameOf(request, subject, answeringId));
	if (known !== undefined) {
		return known.executionId === here.executionId ? undefined : known.message;
	}
	return await readAnswer(context, pair, request, subject, answeringId).catch((error: unknown) => {
		if (isOwnError(error)) error.context.outcome = 'notSent';
		throw error;
	});
}

async function readAnswer(
	context: IExecuteSingleFunctions,
	pair: Pair,
	request: IHttpRequestOptions,
	subject: ChatSubject,
	answeringId: string,
): Promise<IDataObject | undefined> {
	const { account = '', chat } = subject;
	const about = { ...subject, account, isSending: false };
	const reading = newestPageRequest(pair, request, subject);
	const { messages, included } = await readPage(context, pair, reading, about);
	if (messages.length === 0) return undefined;
	const creatorId =
		pair.creator && (await requiredCreatorId(context, pair, { ...reading, qs: {} }, about));
	const own = new Set(sentHere(context).messageIds);
	// Newest first: of several it is the first that answered.
	return messages.findLast((raw) => {
		const message = pair.simplify(raw, { accountId: account, chatId: chat, creatorId, included });
		const isMassMessage = pair.isMassMessage?.(raw) === true;
		return isAnswerTo({ message, isMassMessage }, answeringId) && !own.has(message.id ?? '');
	});
}

/** Whether an answer repeats the one to an earlier request with the same key. */
export function isReplay({ idempotency }: Pair, { headers }: HttpResponse): boolean {
	return idempotency !== undefined && textOf(headers[idempotency.replayHeader]) === 'true';
}

/**
 * Whether the provider says that another execution was first with an answer to the same message:
 * the key is taken, or brought back that one's message.
 */
export function isTaken(pair: Pair, response: HttpResponse): boolean {
	const { idempotency } = pair;
	if (idempotency === undefined) return false;
	const { body } = response;
	if (idempotency.isStillSending(body) || idempotency.isOtherMessage(body)) return true;
	return isSuccess(response) && isReplay(pair, response);
}

/**
 * The answer of the execution that was first. It may still be on its way, so the chat is read up to
 * three times; where it does not come, that execution reports it, and this one has a note alone.
 */
export async function answerOfOther(
	context: IExecuteSingleFunctions,
	pair: Pair,
	request: IHttpRequestOptions,
	subject: ChatSubject,
	answeringId: string,
): Promise<IDataObject> {
	for (let look = 0; look < MAX_LOOKS && !isOver(context); look++) {
		await sleep(FIRST_PAUSE * 2 ** look);
		const found = await readAnswer(context, pair, request, subject, answeringId).catch(
			() => undefined,
		);
		if (found !== undefined) return found;
	}
	return { note: 'Another execution is sending the answer, but the chat does not show it yet' };
}
