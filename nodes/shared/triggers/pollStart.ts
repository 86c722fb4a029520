import type { IPollFunctions } from 'n8n-workflow';
import { readChats } from '../pickers/chats';
import type { ChatSource } from '../pickers/chats';
import { unreadableError } from '../transport/errors';
import { requestBody } from '../transport/request';
import type { ChatEvent } from './event';
import { incomingEvents } from './pollMessages';
import { newest, NONE } from './pollState';
import type { PollState } from './pollState';

/** Messages that a test run in the editor shows. */
const MAX_SAMPLES = 3;

/**
 * Where a trigger begins; undefined where the list shows no message, since a beginning before all
 * of them would replay them. Throws as `readChats` does.
 */
export async function firstState(
	context: IPollFunctions,
	source: ChatSource,
	account: string,
): Promise<PollState | undefined> {
	const { entries, next } = await readChats(context, source, account);
	const since = newest(...entries.map(({ lastMessageId }) => lastMessageId));
	if (since === NONE) {
		context.logger.info(
			`The account ${account} has no message yet: the trigger starts with the first one`,
		);
		return undefined;
	}
	return {
		account,
		since,
		chats: Object.fromEntries(
			entries.map(({ chatId, lastMessageId }) => [chatId, lastMessageId ?? NONE]),
		),
		floor: next === undefined ? NONE : (entries.at(-1)?.lastMessageId ?? NONE),
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
	const body = await requestBody(
		context,
		pair,
		{ method: 'GET', url: pair.creator.path(account) },
		{ account },
	);
	const creatorId = pair.creator.read(body, account);
	if (creatorId !== undefined) return creatorId;
	throw unreadableError(context.getNode(), pair, { account });
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
	const { entries } = await readChats(context, source, account);
	const withMessage = entries.filter(({ lastMessage }) => lastMessage !== undefined);
	if (withMessage.length > 0) {
		const shown = withMessage.flatMap((entry) =>
			incomingEvents(
				source,
				entry,
				{ account },
				{ messages: [entry.lastMessage ?? {}], included: {} },
			),
		);
		return shown.slice(0, MAX_SAMPLES).reverse();
	}
	const entry =
		entries.find(({ unreadCount }) => unreadCount > 0) ??
		entries.find(({ lastMessageId }) => lastMessageId !== undefined);
	if (entry === undefined) return [];
	const creatorId = await creatorIdOf(context, source, account);
	const page = source.pair.readPage(
		await requestBody(
			context,
			source.pair,
			{
				method: 'GET',
				url: source.pair.messagesPath(account, entry.chatId),
				qs: { limit: source.pair.pageSize },
			},
			{ account, chat: entry.chatId },
		),
	);
	return page === undefined
		? []
		: incomingEvents(source, entry, { account, creatorId }, page).slice(0, MAX_SAMPLES).reverse();
}
