import { createHmac, timingSafeEqual } from 'crypto';

/**
 * Whether a delivery was signed with the secret: `given` is the hex HMAC-SHA256 of the body as it
 * arrived, in either case, with or without `sha256=` before it. Never throws; compares
 * in constant time. An empty secret signs nothing.
 */
export function isSignedWith(secret: string, rawBody: Buffer, given: unknown): boolean {
	if (secret === '' || typeof given !== 'string') return false;
	const expected = createHmac('sha256', secret).update(rawBody).digest();
	const hex = given
		.trim()
		.toLowerCase()
		.replace(/^sha256=/, '');
	// Buffer.from stops at the first character that is not hex: such a text is never right.
	if (!/^[\da-f]{64}$/.test(hex)) return false;
	return timingSafeEqual(expected, Buffer.from(hex, 'hex'));
}
