import type { IExecuteSingleFunctions } from 'n8n-workflow';
import { perAttempt } from '../operation/run';

/** The end of the last message to each chat: the next one waits for it. */
const turnsOf = perAttempt(() => new Map<string, Promise<unknown>>());

/** Runs work when all earlier work for the chat has ended, well or not. */
export async function inTurn<T>(
	context: IExecuteSingleFunctions,
	chat: string,
	work: () => Promise<T>,
): Promise<T> {
	const turns = turnsOf(context);
	const turn = (turns.get(chat) ?? Promise.resolve()).then(work);
	turns.set(
		chat,
		turn.catch(() => undefined),
	);
	return await turn;
}
