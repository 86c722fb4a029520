import { sortedChats, unreadCount } from './chats';
import {
	addProblem,
	anyText,
	digits,
	firstProblem,
	isFields,
	listOf,
	numberBetween,
	numberIn,
	oneOf,
	problemsOf,
	textIn,
	wholeBetween,
} from './fields';
import type { Fields, Problems, Rule, Rules } from './fields';
import {
	chatWith,
	fanslyFansOf,
	fanslyProfile,
	fanslyUsers,
	followerRow,
	react,
	subscriptionRow,
	subscriptionStats,
} from './fanslyPeople';
import {
	fanslyChatRow,
	fanslyGroup,
	fanslyPage,
	fanslyPartners,
	sentFanslyMessage,
	unreadChatRow,
} from './fanslyShapes';
import { apiFanslyAccountRoutes } from './apiFanslyAccount';
import { apiFanslyMediaRoutes } from './apiFanslyMedia';
import { countBelow } from './ids';
import { pageOf } from './page';
import { Refusal, isKey } from './provider';
import type {
	Call,
	CommonReplies,
	Provider,
	ProviderContext,
	RateLimiter,
	Reply,
	Route,
} from './provider';
import type { StoredMessage } from './types';
import { findMessage } from './world';
import type { Account, Chat } from './world';

const PAIR = 'apiFansly';
const CHATS_PER_PAGE = 20;
const MESSAGES_PER_PAGE = 10;

const CHATS_QUERY: Rules = {
	cursor: anyText,
	search: anyText,
	sort: oneOf('newest', 'oldest', 'unread'),
	// Checked, but every fan of the simulator passes.
	filter: oneOf('all', 'vips', 'followers', 'subscribers'),
	subscriptionTierId: anyText,
};

const FANS_QUERY: Rules = { cursor: anyText, limit: wholeBetween(1, 100) };

const SUBSCRIBERS_QUERY: Rules = {
	...FANS_QUERY,
	status: oneOf('all', 'active', 'expired'),
	search: anyText,
	subscriptionTierIds: anyText,
};

const FANS_PER_PAGE = 20;

/** How many may be asked for at once is not documented: no more than the node asks for. */
const PROFILES_QUERY: Rules = {
	ids: (value) =>
		typeof value === 'string' && /^\d+(,\d+){0,49}$/.test(value)
			? undefined
			: 'must be up to 50 IDs',
};

const LIKE_BODY: Rules = { messageId: digits, type: numberBetween(1, 7) };

const groupUser: Rule = (value) =>
	isFields(value) && digits(value.userId) === undefined && value.permissionFlags === 0
		? undefined
		: 'must be { userId, permissionFlags: 0 }';

const GROUP_BODY: Rules = { users: listOf(groupUser), type: numberBetween(1, 1) };

/** More than ten is no error: the provider gives ten. */
const MESSAGES_QUERY: Rules = { limit: wholeBetween(1, Number.MAX_SAFE_INTEGER), cursor: anyText };

const filledText: Rule = (value) =>
	typeof value === 'string' && value.trim() !== '' ? undefined : 'must be a text that is not empty';

const mediaItem: Rule = (value) => {
	if (!isFields(value)) return filledText(value);
	const problem = firstProblem(
		problemsOf({ mediaId: undefined, ...value }, { mediaId: filledText, previewId: filledText }),
	);
	return problem && `is wrong inside: ${problem}`;
};

const mediaItems: Rule = (value) =>
	Array.isArray(value) && value.length === 0
		? 'must have at least one item'
		: listOf(mediaItem)(value);

const accessType: Rule = (value) =>
	value === 'ppv' || (Array.isArray(value) && value.length === 1 && value[0] === 'ppv')
		? undefined
		: 'must be "ppv" or ["ppv"]';

const price: Rule = (value) =>
	typeof value === 'number' && value >= 1 && value <= 500
		? undefined
		: 'must be a number of dollars from 1 to 500';

const SEND_BODY: Rules = {
	content: filledText,
	mediaId: filledText,
	mediaIds: mediaItems,
	access_type: accessType,
	price,
};

