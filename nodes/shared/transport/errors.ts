import { NodeApiError } from 'n8n-workflow';
import type { INode, JsonObject } from 'n8n-workflow';
import type { Pair } from '../model/pair';
import { isRecord, recordAt } from '../model/values';
import {
	explainNoAnswer,
	explainRejectedInside,
	explainRejection,
	explainUnreadable,
} from './explain';
import type { Explanation } from './explain';
import { explainStatus } from './explainStatus';
import { providerText } from './providerText';
import type { HttpResponse, Subject } from './response';
import { hideAll } from './secrets';

/**
 * Statuses that, with the platform's own reason, are about neither the API key nor the form of the
 * request.
 */
const REJECTED = [400, 401, 403, 422];

function apiError(
	node: INode,
	explanation: Explanation,
	subject: Subject,
	details: { status?: number; said?: string } = {},
): NodeApiError {
	const { itemIndex } = subject;
	const said =
		details.said === undefined || details.said === '' ? '' : ` The response was: ${details.said}`;
	const options = {
		message:
			itemIndex === undefined ? explanation.message : `${explanation.message} [item ${itemIndex}]`,
		description: `${explanation.advice}${said}`,
		httpCode: details.status === undefined ? 'none' : String(details.status),
		itemIndex,
		failure: explanation.failure,
	};
	// Only these words go into the error: n8n would keep and show a whole response or request.
	const response: JsonObject = { message: explanation.message };
	return new NodeApiError(node, response, options);
}

/**
 * The error for an answer whose status is not a success. `hide` takes secrets out of the provider's
 * words, here and below; without it none of them are shown.
 */
export function statusError(
	node: INode,
	pair: Pair,
	response: HttpResponse,
	subject: Subject,
	hide = hideAll,
): NodeApiError {
	const { statusCode: status, body } = response;
	const reason = pair.readReason?.(body);
	const said = providerText(hide, reason ?? body);
	if (reason !== undefined && REJECTED.includes(status)) {
		return apiError(node, explainRejection(said), subject, { status });
	}
	const explanation = explainStatus(pair, response, subject);
	const advice = [explanation.advice, pair.adviceOn?.(body) ?? []].flat().join(' ');
	return apiError(node, { ...explanation, advice }, subject, { status, said });
}

/** The error for a good status whose body says that it did not work. */
export function rejectedInsideError(
	node: INode,
	pair: Pair,
	response: HttpResponse,
	subject: Subject,
	hide = hideAll,
): NodeApiError {
	const { statusCode: status, body } = response;
	const envelopes = isRecord(body)
		? [body, recordAt(body, 'data'), recordAt(body, 'data', 'data')]
		: [];
	return apiError(node, explainRejectedInside(pair, subject), subject, {
		status,
		said: providerText(hide, ...envelopes),
	});
}

/** The error for an answer that is not what the provider documents. */
export function unreadableError(
	node: INode,
	pair: Pair,
	subject: Subject,
	response?: HttpResponse,
	hide = hideAll,
): NodeApiError {
	return apiError(node, explainUnreadable(pair, response?.origin, subject), subject, {
		status: response?.statusCode ?? 200,
		said: providerText(hide, response?.body),
	});
}

/** The error for a request that got no answer at all from the server at `origin`. */
export function noAnswerError(
	node: INode,
	pair: Pair,
	cause: unknown,
	subject: Subject,
	origin?: string,
): NodeApiError {
	return apiError(node, explainNoAnswer(pair, cause, subject, origin), subject);
}
