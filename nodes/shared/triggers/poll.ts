import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { withIncluded } from '../lists/included';
import { messagePages } from '../lists/paginate';
import type { Progress } from '../lists/paginate';
import type { Page } from '../model/pair';
import { idOf, isOlderId, recordAt, textOf } from '../model/values';
import { id, Invalid, required } from '../parameters/parsers';
import { readChats } from '../pickers/chats';
import type { ChatEntry, ChatSource } from '../pickers/chats';
import { unreadableError } from '../transport/errors';
import { requestAtBaseUrl, requestBody } from '../transport/request';
import { isSuccess } from '../transport/response';
import { eventItem, isWanted, readFilters } from './event';
import type { ChatEvent, EventFilters } from './event';

/** What a polling trigger remembers, in n8n's static data. All of it are message IDs. */
interface PollState {
	/** The account that the rest is about. */
	account: string;
	/** The newest message when the trigger began: nothing older ever starts the workflow. */
	since: string;
	/** The newest known message by chat, of the chats that a poll has looked at. */
	chats: Record<string, string>;
	/** The newest message that any other chat can have had. */
	floor: string;
	/** The creator's own ID, where a message does not tell who wrote it. */
	creatorId?: string;
}

/** Older than every message. */
const NONE = '0';

/** Where n8n does not say how long a poll may take, in milliseconds. */
const USUAL_BUDGET = 4 * 60 * 1000;

/** Messages that a test run in the editor shows. */
const MAX_SAMPLES = 3;

/** Chats of one account may be long, but not what is new in them since the trigger began. */
const NO_LIMIT = Number.MAX_SAFE_INTEGER;

/** Polls under way, so that one that takes long and the next do not report the same messages. */
const underWay = new Set<string>();

function isNewer(message: string, known: string): boolean {
	return message !== known && isOlderId(message, known) !== true;
}

function newest(...ids: Array<string | undefined>): string {
	return ids.reduce<string>(
		(best, one) => (one !== undefined && isNewer(one, best) ? one : best),
		NONE,
	);
}

/**
 * The poll function of a trigger: the fans' new messages, oldest first, each once.
 *
 * A poll asks for the chats with the newest messages first, which is one request when nothing is
 * new, and then once for the messages of each chat that has something new, unread ones first. What
 * was found is remembered only together with what is handed over: a poll that breaks off, or runs
 * out of its time, hands over the chats it got to and leaves the others to the next. The first poll
 * only remembers where it begins. A run in the editor shows the newest messages and remembers
 * nothing.
 */
export function pollMessages(source: ChatSource) {
	return async function (this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const account = accountOf(this);
		const filters = readFilters(this);
		if (this.getMode() === 'manual') {
			return handOver(this, source, await samples(this, source, account), filters);
		}

		const key = `${this.getWorkflow().id}/${this.getNode().id}`;
		if (underWay.has(key)) return null;
		underWay.add(key);
		try {
			const saved = this.getWorkflowStaticData('node');
			const state = readState(saved, account);
			if (state === undefined) {
				Object.assign(saved, await firstState(this, source, account));
				return null;
			}
			const poll = new Poll(this, source, state, filters);
			const events = await poll.run();
			// All at once: n8n keeps it together with the execution that it starts.
			Object.assign(saved, poll.nextState());
			return handOver(this, source, events, filters);
		} finally {
			underWay.delete(key);
		}
	};
}

function accountOf(context: IPollFunctions): string {
	const account = required(id('acct_a1b2c3'))(
		context.getNodeParameter('account', '', { extractValue: true }),
		'Account',
	);
	if (typeof account === 'string') return account;
	throw new NodeOperationError(
		context.getNode(),
		account instanceof Invalid ? account.problem : "'Account' is empty",
		{
			description: 'Choose the account from the list in the Account field.',
		},
	);
}

function readState(saved: IDataObject, account: string): PollState | undefined {
	const [since, floor] = [textOf(saved.since), textOf(saved.floor)];
	if (saved.account !== account || since === undefined || floor === undefined) return undefined;
	const chats = Object.entries(recordAt(saved.chats)).flatMap(([chat, message]) =>
		typeof message === 'string' ? [[chat, message] as const] : [],
	);
	return {
		account,
		since,
		floor,
		chats: Object.fromEntries(chats),
		creatorId: textOf(saved.creatorId),
	};
}

