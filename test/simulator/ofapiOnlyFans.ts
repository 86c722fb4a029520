import { markRead, sortedChats, unreadCount } from './chats';
import {
	addProblem,
	anyText,
	digits,
	idsIn,
	isFields,
	listOf,
	numberIn,
	oneOf,
	problemsOf,
	textIn,
	wholeBetween,
	wholeNumber,
	yesOrNo,
} from './fields';
import type { Fields, Problems, Rule, Rules } from './fields';
import { IdempotencyKeys } from './idempotency';
import { countBelow, countUpTo } from './ids';
import {
	accountOf,
	answered,
	answeredBare,
	answeredFree,
	chatOf,
	checkQuery,
	messageOf,
	nextPage,
	offsetPage,
	platformError,
	refuseProblems,
} from './ofapi';
import type { OfapiContext } from './ofapi';
import { accountRow, chatRow, listedMessage, onlyFansMessage } from './onlyFansShapes';
import { OnlyFansLists } from './onlyFansLists';
import { OnlyFansMassMessages } from './onlyFansMassMessages';
import { OnlyFansPeople } from './onlyFansPeople';
import { OnlyFansRelations } from './onlyFansRelations';
import { marksOf } from './onlyFansState';
import { OnlyFansTransactions } from './onlyFansTransactions';
import type { ChatMarks } from './onlyFansState';
import { pageOf } from './page';
import type { Order } from './page';
import type { Call, Reply, Route } from './provider';
import { screenWords } from './bannedWords';
import type { StoredMessage, WrittenMessage } from './types';
import type { Chat } from './world';

const DAY = 24 * 60 * 60 * 1000;

const CHATS_QUERY: Rules = {
	limit: wholeBetween(1, 100),
	offset: digits,
	query: anyText,
	order: oneOf('recent', 'old'),
	filter: oneOf('pinned', 'priority', 'unread', 'with_tips', 'unread_with_tips'),
	skip_users: oneOf('all', 'none'),
};

const MEDIA_QUERY: Rules = {
	type: oneOf('photos', 'videos', 'audios'),
	// The largest page is not documented: no more than the usual one is taken.
	limit: wholeBetween(1, 20),
	offset: digits,
	skip_users: oneOf('all', 'none'),
};

const MEDIA_TYPES: Record<string, string[]> = {
	photos: ['photo'],
	videos: ['video', 'gif'],
	audios: ['audio'],
};

const MESSAGES_QUERY: Rules = {
	limit: wholeBetween(1, 100),
	order: oneOf('desc', 'asc'),
	first_id: digits,
	last_id: digits,
	id: digits,
	filter: oneOf('pinned'),
	skip_users: oneOf('all', 'none'),
};

/** An upload's handle or a number of the vault, as text or as a number that JavaScript holds exactly. */
const mediaHandle: Rule = (value) =>
	Number.isSafeInteger(value) ||
	(typeof value === 'string' && /^(ofapi_media_\w+|\d+)$/.test(value))
		? undefined
		: 'must be an ofapi_media_ ID or a vault ID';

const price: Rule = (value) =>
	typeof value === 'number' && (value === 0 || (value >= 3 && value <= 200))
		? undefined
		: 'must be the number 0 or a number from 3 to 200';

const userId: Rule = (value) => (wholeNumber(value) === undefined ? undefined : digits(value));

const SEND_BODY: Rules = {
	text: anyText,
	mediaFiles: listOf(mediaHandle),
	previews: listOf(mediaHandle),
	price,
	lockedText: yesOrNo,
	replyToMessageId: wholeNumber,
	giphyId: anyText,
	rfTag: listOf(userId),
	rfPartner: listOf(userId),
	rfGuest: listOf(userId),
	blockBannedWords: oneOf('strict_ban', 'risky', 'replace_soften'),
};

/** Everything that is wrong with a body of Send Message (seed 003). */
function sendProblems(body: Fields): Problems {
	const problems = problemsOf(body, SEND_BODY);
	const text = textIn(body, 'text');
	const files = idsIn(body, 'mediaFiles');
	if (text === '' && files.length === 0 && textIn(body, 'giphyId') === '') {
		addProblem(problems, 'text', 'is required');
	}
	if (numberIn(body, 'price') !== 0 && files.length === 0) {
		addProblem(problems, 'mediaFiles', 'is required when there is a price');
	}
	if (idsIn(body, 'previews').some((preview) => !files.includes(preview))) {
		addProblem(problems, 'previews', 'may only name items of mediaFiles');
	}
	screenWords(body, problems);
	return problems;
}

