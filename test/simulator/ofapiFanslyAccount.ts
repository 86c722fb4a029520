import {
	changeList,
	fanslyAccountOf,
	monthsOf,
	paymentsIn,
	scheduledOf,
	statisticsOf,
	supportersOf,
	tierRows,
	walletRow,
} from './fanslyAccount';
import type { FanslyList, FanslyMassMessage, Period } from './fanslyAccount';
import { fanslyProfile, fanslyUsers } from './fanslyPeople';
import { fanslyPage } from './fanslyShapes';
import { anyText, digits, idsIn, isFields, listOf, numberIn, problemsOf, textIn } from './fields';
import type { Fields, Rule, Rules } from './fields';
import { wholeBetween } from './fields';
import {
	accountOf,
	answered,
	chatOf,
	checkQuery,
	offsetPage,
	platformError,
	refuseProblems,
} from './ofapi';
import type { OfapiContext } from './ofapi';
import type { Call, Reply, Route } from './provider';
import type { Account } from './world';

const MOST_ON_A_LIST = 100;

const isoTime: Rule = (value) =>
	typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(Date.parse(value))
		? undefined
		: 'must be an ISO 8601 time';

const PERIOD: Rules = { after: isoTime, before: isoTime };

const inFuture: Rule = (value) =>
	typeof value === 'number' && value > Date.now() ? undefined : 'must be a time to come';

/** OnlyFansAPI for Fansly beside chats: what fans paid, lists of fans, mass messages. */
export class OfapiFanslyAccount {
	constructor(private readonly context: OfapiContext) {}

	routes(): Route[] {
		const base = '/api/fansly/:account';
		const get = (path: string, handle: (call: Call) => Reply): Route => ({
			method: 'get',
			path: `${base}/${path}`,
			handle,
		});
		const write = (
			method: 'post' | 'put' | 'delete',
			path: string,
			handle: (call: Call) => Reply,
		): Route => ({ method, path: `${base}/${path}`, handle });
		return [
			get('top-supporters', (call) => this.supporters(call)),
			get('top-supporters/:fan', (call) => this.breakdown(call)),
			get('top-supporters/:fan/monthly', (call) => this.fansMonths(call)),
			get('earnings/transactions', (call) => this.transactions(call)),
			get('earnings/stats', (call) => this.statistics(call)),
			get('earnings/monthly', (call) => this.months(call)),
			get('subscription-tiers', (call) => this.tiers(call)),
			get('lists', (call) => this.lists(call)),
			get('lists/:list/items', (call) => this.listItems(call)),
			write('post', 'lists/:list/items', (call) => this.change(call, true)),
			write('delete', 'lists/:list/items', (call) => this.change(call, false)),
			write('post', 'users/:fan/custom-name', (call) => this.setCustomName(call)),
			write('delete', 'users/:fan/mute', (call) => this.unmute(call)),
			write('post', 'chats/:chat/read-receipts/disable', (call) => this.disableReceipts(call)),
			get('mass-messaging', (call) => this.massMessages(call)),
			write('put', 'mass-messaging/:message', (call) => this.updateMassMessage(call)),
			write('delete', 'mass-messaging/:message', (call) => this.deleteMassMessage(call)),
			get('account-media/:ids', (call) => this.accountMedia(call)),
		];
	}

	private account(call: Call, query: Rules = {}): Account {
		checkQuery(this.context, call.query, query);
		return accountOf(this.context, call);
	}

	private period(call: Call): { account: Account; period: Period } {
		const account = this.account(call, PERIOD);
		const read = (name: string) =>
			call.query[name] === undefined ? undefined : Date.parse(call.query[name]);
		return { account, period: { after: read('after'), before: read('before') } };
	}

	private fan(account: Account, call: Call): string {
		const id = call.params.fan ?? '';
		if (!fanslyUsers(account).some((fan) => fan.id === id)) {
			throw platformError(this.context, 404, 'The platform does not know this user.');
		}
		return id;
	}

	private list(account: Account, call: Call): FanslyList {
		const found = fanslyAccountOf(account).lists.find(({ id }) => id === call.params.list);
		if (found === undefined) {
			throw platformError(this.context, 404, 'The platform does not know this list.');
		}
		return found;
	}

	private body({ body }: Call, rules: Rules): Fields {
		const fields = isFields(body) ? body : {};
		const missing = Object.fromEntries(Object.keys(rules).map((name) => [name, undefined]));
		refuseProblems(this.context, problemsOf({ ...missing, ...fields }, rules));
		return fields;
	}

	private supporters(call: Call): Reply {
		const { account, period } = this.period(call);
		return answered(this.context, { data: supportersOf(account, paymentsIn(account, period)) });
	}

