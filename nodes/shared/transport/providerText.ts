import { recordAt, textOf, valueAt } from '../model/values';

const MAX_PROVIDER_TEXT = 400;

/** Takes secrets, such as the API key, out of a text. */
export type Hide = (text: string) => string;

/**
 * The provider's own words in an answer that is not a success: secrets and tags removed, cut to a
 * readable length.
 */
export function providerText(body: unknown, hide: Hide = (text) => text): string {
	const words: string[] = [];
	for (const key of ['message', 'error', 'description', 'detail', 'reason']) {
		const value = textOf(valueAt(body, key));
		if (value !== undefined && !words.includes(value)) words.push(value);
	}
	for (const [field, problems] of Object.entries(recordAt(body, 'errors'))) {
		const text = (Array.isArray(problems) ? problems : [problems])
			.filter((one) => typeof one === 'string')
			.join(' ');
		words.push(`${field}: ${text}`);
	}
	if (typeof body === 'string') words.push(/<title>([^<]*)/i.exec(body)?.[1] ?? body);
	const readable = words
		.join(' · ')
		.replace(/<[^>]*>/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();
	// Before it is cut: half a key is a key's half.
	const plain = hide(readable);
	return plain.length > MAX_PROVIDER_TEXT ? `${plain.slice(0, MAX_PROVIDER_TEXT)}…` : plain;
}
