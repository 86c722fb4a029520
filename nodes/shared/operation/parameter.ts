import type { IExecuteSingleFunctions } from 'n8n-workflow';
import { Validation } from '../parameters/validation';
import { perAttempt } from './run';

/** What the fields hold, by their paths, before expressions are evaluated: the same for every item. */
const rawValuesOf = perAttempt(() => new Map<string, unknown>());

/** What the items' fields hold. */
const valuesOf = perAttempt(() => new Map<string, unknown>());

/** What a field holds before its expressions are evaluated, or `fallback`. Read once in a try. */
export function rawParameterOf(
	context: IExecuteSingleFunctions,
	path: string,
	fallback: unknown = '',
): unknown {
	const raw = rawValuesOf(context);
	const key = JSON.stringify([path, fallback]);
	if (!raw.has(key)) {
		raw.set(key, context.getNodeParameter(path, fallback, { rawExpressions: true }));
	}
	return raw.get(key);
}

/** Whether n8n finds an expression in what a field holds. */
function hasExpression(raw: unknown): boolean {
	if (typeof raw === 'string') return raw.startsWith('=');
	return typeof raw === 'object' && raw !== null && Object.values(raw).some(hasExpression);
}

/**
 * What a field of the item holds, by its path, or `fallback`; `isLocator` takes the ID out of a
 * resource locator, and throws where n8n can't. Each is read once in a try, and once for all items
 * where it holds no expression: n8n evaluates an expression anew each time it is asked for one, and
 * what was checked is what is sent.
 */
export function parameterOf(
	context: IExecuteSingleFunctions,
	path: string,
	fallback: unknown = '',
	isLocator = false,
): unknown {
	const raw = rawParameterOf(context, path, fallback);
	if (raw === fallback && !isLocator) return fallback;
	const values = valuesOf(context);
	const item = hasExpression(raw) ? context.getItemIndex() : 'all';
	const key = JSON.stringify([item, path, fallback, isLocator]);
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
