import { valueAt } from '../model/values';

/**
 * What the codes of Node's network layer mean; the code itself must stay out of the message, n8n
 * rewrites it.
 */
const NEVER_SENT: Record<string, string> = {
	ENOTFOUND: 'no server has this name',
	EAI_AGAIN: 'the name of the server could not be looked up',
	ECONNREFUSED: 'no server is listening there',
	EHOSTUNREACH: 'there is no way to this server',
	ENETUNREACH: 'there is no network',
};

/**
 * Codes of a server's certificate that n8n does not trust: Node closes the connection before it
 * sends the request.
 */
const CERTIFICATE = new RegExp(
	'^(?:ERR_TLS_CERT_|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|INVALID_CA|' +
		'INVALID_PURPOSE|PATH_LENGTH_EXCEEDED)',
);

/**
 * What a server without the right certificate of n8n hears in TLS 1.3, where the request may have
 * left already: it is not looked at.
 */
const CERTIFICATE_REQUIRED = /alert certificate required/i;

/** What a connection says that was there already when the network went away. */
const OF_CONNECTION = /^(?:read|write) E/;

/** Why a request certainly never reached the server; undefined where it may have. */
export function neverSentReason(cause: unknown): { reason: string; isTls: boolean } | undefined {
	const code = networkCode(cause) ?? '';
	const says = (words: RegExp) => causesOf(cause).some(({ message }) => words.test(message));
	const reason =
		Object.hasOwn(NEVER_SENT, code) && !says(OF_CONNECTION) ? NEVER_SENT[code] : undefined;
	if (reason !== undefined) return { reason, isTls: false };
	if (CERTIFICATE.test(code)) {
		return { reason: `n8n does not trust the certificate of the server (${code})`, isTls: true };
	}
	if (!says(CERTIFICATE_REQUIRED) && !causesOf(cause).some(isBeforeConnection)) return undefined;
	return { reason: 'no encrypted connection to the server came about', isTls: true };
}

/**
 * Whether a request failed while it had no connection, or one that was still to be encrypted. The
 * same words of TLS may come on a connection that has carried the request: only its state tells.
 */
function isBeforeConnection(error: Error): boolean {
	const socket = valueAt(error, 'request', 'socket');
	return socket === null || valueAt(socket, 'secureConnecting') === true;
}

/** How many causes of causes are looked at. */
const MAX_CAUSES = 5;

/** An error and what caused it, the outermost first. */
function causesOf(cause: unknown): Error[] {
	const causes: Error[] = [];
	for (
		let current = cause;
		causes.length < MAX_CAUSES && current instanceof Error;
		current = current.cause
	) {
		causes.push(current);
	}
	return causes;
}

/** The error code of a network fault, found along the chain of causes. */
export function networkCode(cause: unknown): string | undefined {
	for (const error of causesOf(cause)) {
		if ('code' in error && typeof error.code === 'string') return error.code;
	}
	return undefined;
}
