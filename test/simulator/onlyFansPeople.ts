import { anyText, digits, oneOf, problemsOf, wholeBetween } from './fields';
import type { Rule, Rules } from './fields';
import { accountOf, answered, checkQuery, nextPage, platformError, refuseProblems } from './ofapi';
import type { OfapiContext } from './ofapi';
import { stateOf } from './onlyFansState';
import type { OnlyFansFan } from './onlyFansState';
import { DATES, datesProblems, userRow, usersOf } from './onlyFansUsers';
import type { Call, Reply, Route } from './provider';

/** OnlyFansAPI for OnlyFans: fans, and users (OpenAPI file of 2026-08). */

type Which = 'all' | 'active' | 'expired' | 'latest';

const paging = (most: number): Rules => ({ limit: wholeBetween(1, most), offset: digits });

const FANS_QUERY: Rules = {
	...paging(20),
	type: oneOf('active', 'expired', 'all'),
	query: anyText,
	'filter[online]': wholeBetween(0, 1),
	'filter[total_spent]': digits,
	'filter[tips]': digits,
	'filter[duration]': digits,
};

const LATEST_QUERY: Rules = {
	...paging(50),
	type: oneOf('total', 'renew', 'new'),
	...DATES,
};

const ids: Rule = (value) =>
	typeof value === 'string' && /^\d+(,\d+){0,9}$/.test(value) ? undefined : 'must be up to 10 IDs';

function isWanted(fan: OnlyFansFan, which: Which, query: Call['query']): boolean {
	const least = (name: string) => Number(query[`filter[${name}]`] ?? 0);
	if (which === 'active' || which === 'expired') if (fan.status !== which) return false;
	if (query['filter[online]'] === '1' && !fan.isOnline) return false;
	const day = fan.subscribedAt.slice(0, 10);
	if (day < (query.start_date ?? day) || day > (query.end_date ?? day)) return false;
	if (
		fan.totalSpent < least('total_spent') ||
		fan.tips < least('tips') ||
		fan.months < least('duration')
	) {
		return false;
	}
	return `${fan.name}\n${fan.username}`.toLowerCase().includes((query.query ?? '').toLowerCase());
}

export class OnlyFansPeople {
	constructor(private readonly context: OfapiContext) {}

	routes(): Route[] {
		const fans = (which: Which): Route => ({
			method: 'get',
			path: `/api/:account/fans/${which}`,
			handle: (call) => this.listFans(call, which),
		});
		return [
			...(['all', 'active', 'expired', 'latest'] as const).map(fans),
			{ method: 'get', path: '/api/:account/users/list', handle: (call) => this.listUsers(call) },
			{
				method: 'get',
				path: '/api/:account/users/:username',
				handle: (call) => this.getUser(call),
			},
		];
	}

	/** Pages hold fewer rows than asked for where one is filtered out; the link leads past the asked-for number. */
	private listFans(call: Call, which: Which): Reply {
		const account = accountOf(this.context, call);
		const { fans } = stateOf(account);
		const isLatest = which === 'latest';
		refuseProblems(
			this.context,
			isLatest ? datesProblems(call.query, LATEST_QUERY) : problemsOf(call.query, FANS_QUERY),
		);
		const wanted = fans.filter((fan) => isWanted(fan, which, call.query));
		const limit = Number(call.query.limit ?? (isLatest ? 50 : 20));
		const offset = Number(call.query.offset ?? 0);
		const end = offset + limit;
		const hasMore = end < wanted.length;
		const rows = wanted
			.slice(offset, end)
			.filter(({ isFilteredOut }) => !isFilteredOut)
			.map((fan) => userRow(account, fan, fan));
		return answered(this.context, {
			data: isLatest ? { users: rows, offset, hasMore } : { list: rows, hasMore },
			_pagination: {
				next_page: nextPage(
					this.context.quirks,
					call,
					hasMore ? { offset: String(end), limit: String(limit) } : undefined,
				),
			},
		});
	}

	/** By ID; unknown ones are left out. Without any, PHP makes a list of the record. */
	private listUsers(call: Call): Reply {
		const account = accountOf(this.context, call);
		checkQuery(this.context, { ids: '', ...call.query }, { ids });
		const wanted = (call.query.ids ?? '').split(',');
		const found = usersOf(account)
			.filter(([{ id }]) => wanted.includes(id))
			.map(([person, fan]) => [person.id, userRow(account, person, fan)]);
		return answered(this.context, { data: found.length === 0 ? [] : Object.fromEntries(found) });
	}

	private getUser(call: Call): Reply {
		const name = decodeURIComponent(call.path.split('/').at(-1) ?? '');
		const account = accountOf(this.context, call);
		const found = usersOf(account).find(([{ username }]) => username === name);
		if (found === undefined) {
			throw platformError(this.context, 404, 'The platform does not know this user.');
		}
		return answered(this.context, { data: userRow(account, ...found) });
	}
}
