import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { withIncluded } from '../lists/included';
import { messagePages } from '../lists/messagePages';
import type { Progress } from '../lists/messagePages';
import type { Page, Pair } from '../model/pair';
import { idOf } from '../model/values';
import type { ChatEntry, ChatSource } from '../pickers/chats';
import { unreadableError } from '../transport/errors';
import { bodyOrThrow, requestAtBaseUrl } from '../transport/request';
import { isSuccess } from '../transport/response';
import type { HttpResponse } from '../transport/response';
import type { ChatEvent } from './event';
import { newest, NONE } from './pollState';
import type { LeftChat, PollState } from './pollState';

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
	const url = pair.messagesPath(state.account, chatId);
	let response: HttpResponse | undefined;
	const read = async (qs: IDataObject): Promise<Page> => {
		response = undefined;
		response = await requestAtBaseUrl(context, pair, { method: 'GET', url, qs }, state.account);
		const page = pair.readPage(await bodyOrThrow(context, pair, response, subject));
		if (page !== undefined) return page;
		throw unreadableError(context.getNode(), pair, subject);
	};
	const events: ChatEvent[] = [];
	let newestId = NONE;
	let news: News;
	try {
		const bounds = { limit: NO_LIMIT, isOldestFirst: false, afterMessageId: after };
		const progress: Progress = { taken: 0, isCut: false };
		for await (const page of messagePages(pair, { read, isOver: () => false }, bounds, progress)) {
			newestId = newest(newestId, ...page.messages.map((message) => idOf(message.id)));
			events.push(...incomingEvents(source, { chatId, fan }, state, page));
		}
		news = { events, newestId };
	} catch (error) {
		news = { error, blame: blameOf(pair, response) };
	}
	// A refusal shows nothing, and so marks nothing as read.
	const isShown = newestId !== NONE || !('blame' in news) || news.blame === 'either';
	if (unreadCount > 0 && isShown) await markUnread(context, source, state.account, chatId);
	return news;
}

/** What an error says, for n8n's log. */
export function textIn(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

/** Statuses that are about one chat. */
const OF_CHAT = [400, 404, 410, 422];
/** Statuses that every further chat would meet too. */
const OF_ALL = [401, 402, 407, 429];

function blameOf(pair: Pair, response: HttpResponse | undefined): Blame {
	if (response === undefined) return 'provider';
	const { statusCode, body } = response;
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
	const isDone = await requestAtBaseUrl(
		context,
		source.pair,
		{ method: 'POST', url },
		account,
	).then(isSuccess, () => false);
	if (!isDone) {
		context.logger.warn(
			`The chat ${chat} could not be marked as unread again after its messages were listed`,
		);
	}
}

/** The fan's messages of a page as events. */
export function incomingEvents(
	{ pair, receivedEvent }: ChatSource,
	{ chatId, fan }: Pick<ChatEntry, 'chatId' | 'fan'>,
	{ account, creatorId }: Pick<PollState, 'account' | 'creatorId'>,
	{ messages, included }: Pick<Page, 'messages' | 'included'>,
): ChatEvent[] {
	const gather = withIncluded(included);
	return messages.flatMap((message) => {
		const { direction } = pair.simplify(message, {
			accountId: account,
			chatId,
			creatorId,
			included,
		});
		if (direction !== 'incoming') return [];
		return [
			{
				name: receivedEvent,
				accountId: account,
				chatId,
				fan: { ...fan, name: fan.name ?? fan.username },
				message,
				direction,
				included,
				payload: message,
				raw: gather(message),
			},
		];
	});
}