/** The message that a checked body describes. Upload handles become new numbers; vault numbers stay. */
function newMessageOf(body: Fields, { unlockPaid, keepPrice }: Call): WrittenMessage {
	const paid = numberIn(body, 'price') > 0 && !unlockPaid;
	const previews = idsIn(body, 'previews');
	return {
		text: textIn(body, 'text'),
		price: paid || keepPrice ? numberIn(body, 'price') : 0,
		media: idsIn(body, 'mediaFiles').map((file) => ({
			id: /^\d+$/.test(file) ? file : undefined,
			locked: paid && !previews.includes(file),
		})),
		replyTo:
			body.replyToMessageId === undefined ? undefined : String(numberIn(body, 'replyToMessageId')),
	};
}

function hasTip(messages: StoredMessage[]): boolean {
	return messages.some(({ tip }) => tip > 0);
}

function passesFilter(chat: Chat, filter: string | undefined): boolean {
	switch (filter) {
		case undefined:
			return true;
		case 'unread':
			return unreadCount(chat) > 0;
		case 'with_tips':
			return hasTip(chat.messages);
		case 'unread_with_tips':
			return hasTip(chat.messages.slice(chat.messages.length - unreadCount(chat)));
		default:
			// No chat of the simulator is pinned or has priority.
			return false;
	}
}

/** OnlyFansAPI for OnlyFans: accounts, chats, messages (OpenAPI files of 2026-08 and 2026-09, seed 003). */
export class OfapiOnlyFans {
	private readonly keys = new IdempotencyKeys();

	private readonly others: Array<{ routes(): Route[] }>;

	constructor(private readonly context: OfapiContext) {
		this.others = [
			OnlyFansRelations,
			OnlyFansLists,
			OnlyFansTransactions,
			OnlyFansMassMessages,
			OnlyFansPeople,
		].map((Handlers) => new Handlers(context));
	}

	reset(): void {
		this.keys.clear();
	}

	routes(): Route[] {
		const messages = '/api/:account/chats/:chat/messages';
		const message = `${messages}/:message`;
		return [
			{ method: 'get', path: '/api/whoami', handle: () => this.whoami() },
			{ method: 'get', path: '/api/usage/credits', handle: (call) => this.usage(call) },
			{ method: 'get', path: '/api/accounts', handle: (call) => this.listAccounts(call) },
			{ method: 'get', path: '/api/:account/chats', handle: (call) => this.listChats(call) },
			{ method: 'get', path: messages, handle: (call) => this.listMessages(call) },
			{ method: 'post', path: messages, handle: (call) => this.send(call) },
			{ method: 'get', path: `${messages}/search`, handle: (call) => this.searchMessages(call) },
			{ method: 'get', path: message, handle: (call) => this.getMessage(call) },
			{ method: 'delete', path: message, handle: (call) => this.deleteMessage(call) },
			{
				method: 'post',
				path: `${message}/like`,
				handle: (call) =>
					this.mark(call, (chat, { id }) => marksOf(chat).liked.add(id), { isLiked: true }),
			},
			{
				method: 'delete',
				path: `${message}/unlike`,
				handle: (call) =>
					this.mark(call, (chat, { id }) => marksOf(chat).liked.delete(id), { isLiked: false }),
			},
			{
				method: 'post',
				path: `${message}/pin`,
				handle: (call) => this.mark(call, (chat, { id }) => chat.pinned.add(id)),
			},
			{
				method: 'delete',
				path: `${message}/unpin`,
				handle: (call) => this.mark(call, (chat, { id }) => chat.pinned.delete(id)),
			},
			{
				method: 'get',
				path: '/api/:account/chats/:chat/media',
				handle: (call) => this.listMedia(call),
			},
			{
				method: 'post',
				path: '/api/:account/chats/:chat/hide',
				handle: (call) => this.set(call, { isHidden: true }),
			},
			{
				method: 'post',
				path: '/api/:account/chats/:chat/mute',
				handle: (call) => this.set(call, { isMuted: true }),
			},
			{
				method: 'delete',
				path: '/api/:account/chats/:chat/unmute',
				handle: (call) => this.set(call, { isMuted: false }),
			},
			{
				method: 'post',
				path: '/api/:account/chats/:chat/typing',
				handle: (call) => this.startTyping(call),
			},
			...this.others.flatMap((handlers) => handlers.routes()),
			{
				method: 'post',
				path: '/api/:account/chats/mark-as-read',
				handle: (call) => this.markAllRead(call),
			},
			{
				method: 'post',
				path: '/api/:account/chats/:chat/mark-as-read',
				handle: (call) => this.markRead(call),
			},
			{
				method: 'post',
				path: '/api/:account/chats/:chat/mark-as-unread',
				handle: (call) => this.markUnread(call),
			},
		];
	}