/** Everything that is wrong with a body of Send Message (seed 001 and its newer edition with `mediaIds`). */
function sendProblems(body: Fields): Problems {
	const problems = problemsOf({ content: undefined, ...body }, SEND_BODY);
	const single = body.mediaId !== undefined;
	const several = body.mediaIds !== undefined;
	const paid = body.access_type !== undefined;
	if (single && several) addProblem(problems, 'mediaId', 'cannot be combined with mediaIds');
	if (paid && !single && !several) addProblem(problems, 'access_type', 'needs media');
	if (Array.isArray(body.access_type) && !several) {
		addProblem(problems, 'access_type', 'is an array only with mediaIds');
	}
	if (paid && body.price === undefined) {
		addProblem(problems, 'price', 'is required with access_type');
	}
	if (!paid && body.price !== undefined) addProblem(problems, 'price', 'needs access_type');
	return problems;
}

function mediaCount(body: Fields): number {
	if (Array.isArray(body.mediaIds)) return body.mediaIds.length;
	return body.mediaId === undefined ? 0 : 1;
}

function envelope(statusCode: number, message: string, data: unknown): Fields {
	return { statusCode, message, data, timestamp: new Date().toISOString() };
}

function errorReply(status: number, message: string, headers?: Reply['headers']): Reply {
	return { status, body: envelope(status, message, null), credits: 0, headers };
}

function refusal(status: number, message: string): Refusal {
	return new Refusal(errorReply(status, message));
}

function refuseProblems(problems: Problems): void {
	const problem = firstProblem(problems);
	if (problem !== undefined) throw refusal(400, problem);
}

/** Cursors are tokens without a meaning for the client; they tell the list and the place in it. */
function token(list: string, place: string): string {
	return Buffer.from(`${list}:${place}`).toString('base64url');
}

function placeIn(list: string, cursor: string | undefined): string | undefined {
	if (cursor === undefined) return undefined;
	const place = new RegExp(`^${list}:(\\d+)$`).exec(
		Buffer.from(cursor, 'base64url').toString(),
	)?.[1];
	if (place === undefined) throw refusal(400, 'Invalid cursor');
	return place;
}

/** One page of a list of fans. */
function fansPage<T>(
	list: string,
	{ query }: Call,
	fans: T[],
): { rows: T[]; nextCursor: string | null } {
	const start = Number(placeIn(list, query.cursor) ?? 0);
	const end = start + Number(query.limit ?? FANS_PER_PAGE);
	return {
		rows: fans.slice(start, end),
		nextCursor: end < fans.length ? token(list, String(end)) : null,
	};
}

/** ApiFansly: accounts, chats, messages, fans (seed 001, the stored pages of its documentation and its customers' code). */
class ApiFansly {
	constructor(private readonly context: ProviderContext) {}

	routes(): Route[] {
		const base = '/api/fansly/:account';
		const messages = `${base}/chats/:chat/messages`;
		return [
			...this.mediaRoutes(),
			...this.accountRoutes(),
			{ method: 'get', path: '/api/fansly/accounts', handle: (call) => this.listAccounts(call) },
			{
				method: 'get',
				path: '/api/fansly/accounts/by-ids',
				handle: (call) => this.showProfiles(call),
			},
			{ method: 'get', path: `${base}/me`, handle: (call) => this.me(call) },
			{ method: 'get', path: `${base}/chats`, handle: (call) => this.listChats(call) },
			{ method: 'get', path: messages, handle: (call) => this.listMessages(call) },
			{ method: 'post', path: messages, handle: (call) => this.send(call) },
			{
				method: 'delete',
				path: `${base}/messages/:message`,
				handle: (call) => this.deleteMessage(call),
			},
			{ method: 'post', path: `${base}/messages/like`, handle: (call) => this.like(call, true) },
			{ method: 'post', path: `${base}/messages/unlike`, handle: (call) => this.like(call, false) },
			{ method: 'post', path: `${base}/group`, handle: (call) => this.createGroup(call) },
			{ method: 'get', path: `${base}/chats/unread`, handle: (call) => this.listUnread(call) },
			{ method: 'post', path: `${base}/chats/typing`, handle: (call) => this.startTyping(call) },
			{ method: 'post', path: `${base}/chats/mute`, handle: (call) => this.mute(call, true) },
			{ method: 'post', path: `${base}/chats/unmute`, handle: (call) => this.mute(call, false) },
			{ method: 'post', path: `${base}/chats/:chat/hide`, handle: (call) => this.hide(call) },
			{ method: 'get', path: `${base}/subscribers`, handle: (call) => this.listSubscribers(call) },
			{ method: 'get', path: `${base}/followers`, handle: (call) => this.listFollowers(call) },
		];
	}

