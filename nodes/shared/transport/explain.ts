import type { NodeApiError } from 'n8n-workflow';
import type { Pair } from '../model/pair';
import { isOfApi, isRejected, retryAfterSeconds } from './response';
import type { HttpResponse, Subject } from './response';
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
function moveAdvice(
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
function adviceFor(subject: Subject, advice: string): string {
	if (subject.isSending) return unknownOutcome(subject);
	return subject.isChanging ? UNKNOWN_CHANGE : advice;
}

/** Where a path that the user chose is to blame, not a field of another operation. */
function explainEndpoint(pair: Pair, status: number, endpoint: string): Explanation | undefined {
	if (status === 404) {
		return {
			message: `${pair.provider} found nothing at '${endpoint}'`,
			advice: `Check the Path and the IDs in it against the documents of ${pair.provider}.`,
			failure: { cause: 'configuration-invalid' },
		};
	}
	if (status === 409) {
		return {
			message: `${pair.provider} did not carry out the request (status ${status})`,
			advice: 'Nothing was done: it goes against what is there already.',
		};
	}
	if (status >= 300 && status < 400) {
		return {
			message: `${pair.provider} answered with a redirect`,
			advice:
				'It is not followed, so that the API key stays where it belongs. Check the Path, and ' +
				'the Base URL in the credential.',
		};
	}
	return undefined;
}

function adviceWhereNothingIs({ fan, chat, messageId }: Subject): string {
	if (fan) return 'Check the user name or the ID, and the account.';
	if (messageId && !chat) return 'Check the ID, and that it belongs to the account.';
	if (messageId) return "Check the message's ID, and that the message is in this chat.";
	if (!chat) {
		return (
			'Check the IDs in the fields of this node, and that they belong to the account. If ' +
			'nothing can be found at all, check the Base URL in the credential.'
		);
	}
	return (
		'Choose the chat from the list in the Chat field, and check that it belongs to the ' +
		'account. If nothing can be found at all, check the Base URL in the credential.'
	);
}

function notFound(pair: Pair, { chat, messageId, fan }: Subject): string {
	if (fan) return `The fan '${fan}' was not found`;
	if (messageId) {
		return `The message '${messageId}' was not found${chat ? ` in the chat '${chat}'` : ''}`;
	}
	return chat
		? `The chat '${chat}' was not found`
		: `${pair.provider} found nothing at this address`;
}

/** A 409: only of a message that has a key is it known what it goes against. */
function explainConflict(pair: Pair, { body }: HttpResponse, subject: Subject): Explanation {
	if (subject.isSending && pair.isStillSending?.(body)) {
		return {
			message: 'The same message is already being sent',
			advice:
				`${pair.provider} is still working on an earlier request with the same key. Wait a ` +
				'moment, then look in the chat before you send it again.',
		};
	}
	return {
		message: `${pair.provider} reports a conflict (status 409)`,
		advice: adviceFor(
			subject,
			'It goes against what is there already, or against another request that is under way. ' +
				'Look at what is there, then run this again.',
		),
	};
}

type Explain = (pair: Pair, response: HttpResponse, subject: Subject) => Explanation;

const accountIn = ({ account }: Subject) =>
	account === undefined ? 'this account' : `the account '${account}'`;

const explainValues: Explain = ({ provider }) => ({
	message: `${provider} did not accept the values`,
	advice: 'Nothing was done. Change the fields that it names, then run this again.',
	failure: { cause: 'configuration-invalid' },
});

const explainRateLimit: Explain = (pair, response) => {
	const seconds = retryAfterSeconds(pair, response);
	const wait = seconds === undefined ? 'a minute' : `${seconds} seconds`;
	return {
		message: `${pair.provider} asks to slow down`,
		advice:
			`Nothing was done. Wait ${wait}, then run this again. The node waits by itself for up to ` +
			'five minutes: if it happens often, lower Options › Requests at a Time, or see what ' +
			'else uses the account.',
		failure: {
			cause: 'rate-limited',
			...(seconds !== undefined && { retryAfterMs: seconds * 1000 }),
		},
	};
};

/** The statuses that have one meaning. */
const BY_STATUS = new Map<number, Explain>([
	[400, explainValues],
	[
		401,
		({ provider, console }) => ({
			message: `${provider} did not accept the API key`,
			advice: `Copy a current key from ${console} into the credential of this node.`,
			failure: { cause: 'credential-invalid' },
		}),
	],
	[
		402,
		({ provider, console }) => ({
			message: `There are no ${provider} credits left`,
			advice: `Nothing was done. Add credits at ${console}, then run this again.`,
			failure: { cause: 'quota-exhausted' },
		}),
	],
	[
		403,
		({ provider, console }, _response, subject) => ({
			message: `${provider} does not allow this API key to use ${accountIn(subject)}`,
			advice: `Check at ${console} which accounts and platforms the key may use.`,
			failure: { cause: 'credential-invalid' },
		}),
	],
	[
		404,
		(pair, _response, subject) => ({
			message: notFound(pair, subject),
			advice: adviceWhereNothingIs(subject),
			failure: { cause: 'configuration-invalid' },
		}),
	],
	[409, explainConflict],
	[422, explainValues],
	[429, explainRateLimit],
]);

/**
 * A status that has no meaning of its own, by its hundred. `moved` is the advice where the provider
 * has moved.
 */
function explainOther(
	{ provider }: Pair,
	status: number,
	subject: Subject,
	moved: string,
): Explanation {
	if (status >= 300 && status < 400) {
		return {
			message: 'The Base URL in the credential leads somewhere else',
			advice:
				'The server answered with a redirect, which is not followed so that the API key ' +
				'stays where it belongs. Enter the final address as the Base URL.',
			failure: { cause: 'configuration-invalid' },
		};
	}
	if (status >= 500) {
		return {
			message: `${provider} could not answer right now (status ${status})`,
			advice: `${moved}${adviceFor(subject, 'Run this again in a few minutes.')}`,
			failure: { cause: 'temporarily-unavailable' },
		};
	}
	return {
		message: `${provider} did not carry out the request (status ${status})`,
		advice: 'Check the fields of this node against what the provider says.',
	};
}

/** What a status that is no success means, and what to do next. */
export function explainStatus(pair: Pair, response: HttpResponse, subject: Subject): Explanation {
	const { statusCode: status, body } = response;
	if (pair.isUnknownAccount(status, body)) {
		return {
			message: `${pair.provider} does not know ${accountIn(subject)}`,
			advice:
				'Choose the account from the list in the Account field, or connect it to this API ' +
				'key in the console.',
			failure: { cause: 'configuration-invalid' },
		};
	}
	// A page that does not come from the API says nothing about chats or accounts.
	const moved = isOfApi(response) ? '' : moveAdvice(pair, response.origin);
	if (moved !== '' && isRejected(pair, response)) {
		return {
			message: `${pair.provider} is no longer at the Base URL in the credential (status ${status})`,
			advice: `Nothing was done. ${moved}`.trim(),
			failure: { cause: 'configuration-invalid' },
		};
	}
	const atEndpoint =
		subject.endpoint === undefined ? undefined : explainEndpoint(pair, status, subject.endpoint);
	return (
		atEndpoint ??
		BY_STATUS.get(status)?.(pair, response, subject) ??
		explainOther(pair, status, subject, moved)
	);
}

/** The platform's own reason, where it rejected the request. */
export function explainRejection(reason: string): Explanation {
	return {
		message: `The platform rejected the request: ${reason}`,
		advice:
			'Nothing was done. The words are those of the platform itself: change what they name, ' +
			'then run this again.',
		failure: { cause: 'configuration-invalid' },
	};
}

/** A good status whose body says that it did not work. */
export function explainRejectedInside({ provider }: Pair, subject: Subject): Explanation {
	return {
		message: `${provider} answered that it did not carry out the request`,
		advice: adviceFor(subject, 'Check the account and the chat, then run this again.'),
	};
}

/** An answer that is not what the provider documents. */
export function explainUnreadable(
	pair: Pair,
	origin: string | undefined,
	subject: Subject,
): Explanation {
	const { provider, address } = pair;
	const check =
		`Check the Base URL in the credential: it has to be the address of ${provider} alone, ` +
		`${address}.`;
	return {
		message: `The answer is not one that ${provider} gives`,
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
			message: `${pair.provider} gave no answer`,
			advice:
				moveAdvice(pair, origin) +
				adviceFor(subject, 'Run this again in a few minutes.') +
				(code === undefined ? '' : ` (${code})`),
			failure: { cause: 'temporarily-unavailable' },
		};
	}
	const { reason, isTls } = neverSent;
	const certificates = isTls
		? ' Where a proxy of your own stands in between, add its certificate to n8n ' +
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
