import type { Attempt } from '../operation/run';

/** Runs work when all earlier work for the chat has ended, well or not. */
export async function inTurn<T>(
	attempt: Attempt,
	chat: string,
	work: () => Promise<T>,
): Promise<T> {
	const turn = (attempt.chats.get(chat) ?? Promise.resolve()).then(work);
	attempt.chats.set(
		chat,
		turn.catch(() => undefined),
	);
	return await turn;
}