	private accountRoutes(): Route[] {
		return apiFanslyAccountRoutes({
			account: (call) => this.account(call),
			chat: (call) => this.chat(call),
			passedOn: (response, beside) => this.passedOn(response, 200, beside),
			refuse(status, message) {
				throw refusal(status, message);
			},
			refuseProblems,
			token,
			placeIn,
		});
	}

	private mediaRoutes(): Route[] {
		return apiFanslyMediaRoutes(this.context, {
			accountId: (call) => this.account(call).id,
			passedOn: (response, beside) => this.passedOn(response, 200, beside),
			answered: (data, status, credits) => this.answered(data, status, credits),
			refuse(status, message) {
				throw refusal(status, message);
			},
			refuseProblems,
			token,
			placeIn,
		});
	}

	private answered(data: unknown, status = 200, credits = 1): Reply {
		this.context.ledger.charge(credits);
		return {
			status,
			body: envelope(status, 'Success', data),
			credits,
			headers: rateHeaders(this.context.limiter),
		};
	}

	/** What Fansly itself answered stands two levels deeper; Fansly's own status is 200 also where ApiFansly says 201. */
	private passedOn(response: unknown, status = 200, beside: Fields = {}): Reply {
		return this.answered(
			{ status_code: 200, data: { success: true, response, ...beside } },
			status,
		);
	}

	private account({ account }: Call): Account {
		const found = this.context.world.account(PAIR, account);
		if (found !== undefined) return found;
		throw new Refusal({
			status: 403,
			body: { error: 'Account not found or access denied' },
			credits: 0,
		});
	}

	private chat(call: Call): Chat {
		const found = this.account(call).chats.get(call.chat);
		if (found === undefined) throw refusal(404, 'Chat not found');
		return found;
	}

	private listAccounts({ query }: Call): Reply {
		refuseProblems(problemsOf(query, {}));
		const accounts = this.context.world.accounts(PAIR).map(({ id, name, username }) => ({
			accountId: id,
			email: `secret-email-${username}@example.com`,
			name,
			country: 'US',
			createdAt: '2026-01-01T00:00:00.000Z',
		}));
		return this.answered({ success: true, count: accounts.length, accounts });
	}

	/** The path has no account. Who is not known is left out. */
	private showProfiles({ query }: Call): Reply {
		refuseProblems(problemsOf({ ids: '', ...query }, PROFILES_QUERY));
		const wanted = (query.ids ?? '').split(',');
		const people = new Map(
			this.context.world
				.accounts(PAIR)
				.flatMap(fanslyUsers)
				.map((fan) => [fan.id, fan]),
		);
		return this.passedOn(
			[...people.values()].filter(({ id }) => wanted.includes(id)).map(fanslyProfile),
		);
	}

	private me(call: Call): Reply {
		const { nativeId, username, name } = this.account(call);
		return this.passedOn({ account: { id: nativeId, username, displayName: name } });
	}

	private listChats(call: Call): Reply {
		const account = this.account(call);
		refuseProblems(problemsOf(call.query, CHATS_QUERY));
		const { search = '', sort, cursor } = call.query;
		const chats = sortedChats(
			account,
			search,
			sort === 'oldest' || sort === 'unread' ? sort : 'newest',
			this.context.quirks.oldestInFront,
		);
		const start = Number(placeIn('chats', cursor) ?? 0);
		const end = start + CHATS_PER_PAGE;
		const rows = chats.slice(start, end);
		const response = {
			data: rows.map(fanslyChatRow),
			aggregationData: { accounts: fanslyPartners(rows) },
		};
		const nextCursor = end < chats.length ? token('chats', String(end)) : null;
		return this.passedOn(response, 200, { nextCursor });
	}