	private whoami(): Reply {
		return answeredBare(this.context, {
			api_key: {
				name: 'Simulator',
				last_used_at: '2026-09-01T11:59:00.000000Z',
				created_at: '2026-01-01T00:00:00.000000Z',
			},
			team: { name: 'Simulator Team', slug: 'simulator-team-1' },
		});
	}

	/** What was used day by day; the page that documents it shows no answer. */
	private usage({ query }: Call): Reply {
		checkQuery(this.context, query, {});
		return answeredFree(this.context, { data: [] });
	}

	private listAccounts({ query }: Call): Reply {
		checkQuery(this.context, query, {
			onlyfans_id: anyText,
			onlyfans_username: anyText,
			onlyfans_email: anyText,
		});
		const rows = this.context.world.accounts(this.context.pair).map(accountRow);
		const wanted = Object.entries(query);
		return answeredBare(
			this.context,
			rows.filter((row) => wanted.every(([name, value]) => String(row[name]) === value)),
		);
	}

	private listChats(call: Call): Reply {
		const account = accountOf(this.context, call);
		checkQuery(this.context, call.query, CHATS_QUERY);
		const order = call.query.order === 'old' ? 'oldest' : 'newest';
		const chats = sortedChats(
			account,
			call.query.query ?? '',
			order,
			this.context.quirks.oldestInFront,
		).filter((chat) => !marksOf(chat).isHidden);
		const page = offsetPage(
			this.context.quirks,
			call,
			chats.filter((chat) => passesFilter(chat, call.query.filter)),
			10,
		);
		return answered(this.context, {
			data: page.rows.map(chatRow),
			_pagination: { next_page: page.nextPage },
		});
	}

	/** Listing marks the chat as read. The next link names order, skip_users and id, but no limit. */
	private listMessages(call: Call): Reply {
		const { quirks } = this.context;
		const { query } = call;
		this.checkMessagesQuery(query);
		const chat = chatOf(this.context, call);
		const order: Order = query.order === 'asc' ? 'asc' : 'desc';
		const skipUsers = query.skip_users ?? 'all';
		const messages =
			query.filter === 'pinned'
				? chat.messages.filter(({ id }) => chat.pinned.has(id))
				: chat.messages;

		const page = pageOf(
			messages,
			order,
			startOf(messages, query),
			Number(query.limit ?? 10),
			quirks,
		);
		markRead(chat);
		const next = page.nextCursor && { order, skip_users: skipUsers, id: page.nextCursor };
		return answered(this.context, {
			data: page.messages.map((message) => listedMessage(chat, message, skipUsers === 'none')),
			_pagination: { next_page: nextPage(quirks, call, next || undefined) },
		});
	}

	private checkMessagesQuery(query: Call['query']): void {
		const problems = problemsOf(query, MESSAGES_QUERY);
		const ascending = query.order === 'asc';
		if (ascending && query.first_id !== undefined) {
			addProblem(problems, 'first_id', 'goes with the order desc');
		}
		if (!ascending && query.last_id !== undefined) {
			addProblem(problems, 'last_id', 'goes with the order asc');
		}
		if (query.id !== undefined && (query.first_id ?? query.last_id) !== undefined) {
			addProblem(problems, 'id', 'cannot be combined with first_id or last_id');
		}
		refuseProblems(this.context, problems);
	}

	private send(call: Call): Reply {
		accountOf(this.context, call);
		return this.keys.run(this.context, call, () => this.sendOnce(call));
	}