async function firstState(
	context: IPollFunctions,
	source: ChatSource,
	account: string,
): Promise<PollState> {
	const { entries, next } = await readChats(context, source, account);
	return {
		account,
		since: newest(...entries.map(({ lastMessageId }) => lastMessageId)),
		chats: Object.fromEntries(
			entries.map(({ chatId, lastMessageId }) => [chatId, lastMessageId ?? NONE]),
		),
		floor: next === undefined ? NONE : (entries.at(-1)?.lastMessageId ?? NONE),
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

/** One poll of an account. */
class Poll {
	private readonly deadline: number;
	private readonly rows: ChatEntry[] = [];
	/** Chats with something new that were not got to. */
	private readonly left = new Set<string>();
	private readonly found = new Map<string, string>();
	/** Where the chats behind those seen begin; undefined when the list was not read to its end. */
	private floor: string | undefined;

	constructor(
		private readonly context: IPollFunctions,
		private readonly source: ChatSource,
		private readonly state: PollState,
		private readonly filters: EventFilters,
	) {
		this.deadline = Date.now() + (context.getPollBudgetMs?.() ?? USUAL_BUDGET);
	}

	/**
	 * The new messages, oldest first. Throws where the provider does not answer before any were
	 * found.
	 */
	async run(): Promise<ChatEvent[]> {
		await this.readRows();
		const changed = this.rows.filter((entry) => this.isChanged(entry) && this.isChosen(entry));
		const inOrder = [
			...changed.filter(({ unreadCount }) => unreadCount > 0),
			...changed.filter(({ unreadCount }) => unreadCount === 0),
		];
		for (const { chatId } of inOrder) this.left.add(chatId);

		const events: ChatEvent[] = [];
		for (const row of inOrder) {
			// The first chat always: otherwise a poll without time would never get anywhere.
			if (this.left.size < inOrder.length && this.isOutOfTime()) break;
			const read = await this.readChat(row).then(
				(value) => ({ value }),
				(error: unknown) => ({ error }),
			);
			if ('error' in read) {
				if (this.left.size === inOrder.length) throw read.error;
				break;
			}
			events.push(...read.value);
			this.left.delete(row.chatId);
		}
		return events.sort((a, b) =>
			isNewer(idOf(a.message?.id) ?? NONE, idOf(b.message?.id) ?? NONE) ? 1 : -1,
		);
	}

	/** What to remember when the events of this poll are handed over. */
	nextState(): PollState {
		const { state } = this;
		const floor = this.floor ?? state.floor;
		// A chat may move up while the list is read, and so be missed in it: what is known of it stays.
		const chats = Object.fromEntries(
			Object.entries(state.chats).filter(([, message]) => isNewer(message, floor)),
		);
		for (const { chatId, lastMessageId } of this.rows) {
			const known = this.known(chatId);
			chats[chatId] = this.left.has(chatId)
				? known
				: newest(known, lastMessageId, this.found.get(chatId));
		}
		return { ...state, chats, floor };
	}

	/** The newest message of a chat that needs no look. */
	private known(chat: string): string {
		return newest(this.state.chats[chat] ?? this.state.floor, this.state.since);
	}

	private isChanged({ chatId, lastMessageId }: ChatEntry): boolean {
		return lastMessageId !== undefined && isNewer(lastMessageId, this.known(chatId));
	}

	private isChosen({ chatId }: ChatEntry): boolean {
		return this.filters.chats.size === 0 || this.filters.chats.has(chatId);
	}

	private isOutOfTime(): boolean {
		return Date.now() >= this.deadline;
	}

	/**
	 * Reads the list of chats as far as something is new in it: behind a chat without news come only
	 * such.
	 */
	private async readRows(): Promise<void> {
		let start: string | undefined;
		do {
			const page = await this.readPage(start);
			if (page === undefined) return;
			this.rows.push(...page.entries);
			start = page.next;
			const last = page.entries.at(-1);
			if (start === undefined || last === undefined) this.floor = NONE;
			else if (!this.isChanged(last)) this.floor = newest(last.lastMessageId);
			if (this.floor !== undefined) return;
		} while (!this.isOutOfTime());
	}

	/**
	 * Undefined where a further page cannot be had: what the first ones show is enough to go on with.
	 */
	private async readPage(start: string | undefined) {
		const page = readChats(this.context, this.source, this.state.account, start);
		return start === undefined ? await page : await page.catch(() => undefined);
	}

	/** The fan's new messages of one chat. */
	private async readChat(entry: ChatEntry): Promise<ChatEvent[]> {
		const { context, source, state } = this;
		const { pair } = source;
		const subject = { account: state.account, chat: entry.chatId };
		const url = source.pair.messagesPath(state.account, entry.chatId);
		const read = async (qs: IDataObject): Promise<Page> => {
			const page = pair.readPage(
				await requestBody(context, pair, { method: 'GET', url, qs }, subject),
			);
			if (page !== undefined) return page;
			throw unreadableError(context.getNode(), pair, subject);
		};
		const events: ChatEvent[] = [];
		const bounds = {
			limit: NO_LIMIT,
			isOldestFirst: false,
			afterMessageId: this.known(entry.chatId),
		};
		const progress: Progress = { taken: 0, isCut: false };
		try {
			for await (const page of messagePages(
				pair,
				{ read, isOver: () => false },
				bounds,
				progress,
			)) {
				this.found.set(
					entry.chatId,
					newest(this.found.get(entry.chatId), ...page.messages.map((message) => idOf(message.id))),
				);
				events.push(...incomingEvents(source, entry, state, page));
			}
		} finally {
			if (entry.unreadCount > 0) await this.markUnread(entry.chatId);
		}
		return events;
	}

	/** Leaves the chat as it was found: listing its messages may have marked it as read. */
	private async markUnread(chat: string): Promise<void> {
		const url = this.source.markUnreadPath?.(this.state.account, chat);
		if (url === undefined) return;
		const response = await requestAtBaseUrl(this.context, this.source.pair, {
			method: 'POST',
			url,
		});
		if (!isSuccess(response)) {
			this.context.logger.warn(
				`The chat ${chat} could not be marked as unread again after its messages were listed`,
			);
		}
	}
}

/** The fan's messages of a page as events. */
function incomingEvents(
	{ pair, receivedEvent }: ChatSource,
	{ chatId, fan }: ChatEntry,
	{ account, creatorId }: Pick<PollState, 'account' | 'creatorId'>,
	{ messages, included }: Pick<Page, 'messages' | 'included'>,
): ChatEvent[] {
	const gather = withIncluded(included);
	return messages.flatMap((message) => {
		const { direction } = pair.simplify(message, { chatId, creatorId, included });
		if (direction !== 'incoming') return [];
		return [
			{
				name: receivedEvent,
				accountId: account,
				chatId,
				fan: { id: fan.id, name: fan.name ?? fan.username },
				message,
				direction,
				included,
				payload: message,
				raw: gather(message),
			},
		];
	});
}

/**
 * A few of the newest messages, to build a workflow with. Touches no chat whose list shows its
 * newest message.
 */
async function samples(
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
	const row =
		entries.find(({ unreadCount }) => unreadCount > 0) ??
		entries.find(({ lastMessageId }) => lastMessageId !== undefined);
	if (row === undefined) return [];
	const creatorId = await creatorIdOf(context, source, account);
	const page = source.pair.readPage(
		await requestBody(
			context,
			source.pair,
			{
				method: 'GET',
				url: source.pair.messagesPath(account, row.chatId),
				qs: { limit: source.pair.pageSize },
			},
			{ account, chat: row.chatId },
		),
	);
	return page === undefined
		? []
		: incomingEvents(source, row, { account, creatorId }, page).slice(0, MAX_SAMPLES).reverse();
}

/** The items of the events that pass the filters; null starts nothing. */
function handOver(
	context: IPollFunctions,
	{ pair }: ChatSource,
	events: ChatEvent[],
	filters: EventFilters,
): INodeExecutionData[][] | null {
	const isSimplified = context.getNodeParameter('simplify', true) !== false;
	const items = events
		.filter((event) => isWanted(pair, event, filters))
		.map((event) => eventItem(pair, event, isSimplified));
	return items.length === 0 ? null : [items];
}
