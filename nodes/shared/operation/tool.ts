import type { IExecuteSingleFunctions } from 'n8n-workflow';
import { isOwnError } from '../transport/request';

/**
 * An error as it is to be thrown. Where the node is the tool of an agent, n8n tells the model the
 * error's message and nothing else (Agent 3 of n8n 2.41): there the message says it all, such as
 * which fields are wrong, whether something was sent and what to do before another try.
 */
export function toldWhole(context: IExecuteSingleFunctions, error: unknown): unknown {
	const isTool = context.getNode().type.endsWith('Tool');
	if (!isTool || !isOwnError(error) || !error.description) return error;
	error.message = `${error.message}. ${error.description}`;
	error.description = undefined;
	return error;
}
