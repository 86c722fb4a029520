import { markRead, sortedChats } from './chats';
import {
	addProblem,
	anyText,
	digits,
	idsIn,
	isFields,
	listOf,
	numberBetween,
	numberIn,
	oneOf,
	problemsOf,
	textIn,
	wholeBetween,
} from './fields';
import type { Fields, Rule, Rules } from './fields';
import {
	acknowledge,
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
	fanslyAccountRow,
	fanslyChatRow,
	fanslyGroup,
	fanslyGroups,
	fanslyPage,
	fanslyPartners,
	listedFanslyMessage,
	sentFanslyMessage,
} from './fanslyShapes';
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
import { pageOf } from './page';
import type { Call, Reply, Route } from './provider';

const CHATS_QUERY: Rules = {
	limit: wholeBetween(1, 100),
	offset: digits,
	search: anyText,
	order: oneOf('newest', 'oldest', 'unread'),
};

const MESSAGES_QUERY: Rules = { limit: wholeBetween(1, 100), before: digits };

const uploadHandle: Rule = (value) =>
	typeof value === 'string' && /^fansly_media_\w+$/.test(value)
		? undefined
		: 'must be a fansly_media_ ID';

const SEND_BODY: Rules = {
	text: anyText,
	mediaFiles: listOf(uploadHandle),
	replyToMessageId: digits,
};

const MOST_ACKNOWLEDGED = 25;
const MOST_USERS = 100;

const ACK_BODY: Rules = { messageIds: listOf(digits), type: numberBetween(1, 4) };

const REACTION_BODY: Rules = { type: numberBetween(1, 7) };

const FANS_QUERY: Rules = { limit: wholeBetween(1, 100), offset: digits, search: anyText };

const SUBSCRIBERS_QUERY: Rules = {
	...FANS_QUERY,
	status: oneOf('active', 'expired', 'all'),
	subscription_tier_id: digits,
};

const isoTime: Rule = (value) =>
	typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(Date.parse(value))
		? undefined
		: 'must be an ISO 8601 time';

const FOLLOWERS_QUERY: Rules = { ...FANS_QUERY, last_seen_after: isoTime };

/** OnlyFansAPI for Fansly: accounts, chats, messages (seeds 000, 002 and 004), fans. */
export class OfapiFansly {
	constructor(private readonly context: OfapiContext) {}

	routes(): Route[] {
		const messages = '/api/fansly/:account/chats/:chat/messages';
		return [
			{ method: 'get', path: '/api/fansly/accounts', handle: (call) => this.listAccounts(call) },
			{ method: 'get', path: '/api/fansly/:account/chats', handle: (call) => this.listChats(call) },
			{ method: 'get', path: messages, handle: (call) => this.listMessages(call) },
			{ method: 'post', path: messages, handle: (call) => this.send(call) },
			{
				method: 'delete',
				path: `${messages}/:message`,
				handle: (call) => this.deleteMessage(call),
			},
			{ method: 'post', path: `${messages}/ack`, handle: (call) => this.acknowledge(call) },
			{
				method: 'post',
				path: `${messages}/:message/reactions`,
				handle: (call) => this.react(call, true),
			},
			{
				method: 'delete',
				path: `${messages}/:message/reactions`,
				handle: (call) => this.react(call, false),
			},
			{
				method: 'post',
				path: '/api/fansly/:account/chats',
				handle: (call) => this.createChat(call),
			},
			{
				method: 'post',
				path: '/api/fansly/:account/chats/mark-all-as-read',
				handle: (call) => this.markAllRead(call),
			},
			{
				method: 'get',
				path: '/api/fansly/:account/chats/:chat',
				handle: (call) => this.showChat(call),
			},
			{
				method: 'post',
				path: '/api/fansly/:account/chats/:chat/typing',
				handle: (call) => this.startTyping(call),
			},
			{
				method: 'get',
				path: '/api/fansly/:account/subscribers',
				handle: (call) => this.listSubscribers(call),
			},
			{
				method: 'get',
				path: '/api/fansly/:account/followers',
				handle: (call) => this.listFollowers(call),
			},
			{
				method: 'get',
				path: '/api/fansly/:account/users',
				handle: (call) => this.showUsers(call, 'id', call.query.ids ?? ''),
			},
			{
				method: 'get',
				path: '/api/fansly/:account/users/:usernames',
				handle: (call) =>
					this.showUsers(call, 'username', decodeURIComponent(call.path.split('/').at(-1) ?? '')),
			},
		];
	}

