import type { IPollFunctions } from 'n8n-workflow';
import { readChats } from './chats';
import type { ChatSource } from './chats';
import { unreadableError } from './errors';
import type { ChatEvent } from './event';
import { incomingEvents } from './pollMessages';
import { NONE, newest } from './pollState';
import type { PollState } from './pollState';
import { call } from './request';

/** Messages that a test run in the editor shows. */
const MOST_SAMPLES = 3;

/**
 * Where a trigger begins; undefined where the list shows no message, since a beginning before all
 * of them would replay them. Throws as `readChats` does.
 */
export async function firstState(
	context: IPollFunctions,
	source: ChatSource,
	account: string,
): Promise<PollState | undefined> {
	const { rows, next } = await readChats(context, source, account);
	const since = newest(...rows.map(({ lastMessageId }) => lastMessageId));
	if (since === NONE) {
		context.logger.info(
			`The account ${account} shows no message yet: the trigger begins with the first one`,
		);
		return undefined;
	}
	return {
		account,
		since,
		chats: Object.fromEntries(
			rows.map(({ chatId, lastMessageId }) => [chatId, lastMessageId ?? NONE]),
		),
		floor: next === undefined ? NONE : (rows.at(-1)?.lastMessageId ?? NONE),
		left: {},
		passed: {},
		// Of an account that the trigger had before.
		openAt: undefined,
		creatorId: await creatorIdOf(context, source, account),
	};
}

/**
 * The creator's own ID where it is needed. Throws where it cannot be had: no message of the
 * creator's may pass for a fan's.
 */
async function creatorIdOf(
	context: IPollFunctions,
	{ pair }: ChatSource,
	account: string,
): Promise<string | undefined> {
	if (pair.creator === undefined) return undefined;
	const body = await call(
		context,
		pair,
		{ method: 'GET', url: pair.creator.path(account) },
		{ account },
	);
	const creatorId = pair.creator.read(body, account);
	if (creatorId !== undefined) return creatorId;
	throw unreadableError(
		context.getNode(),
		pair,
		{ statusCode: 200, headers: {}, body: undefined },
		{ account },
	);
}

/**
 * A few of the newest messages, to build a workflow with. Touches no chat whose list shows its
 * newest message. Throws as `readChats` does.
 */
export async function samples(
	context: IPollFunctions,
	source: ChatSource,
	account: string,
): Promise<ChatEvent[]> {
	const { rows } = await readChats(context, source, account);
	const withMessage = rows.filter(({ lastMessage }) => lastMessage !== undefined);
	if (withMessage.length > 0) {
		const shown = withMessage.flatMap((row) =>
			incomingEvents(source, row, { account }, { messages: [row.lastMessage ?? {}], records: {} }),
		);
		return shown.slice(0, MOST_SAMPLES).reverse();
	}
	const row =
		rows.find(({ unreadCount }) => unreadCount > 0) ??
		rows.find(({ lastMessageId }) => lastMessageId !== undefined);
	if (row === undefined) return [];
	const creatorId = await creatorIdOf(context, source, account);
	const page = source.pair.readPage(
		await call(
			context,
			source.pair,
			{
				method: 'GET',
				url: source.messagesPath(account, row.chatId),
				qs: { limit: source.pair.pageSize },
			},
			{ account, chat: row.chatId },
		),
	);
	return page === undefined
		? []
		: incomingEvents(source, row, { account, creatorId }, page).slice(0, MOST_SAMPLES).reverse();
}