	private listMessages(call: Call): Reply {
		refuseProblems(problemsOf(call.query, MESSAGES_QUERY));
		const chat = this.chat(call);
		const { messages } = chat;
		const place = placeIn('messages', call.query.cursor);
		const start = place === undefined ? 0 : messages.length - countBelow(messages, place);
		const limit = Math.min(Number(call.query.limit ?? MESSAGES_PER_PAGE), MESSAGES_PER_PAGE);
		const page = pageOf(messages, 'desc', start, limit, this.context.quirks);
		const cursor = page.nextCursor === undefined ? null : token('messages', page.nextCursor);
		return this.passedOn({ ...fanslyPage(chat, page.messages), cursor });
	}

	private send(call: Call): Reply {
		const body = isFields(call.body) ? call.body : {};
		const { world } = this.context;
		this.account(call);
		refuseProblems(sendProblems(body));
		const chat = this.chat(call);
		const paid = body.access_type !== undefined && !call.unlockPaid;
		const message = world.postMessage(
			PAIR,
			chat,
			{
				text: textIn(body, 'content'),
				price: paid ? numberIn(body, 'price') : 0,
				media: Array.from({ length: mediaCount(body) }, () => ({ locked: paid })),
			},
			body,
		);
		return this.passedOn(sentFanslyMessage(chat, message), 201);
	}

	private deleteMessage(call: Call): Reply {
		const { chat, message } = this.findMessage(call);
		if (message.direction === 'incoming') throw refusal(400, 'Only own messages can be deleted');
		this.context.world.deleteMessage(chat, message);
		return this.passedOn({ success: true });
	}

	/** The path names no chat. */
	private findMessage(call: Call): { chat: Chat; message: StoredMessage } {
		for (const chat of this.account(call).chats.values()) {
			const message = findMessage(chat, call.message);
			if (message !== undefined) return { chat, message };
		}
		throw refusal(404, 'Message not found');
	}

	/** The body's fields, all of them required. */
	private requiredBody({ body }: Call, rules: Rules): Fields {
		const fields = isFields(body) ? body : {};
		const missing = Object.fromEntries(Object.keys(rules).map((name) => [name, undefined]));
		refuseProblems(problemsOf({ ...missing, ...fields }, rules));
		return fields;
	}

	private like(call: Call, isOn: boolean): Reply {
		const body = this.requiredBody(call, LIKE_BODY);
		const { chat, message } = this.findMessage({ ...call, message: textIn(body, 'messageId') });
		react(chat, message.id, numberIn(body, 'type'), isOn);
		return this.passedOn({ success: true });
	}

	private createGroup(call: Call): Reply {
		const account = this.account(call);
		const { users } = this.requiredBody(call, GROUP_BODY);
		const ids = Array.isArray(users)
			? users.map((user) => (isFields(user) ? textIn(user, 'userId') : ''))
			: [];
		const fan = fanslyUsers(account).find(({ id }) => ids.includes(id));
		if (!ids.includes(account.nativeId) || fan === undefined || ids.length !== 2) {
			throw refusal(400, 'users must name the creator and a user');
		}
		const { world } = this.context;
		const chat =
			chatWith(account, fan.id) ??
			world.addChat(PAIR, {
				account: account.id,
				fan: { id: fan.id, name: fan.name, username: fan.username },
			});
		return this.passedOn(fanslyGroup(chat));
	}

	/** Fewer rows a page than of all chats; its cursor is the last row's message, also where no row follows. */
	private listUnread(call: Call): Reply {
		const account = this.account(call);
		refuseProblems(problemsOf(call.query, { cursor: digits }));
		const unread = sortedChats(account, '', 'newest').filter((chat) => unreadCount(chat) > 0);
		const start = unread.findIndex(({ messages }) => messages.at(-1)?.id === call.query.cursor) + 1;
		const rows = unread.slice(start, start + MESSAGES_PER_PAGE).map(unreadChatRow);
		const response = {
			data: rows,
			aggregationData: { accounts: fanslyPartners(unread.slice(start, start + MESSAGES_PER_PAGE)) },
		};
		return this.answered({
			status_code: 200,
			data: { success: true, response },
			nextCursor: rows.at(-1)?.messageId ?? null,
		});
	}

