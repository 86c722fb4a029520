import { ExpressionError, NodeOperationError } from 'n8n-workflow';
import type { IExecuteSingleFunctions } from 'n8n-workflow';
import { Invalid, required } from './parsers';
import type { Parser } from './parsers';

/** What n8n threw for an item, such as for an expression that it can't evaluate, with its number. */
export function errorOfItem(context: IExecuteSingleFunctions, cause: unknown): NodeOperationError {
	const itemIndex = context.getItemIndex();
	const thrown = cause instanceof Error ? cause : String(cause);
	const error = new NodeOperationError(context.getNode(), thrown, { itemIndex });
	error.message = `${error.message} [item ${itemIndex}]`;
	return error;
}

/** Reads fields one after the other and remembers everything that is wrong with them. */
export class Validation {
	private readonly problems: string[] = [];

	/**
	 * `readParameter` gives what a field holds, by its path, an empty text where the user did not add
	 * it. `isReading` where nothing could have been sent in any case.
	 */
	constructor(
		private readonly context: IExecuteSingleFunctions,
		private readonly readParameter: (path: string, isLocator: boolean) => unknown,
		private readonly isReading = false,
	) {}

	add(problem: string): void {
		this.problems.push(problem);
	}

	require(isRight: boolean, problem: string): void {
		if (!isRight) this.add(problem);
	}

	read<T>(value: unknown, field: string, parser: Parser<T>): T | undefined {
		const read = parser(value, field);
		if (!(read instanceof Invalid)) return read;
		this.add(read.problem);
		return undefined;
	}

	/** A node parameter by its path, missing when the user did not add it. */
	parameter<T>(path: string, field: string, parser: Parser<T>): T | undefined {
		return this.read(this.readParameter(path, false), field, parser);
	}

	/**
	 * The ID chosen in a resource locator, however it was chosen. Throws a NodeOperationError for an
	 * expression that n8n can't evaluate.
	 */
	chosenId(path: string, field: string, parser: Parser<string>): string | undefined {
		let value: unknown;
		try {
			value = this.readParameter(path, true);
		} catch (error) {
			if (error instanceof ExpressionError) throw errorOfItem(this.context, error);
			// n8n could not take the ID out of a pasted address.
			this.add(`'${field}' is not an address with an ID in it`);
			return undefined;
		}
		return this.read(value, field, required(parser));
	}

	/** One error for all that was found, naming the item; undefined when nothing was. */
	error(): NodeOperationError | undefined {
		const [first, ...others] = this.problems;
		if (first === undefined) return undefined;
		const itemIndex = this.context.getItemIndex();
		const message = others.length === 0 ? first : `${this.problems.length} fields are not valid`;
		return new NodeOperationError(this.context.getNode(), `${message} [item ${itemIndex}]`, {
			itemIndex,
			description:
				(others.length === 0 ? '' : `${this.problems.join('. ')}. `) +
				(this.isReading ? 'No request was made.' : 'Nothing was sent.'),
		});
	}
}
