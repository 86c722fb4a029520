import { isRecord, textOf, valueAt } from '../../shared/model/values';

/** The texts inside a value, those of a field behind the field's name. */
function textsIn(value: unknown, field = ''): string[] {
	if (isRecord(value)) {
		return Object.entries(value).flatMap(([name, inner]) => textsIn(inner, name));
	}
	const texts = (Array.isArray(value) ? value : [value]).flatMap((one) => textOf(one) ?? []);
	return texts.length === 0
		? []
		: [field === '' ? texts.join(' ') : `${field}: ${texts.join(' ')}`];
}

/**
 * Why the platform behind the provider refused a request, in its own words: they stand in the
 * answer's `<platform>_response.body`, and the provider's own text says nothing of them
 * (docs/providers.md). Undefined where there are none.
 */
export function platformReason(field: 'onlyfans_response' | 'fansly_response') {
	return (response: unknown): string | undefined => {
		const message = textOf(valueAt(response, field, 'body', 'error', 'message'));
		// What the message says already is not said again.
		const others = textsIn(valueAt(response, field, 'body', 'errors')).filter(
			(text) => message === undefined || !text.endsWith(message),
		);
		return [message ?? [], others].flat().join(' · ') || undefined;
	};
}
