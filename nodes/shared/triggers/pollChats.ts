import type { IPollFunctions } from 'n8n-workflow';
import { readChats } from '../pickers/chats';
import type { ChatEntry, ChatPage, ChatSource } from '../pickers/chats';
import { textIn } from './pollMessages';
import { isChanged, isNewer, newest } from './pollState';
import type { PollState } from './pollState';

/** What a poll read of the list of chats. */
export interface ChangedChats {
	rows: ChatEntry[];
	/** As in the state: the newest message that a chat which was not seen can have had. */
	floor: string;
	/** As in the state: where the next poll reads on. */
	openAt?: string;
	/** Whether more than the first page came. */
	isFurther: boolean;
}

/** Whatever the time: the first page, the one that an earlier poll came to, and one behind it. */
const FEWEST_PAGES = 3;

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
	const entries: ChatEntry[] = [];
	const read = new Set<string>();
	const bottom = newest(state.floor, state.since);
	let isReadingOn = false;
	let start = '';
	let lastRead = '';
	let floor = state.floor;
	const ended = (openAt?: string): ChangedChats => ({
		rows: entries,
		floor,
		openAt,
		isFurther: read.size > 1,
	});

	while (!read.has(start)) {
		const page = await readPage(context, source, state.account, start);
		// A place that is no longer taken would never be: then it is the beginning again.
		if (page === undefined) return ended(start === state.openAt ? '' : lastRead);
		entries.push(...page.entries);
		read.add(start);
		lastRead = start;

		const last = page.entries.filter(({ lastMessageId }) => lastMessageId !== undefined).at(-1);
		if (page.next === undefined || last?.lastMessageId === undefined) return ended();
		const isKnown: boolean = isReadingOn
			? !isNewer(last.lastMessageId, bottom)
			: !isChanged(state, last);
		if (isKnown && (isReadingOn || state.openAt === undefined)) {
			// It never falls: what was handed over of the chats below it is remembered nowhere else.
			floor = newest(floor, last.lastMessageId);
			return ended();
		}
		isReadingOn ||= isKnown;
		start =
			isKnown && state.openAt !== undefined && !read.has(state.openAt) ? state.openAt : page.next;
		if (read.size >= FEWEST_PAGES && isOutOfTime()) return ended(lastRead);
	}
	return ended();
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
			`The next poll goes on where the list of chats could not be read on: ${textIn(error)}`,
		);
		return undefined;
	}
}
