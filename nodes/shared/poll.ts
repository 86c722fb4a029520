import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { readChats } from './chats';
import type { ChatRow, ChatSource } from './chats';
import { Refusal, id, required } from './check';
import { unreadableError } from './errors';
import { eventItem, isWanted, readFilters } from './event';
import type { ChatEvent, EventFilters } from './event';
import type { Page } from './pair';
import { recordGatherer } from './records';
import { ask, call, isSuccess } from './request';
import { idOf, isOlderId, recordAt, textOf } from './values';
import { walkPages } from './walk';
import type { Progress } from './walk';

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
const MOST_SAMPLES = 3;

/** Chats of one account may be long, but not what is new in them since the trigger began. */
const NO_LIMIT = Number.MAX_SAFE_INTEGER;

/** Polls under way, so that one that takes long and the next do not report the same messages. */
const underWay = new Set<string>();

function isNewer(message: string, known: string): boolean {
	return message !== known && isOlderId(message, known) !== true;
}

function newest(...ids: Array<string | undefined>): string {
	return ids.reduce<string>((best, one) => (one !== undefined && isNewer(one, best) ? one : best), NONE);
}

/**
 * The poll function of a trigger: the fans' new messages, oldest first, each once.
 *
 * A poll asks for the chats with the newest messages first, which is one request when nothing is
 * new, and then once for the messages of each chat that has something new, unread ones first. What
 * was found is remembered only together with what is handed over: a poll that breaks off, or runs
 * out of its time, hands over the chats it got to and leaves the others to the next. The first poll
 * only remembers where it begins, as soon as there is a message to begin at. A run in the editor shows the newest messages and remembers nothing.
 */
