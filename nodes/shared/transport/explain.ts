import type { NodeApiError } from 'n8n-workflow';
import type { Pair } from '../model/pair';
import { isRecord } from '../model/values';
import { isRejected, retryAfterSeconds } from './response';
import type { HttpResponse, Subject } from './response';

type Failure = NonNullable<NodeApiError['failure']>;

export interface Explanation {
	message: string;
	/** What to do next. */
	advice: string;
	failure?: Failure;
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
 * Whether an answer is one of the API's: those are JSON objects or lists, and never lead elsewhere.
 */
function isOfApi({ statusCode: status, body }: HttpResponse): boolean {
	return (isRecord(body) || Array.isArray(body)) && !(status >= 300 && status < 400);
}

/**
 * What to do where it is not known what became of the request, if that matters; otherwise `advice`.
 */
export function adviceFor(subject: Subject, advice: string): string {
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
function explainConflict(pair: Pair, subject: Subject, body: unknown): Explanation {
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

/** What a status means that says the same of every request. */
function explainByStatus(pair: Pair, status: number, account: string): Explanation | undefined {
	const explanations: Record<number, Explanation> = {
		400: {
			message: `${pair.provider} did not accept the values`,
			advice: 'Nothing was done. Change the fields that it names, then run this again.',
			failure: { cause: 'configuration-invalid' },
		},
		401: {
			message: `${pair.provider} did not accept the API key`,
			advice: `Copy a current key from ${pair.console} into the credential of this node.`,
			failure: { cause: 'credential-invalid' },
		},
		402: {
			message: `There are no ${pair.provider} credits left`,
			advice: `Nothing was done. Add credits at ${pair.console}, then run this again.`,
			failure: { cause: 'quota-exhausted' },
		},
		403: {
			message: `${pair.provider} does not allow this API key to use ${account}`,
			advice: `Check at ${pair.console} which accounts and platforms the key may use.`,
			failure: { cause: 'credential-invalid' },
		},
	};
	return explanations[status === 422 ? 400 : status];
}

function explainRateLimit(pair: Pair, response: HttpResponse): Explanation {
	const seconds = retryAfterSeconds(pair, response);
	const wait = seconds === undefined ? 'a minute' : `${seconds} seconds`;
	return {
		message: `${pair.provider} asks to slow down`,
		advice:
			`Nothing was done. Wait ${wait}, then run this again. The node waits by itself for up to ` +
			'five minutes: if it happens often, lower Options › Requests at a Time, or see what else ' +
			'uses the account.',
		failure: {
			cause: 'rate-limited',
			...(seconds !== undefined && { retryAfterMs: seconds * 1000 }),
		},
	};
}

/** What is left to say of a status that has no meaning of its own here. */
function explainOther(pair: Pair, status: number, subject: Subject, moved: string): Explanation {
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
			message: `${pair.provider} could not answer right now (status ${status})`,
			advice: `${moved}${adviceFor(subject, 'Run this again in a few minutes.')}`,
			failure: { cause: 'temporarily-unavailable' },
		};
	}
	return {
		message: `${pair.provider} did not carry out the request (status ${status})`,
		advice: 'Check the fields of this node against what the provider says.',
	};
}

/** What a status that is no success means to the user, and what to do next. */
export function explainStatus(pair: Pair, response: HttpResponse, subject: Subject): Explanation {
	const { statusCode: status, body } = response;
	const account =
		subject.account === undefined ? 'this account' : `the account '${subject.account}'`;
	if (pair.isUnknownAccount(status, body)) {
		return {
			message: `${pair.provider} does not know ${account}`,
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
	const { endpoint } = subject;
	const atEndpoint = endpoint === undefined ? undefined : explainEndpoint(pair, status, endpoint);
	if (atEndpoint !== undefined) return atEndpoint;
	if (status === 404) {
		return {
			message: notFound(pair, subject),
			advice: adviceWhereNothingIs(subject),
			failure: { cause: 'configuration-invalid' },
		};
	}
	if (status === 409) return explainConflict(pair, subject, body);
	if (status === 429) return explainRateLimit(pair, response);
	return explainByStatus(pair, status, account) ?? explainOther(pair, status, subject, moved);
}
