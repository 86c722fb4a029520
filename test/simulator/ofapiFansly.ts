import { sortedChats } from './chats';
import {
	addProblem,
	anyText,
	digits,
	idsIn,
	isFields,
	listOf,
	oneOf,
	problemsOf,
	textIn,
	wholeBetween,
} from './fields';
import type { Rule, Rules } from './fields';
import {
	fanslyAccountRow,
	fanslyChatRow,
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
	typeof value === 'string' && /^fansly_media_\w+$/.test(value) ? undefined : 'must be a fansly_media_ ID';

const SEND_BODY: Rules = { text: anyText, mediaFiles: listOf(uploadHandle), replyToMessageId: digits };

/** OnlyFansAPI for Fansly: accounts, chats, messages (seeds 000, 002 and 004). */
export class OfapiFansly {
	constructor(private readonly context: OfapiContext) {}

	routes(): Route[] {
		const messages = '/api/fansly/:account/chats/:chat/messages';
		return [
			{ method: 'get', path: '/api/fansly/accounts', handle: (call) => this.listAccounts(call) },
			{ method: 'get', path: '/api/fansly/:account/chats', handle: (call) => this.listChats(call) },
			{ method: 'get', path: messages, handle: (call) => this.listMessages(call) },
			{ method: 'post', path: messages, handle: (call) => this.send(call) },
			{ method: 'delete', path: `${messages}/:message`, handle: (call) => this.deleteMessage(call) },
		];
	}

	private listAccounts({ query }: Call): Reply {
		checkQuery(this.context, query, {});
		return answeredBare(this.context, this.context.world.accounts(this.context.pair).map(fanslyAccountRow));
	}

	private listChats(call: Call): Reply {
		const account = accountOf(this.context, call);
		checkQuery(this.context, call.query, CHATS_QUERY);
		const order = call.query.order === 'oldest' || call.query.order === 'unread' ? call.query.order : 'newest';
		const chats = sortedChats(account, call.query.search ?? '', order);
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
		const start = before === undefined ? 0 : chat.messages.length - countOlder(chat.messages, before);
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
		const message = this.context.world.postMessage(this.context.pair, chat, { text, media, replyTo }, body);
		this.context.media.use('ofapiFansly', idsIn(body, 'mediaFiles'));
		return answered(this.context, { data: sentFanslyMessage(chat, message) });
	}

	private deleteMessage(call: Call): Reply {
		const { world } = this.context;
		const chat = chatOf(this.context, call);
		const message = messageOf(this.context, chat, call);
		if (message.direction === 'incoming') throw platformError(this.context, 400, 'Only own messages can be deleted.');
		world.deleteMessage(chat, message);
		const deletedAt = Math.floor(world.now() / 1000);
		return answered(this.context, { data: { ...listedFanslyMessage(chat, message), deletedAt } });
	}
}
