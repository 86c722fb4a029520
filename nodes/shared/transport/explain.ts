import type { NodeApiError } from 'n8n-workflow';
import type { Pair } from '../model/pair';
import type { Subject } from './response';
import { networkCode, neverSentReason } from './unanswered';

/** What went wrong and what to do, in words for the user. */
export interface Explanation {
	message: string;
	/** What to do next. */
	advice: string;
	failure?: NonNullable<NodeApiError['failure']>;
}

/** A message to many has no chat to look in. */
function unknownOutcome({ chat }: Subject): string {
	return (
		'It is not known whether the message was sent: look ' +
		`${chat ? 'in the chat' : 'at the list of mass messages'} before you send it again.`
	);
}

const UNKNOWN_CHANGE = 'It is not known whether this was carried out: look before you do it again.';

/**
 * What to do first where the request went to the address that the provider has left; otherwise
 * nothing.
 */
export function moveAdvice(
	{ provider, address, formerAddress }: Pair,
	origin: string | undefined,
): string {
	if (formerAddress === undefined || origin === undefined) return '';
	const isLeft = new URL(origin).hostname === new URL(formerAddress).hostname;
	return isLeft
		? `${provider} has moved: change the Base URL in the credential to ${address}. The API key ` +
				'stays the same. '
		: '';
}

/**
 * What to do where it is not known what became of the request, if that matters; otherwise `advice`.
 */
export function adviceFor(subject: Subject, advice: string): string {
	if (subject.isSending) return unknownOutcome(subject);
	return subject.isChanging ? UNKNOWN_CHANGE : advice;
}

/** The platform's own reason, where it rejected the request. */
export function explainRejection(reason: string): Explanation {
	return {
		message: `The platform rejected the request: ${reason}`,
		advice:
			'Nothing was done. This is what the platform itself said: change what it names, then ' +
			'run this again.',
		failure: { cause: 'configuration-invalid' },
	};
}

/** A good status whose body says that it did not work. */
export function explainRejectedInside({ provider }: Pair, subject: Subject): Explanation {
	return {
		message: `${provider} rejected the request`,
		advice: adviceFor(subject, 'Check the account and the chat, then run this again.'),
	};
}

/** A response that is not what the provider documents. */
export function explainUnreadable(
	pair: Pair,
	origin: string | undefined,
	subject: Subject,
): Explanation {
	const { provider, address } = pair;
	const check =
		`Check the Base URL in the credential: it has to be the address of ${provider}, ` +
		`${address}, without a path.`;
	return {
		message: `${provider} sent an unexpected response`,
		advice: `${adviceFor(subject, '')} ${moveAdvice(pair, origin) || check}`.trim(),
		failure: { cause: 'configuration-invalid' },
	};
}

/** No answer at all from the server at `origin`. */
export function explainNoAnswer(
	pair: Pair,
	cause: unknown,
	subject: Subject,
	origin: string | undefined,
): Explanation {
	const neverSent = neverSentReason(cause);
	const code = networkCode(cause);
	if (neverSent === undefined) {
		return {
			message: `${pair.provider} did not respond`,
			advice:
				moveAdvice(pair, origin) +
				adviceFor(subject, 'Run this again in a few minutes.') +
				(code === undefined ? '' : ` (${code})`),
			failure: { cause: 'temporarily-unavailable' },
		};
	}
	const { reason, isTls } = neverSent;
	const certificates = isTls
		? ' If there is a proxy of your own in between, add its certificate to n8n ' +
			'(NODE_EXTRA_CA_CERTS).'
		: '';
	return {
		message: `${pair.provider} could not be reached`,
		advice:
			`Nothing was done: ${reason}. ${moveAdvice(pair, origin)}Check the Base URL in the ` +
			`credential and the network of the n8n server.${certificates}`,
		failure: { cause: isTls ? 'configuration-invalid' : 'temporarily-unavailable' },
	};
}
