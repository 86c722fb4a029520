import { NodeOperationError } from 'n8n-workflow';
import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { idOf } from '../model/values';
import { id, Invalid, required } from '../parameters/parsers';
import type { ChatSource } from '../pickers/chats';
import { eventItem, hasSpent, isWanted, readFilters } from './event';
import type { ChatEvent, EventFilters } from './event';
import { readChangedChats } from './pollChats';
import type { ChangedChats } from './pollChats';
import { readNews, textIn } from './pollMessages';
import type { News } from './pollMessages';
import { firstState, samples } from './pollStart';
import { isChanged, isNewer, knownIn, newest, NONE, readState } from './pollState';
import type { LeftChat, PollState } from './pollState';

/** Where n8n does not say how long a poll may take, in milliseconds. */
const USUAL_BUDGET = 4 * 60 * 1000;

/** The first pause of a chat whose messages cannot be read, and the longest, in minutes. */
const FIRST_PAUSE = 5;
const MAX_PAUSE = 6 * 60;

/** How many chats whose mass message was passed over are remembered. */
const MAX_PASSED = 1000;

/** Polls under way, so that one that takes long and the next do not report the same messages. */
const underWay = new Set<string>();

/**
 * The poll function of a trigger: the fans' new messages, oldest first, each once.
 *
 * A poll asks for the chats with the newest messages first, which is one request when nothing is
 * new, and then once for the messages of each chat that has something new, unread ones first. What
 * was found is remembered only together with what is handed over: a poll that breaks off, or runs
 * out of its time, hands over the chats it got to and leaves the others to the next. The first poll
 * only remembers where it begins, as soon as there is a message to begin at. A run in the editor
 * shows the newest messages and remembers nothing.
 */
