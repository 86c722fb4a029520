import type { IPollFunctions } from 'n8n-workflow';
import { readChats } from '../pickers/chats';
import type { ChatEntry, ChatSource } from '../pickers/chats';
import { unreadableError } from '../transport/errors';
import { knownCreatorId } from '../operation/creatorId';
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
	const { creator } = pair;
	if (creator === undefined) return undefined;
	const creatorId = await knownCreatorId(context, pair, account, async () => {
		const request = { method: 'GET' as const, url: creator.path(account) };
		return creator.read(await requestBody(context, pair, request, { account }), account);
	});
	if (creatorId !== undefined) return creatorId;
	throw unreadableError(context.getNode(), pair, { account });
}

/** Messages to build a workflow with, and what was done for them beyond reading the list. */
export interface Samples {
	events: ChatEvent[];
	note?: string;
}

/**
 * A few of the newest messages of the chosen chats, to build a workflow with. Where the list shows
 * none of a fan's, the messages of one chat are listed, and only of one that is already read where
 * that would mark it. Throws as `readChats` does.
 */
export async function samples(
	context: IPollFunctions,
	source: ChatSource,
	account: string,
	isChosen: (chatId: string) => boolean,
): Promise<Samples> {
	const { entries } = await readChats(context, source, account);
	const chosen = entries.filter(({ chatId }) => isChosen(chatId));
	const shown = chosen.flatMap((entry) =>
		entry.lastMessage === undefined
			? []
			: incomingEvents(source, entry, { account }, { messages: [entry.lastMessage], included: {} }),
	);
	if (shown.length > 0) return { events: shown.slice(0, MAX_SAMPLES).reverse() };
	const entry = chatToRead(source, chosen);
	if (entry === undefined) return { events: [] };
	const subject = { account, chat: entry.chatId };
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
			subject,
		),
	);
	if (page === undefined) throw unreadableError(context.getNode(), source.pair, subject);
	return {
		events: incomingEvents(source, entry, { account, creatorId }, page)
			.slice(0, MAX_SAMPLES)
			.reverse(),
		...(entry.unreadCount === 0 && { note: NOTE }),
	};
}

const NOTE =
	'An earlier message, for building the workflow: no fan has written last in a chat. The messages ' +
	'of one chat that is already read were listed for it, which costs one more credit and marks ' +
	'nothing as read.';

/** The chat whose messages are listed: one with something unread where that marks nothing. */
function chatToRead(source: ChatSource, entries: ChatEntry[]): ChatEntry | undefined {
	const filled = entries.filter(({ lastMessageId }) => lastMessageId !== undefined);
	const read = filled.filter(({ unreadCount }) => unreadCount === 0);
	// A chat that a mass message went to last may hold nothing of the fan's.
	const best = read.find(({ isToMany }) => isToMany !== true) ?? read[0];
	if (source.markUnreadPath !== undefined) return best;
	return filled.find(({ unreadCount }) => unreadCount > 0) ?? best;
}
