import type { IExecutePaginationFunctions } from 'n8n-workflow';
import type { Pair } from '../model/pair';
import { cancelledError } from '../operation/item';
import type { OwnError } from '../operation/item';
import { unreadableError } from '../transport/errors';
import type { HttpResponse, Subject } from '../transport/errors';
import { bodyOrThrow, isOwnError } from '../transport/request';

/** The error for an answer that is no sent message; `context.outcome` tells what became of it. */
export async function outcomeError(
	context: IExecutePaginationFunctions,
	pair: Pair,
	response: HttpResponse,
	subject: Subject,
	outcome: 'notSent' | 'unknown',
): Promise<OwnError> {
	const error = await bodyOrThrow(context, pair, response, subject).then(
		(body) => unreadableError(context.getNode(), pair, { ...response, body }, subject),
		(thrown: unknown) => (isOwnError(thrown) ? thrown : cancelledError(context)),
	);
	error.context.outcome = outcome;
	return error;
}