	private startTyping(call: Call): Reply {
		const chat = textIn(this.requiredBody(call, { chatId: digits }), 'chatId');
		this.chat({ ...call, chat }).fansly.isTyping = true;
		return this.passedOn({ success: true });
	}

	private mute(call: Call, isMuted: boolean): Reply {
		const fanId = textIn(this.requiredBody(call, { targetUserId: digits }), 'targetUserId');
		const chat = chatWith(this.account(call), fanId);
		if (chat === undefined) throw refusal(404, 'User not found');
		chat.fansly.isMuted = isMuted;
		return this.passedOn({ success: true });
	}

	private hide(call: Call): Reply {
		this.chat(call).fansly.isHidden = true;
		return this.passedOn({ success: true });
	}

	private listSubscribers(call: Call): Reply {
		const account = this.account(call);
		refuseProblems(problemsOf(call.query, SUBSCRIBERS_QUERY));
		const { status, search, subscriptionTierIds: tier } = call.query;
		if (status === undefined) throw refusal(400, 'The status field is required.');
		const { rows, nextCursor } = fansPage(
			'subscribers',
			call,
			fanslyFansOf(account, false, { status, search, tier }),
		);
		return this.passedOn(
			{ stats: subscriptionStats(account), subscriptions: rows.map(subscriptionRow) },
			200,
			{ nextCursor },
		);
	}

	private listFollowers(call: Call): Reply {
		const account = this.account(call);
		refuseProblems(problemsOf(call.query, FANS_QUERY));
		const { rows, nextCursor } = fansPage('followers', call, fanslyFansOf(account, true, {}));
		return this.passedOn(
			{ followers: rows.map(followerRow), aggregationData: { accounts: rows.map(fanslyProfile) } },
			200,
			{ nextCursor },
		);
	}
}

/** The limits of the Pro plan while none is set. */
function rateHeaders(limiter: RateLimiter, remaining?: number): Record<string, string> {
	const limit = limiter.perMinute ?? 1000;
	return {
		'x-ratelimit-limit': String(limit),
		'x-ratelimit-remaining': String(remaining ?? limiter.remaining(limit)),
		'x-ratelimit-plan': 'pro',
	};
}

function commonReplies({ limiter }: ProviderContext): CommonReplies {
	return {
		outOfCredits: () => errorReply(402, 'Insufficient credits'),
		rateLimited: (seconds) =>
			errorReply(429, 'Rate limit exceeded. Please wait before making more requests.', {
				...rateHeaders(limiter, 0),
				'x-ratelimit-retry-after': String(seconds),
			}),
		noSuchRoute: (path) => errorReply(404, `Cannot find ${path}`),
		unreadableBody: () => errorReply(400, 'The request could not be read as JSON'),
		broken: () => errorReply(500, 'Internal server error'),
		failureInside: () => ({
			status: 200,
			body: envelope(200, 'Success', {
				status_code: 400,
				data: { success: false, response: null },
			}),
			credits: 0,
		}),
	};
}

function authenticate({ headers }: Call, method: string, key: string): void {
	if (!isKey(headers['x-api-key'], key)) throw refusal(401, 'Missing or invalid API key');
	// Seen by a customer: some of the servers behind the API refuse a GET that names a content type.
	if (method === 'get' && headers['content-type'] !== undefined) {
		throw refusal(400, 'A GET request has no content type');
	}
}

/** ApiFansly as a whole. */
export function apiFanslyProvider(context: ProviderContext, key: string): Provider {
	return {
		name: 'apiFansly',
		routes: new ApiFansly(context).routes(),
		replies: commonReplies(context),
		ledger: context.ledger,
		limiter: context.limiter,
		pairOf: () => PAIR,
		authenticate: (call, method) => authenticate(call, method, key),
		reset: () => undefined,
	};
}
