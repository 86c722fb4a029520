import type { IExecuteSingleFunctions } from 'n8n-workflow';
import { Validation } from '../parameters/validation';
import { perAttempt } from './run';

/** What the items' fields hold. */
const valuesOf = perAttempt(() => new Map<string, unknown>());

/**
 * What a field of the item holds, by its path, or `fallback`; `isLocator` takes the ID out of a
 * resource locator, and throws where n8n can't. Each is read once in a try: n8n evaluates an
 * expression anew each time it is asked for one, and what was checked is what is sent.
 */
export function parameterOf(
	context: IExecuteSingleFunctions,
	path: string,
	fallback: unknown = '',
	isLocator = false,
): unknown {
	const values = valuesOf(context);
	const key = JSON.stringify([context.getItemIndex(), path, fallback, isLocator]);
	if (!values.has(key)) {
		values.set(key, context.getNodeParameter(path, fallback, { extractValue: isLocator }));
	}
	return values.get(key);
}

/** Reads the item's fields and remembers what is wrong with them; `isReading`: see `Validation`. */
export function validationOf(context: IExecuteSingleFunctions, isReading = false): Validation {
	return new Validation(
		context,
		(path, isLocator) => parameterOf(context, path, '', isLocator),
		isReading,
	);
}
