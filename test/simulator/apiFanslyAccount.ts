import {
	changeList,
	fanslyAccountOf,
	isTip,
	monthsOf,
	paymentsIn,
	scheduledOf,
	statisticsOf,
	supportersOf,
	tierRows,
	tipRow,
	walletRow,
} from './fanslyAccount';
import type { FanslyMassMessage, Period } from './fanslyAccount';
import { fanslyUsers } from './fanslyPeople';
import {
	addProblem,
	anyText,
	digits,
	isFields,
	listOf,
	numberIn,
	oneOf,
	problemsOf,
	textIn,
	wholeBetween,
	yesOrNo,
} from './fields';
import type { Fields, Problems, Rule, Rules } from './fields';
import type { Call, Reply, Route } from './provider';
import type { Account, Chat } from './world';

/** What the rest of ApiFansly lends. */
export interface Lent {
	account(call: Call): Account;
	chat(call: Call): Chat;
	passedOn(response: unknown, beside?: Fields): Reply;
	refuse(status: number, message: string): never;
	refuseProblems(problems: Problems): void;
	token(list: string, place: string): string;
	placeIn(list: string, cursor: string | undefined): string | undefined;
}

const PERIOD: Rules = { after: digits, before: digits };
const STATISTICS_PER_PAGE = 3;

const filled: Rule = (value) =>
	typeof value === 'string' && value.trim() !== '' ? undefined : 'must be a text that is not empty';

const inFuture: Rule = (value) =>
	typeof value === 'number' && value > Date.now() ? undefined : 'must be a time to come';

const CONTENT: Rules = { content: filled, mediaIds: listOf(filled), scheduledFor: inFuture };

const SEND: Rules = {
	...CONTENT,
	includeFollowers: yesOrNo,
	includeSubscribersAutoRenewOn: yesOrNo,
	includeSubscribersAutoRenewOff: yesOrNo,
	includeExpiredSubscribers: yesOrNo,
	excludeCreators: yesOrNo,
	excludeOfflineUsers: yesOrNo,
	includeSubscriptionTierId: digits,
	includeListIds: listOf(digits),
	excludeListIds: listOf(digits),
	excludeUserIds: listOf(digits),
};

