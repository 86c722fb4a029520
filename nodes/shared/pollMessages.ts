import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import type { ChatRow, ChatSource } from './chats';
import { unreadableError } from './errors';
import type { Answer } from './errors';
import type { ChatEvent } from './event';
import type { Page, Pair } from './pair';
import { NONE, newest } from './pollState';
import type { LeftChat, PollState } from './pollState';
import { recordGatherer } from './records';
import { ask, isSuccess, judge } from './request';
import { idOf } from './values';
import { walkPages } from './walk';
import type { Progress } from './walk';

/** Chats of one account may be long, but not what is new in them since the trigger began. */
const NO_LIMIT = Number.MAX_SAFE_INTEGER;

/** Whose fault a failure is: the chat's own, the provider's or the account's, or either. */
export type Blame = 'chat' | 'provider' | 'either';

/** What came of reading a chat: the fan's new messages and the newest one of all, or why not. */
export type News = { events: ChatEvent[]; newestId: string } | { error: unknown; blame: Blame };

/** Reads the fan's new messages of one chat, and leaves it unread where it was. Never throws. */
export async function readNews(
	context: IPollFunctions,
	source: ChatSource,
	state: PollState,
	chatId: string,
	{ after, fan, unreadCount }: LeftChat,
): Promise<News> {
	const { pair } = source;
	const subject = { account: state.account, chat: chatId };
	const url = source.messagesPath(state.account, chatId);
	let answer: Answer | undefined;
	const read = async (qs: IDataObject): Promise<Page> => {
		answer = undefined;
		answer = await ask(context, pair, { method: 'GET', url, qs });
		const page = pair.readPage(await judge(context, pair, answer, subject));
		if (page !== undefined) return page;
		throw unreadableError(
			context.getNode(),
			pair,
			{ statusCode: 200, headers: {}, body: undefined },
			subject,
		);
	};
	const events: ChatEvent[] = [];
	let newestId = NONE;
	let news: News;
	try {
		const bounds = { limit: NO_LIMIT, isOldestFirst: false, afterMessageId: after };
		const progress: Progress = { taken: 0, isCut: false };
		for await (const page of walkPages(pair, { read, isOver: () => false }, bounds, progress)) {
			newestId = newest(newestId, ...page.messages.map((message) => idOf(message.id)));
			events.push(...incomingEvents(source, { chatId, fan }, state, page));
		}
		news = { events, newestId };
	} catch (error) {
		news = { error, blame: blameOf(pair, answer) };
	}
	// A refusal shows nothing, and so marks nothing as read.
	const isShown = newestId !== NONE || !('blame' in news) || news.blame === 'either';
	if (unreadCount > 0 && isShown) await markUnread(context, source, state.account, chatId);
	return news;
}

/** What an error says, for n8n's log. */
export function wordsOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

/** Statuses that are about one chat. */
const OF_CHAT = [400, 404, 410, 422];
/** Statuses that every further chat would meet too. */
const OF_ALL = [401, 402, 407, 429];

function blameOf(pair: Pair, answer: Answer | undefined): Blame {
	if (answer === undefined) return 'provider';
	const { statusCode, body } = answer;
	if (OF_ALL.includes(statusCode) || pair.isUnknownAccount(statusCode, body)) return 'provider';
	return OF_CHAT.includes(statusCode) ? 'chat' : 'either';
}

/** Leaves the chat as it was found: listing its messages may have marked it as read. */
async function markUnread(
	context: IPollFunctions,
	source: ChatSource,
	account: string,
	chat: string,
): Promise<void> {
	const url = source.markUnreadPath?.(account, chat);
	if (url === undefined) return;
	const isDone = await ask(context, source.pair, { method: 'POST', url }).then(
		isSuccess,
		() => false,
	);
	if (!isDone)
		context.logger.warn(
			`The chat ${chat} could not be marked as unread again after its messages were listed`,
		);
}

/** The fan's messages of a page as events. */
export function incomingEvents(
	{ pair, receivedEvent }: ChatSource,
	{ chatId, fan }: Pick<ChatRow, 'chatId' | 'fan'>,
	{ account, creatorId }: Pick<PollState, 'account' | 'creatorId'>,
	{ messages, records }: Pick<Page, 'messages' | 'records'>,
): ChatEvent[] {
	const gather = recordGatherer(records);
	return messages.flatMap((message) => {
		const { direction } = pair.simplify(message, { chatId, creatorId, records });
		if (direction !== 'incoming') return [];
		return [
			{
				name: receivedEvent,
				accountId: account,
				chatId,
				fan: { id: fan.id, name: fan.name ?? fan.username },
				message,
				direction,
				records,
				payload: message,
				raw: gather(message),
			},
		];
	});
}
