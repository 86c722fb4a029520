import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, IExecuteSingleFunctions, IHttpRequestOptions } from 'n8n-workflow';
import type { Pair } from '../model/pair';
import { isRecord, numberOf } from '../model/values';
import { throttledRequest } from '../operation/rateLimit';
import { isOwnError } from '../transport/request';
import type { OwnError } from '../transport/request';
import { isRejected, isSuccess } from '../transport/response';
import type { Subject } from '../transport/response';
import { deliveryOf } from './delivery';
import type { Delivery } from './delivery';
import { outcomeError, unknownOutcomeError } from './outcome';
import { sendEach } from './send';

/**
 * Counts whom a request would reach, before it leaves: at most how many people, or a sentence that
 * says why the number cannot be known.
 */
export type CountRecipients = (
	context: IExecuteSingleFunctions,
	request: IHttpRequestOptions,
	subject: Subject & { account: string },
) => Promise<number | string>;

/**
 * The function that sends one message to many people. It counts them first and sends nothing when
 * there are more than the parameter `maxRecipients` allows, or when their number cannot be known.
 *
 * There is no way to ask for the same message twice without sending it twice, and no chat to look
 * for it: a lost answer is reported with `context.outcome` `unknown`, and no later try of Retry On
 * Fail sends again what was sent or may have been. `shape` makes the item of what the provider
 * answered, which `recipients` was added to.
 */
export function broadcast(
	pair: Pair,
	count: CountRecipients,
	shape: (sent: IDataObject) => IDataObject,
) {
	return sendEach(pair, async (context, request, subject) => {
		const delivery = deliveryOf(context);
		if (delivery.sent === undefined) {
			// An earlier try that n8n no longer waits for may still be at it.
			delivery.sending ??= sendCounted(context, pair, count, request, subject, delivery).finally(
				() => {
					delivery.sending = undefined;
				},
			);
			delivery.sent = await delivery.sending;
		}
		return [
			{
				json:
					context.getNodeParameter('simplify', true) === false
						? { ...delivery.sent }
						: shape(delivery.sent),
			},
		];
	});
}

async function sendCounted(
	context: IExecuteSingleFunctions,
	pair: Pair,
	count: CountRecipients,
	request: IHttpRequestOptions,
	subject: Subject & { chat: string },
	delivery: Delivery,
): Promise<IDataObject> {
	if (delivery.isUnknown) {
		throw unknownOutcomeError(context, pair, subject);
	}

	// What goes wrong while counting says nothing about the message: none has left.
	const recipients = await count(context, request, {
		...subject,
		account: subject.account ?? '',
		isSending: false,
	}).catch((error: unknown) => {
		throw isOwnError(error) ? notSent(error) : error;
	});
	const most = numberOf(context.getNodeParameter('maxRecipients', 0)) ?? 0;
	if (typeof recipients === 'string') {
		throw guardError(
			context,
			recipients,
			'Choose lists whose size is known, or enter the IDs of the people.',
		);
	}
	if (recipients > most) {
		throw guardError(
			context,
			`Up to ${recipients} people would receive this, but 'Max Recipients' is ${most}`,
			`If all of them are meant, set 'Max Recipients' to ${recipients} or more.`,
		);
	}

	const response = await throttledRequest(context, pair, request, subject);
	const sent =
		isSuccess(response) && isRecord(response.body) && !pair.isRejectedInside(response.body)
			? pair.readSent(response.body)
			: undefined;
	if (sent !== undefined) return { ...sent, recipients };
	delivery.isUnknown = !isRejected(pair, response);
	throw await outcomeError(
		context,
		pair,
		response,
		subject,
		delivery.isUnknown ? 'unknown' : 'notSent',
	);
}

function guardError(context: IExecuteSingleFunctions, problem: string, advice: string): OwnError {
	const itemIndex = context.getItemIndex();
	return notSent(
		new NodeOperationError(context.getNode(), `${problem} [item ${itemIndex}]`, {
			itemIndex,
			description: `Nothing was sent. ${advice}`,
		}),
	);
}

function notSent(error: OwnError): OwnError {
	error.context.outcome = 'notSent';
	return error;
}