	private listAccounts({ query }: Call): Reply {
		checkQuery(this.context, query, {});
		return answeredBare(
			this.context,
			this.context.world.accounts(this.context.pair).map(fanslyAccountRow),
		);
	}

	private listChats(call: Call): Reply {
		const account = accountOf(this.context, call);
		checkQuery(this.context, call.query, CHATS_QUERY);
		const order =
			call.query.order === 'oldest' || call.query.order === 'unread' ? call.query.order : 'newest';
		const chats = sortedChats(
			account,
			call.query.search ?? '',
			order,
			this.context.quirks.oldestInFront,
		);
		const { rows, nextPage } = offsetPage(this.context.quirks, call, chats, 20);
		return answered(this.context, {
			data: {
				data: rows.map(fanslyChatRow),
				aggregationData: { accounts: fanslyPartners(rows), groups: fanslyGroups(rows) },
				hasMore: nextPage !== null,
			},
			_pagination: { next_page: nextPage },
		});
	}

	/** The next link names `before` alone, so that following it without the limit gets smaller pages. */
	private listMessages(call: Call): Reply {
		const { quirks } = this.context;
		checkQuery(this.context, call.query, MESSAGES_QUERY);
		const chat = chatOf(this.context, call);
		const { limit = 25, before } = call.query;
		const countOlder = quirks.inclusiveBefore ? countUpTo : countBelow;
		const start =
			before === undefined ? 0 : chat.messages.length - countOlder(chat.messages, before);
		const page = pageOf(chat.messages, 'desc', start, Number(limit), quirks);
		const next = page.nextCursor === undefined ? undefined : { before: page.nextCursor };
		return answered(this.context, {
			data: { ...fanslyPage(chat, page.messages), hasMore: next !== undefined },
			_pagination: { next_page: nextPage(quirks, call, next) },
		});
	}

	private send(call: Call): Reply {
		accountOf(this.context, call);
		const body = isFields(call.body) ? call.body : {};
		const text = textIn(body, 'text');
		const media = idsIn(body, 'mediaFiles').map(() => ({}));
		const problems = problemsOf(body, SEND_BODY);
		if (text === '' && media.length === 0) addProblem(problems, 'text', 'is required');
		this.context.media.checkUse('ofapiFansly', idsIn(body, 'mediaFiles'), problems);
		refuseProblems(this.context, problems);

		const chat = chatOf(this.context, call);
		const replyTo = textIn(body, 'replyToMessageId') || undefined;
		const message = this.context.world.postMessage(
			this.context.pair,
			chat,
			{ text, media, replyTo },
			body,
		);
		this.context.media.use('ofapiFansly', idsIn(body, 'mediaFiles'));
		return answered(this.context, { data: sentFanslyMessage(chat, message) });
	}

	private deleteMessage(call: Call): Reply {
		const { world } = this.context;
		const chat = chatOf(this.context, call);
		const message = messageOf(this.context, chat, call);
		if (message.direction === 'incoming') {
			throw platformError(this.context, 400, 'Only own messages can be deleted.');
		}
		world.deleteMessage(chat, message);
		const deletedAt = Math.floor(world.now() / 1000);
		return answered(this.context, { data: { ...listedFanslyMessage(chat, message), deletedAt } });
	}

	/** The body's fields, all of them required. */
	private requiredBody({ body }: Call, rules: Rules): Fields {
		const fields = isFields(body) ? body : {};
		const missing = Object.fromEntries(Object.keys(rules).map((name) => [name, undefined]));
		refuseProblems(this.context, problemsOf({ ...missing, ...fields }, rules));
		return fields;
	}