/** ApiFansly beside chats: what fans paid, lists of fans, mass messages. Most answers are not documented: Fansly's own. */
export function apiFanslyAccountRoutes(lent: Lent): Route[] {
	const base = '/api/fansly/:account';
	const route =
		(method: Route['method']) =>
		(path: string, handle: (call: Call) => Reply): Route => ({
			method,
			path: `${base}/${path}`,
			handle,
		});
	const [get, post, put, remove] = [
		route('get'),
		route('post'),
		route('put'),
		route('delete'),
	] as const;

	function account(call: Call, query: Rules = {}): Account {
		lent.refuseProblems(problemsOf(call.query, query));
		return lent.account(call);
	}

	const period = ({ query }: Call): Period => ({
		after: query.after === undefined ? undefined : Number(query.after),
		before: query.before === undefined ? undefined : Number(query.before),
	});

	function fan(of: Account, id = ''): string {
		return fanslyUsers(of).some((user) => user.id === id) ? id : lent.refuse(404, 'User not found');
	}

	function body(call: Call, rules: Rules, required: string[]): Fields {
		const fields = isFields(call.body) ? call.body : {};
		const missing = Object.fromEntries(required.map((name) => [name, undefined]));
		lent.refuseProblems(problemsOf({ ...missing, ...fields }, rules));
		return fields;
	}

	function transactions(call: Call): Reply {
		const of = account(call, { ...PERIOD, limit: wholeBetween(1, 100), offset: digits });
		const all = [...paymentsIn(of, period(call))].reverse();
		const start = Number(call.query.offset ?? 0);
		const rows = all.slice(start, start + Number(call.query.limit ?? 20));
		return lent.passedOn({ total: all.length, data: rows.map(walletRow) });
	}

	function receipts(call: Call): Reply {
		const { id, account: of } = lent.chat(call);
		const rules = { action: oneOf('enable', 'disable') };
		const isOff = textIn(body(call, rules, ['action']), 'action') === 'disable';
		const { withoutReceipts } = fanslyAccountOf(of);
		if (isOff) withoutReceipts.add(id);
		else withoutReceipts.delete(id);
		return lent.passedOn({ success: true });
	}

	function mediaStatistics(call: Call): Reply {
		lent.refuseProblems(problemsOf(call.query, { cursor: anyText }));
		const files = lent.chat(call).messages.flatMap(({ media }) => media);
		const start = Number(lent.placeIn('media', call.query.cursor) ?? 0);
		const end = start + STATISTICS_PER_PAGE;
		return lent.passedOn(
			{ data: files.slice(start, end).map(({ id }) => ({ id, purchases: 1, totalGross: 5000 })) },
			{ nextCursor: end < files.length ? lent.token('media', String(end)) : null },
		);
	}

	function changeLists(call: Call, isAdding: boolean): Reply {
		const of = account(call);
		const fields = body(call, { userId: digits, listId: digits }, ['userId', 'listId']);
		const list = fanslyAccountOf(of).lists.find(({ id }) => id === textIn(fields, 'listId'));
		if (list === undefined) return lent.refuse(404, 'List not found');
		changeList(of, list, [fan(of, textIn(fields, 'userId'))], isAdding);
		return lent.passedOn({ success: true });
	}

	function massMessage(of: Account, call: Call): FanslyMassMessage {
		const { massMessages } = fanslyAccountOf(of);
		return massMessages.find(({ id }) => id === call.message) ?? lent.refuse(404, 'Not found');
	}

	function send(call: Call): Reply {
		const of = account(call);
		const fields = body(call, SEND, ['content']);
		if (!Object.keys(fields).some((name) => name.startsWith('include'))) {
			const problems: Problems = {};
			addProblem(problems, 'content', 'has nobody to go to');
			lent.refuseProblems(problems);
		}
		const { massMessages } = fanslyAccountOf(of);
		const at = numberIn(fields, 'scheduledFor');
		massMessages.push({
			id: `41000000000000000${massMessages.length + 1}`,
			groupId: '210000000000000009',
			text: textIn(fields, 'content'),
			...(at > 0 && { scheduledFor: new Date(at).toISOString() }),
			body: fields,
		});
		const { id, groupId, text } = massMessages.at(-1) ?? {};
		return lent.passedOn({ id, groupId, content: text, scheduledFor: at });
	}

	function update(call: Call): Reply {
		const of = account(call);
		const fields = body(call, CONTENT, ['content', 'scheduledFor']);
		const message = massMessage(of, call);
		message.text = textIn(fields, 'content');
		message.scheduledFor = new Date(numberIn(fields, 'scheduledFor')).toISOString();
		return lent.passedOn({ success: true });
	}

	function cancel(call: Call): Reply {
		const of = account(call);
		const message = massMessage(of, call);
		const { massMessages } = fanslyAccountOf(of);
		massMessages.splice(massMessages.indexOf(message), 1);
		return lent.passedOn({ success: true });
	}

	function sentStatistics(call: Call): Reply {
		const of = account(call, { cursor: anyText, limit: wholeBetween(1, 24) });
		const sent = fanslyAccountOf(of).massMessages.filter(
			({ scheduledFor }) => scheduledFor === undefined,
		);
		const start = Number(lent.placeIn('sent', call.query.cursor) ?? 0);
		const end = start + Number(call.query.limit ?? 24);
		return lent.passedOn(
			{ data: sent.slice(start, end).map(({ id, text }) => ({ id, content: text, sentCount: 2 })) },
			{ nextCursor: end < sent.length ? lent.token('sent', String(end)) : null },
		);
	}

	const automated = [
		{ id: '420000000000000001', triggerType: 'new_subscriber', content: 'Welcome!', delay: 60 },
		{ id: '420000000000000002', triggerType: 'new_tip', content: 'Thank you!', cooldown: 3600 },
	];

	return [
		get('top-supporters', (call) => {
			const of = account(call, PERIOD);
			return lent.passedOn(supportersOf(of, paymentsIn(of, period(call))));
		}),
		get('earnings', (call) => {
			account(call);
			return lent.passedOn({ balance: 100_000, pendingBalance: 25_000 });
		}),
		get('earnings/monthly', (call) => {
			const of = account(call, PERIOD);
			return lent.passedOn(monthsOf(paymentsIn(of, period(call)), true));
		}),
		get('earnings/transactions', transactions),
		get('earnings/fans/:fan', (call) => {
			const of = account(call);
			return lent.passedOn(monthsOf(paymentsIn(of, {}, fan(of, call.params.fan)), false));
		}),
		get('earnings/fans/:fan/stats', (call) => {
			const of = account(call);
			return lent.passedOn(statisticsOf(of, paymentsIn(of, {}, fan(of, call.params.fan))));
		}),
		get('chats/:chat/tips', (call) => {
			const of = account(call);
			const tips = paymentsIn(of, {}, fan(of, call.chat)).filter(isTip);
			return lent.passedOn({ tips: tips.reverse().map(tipRow), totalTipAmount: 30_000 });
		}),
		post('chats/:chat/vip', (call) => {
			const of = account(call);
			fanslyAccountOf(of).vips.add(fan(of, call.chat));
			return lent.passedOn({ success: true });
		}),
		post('chats/:chat/readreceipts', receipts),
		get('chats/:chat/media-stats', mediaStatistics),
		get('subscriptions/tiers', (call) => lent.passedOn(tierRows(account(call)))),
		post('lists/users', (call) => changeLists(call, true)),
		remove('lists/users', (call) => changeLists(call, false)),
		get('mass-messaging/scheduled', (call) => lent.passedOn(scheduledOf(account(call)))),
		post('mass-messaging', send),
		put('mass-messaging/scheduled/:message', update),
		remove('mass-messaging/scheduled/:message', cancel),
		get('mass-messaging/stats/sent', sentStatistics),
		get('automated-messages', (call) => {
			account(call);
			return lent.passedOn(automated);
		}),
	];
}
