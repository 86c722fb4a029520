import { randomUUID } from 'crypto';
import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, IExecutePaginationFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { isTurnedAway } from './answer';
import type { Subject } from './answer';
import { outcomeError, sendEach } from './deliver';
import type { Delivery } from './deliver';
import { pacedExchange } from './pace';
import type { Pair } from './pair';
import { isOwnError, isSuccess } from './request';
import { runOf } from './run';
import type { OwnError } from './run';
import { isRecord, numberOf } from './values';

/**
 * Counts whom a request would reach, before it leaves: at most how many people, or a sentence that
 * says why the number cannot be known.
 */
export type CountRecipients = (context: IExecutePaginationFunctions, request: IHttpRequestOptions, subject: Subject & { account: string }) => Promise<number | string>;

/**
 * The function that sends one message to many people. It counts them first and sends nothing when
 * there are more than the parameter `maxRecipients` allows, or when their number cannot be known.
 *
 * There is no way to ask for the same message twice without sending it twice, and no chat to look
 * for it: a lost answer is reported with `context.outcome` `unknown`, and no later try of Retry On
 * Fail sends again what was sent or may have been. `shape` makes the item of what the provider
 * answered, which `recipients` was added to.
 */
export function broadcast(pair: Pair, count: CountRecipients, shape: (sent: IDataObject) => IDataObject) {
	return sendEach(async (context, request, subject) => {
		const { deliveries } = runOf(context);
		const delivery: Delivery = deliveries.get(context.getItemIndex()) ?? { key: randomUUID() };
		deliveries.set(context.getItemIndex(), delivery);
		if (delivery.sent === undefined) {
			// An earlier try that n8n no longer waits for may still be at it.
			delivery.sending ??= sendCounted(context, pair, count, request, subject, delivery).finally(() => {
				delivery.sending = undefined;
			});
			delivery.sent = await delivery.sending;
		}
		return [{ json: context.getNodeParameter('simplify', true) === false ? { ...delivery.sent } : shape(delivery.sent) }];
	});
}

async function sendCounted(context: IExecutePaginationFunctions, pair: Pair, count: CountRecipients, request: IHttpRequestOptions, subject: Subject & { chat: string }, delivery: Delivery): Promise<IDataObject> {
	if (delivery.isUnknown) throw await outcomeError(context, pair, { statusCode: 0, headers: {}, body: undefined, cause: new Error() }, subject, 'unknown');

	// What goes wrong while counting says nothing about the message: none has left.
	const recipients = await count(context, request, { ...subject, account: subject.account ?? '', isSending: false }).catch((error: unknown) => {
		throw isOwnError(error) ? notSent(error) : error;
	});
	const most = numberOf(context.getNodeParameter('maxRecipients', 0)) ?? 0;
	if (typeof recipients === 'string') throw guardError(context, recipients, 'Choose lists whose size is known, or name the people by their IDs.');
	if (recipients > most) {
		throw guardError(
			context,
			`Up to ${recipients} people would receive this, and 'Most Recipients' is ${most}`,
			`If all of them are meant, set 'Most Recipients' to ${recipients} or more.`,
		);
	}

	const answer = await pacedExchange(context, pair, request, subject);
	const sent = isSuccess(answer) && isRecord(answer.body) && !pair.isRefusalInside(answer.body) ? pair.readSent(answer.body) : undefined;
	if (sent !== undefined) return { ...sent, recipients };
	delivery.isUnknown = !isTurnedAway(answer);
	throw await outcomeError(context, pair, answer, subject, delivery.isUnknown ? 'unknown' : 'notSent');
}

function guardError(context: IExecutePaginationFunctions, problem: string, advice: string): OwnError {
	const itemIndex = context.getItemIndex();
	return notSent(new NodeOperationError(context.getNode(), `${problem} [item ${itemIndex}]`, { itemIndex, description: `Nothing was sent. ${advice}` }));
}

function notSent(error: OwnError): OwnError {
	error.context.outcome = 'notSent';
	return error;
}