export function pollMessages(source: ChatSource) {
	return async function (this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const account = accountOf(this);
		const filters = readFilters(this);
		if (this.getMode() === 'manual') {
			const isChosen = (chatId: string) => filters.chats.size === 0 || filters.chats.has(chatId);
			const { events, note } = await samples(this, source, account, isChosen);
			const items = handOver(this, source, events, filters);
			for (const { json } of items?.flat() ?? []) if (note !== undefined) json.note = note;
			return items;
		}

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

/** One poll of an account. */
class Poll {
	private readonly deadline: number;
	/** What is still to be read, as it is remembered after this poll. */
	private readonly left: Map<string, LeftChat>;
	private readonly passed: Map<string, string>;
	/** The newest message by chat that was read. */
	private readonly found = new Map<string, string>();
	private list: ChangedChats = { entries: [], floor: NONE, isFurther: false };

	constructor(
		private readonly context: IPollFunctions,
		private readonly source: ChatSource,
		private readonly state: PollState,
		private readonly filters: EventFilters,
	) {
		this.deadline = Date.now() + (context.getPollBudgetMs?.() ?? USUAL_BUDGET);
		this.left = new Map(Object.entries(state.left));
		this.passed = new Map(Object.entries(state.passed));
	}

	/** The new messages, oldest first. Throws where the provider fails before any were found. */
	async run(): Promise<ChatEvent[]> {
		this.list = await readChangedChats(this.context, this.source, this.state, () =>
			this.isOutOfTime(),
		);
		this.noteChanged();
		const events: ChatEvent[] = [];
		// What the list showed beyond its first page is worth remembering by itself.
		let hasProgress = this.list.isFurther;
		let doubts = 0;
		for (const [index, chatId] of this.dueChats().entries()) {
			const chat = this.left.get(chatId);
			// The first chat always: otherwise a poll without time would never get anywhere.
			if (chat === undefined || (index > 0 && this.isOutOfTime())) break;
			const news = await readNews(this.context, this.source, this.state, chatId, chat);
			doubts = 'blame' in news && news.blame === 'either' ? doubts + 1 : 0;
			if ('blame' in news && (news.blame === 'provider' || doubts > 1)) {
				if (!hasProgress) throw news.error;
				this.context.logger.warn(
					`Some chats have to wait for the next poll: ${textIn(news.error)}`,
				);
				break;
			}
			if ('blame' in news) {
				this.setAside(chatId, chat, news);
			} else {
				events.push(...news.events);
				this.found.set(chatId, news.newestId);
				this.left.delete(chatId);
			}
			hasProgress ||= doubts === 0;
		}
		return events.sort((a, b) =>
			isNewer(idOf(a.message?.id) ?? NONE, idOf(b.message?.id) ?? NONE) ? 1 : -1,
		);
	}

	/** What to remember when the events of this poll are handed over. */
	nextState(): PollState {
		const { state } = this;
		const { entries, floor, openAt } = this.list;
		// A chat may move up while the list is read, and so be missed in it: what is known of it stays.
		const chats = { ...state.chats };
		const note = (chatId: string, message: string | undefined) =>
			(chats[chatId] = newest(chats[chatId] ?? knownIn(state, chatId), message));
		for (const { chatId, lastMessageId } of entries) note(chatId, lastMessageId);
		for (const [chatId, message] of this.found) note(chatId, message);
		const kept = Object.entries(chats).filter(([, message]) => isNewer(message, floor));
		return {
			...state,
			chats: Object.fromEntries(kept),
			floor,
			openAt,
			left: Object.fromEntries(this.left),
			passed: Object.fromEntries([...this.passed].slice(-MAX_PASSED)),
		};
	}

	/** Puts the chats in which the list shows something new to what is to be read. */
	private noteChanged(): void {
		for (const entry of this.list.entries) {
			const left = this.left.get(entry.chatId);
			if (left === undefined && !isChanged(this.state, entry)) continue;
			const { chatId, fan, unreadCount } = entry;
			const after = this.passed.get(chatId) ?? knownIn(this.state, chatId);
			if (left === undefined && entry.isToMany === true && unreadCount === 0) {
				// What the fan wrote and the creator read meanwhile comes with the next look.
				this.passed.set(chatId, after);
				continue;
			}
			this.passed.delete(chatId);
			this.left.set(chatId, { after, tries: 0, due: 0, ...left, fan, unreadCount });
		}
		// What the user does not want to be told of is never read, also when it was left earlier.
		for (const [chatId, { fan }] of this.left) {
			if (!this.isChosen(chatId) || !hasSpent(fan, this.filters)) this.left.delete(chatId);
		}
	}

	/** The chats to read now: those that could not be read before come last, unread ones first. */
	private dueChats(): string[] {
		const now = Date.now();
		const due = [...this.left].filter(([, chat]) => chat.due <= now);
		const rank = ({ tries, unreadCount }: LeftChat) => 2 * tries + (unreadCount > 0 ? 0 : 1);
		return due.sort(([, a], [, b]) => rank(a) - rank(b)).map(([chatId]) => chatId);
	}

	/** Lets the others go on: the chat is tried again after a pause that grows each time. */
	private setAside(
		chatId: string,
		chat: LeftChat,
		{ error, blame }: Extract<News, { blame: unknown }>,
	): void {
		const tries = chat.tries + 1;
		// What may have been the provider's moment is tried once more with the next poll.
		const step = blame === 'chat' ? tries : tries - 1;
		const minutes = step === 0 ? 0 : Math.min(MAX_PAUSE, FIRST_PAUSE * 2 ** (step - 1));
		this.left.set(chatId, { ...chat, tries, due: Date.now() + minutes * 60_000 });
		const when = minutes === 0 ? 'with the next poll' : `in ${minutes} minutes`;
		this.context.logger.warn(
			`The chat ${chatId} could not be read and will be tried again ${when}: ${textIn(error)}`,
		);
	}

	private isChosen(chatId: string): boolean {
		return this.filters.chats.size === 0 || this.filters.chats.has(chatId);
	}

	private isOutOfTime(): boolean {
		return Date.now() >= this.deadline;
	}
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
