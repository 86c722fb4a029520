import type { IPollFunctions } from 'n8n-workflow';
import { readChats } from '../pickers/chats';
import type { ChatEntry, ChatPage, ChatSource } from '../pickers/chats';
import { collect } from '../lists/paginate';
import type { Pagination, Taken } from '../lists/paginate';
import { textIn } from './pollMessages';
import { isChanged, isNewer, newest } from './pollState';
import type { PollState } from './pollState';

/** What a poll read of the list of chats. */
export interface ChangedChats {
	entries: ChatEntry[];
	/** As in the state: the newest message that a chat which was not seen can have had. */
	floor: string;
	/** As in the state: where the next poll reads on. */
	openAt?: string;
	/** Whether more than the first page came. */
	isFurther: boolean;
}

/** Whatever the time: the first page, the one that an earlier poll came to, and one behind it. */
const MIN_PAGES = 3;

/**
 * Reads the list of chats, those with the newest message first, as far as something may be new in
 * it. Behind a chat without news come only such, unless an earlier poll did not come to the end:
 * then it is read on from the page that came last, which is read again so that none slips through
 * between the two. Throws where the first page cannot be had; a further one is left to the next.
 */
export async function readChangedChats(
	context: IPollFunctions,
	source: ChatSource,
	state: PollState,
	isOutOfTime: () => boolean,
): Promise<ChangedChats> {
	const pages = new ChatPagination(context, source, state, isOutOfTime);
	const entries = await collect(pages);
	const { floor, openAt, pagesRead } = pages;
	return { entries, floor, openAt, isFurther: pagesRead.size > 1 };
}

/** The pages of the list of chats; a page is named by where it begins. */
class ChatPagination implements Pagination<string, ChatPage | undefined, ChatEntry[]> {
	readonly first = '';
	readonly pagesRead = new Set<string>();
	floor: string;
	openAt?: string;
	private readonly bottom: string;
	private isReadingOn = false;
	private lastRead = '';

	constructor(
		private readonly context: IPollFunctions,
		private readonly source: ChatSource,
		private readonly state: PollState,
		private readonly isOutOfTime: () => boolean,
	) {
		this.floor = state.floor;
		this.bottom = newest(state.floor, state.since);
	}

	async read(start: string): Promise<ChatPage | undefined> {
		return await readPage(this.context, this.source, this.state.account, start);
	}

	take(page: ChatPage | undefined, start: string): Taken<string, ChatEntry[]> {
		const { state } = this;
		if (page === undefined) {
			// A place that is no longer taken would never be: then it is the beginning again.
			this.openAt = start === state.openAt ? '' : this.lastRead;
			return { result: [] };
		}
		const result = page.entries;
		this.pagesRead.add(start);
		this.lastRead = start;

		const last = page.entries.filter(({ lastMessageId }) => lastMessageId !== undefined).at(-1);
		if (page.next === undefined || last?.lastMessageId === undefined) return { result };
		const isKnown = this.isReadingOn
			? !isNewer(last.lastMessageId, this.bottom)
			: !isChanged(state, last);
		if (isKnown && (this.isReadingOn || state.openAt === undefined)) {
			// It never falls: what was handed over of the chats below it is remembered nowhere else.
			this.floor = newest(this.floor, last.lastMessageId);
			return { result };
		}
		this.isReadingOn ||= isKnown;
		const isGap = isKnown && !this.pagesRead.has(state.openAt ?? '');
		const next = isGap ? state.openAt : page.next;
		if (this.pagesRead.size >= MIN_PAGES && this.isOutOfTime()) {
			this.openAt = start;
			return { result };
		}
		return { result, next: this.pagesRead.has(next ?? '') ? undefined : next };
	}

	/** A poll ends by time, which `take` looks at. */
	isOver(): boolean {
		return false;
	}
}

/** Undefined where a further page cannot be had: what the first ones show is enough to go on. */
async function readPage(
	context: IPollFunctions,
	source: ChatSource,
	account: string,
	start: string,
): Promise<ChatPage | undefined> {
	if (start === '') return await readChats(context, source, account);
	try {
		return await readChats(context, source, account, start);
	} catch (error) {
		context.logger.warn(
			'The list of chats could not be read to the end; the next poll continues there: ' +
				textIn(error),
		);
		return undefined;
	}
}
