/** What the codes of Node's network layer mean; the code itself must stay out of the message, n8n rewrites it. */
const NEVER_SENT: Record<string, string> = {
	ENOTFOUND: 'no server has this name',
	EAI_AGAIN: 'the name of the server could not be looked up',
	ECONNREFUSED: 'no server is listening there',
	EHOSTUNREACH: 'there is no way to this server',
	ENETUNREACH: 'there is no network',
};

/** Codes of a server's certificate that n8n does not trust: Node closes the connection before it sends the request. */
const CERTIFICATE = /^(?:ERR_TLS_CERT_|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED)/;

/** What Node says where the two sides could not agree on an encrypted connection, so that no request left. */
const NO_HANDSHAKE = /before secure TLS connection was established|wrong version number|unsupported protocol|alert (?:handshake failure|protocol version|insufficient security|unrecognized name|certificate required|number (?:40|70|71|112|116)\b)/i;

/** Why a request certainly never reached the server; undefined where it may have. */
export function neverSentReason(cause: unknown): { reason: string; isTls: boolean } | undefined {
	const code = networkCode(cause) ?? '';
	const reason = Object.hasOwn(NEVER_SENT, code) ? NEVER_SENT[code] : undefined;
	if (reason !== undefined) return { reason, isTls: false };
	if (CERTIFICATE.test(code)) return { reason: `n8n does not trust the certificate of the server (${code})`, isTls: true };
	const words = messagesOf(cause).find((message) => NO_HANDSHAKE.test(message));
	return words === undefined ? undefined : { reason: 'no encrypted connection to the server came about', isTls: true };
}

/** How many causes of causes are looked at. */
const MAX_CAUSES = 5;

function* causesOf(cause: unknown): Generator<Error> {
	let current = cause;
	for (let depth = 0; depth < MAX_CAUSES && current instanceof Error; depth++) {
		yield current;
		current = current.cause;
	}
}

/** The error code of a network fault, found along the chain of causes. */
export function networkCode(cause: unknown): string | undefined {
	for (const error of causesOf(cause)) if ('code' in error && typeof error.code === 'string') return error.code;
	return undefined;
}

const messagesOf = (cause: unknown): string[] => Array.from(causesOf(cause), ({ message }) => message);