	private acknowledge(call: Call): Reply {
		const body = this.requiredBody(call, ACK_BODY);
		const ids = idsIn(body, 'messageIds');
		if (ids.length === 0 || ids.length > MOST_ACKNOWLEDGED) {
			refuseProblems(this.context, {
				messageIds: [`The messageIds field must have 1 to ${MOST_ACKNOWLEDGED} items.`],
			});
		}
		const chat = chatOf(this.context, call);
		for (const message of ids) messageOf(this.context, chat, { ...call, message });
		acknowledge(chat, ids, numberIn(body, 'type'));
		return answered(this.context, { data: null });
	}

	private react(call: Call, isOn: boolean): Reply {
		const type = numberIn(this.requiredBody(call, REACTION_BODY), 'type');
		const chat = chatOf(this.context, call);
		const { id } = messageOf(this.context, chat, call);
		react(chat, id, type, isOn);
		return answered(this.context, {
			data: {
				accountId: chat.account.nativeId,
				messageId: id,
				type,
				id: `5${id}`,
				groupId: chat.id,
			},
		});
	}

	private createChat(call: Call): Reply {
		const fanId = textIn(this.requiredBody(call, { user_id: digits }), 'user_id');
		const account = accountOf(this.context, call);
		const fan = fanslyUsers(account).find(({ id }) => id === fanId);
		if (fan === undefined) {
			throw platformError(this.context, 404, 'The platform does not know this user.');
		}
		const { world, pair } = this.context;
		const chat =
			chatWith(account, fanId) ??
			world.addChat(pair, {
				account: account.id,
				fan: { id: fan.id, name: fan.name, username: fan.username },
			});
		return answered(this.context, { data: fanslyGroup(chat) });
	}

	private markAllRead(call: Call): Reply {
		for (const chat of accountOf(this.context, call).chats.values()) markRead(chat);
		return answered(this.context, { data: null });
	}

	private showChat(call: Call): Reply {
		return answered(this.context, { data: fanslyGroup(chatOf(this.context, call)) });
	}

	private startTyping(call: Call): Reply {
		chatOf(this.context, call).fansly.isTyping = true;
		return answeredFree(this.context, { data: null });
	}

	private listSubscribers(call: Call): Reply {
		const account = accountOf(this.context, call);
		checkQuery(this.context, call.query, SUBSCRIBERS_QUERY);
		const { status, search, subscription_tier_id: tier } = call.query;
		const { rows, nextPage } = offsetPage(
			this.context.quirks,
			call,
			fanslyFansOf(account, false, { status, search, tier }),
			20,
		);
		return answered(this.context, {
			data: { stats: subscriptionStats(account), subscriptions: rows.map(subscriptionRow) },
			_pagination: { next_page: nextPage },
		});
	}

	private listFollowers(call: Call): Reply {
		const account = accountOf(this.context, call);
		checkQuery(this.context, call.query, FOLLOWERS_QUERY);
		const { search, last_seen_after: since } = call.query;
		const seen = fanslyFansOf(account, true, { search }).filter(
			({ lastSeenAt }) => since === undefined || Date.parse(lastSeenAt ?? '') > Date.parse(since),
		);
		const { rows, nextPage } = offsetPage(this.context.quirks, call, seen, 20);
		return answered(this.context, {
			data: {
				followers: rows.map(followerRow),
				aggregationData: { accounts: rows.map(fanslyProfile) },
			},
			_pagination: { next_page: nextPage },
		});
	}

	/** Who is not known is left out. */
	private showUsers(call: Call, by: 'id' | 'username', list: string): Reply {
		const account = accountOf(this.context, call);
		checkQuery(this.context, call.query, by === 'id' ? { ids: anyText } : {});
		const wanted = list.split(',').filter(Boolean);
		if (wanted.length === 0 || wanted.length > MOST_USERS) {
			refuseProblems(this.context, { ids: [`The ids field must name 1 to ${MOST_USERS} users.`] });
		}
		return answered(this.context, {
			data: fanslyUsers(account)
				.filter((fan) => wanted.includes(fan[by]))
				.map(fanslyProfile),
		});
	}
}
