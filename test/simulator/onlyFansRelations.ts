import { anyText, digits, isFields, oneOf, problemsOf, textIn, wholeBetween } from './fields';
import type { Fields, Rules } from './fields';
import {
	accountOf,
	answered,
	checkQuery,
	offsetPage,
	platformError,
	refuseProblems,
} from './ofapi';
import type { OfapiContext } from './ofapi';
import { relationOf, stateOf } from './onlyFansState';
import type { OnlyFansFan, Relation } from './onlyFansState';
import { DATES, datesProblems, timeOf, userRow, usersOf } from './onlyFansUsers';
import type { Call, Reply, Route } from './provider';
import type { Fan } from './types';
import type { Account } from './world';

/** OnlyFansAPI for OnlyFans: what a creator sets about a fan, and what a fan has spent (OpenAPI file of 2026-08). */

const TOP_QUERY: Rules = {
	...DATES,
	by: oneOf('total', 'subscribes', 'tips', 'messages', 'post', 'streams'),
};

/** Of the lists of blocked and of restricted users. */
const USERS_QUERY: Rules = { limit: wholeBetween(1, 50), offset: digits, query: anyText };

/** How many of the best spenders are told. */
const TOP = 10;

/** A user as the lists of blocked and restricted ones show one: nothing of a subscription. */
function strangerRow(account: Account, user: Fan): Fields {
	const row = userRow(account, user, undefined);
	delete row.displayName;
	delete row.notice;
	return row;
}

export class OnlyFansRelations {
	constructor(private readonly context: OfapiContext) {}

	routes(): Route[] {
		const notes = '/api/:account/fans/:user/notes';
		const set = (
			method: Route['method'],
			path: string,
			change: (relation: Relation, body: Fields) => unknown,
			rules?: Rules,
		): Route => ({ method, path, handle: (call) => this.set(call, change, rules) });
		return [
			{ method: 'get', path: '/api/:account/fans/top', handle: (call) => this.listTop(call) },
			...(['blocked', 'restricted'] as const).map((which): Route => ({
				method: 'get',
				path: `/api/:account/users/${which}`,
				handle: (call) => this.listUsers(call, which),
			})),
			{ method: 'get', path: notes, handle: (call) => this.getNote(call) },
			set('put', notes, (relation, body) => (relation.note = textIn(body, 'notes')), {
				notes: anyText,
			}),
			set('delete', notes, (relation) => (relation.note = '')),
			set(
				'put',
				'/api/:account/fans/:user/custom-name',
				(relation, body) => (relation.customName = textIn(body, 'custom_name')),
				{ custom_name: anyText },
			),
			{
				method: 'get',
				path: '/api/:account/fans/:user/subscriptions-history',
				handle: (call) => this.listSubscriptions(call),
			},
			...(['post', 'delete'] as const).flatMap((method) => [
				set(
					method,
					'/api/:account/users/:user/block',
					(relation) => (relation.isBlocked = method === 'post'),
				),
				set(
					method,
					'/api/:account/users/:user/restrict',
					(relation) => (relation.isRestricted = method === 'post'),
				),
			]),
		];
	}

	private userOf(call: Call): { account: Account; user: [Fan, OnlyFansFan | undefined] } {
		const account = accountOf(this.context, call);
		const user = usersOf(account).find(([{ id }]) => id === call.params.user);
		if (user !== undefined) return { account, user };
		throw platformError(this.context, 404, 'The platform does not know this user.');
	}

	/** Changes what is set about a user, and shows the user. Without rules there is nothing to send. */
	private set(
		call: Call,
		change: (relation: Relation, body: Fields) => unknown,
		rules: Rules = {},
	): Reply {
		const { account, user } = this.userOf(call);
		const body = isFields(call.body) ? call.body : {};
		const problems = problemsOf(body, rules);
		for (const name of Object.keys(rules).filter((one) => body[one] === undefined)) {
			problems[name] = [`The ${name} field is required.`];
		}
		// The documents have a request of its own for a note that goes.
		if (body.notes === '') problems.notes = ['The notes field is required.'];
		refuseProblems(this.context, problems);
		change(relationOf(account, user[0].id), body);
		return answered(this.context, { data: userRow(account, ...user) });
	}

	private getNote(call: Call): Reply {
		const { account, user } = this.userOf(call);
		return answered(this.context, { data: { notes: relationOf(account, user[0].id).note } });
	}

	private listSubscriptions(call: Call): Reply {
		const [, fan] = this.userOf(call).user;
		const list =
			fan === undefined
				? []
				: [
						{
							subscribeDate: timeOf(fan.subscribedAt),
							expireDate: timeOf(fan.expiresAt),
							price: fan.price,
						},
					];
		return answered(this.context, { data: { list, hasMore: false } });
	}

	private listUsers(call: Call, which: 'blocked' | 'restricted'): Reply {
		const account = accountOf(this.context, call);
		const { query } = call;
		checkQuery(this.context, query, USERS_QUERY);
		const words = (query.query ?? '').toLowerCase();
		const users = usersOf(account).filter(([{ id, name, username }]) => {
			const { isBlocked, isRestricted } = relationOf(account, id);
			const isOn = which === 'blocked' ? isBlocked : isRestricted;
			return isOn && `${name} ${username}`.toLowerCase().includes(words);
		});
		const { quirks } = this.context;
		const page = offsetPage(quirks, call, users, 10);
		return answered(this.context, {
			data: {
				list: page.rows.map(([user]) => strangerRow(account, user)),
				hasMore: page.nextPage !== null,
				nextOffset: Number(query.offset ?? 0) + page.rows.length,
			},
			_pagination: { next_page: page.nextPage },
		});
	}

	private listTop(call: Call): Reply {
		const account = accountOf(this.context, call);
		checkQuery(this.context, call.query, TOP_QUERY);
		refuseProblems(this.context, datesProblems(call.query, TOP_QUERY));
		const spent = (fan: OnlyFansFan) =>
			({ tips: fan.tips, messages: fan.messages ?? 0 })[call.query.by ?? ''] ?? fan.totalSpent;
		const users = [...stateOf(account).fans]
			.sort((a, b) => spent(b) - spent(a))
			.slice(0, TOP)
			.map((fan) => userRow(account, fan, fan));
		return answered(this.context, { data: { users } });
	}
}