export function pollMessages(source: ChatSource) {
	return async function (this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const account = accountOf(this);
		const filters = readFilters(this);
		if (this.getMode() === 'manual') return handOver(this, source, await samples(this, source, account), filters);

		const key = `${this.getWorkflow().id}/${this.getNode().id}`;
		if (underWay.has(key)) return null;
		underWay.add(key);
		try {
			const saved = this.getWorkflowStaticData('node');
			const state = readState(saved, account);
			if (state === undefined) {
				Object.assign(saved, (await firstState(this, source, account)) ?? {});
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
	const account = required(id('acct_a1b2c3'))(context.getNodeParameter('account', '', { extractValue: true }), 'Account');
	if (typeof account === 'string') return account;
	throw new NodeOperationError(context.getNode(), account instanceof Refusal ? account.problem : "'Account' is empty", {
		description: 'Choose the account from the list in the Account field.',
	});
}

function readState(saved: IDataObject, account: string): PollState | undefined {
	const [since, floor] = [textOf(saved.since), textOf(saved.floor)];
	if (saved.account !== account || since === undefined || floor === undefined) return undefined;
	const chats = Object.entries(recordAt(saved.chats)).flatMap(([chat, message]) => (typeof message === 'string' ? [[chat, message] as const] : []));
	return { account, since, floor, chats: Object.fromEntries(chats), creatorId: textOf(saved.creatorId) };
}

/** Where a trigger begins; undefined where the list shows no message: a begin before all of them would replay them. */
async function firstState(context: IPollFunctions, source: ChatSource, account: string): Promise<PollState | undefined> {
	const { rows, next } = await readChats(context, source, account);
	const since = newest(...rows.map(({ lastMessageId }) => lastMessageId));
	if (since === NONE) {
		context.logger.info(`The list of the account ${account} shows no message yet: the trigger begins with the poll that finds one`);
		return undefined;
	}
	return {
		account,
		since,
		chats: Object.fromEntries(rows.map(({ chatId, lastMessageId }) => [chatId, lastMessageId ?? NONE])),
		floor: next === undefined ? NONE : (rows.at(-1)?.lastMessageId ?? NONE),
		creatorId: await creatorIdOf(context, source, account),
	};
}

/** The creator's own ID where it is needed. Throws where it cannot be had: no message of the creator's may pass for a fan's. */
async function creatorIdOf(context: IPollFunctions, { pair }: ChatSource, account: string): Promise<string | undefined> {
	if (pair.creator === undefined) return undefined;
	const body = await call(context, pair, { method: 'GET', url: pair.creator.path(account) }, { account });
	const creatorId = pair.creator.read(body, account);
	if (creatorId !== undefined) return creatorId;
	throw unreadableError(context.getNode(), pair, { statusCode: 200, headers: {}, body: undefined }, { account });
}

/** One poll of an account. */
class Poll {
	private readonly deadline: number;
	private readonly rows: ChatRow[] = [];
	/** Chats with something new that were not got to. */
	private readonly left = new Set<string>();
	private readonly found = new Map<string, string>();
	/** The newest message that a chat behind those seen can have had. */
	private floor: string;

	constructor(
		private readonly context: IPollFunctions,
		private readonly source: ChatSource,
		private readonly state: PollState,
		private readonly filters: EventFilters,
	) {
		this.deadline = Date.now() + (context.getPollBudgetMs?.() ?? USUAL_BUDGET);
		this.floor = state.floor;
	}

	/** The new messages, oldest first. Throws where the provider does not answer before any were found. */
	async run(): Promise<ChatEvent[]> {
		await this.readRows();
		const changed = this.rows.filter((row) => this.isChanged(row) && this.isChosen(row));
		const inOrder = [...changed.filter(({ unreadCount }) => unreadCount > 0), ...changed.filter(({ unreadCount }) => unreadCount === 0)];
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
		return events.sort((a, b) => (isNewer(idOf(a.message?.id) ?? NONE, idOf(b.message?.id) ?? NONE) ? 1 : -1));
	}

	/** What to remember when the events of this poll are handed over. */
	nextState(): PollState {
		const { state, floor } = this;
		// A chat may move up while the list is read, and so be missed in it: what is known of it stays.
		const chats = Object.fromEntries(Object.entries(state.chats).filter(([, message]) => isNewer(message, floor)));
		for (const { chatId, lastMessageId } of this.rows) {
			const known = this.known(chatId);
			chats[chatId] = this.left.has(chatId) ? known : newest(known, lastMessageId, this.found.get(chatId));
		}
		return { ...state, chats, floor };
	}

	/** The newest message of a chat that needs no look. */
	private known(chat: string): string {
		return newest(this.state.chats[chat] ?? this.state.floor, this.state.since);
	}

	private isChanged({ chatId, lastMessageId }: ChatRow): boolean {
		return lastMessageId !== undefined && isNewer(lastMessageId, this.known(chatId));
	}

	private isChosen({ chatId }: ChatRow): boolean {
		return this.filters.chats.size === 0 || this.filters.chats.has(chatId);
	}

	private isOutOfTime(): boolean {
		return Date.now() >= this.deadline;
	}

	/** Reads the list of chats as far as something is new in it: behind a chat without news come only such. */
	private async readRows(): Promise<void> {
		let start: string | undefined;
		do {
			const page = await this.readPage(start);
			if (page === undefined) return;
			this.rows.push(...page.rows);
			start = page.next;
			const last = page.rows.at(-1);
			// It never falls: what was handed over of the chats below it is remembered nowhere else.
			if (start !== undefined && last !== undefined && !this.isChanged(last)) this.floor = newest(this.floor, last.lastMessageId);
			if (start === undefined || last === undefined || !this.isChanged(last)) return;
		} while (!this.isOutOfTime());
	}

	/** Undefined where a further page cannot be had: what the first ones show is enough to go on with. */
	private async readPage(start: string | undefined) {
		const page = readChats(this.context, this.source, this.state.account, start);
		return start === undefined ? await page : await page.catch(() => undefined);
	}

	/** The fan's new messages of one chat. */
	private async readChat(row: ChatRow): Promise<ChatEvent[]> {
		const { context, source, state } = this;
		const { pair } = source;
		const subject = { account: state.account, chat: row.chatId };
		const url = source.messagesPath(state.account, row.chatId);
		const read = async (qs: IDataObject): Promise<Page> => {
			const page = pair.readPage(await call(context, pair, { method: 'GET', url, qs }, subject));
			if (page !== undefined) return page;
			throw unreadableError(context.getNode(), pair, { statusCode: 200, headers: {}, body: undefined }, subject);
		};
		const events: ChatEvent[] = [];
		const bounds = { limit: NO_LIMIT, isOldestFirst: false, afterMessageId: this.known(row.chatId) };
		const progress: Progress = { taken: 0, isCut: false };
		try {
			for await (const page of walkPages(pair, { read, isOver: () => false }, bounds, progress)) {
				this.found.set(row.chatId, newest(this.found.get(row.chatId), ...page.messages.map((message) => idOf(message.id))));
				events.push(...incomingEvents(source, row, state, page));
			}
		} finally {
			if (row.unreadCount > 0) await this.markUnread(row.chatId);
		}
		return events;
	}

	/** Leaves the chat as it was found: listing its messages may have marked it as read. */
	private async markUnread(chat: string): Promise<void> {
		const url = this.source.markUnreadPath?.(this.state.account, chat);
		if (url === undefined) return;
		const answer = await ask(this.context, this.source.pair, { method: 'POST', url });
		if (!isSuccess(answer)) this.context.logger.warn(`The chat ${chat} could not be marked as unread again after its messages were listed`);
	}
}

/** The fan's messages of a page as events. */
function incomingEvents({ pair, receivedEvent }: ChatSource, { chatId, fan }: ChatRow, { account, creatorId }: Pick<PollState, 'account' | 'creatorId'>, { messages, records }: Pick<Page, 'messages' | 'records'>): ChatEvent[] {
	const gather = recordGatherer(records);
	return messages.flatMap((message) => {
		const { direction } = pair.simplify(message, { chatId, creatorId, records });
		if (direction !== 'incoming') return [];
		return [{ name: receivedEvent, accountId: account, chatId, fan: { id: fan.id, name: fan.name ?? fan.username }, message, direction, records, payload: message, raw: gather(message) }];
	});
}

/** A few of the newest messages, to build a workflow with. Touches no chat whose list shows its newest message. */
async function samples(context: IPollFunctions, source: ChatSource, account: string): Promise<ChatEvent[]> {
	const { rows } = await readChats(context, source, account);
	const withMessage = rows.filter(({ lastMessage }) => lastMessage !== undefined);
	if (withMessage.length > 0) {
		const shown = withMessage.flatMap((row) => incomingEvents(source, row, { account }, { messages: [row.lastMessage ?? {}], records: {} }));
		return shown.slice(0, MOST_SAMPLES).reverse();
	}
	const row = rows.find(({ unreadCount }) => unreadCount > 0) ?? rows.find(({ lastMessageId }) => lastMessageId !== undefined);
	if (row === undefined) return [];
	const creatorId = await creatorIdOf(context, source, account);
	const page = source.pair.readPage(await call(context, source.pair, { method: 'GET', url: source.messagesPath(account, row.chatId), qs: { limit: source.pair.pageSize } }, { account, chat: row.chatId }));
	return page === undefined ? [] : incomingEvents(source, row, { account, creatorId }, page).slice(0, MOST_SAMPLES).reverse();
}

/** The items of the events that pass the filters; null starts nothing. */
function handOver(context: IPollFunctions, { pair }: ChatSource, events: ChatEvent[], filters: EventFilters): INodeExecutionData[][] | null {
	const isSimplified = context.getNodeParameter('simplify', true) !== false;
	const items = events.filter((event) => isWanted(pair, event, filters)).map((event) => eventItem(pair, event, isSimplified));
	return items.length === 0 ? null : [items];
}
