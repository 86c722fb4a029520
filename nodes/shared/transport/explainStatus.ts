import type { Pair } from '../model/pair';
import { adviceFor, moveAdvice } from './explain';
import type { Explanation } from './explain';
import { isOfApi, isRejected, retryAfterSeconds } from './response';
import type { HttpResponse, Subject } from './response';

/** Where a path that the user chose is to blame, not a field of another operation. */
function explainEndpoint(pair: Pair, status: number, endpoint: string): Explanation | undefined {
	if (status === 404) {
		return {
			message: `${pair.provider} found nothing at '${endpoint}'`,
			advice: `Compare the Path and the IDs in it with the documentation of ${pair.provider}.`,
			failure: { cause: 'configuration-invalid' },
		};
	}
	if (status === 409) {
		return {
			message: `${pair.provider} rejected the request (status ${status})`,
			advice: 'Nothing was done: it conflicts with what is there already.',
		};
	}
	if (status >= 300 && status < 400) {
		return {
			message: `${pair.provider} answered with a redirect`,
			advice:
				'The redirect is not followed, so that the API key goes nowhere else. Check the Path, ' +
				'and the Base URL in the credential.',
		};
	}
	return undefined;
}

function adviceWhereNothingIs({ fan, fanList, chat, messageId }: Subject): string {
	if (fanList) {
		return 'Choose the list from the list in the Fan List field, and check that it belongs to the account.';
	}
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

function notFound(pair: Pair, { chat, messageId, fan, fanList }: Subject): string {
	if (fanList && fan) return `The list '${fanList}' was not found, or not the fan '${fan}' on it`;
	if (fanList) return `The list '${fanList}' was not found`;
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
	if (subject.isSending && pair.idempotency?.isStillSending(body)) {
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
			'It conflicts with what is there already, or with another request that is still ' +
				'running. Look at what is there, then run this again.',
		),
	};
}

type Explain = (pair: Pair, response: HttpResponse, subject: Subject) => Explanation;

const accountIn = ({ account }: Subject) =>
	account === undefined ? 'this account' : `the account '${account}'`;

const explainValues: Explain = ({ provider }) => ({
	message: `${provider} did not accept the values`,
	advice: 'Nothing was done. Change the fields named below, then run this again.',
	failure: { cause: 'configuration-invalid' },
});

const explainRateLimit: Explain = (pair, response) => {
	const seconds = retryAfterSeconds(pair, response);
	const wait = seconds === undefined ? 'a minute' : `${seconds} seconds`;
	return {
		message: `${pair.provider}: rate limit reached`,
		advice:
			`Nothing was done. Wait ${wait}, then run this again. The node waits by itself for up to ` +
			'five minutes: if this happens often, lower the option Max Parallel Requests, or check ' +
			'what else uses the account.',
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
			advice: `Check at ${console} which accounts and platforms the key can use.`,
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
			message: 'The Base URL in the credential redirects to another address',
			advice:
				'The redirect is not followed, so that the API key goes nowhere else. Enter the final ' +
				'address as the Base URL.',
			failure: { cause: 'configuration-invalid' },
		};
	}
	if (status >= 500) {
		return {
			message: `${provider} is not available right now (status ${status})`,
			advice: `${moved}${adviceFor(subject, 'Run this again in a few minutes.')}`,
			failure: { cause: 'temporarily-unavailable' },
		};
	}
	return {
		message: `${provider} rejected the request (status ${status})`,
		advice: 'Compare the fields of this node with what the provider says.',
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
