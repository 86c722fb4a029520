import type { IExecuteSingleFunctions } from 'n8n-workflow';
import type { Pair } from '../model/pair';
import { cancelledError } from '../operation/item';
import { noAnswerError, unreadableError } from '../transport/errors';
import { bodyOrThrow, isOwnError } from '../transport/request';
import type { OwnError } from '../transport/request';
import type { HttpResponse, Subject } from '../transport/response';
import { keyHider } from '../transport/secrets';

/** The error for a response that is no sent message; `context.outcome` tells what became of it. */
export async function outcomeError(
	context: IExecuteSingleFunctions,
	pair: Pair,
	response: HttpResponse,
	subject: Subject,
	outcome: 'notSent' | 'unknown',
): Promise<OwnError> {
	const error = await bodyOrThrow(context, pair, response, subject).then(
		async (body) =>
			unreadableError(
				context.getNode(),
				pair,
				subject,
				{ ...response, body },
				await keyHider(context, pair),
			),
		(thrown: unknown) => (isOwnError(thrown) ? thrown : cancelledError(context)),
	);
	error.context.outcome = outcome;
	return error;
}

/** The error for a message that an earlier try may have sent, and that is not made again. */
export function unknownOutcomeError(
	context: IExecuteSingleFunctions,
	pair: Pair,
	subject: Subject,
): OwnError {
	const error = noAnswerError(context.getNode(), pair, undefined, subject);
	error.context.outcome = 'unknown';
	return error;
}