	private sendOnce(call: Call): Reply {
		const body = isFields(call.body) ? call.body : {};
		const problems = sendProblems(body);
		const files = idsIn(body, 'mediaFiles');
		this.context.media.checkUse('ofapiOnlyFans', files, problems);
		refuseProblems(this.context, problems);
		const chat = chatOf(this.context, call);
		marksOf(chat).isHidden = false;
		const message = this.context.world.postMessage(
			this.context.pair,
			chat,
			newMessageOf(body, call),
			body,
		);
		this.context.media.use('ofapiOnlyFans', files);
		return answered(this.context, {
			data: onlyFansMessage(chat, message),
			_pagination: {
				next_page: nextPage(this.context.quirks, call, { limit: '10', id: message.id }),
			},
		});
	}

	private getMessage(call: Call): Reply {
		const chat = chatOf(this.context, call);
		const message = messageOf(this.context, chat, call);
		return answered(this.context, { data: listedMessage(chat, message) });
	}

	private deleteMessage(call: Call): Reply {
		const { world } = this.context;
		const chat = chatOf(this.context, call);
		const message = messageOf(this.context, chat, call);
		const age = world.now() - Date.parse(message.createdAt);
		if (message.direction === 'incoming' || age > DAY) {
			throw platformError(
				this.context,
				400,
				'Only own messages of the last 24 hours can be deleted.',
			);
		}
		world.deleteMessage(chat, message);
		return this.done();
	}

	private mark(
		call: Call,
		change: (chat: Chat, message: StoredMessage) => unknown,
		shown: Fields = {},
	): Reply {
		const chat = chatOf(this.context, call);
		change(chat, messageOf(this.context, chat, call));
		return answered(this.context, { data: { success: true, ...shown } });
	}

	/** The IDs of the messages that hold the text, newest first: one credit for all. */
	private searchMessages(call: Call): Reply {
		const chat = chatOf(this.context, call);
		checkQuery(this.context, call.query, { query: anyText });
		const wanted = (call.query.query ?? '').toLowerCase();
		if (wanted === '') refuseProblems(this.context, { query: ['The query field is required.'] });
		const found = chat.messages
			.filter(({ text }) => text.toLowerCase().includes(wanted))
			.map(({ id }) => Number(id));
		return answered(this.context, { data: found.reverse() });
	}

	/** The messages that hold media, newest first. */
	private listMedia(call: Call): Reply {
		const chat = chatOf(this.context, call);
		checkQuery(this.context, call.query, MEDIA_QUERY);
		const types = MEDIA_TYPES[call.query.type ?? ''] ?? ['photo', 'video', 'gif', 'audio'];
		const messages = chat.messages
			.filter(({ media }) => media.some(({ type }) => types.includes(type)))
			.reverse();
		const offset = Number(call.query.offset ?? 0);
		const { shortPages } = this.context.quirks;
		const limit = Number(call.query.limit ?? 20);
		const end = offset + (shortPages > 0 ? Math.min(limit, shortPages) : limit);
		const page = messages.slice(offset, end);
		return answered(this.context, {
			data: {
				list: page.map((message) => onlyFansMessage(chat, message)),
				hasMore: end < messages.length,
				nextLastId: page.at(-1)?.id ?? null,
			},
		});
	}

	private set(call: Call, marks: Partial<ChatMarks>): Reply {
		Object.assign(marksOf(chatOf(this.context, call)), marks);
		return this.done();
	}

	private startTyping(call: Call): Reply {
		marksOf(chatOf(this.context, call)).typing++;
		return answeredFree(this.context, { data: { success: true } });
	}

	private markAllRead(call: Call): Reply {
		for (const chat of accountOf(this.context, call).chats.values()) markRead(chat);
		return this.done();
	}

	private markRead(call: Call): Reply {
		markRead(chatOf(this.context, call));
		return this.done();
	}

	private markUnread(call: Call): Reply {
		chatOf(this.context, call).isMarkedUnread = true;
		return this.done();
	}

	private done(): Reply {
		return answered(this.context, { data: { success: true } });
	}
}

/** How far into the walk the asked-for page starts: `first_id` and `last_id` include the message, `id` does not. */
function startOf(
	messages: StoredMessage[],
	{ order, id, first_id, last_id }: Call['query'],
): number {
	if (order === 'asc') {
		if (last_id !== undefined) return countBelow(messages, last_id);
		return id === undefined ? 0 : countUpTo(messages, id);
	}
	if (first_id !== undefined) return messages.length - countUpTo(messages, first_id);
	return id === undefined ? 0 : messages.length - countBelow(messages, id);
}
