import { NodeApiError } from 'n8n-workflow';
import type { INode, JsonObject } from 'n8n-workflow';
import type { Answer, Subject } from './answer';
import { explainNoAnswer, explainRefusal, explainRejection, explainStatus, explainUnreadable } from './explain';
import type { Explanation } from './explain';
import type { Pair } from './pair';
import { hideAll } from './secrets';
import { isRecord, recordAt } from './values';
import { providerWords } from './words';

/** Statuses that, with the platform's own reason, are about neither the API key nor the form of the request. */
const REJECTED = [400, 401, 403, 422];

function apiError(
	node: INode,
	explanation: Explanation,
	subject: Subject,
	details: { status?: number; said?: string } = {},
): NodeApiError {
	const { itemIndex } = subject;
	const said = details.said === undefined || details.said === '' ? '' : ` The answer was: ${details.said}`;
	const options = {
		message: itemIndex === undefined ? explanation.message : `${explanation.message} [item ${itemIndex}]`,
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
export function statusError(node: INode, pair: Pair, answer: Answer, subject: Subject, hide = hideAll): NodeApiError {
	const { statusCode: status, body } = answer;
	const reason = pair.readReason?.(body);
	const said = providerWords(hide, reason ?? body);
	if (reason !== undefined && REJECTED.includes(status)) return apiError(node, explainRejection(said), subject, { status });
	return apiError(node, explainStatus(pair, answer, subject), subject, { status, said });
}

/** The error for a good status whose body says that it did not work. */
export function refusalError(node: INode, pair: Pair, answer: Answer, subject: Subject, hide = hideAll): NodeApiError {
	const { statusCode: status, body } = answer;
	const envelopes = isRecord(body) ? [body, recordAt(body, 'data'), recordAt(body, 'data', 'data')] : [];
	return apiError(node, explainRefusal(pair, subject), subject, { status, said: providerWords(hide, ...envelopes) });
}

/** The error for an answer that is not what the provider documents. */
export function unreadableError(node: INode, pair: Pair, answer: Answer, subject: Subject, hide = hideAll): NodeApiError {
	const { statusCode: status, body, origin } = answer;
	return apiError(node, explainUnreadable(pair, origin, subject), subject, { status, said: providerWords(hide, body) });
}

/** The error for a request that got no answer at all from the server at `origin`. */
export function noAnswerError(node: INode, pair: Pair, cause: unknown, subject: Subject, origin?: string): NodeApiError {
	return apiError(node, explainNoAnswer(pair, cause, subject, origin), subject);
}
