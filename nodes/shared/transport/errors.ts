import { NodeApiError } from 'n8n-workflow';
import type { INode, JsonObject } from 'n8n-workflow';
import type { Pair } from '../model/pair';
import { isRecord, recordAt } from '../model/values';
import { adviceFor, explainStatus, moveAdvice } from './explain';
import type { Explanation } from './explain';
import { providerText } from './providerText';
import type { Hide } from './providerText';
import type { HttpResponse, Subject } from './response';
import { networkCode, neverSentReason } from './unanswered';

function apiError(
	node: INode,
	explanation: Explanation,
	subject: Subject,
	details: { status?: number; said?: string } = {},
): NodeApiError {
	const { itemIndex } = subject;
	const said =
		details.said === undefined || details.said === '' ? '' : ` The answer was: ${details.said}`;
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
 * Statuses that, with the platform's own reason, are about neither the API key nor the form of the
 * request.
 */
const REJECTED = [400, 401, 403, 422];

function rejection(reason: string): Explanation {
	return {
		message: `The platform rejected the request: ${reason}`,
		advice:
			'Nothing was done. The words are those of the platform itself: change what they name, ' +
			'then run this again.',
		failure: { cause: 'configuration-invalid' },
	};
}

/** The error for an answer whose status is not a success. `hide` removes secrets from a text. */
export function statusError(
	node: INode,
	pair: Pair,
	response: HttpResponse,
	subject: Subject,
	hide?: Hide,
): NodeApiError {
	const { statusCode: status, body } = response;
	const reason = pair.readReason?.(body);
	const said = providerText(reason ?? body, hide);
	if (reason !== undefined && REJECTED.includes(status)) {
		return apiError(node, rejection(said), subject, { status });
	}
	return apiError(node, explainStatus(pair, response, subject), subject, { status, said });
}

/** The error for a good status whose body says that it did not work. */
export function rejectedInsideError(
	node: INode,
	pair: Pair,
	response: HttpResponse,
	subject: Subject,
	hide?: Hide,
): NodeApiError {
	const inner = isRecord(response.body)
		? [response.body, recordAt(response.body, 'data'), recordAt(response.body, 'data', 'data')]
		: [];
	return apiError(
		node,
		{
			message: `${pair.provider} answered that it did not carry out the request`,
			advice: adviceFor(subject, 'Check the account and the chat, then run this again.'),
		},
		subject,
		{
			status: response.statusCode,
			said: inner
				.map((part) => providerText(part, hide))
				.filter(Boolean)
				.join(' · '),
		},
	);
}

/**
 * The error for an answer that is not what the provider documents. `hide` takes the API key out of
 * what the provider said in it.
 */
export function unreadableError(
	node: INode,
	pair: Pair,
	subject: Subject,
	response?: HttpResponse,
	hide?: Hide,
): NodeApiError {
	const baseUrlAdvice =
		'Check the Base URL in the credential: it has to be the address of ' +
		`${pair.provider} alone, ${pair.address}.`;
	return apiError(
		node,
		{
			message: `The answer is not one that ${pair.provider} gives`,
			advice:
				`${adviceFor(subject, '')} ${moveAdvice(pair, response?.origin) || baseUrlAdvice}`.trim(),
			failure: { cause: 'configuration-invalid' },
		},
		subject,
		{ status: response?.statusCode ?? 200, said: providerText(response?.body, hide) },
	);
}

/** The error for a request that got no answer at all from the server at `origin`. */
export function noAnswerError(
	node: INode,
	pair: Pair,
	cause: unknown,
	subject: Subject,
	origin?: string,
): NodeApiError {
	const code = networkCode(cause);
	const neverSent = neverSentReason(cause);
	if (neverSent !== undefined) {
		const { reason, isTls } = neverSent;
		const certificates = isTls
			? ' Where a proxy of your own stands in between, add its certificate to n8n ' +
				'(NODE_EXTRA_CA_CERTS).'
			: '';
		return apiError(
			node,
			{
				message: `${pair.provider} could not be reached`,
				advice:
					`Nothing was done: ${reason}. ${moveAdvice(pair, origin)}Check the Base URL in the ` +
					`credential and the network of the n8n server.${certificates}`,
				failure: { cause: isTls ? 'configuration-invalid' : 'temporarily-unavailable' },
			},
			subject,
		);
	}
	return apiError(
		node,
		{
			message: `${pair.provider} gave no answer`,
			advice:
				moveAdvice(pair, origin) +
				adviceFor(subject, 'Run this again in a few minutes.') +
				(code === undefined ? '' : ` (${code})`),
			failure: { cause: 'temporarily-unavailable' },
		},
		subject,
	);
}
