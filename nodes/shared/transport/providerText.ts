import { recordAt, textOf, valueAt } from '../model/values';
import type { Hide } from './secrets';

const MAX_PROVIDER_TEXT = 400;

/** A name for programs, such as VALIDATION_ERROR. */
const CODE = /^[A-Z][A-Z\d]*(?:_[A-Z\d]+)+$/;

/** How a message says that there is more wrong than it names. */
const MORE = /\s*\(and \d+ more errors?\)$/;

/** What is wrong with each field: its name, and the texts about it. */
function problemsIn(body: unknown): Array<{ field: string; texts: string[] }> {
	return Object.entries(recordAt(body, 'errors')).map(([field, problems]) => {
		const all: unknown[] = Array.isArray(problems) ? problems : [problems];
		return { field, texts: all.filter((one) => typeof one === 'string') };
	});
}

/**
 * The texts in an answer that may say why it is no success, each once: where a message says what
 * happened, codes and general descriptions add nothing to it, and where it says what is said of a
 * field, it stands beside that field alone.
 */
function textsIn(body: unknown): string[] {
	if (typeof body === 'string') return [/<title>([^<]*)/i.exec(body)?.[1] ?? body];
	const problems = problemsIn(body);
	const ofFields = problems.map(({ field, texts }) => `${field}: ${texts.join(' ')}`);
	const read = (...keys: string[]) => keys.flatMap((key) => textOf(valueAt(body, key)) ?? []);
	const said = read('message', 'error', 'detail', 'reason').filter((one) => !CODE.test(one));
	const others = said.filter(
		(one) => !problems.some(({ texts }) => texts.includes(one.replace(MORE, ''))),
	);
	const found = [...others, ...ofFields];
	return found.length > 0 ? found : read('description', 'error');
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
