import { recordAt, textOf, valueAt } from '../model/values';
import type { Hide } from './secrets';

const MAX_PROVIDER_TEXT = 400;

/** The texts in an answer that may say why it is no success. */
function textsIn(body: unknown): string[] {
	const texts = ['message', 'error', 'description', 'detail', 'reason'].flatMap(
		(key) => textOf(valueAt(body, key)) ?? [],
	);
	for (const [field, problems] of Object.entries(recordAt(body, 'errors'))) {
		const all: unknown[] = Array.isArray(problems) ? problems : [problems];
		texts.push(`${field}: ${all.filter((one) => typeof one === 'string').join(' ')}`);
	}
	if (typeof body === 'string') texts.push(/<title>([^<]*)/i.exec(body)?.[1] ?? body);
	return texts;
}

/**
 * The provider's own words in answers that are no success: without secrets and tags, and cut to a
 * readable length. The cut comes last: what is hidden is found only where it is whole.
 */
export function providerText(hide: Hide, ...bodies: unknown[]): string {
	const said = hide([...new Set(bodies.flatMap(textsIn))].join(' · '));
	const plain = said
		.replace(/<[^>]*>/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();
	return plain.length > MAX_PROVIDER_TEXT ? `${plain.slice(0, MAX_PROVIDER_TEXT)}…` : plain;
}