	private breakdown(call: Call): Reply {
		const { account, period } = this.period(call);
		const payments = paymentsIn(account, period, this.fan(account, call));
		return answered(this.context, { data: statisticsOf(account, payments) });
	}

	private fansMonths(call: Call): Reply {
		const { account, period } = this.period(call);
		const payments = paymentsIn(account, period, this.fan(account, call));
		return answered(this.context, { data: monthsOf(payments, false) });
	}

	private transactions(call: Call): Reply {
		const account = this.account(call, { limit: wholeBetween(1, 100), offset: digits });
		const all = [...paymentsIn(account, {})].reverse();
		const { rows } = offsetPage(this.context.quirks, call, all, 10);
		return answered(this.context, { data: { total: all.length, data: rows.map(walletRow) } });
	}

	private statistics(call: Call): Reply {
		const { account, period } = this.period(call);
		return answered(this.context, { data: statisticsOf(account, paymentsIn(account, period)) });
	}

	private months(call: Call): Reply {
		const { account, period } = this.period(call);
		return answered(this.context, { data: monthsOf(paymentsIn(account, period), true) });
	}

	private tiers(call: Call): Reply {
		return answered(this.context, { data: tierRows(this.account(call)) });
	}

	private lists(call: Call): Reply {
		const { lists } = fanslyAccountOf(this.account(call));
		return answered(this.context, {
			data: lists.map(({ id, label, fanIds }) => ({ id, label, itemCount: fanIds.length })),
		});
	}

	private listItems(call: Call): Reply {
		const account = this.account(call);
		const { id: listId, fanIds } = this.list(account, call);
		return answered(this.context, {
			data: {
				items: fanIds.map((id) => ({ id, listId })),
				aggregationData: {
					accounts: fanslyUsers(account)
						.filter(({ id }) => fanIds.includes(id))
						.map(fanslyProfile),
				},
			},
		});
	}

	private change(call: Call, isAdding: boolean): Reply {
		const account = this.account(call);
		const list = this.list(account, call);
		const ids = idsIn(this.body(call, { ids: listOf(digits) }), 'ids');
		if (ids.length === 0 || ids.length > MOST_ON_A_LIST) {
			refuseProblems(this.context, {
				ids: [`The ids field must have 1 to ${MOST_ON_A_LIST} items.`],
			});
		}
		return answered(this.context, { data: changeList(account, list, ids, isAdding) });
	}

	private setCustomName(call: Call): Reply {
		const account = this.account(call);
		const fan = this.fan(account, call);
		const name = textIn(this.body(call, { custom_name: anyText }), 'custom_name');
		fanslyAccountOf(account).customNames.set(fan, name);
		return answered(this.context, { data: { id: `9${fan}`, accountId: fan, note: name } });
	}

	private unmute(call: Call): Reply {
		const account = this.account(call);
		fanslyAccountOf(account).muted.delete(this.fan(account, call));
		return answered(this.context, { data: null });
	}

	private disableReceipts(call: Call): Reply {
		const { id, account } = chatOf(this.context, call);
		fanslyAccountOf(account).withoutReceipts.add(id);
		return answered(this.context, { data: null });
	}

	private massMessages(call: Call): Reply {
		return answered(this.context, { data: scheduledOf(this.account(call)) });
	}

	private massMessage(account: Account, call: Call): FanslyMassMessage {
		const found = fanslyAccountOf(account).massMessages.find(({ id }) => id === call.message);
		if (found === undefined) {
			throw platformError(this.context, 404, 'The platform does not know this message.');
		}
		return found;
	}

	private updateMassMessage(call: Call): Reply {
		const account = this.account(call);
		const body = this.body(call, { text: anyText, scheduledFor: inFuture });
		const message = this.massMessage(account, call);
		message.text = textIn(body, 'text');
		message.scheduledFor = new Date(numberIn(body, 'scheduledFor')).toISOString();
		return answered(this.context, { data: { id: message.id } });
	}

	private deleteMassMessage(call: Call): Reply {
		const account = this.account(call);
		const message = this.massMessage(account, call);
		const { massMessages } = fanslyAccountOf(account);
		massMessages.splice(massMessages.indexOf(message), 1);
		return answered(this.context, { data: null });
	}

	private accountMedia(call: Call): Reply {
		const account = this.account(call);
		const wanted = decodeURIComponent(call.params.ids ?? '').split(',');
		const media = [...account.chats.values()].flatMap((chat) => {
			const { accountMedia } = fanslyPage(chat, chat.messages);
			const records: unknown[] = Array.isArray(accountMedia) ? accountMedia : [];
			return records.filter((record) => isFields(record) && wanted.includes(textIn(record, 'id')));
		});
		return answered(this.context, { data: media });
	}
}
