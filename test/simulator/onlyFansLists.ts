import {
	anyText,
	isFields,
	listOf,
	problemsOf,
	textIn,
	wholeBetween,
	digits,
	idsIn,
} from './fields';
import type { Fields } from './fields';
import { accountOf, answered, checkQuery, platformError, refuseProblems } from './ofapi';
import type { OfapiContext } from './ofapi';
import { stateOf } from './onlyFansState';
import type { UserList } from './onlyFansState';
import { userRow, usersOf } from './onlyFansUsers';
import type { Call, Reply, Route } from './provider';
import type { Account } from './world';

/** OnlyFansAPI for OnlyFans: lists of users (OpenAPI file of 2026-08). */

const LISTS = '/api/:account/user-lists';

function listRow({ id, name, usersCount, members }: UserList): Fields {
	const isCustom = /^\d+$/.test(id);
	const count = members?.length ?? usersCount;
	return {
		id: isCustom ? Number(id) : id,
		type: isCustom ? 'custom' : id,
		name,
		...(count !== null && { usersCount: count }),
		postsCount: 0,
		order: 'default',
		direction: 'asc',
		canUpdate: isCustom,
		canDelete: isCustom,
		canManageUsers: isCustom,
		canAddUsers: isCustom,
		canPinnedToFeed: isCustom,
		isPinnedToFeed: false,
		canPinnedToChat: isCustom,
		isPinnedToChat: false,
		sortList: [],
		users: [],
	};
}

export class OnlyFansLists {
	private made = 0;

	constructor(private readonly context: OfapiContext) {}

	routes(): Route[] {
		const users = `${LISTS}/:list/users`;
		return [
			{ method: 'get', path: LISTS, handle: (call) => this.list(call) },
			{ method: 'post', path: LISTS, handle: (call) => this.create(call) },
			{ method: 'get', path: users, handle: (call) => this.listUsers(call) },
			{ method: 'post', path: users, handle: (call) => this.addUsers(call) },
			{ method: 'delete', path: `${users}/:user`, handle: (call) => this.removeUser(call) },
		];
	}

	private listOf(call: Call): { account: Account; list: UserList } {
		const account = accountOf(this.context, call);
		const list = stateOf(account).userLists.find(({ id }) => id === call.params.list);
		if (list !== undefined) return { account, list };
		throw platformError(this.context, 404, 'The platform does not know this list.');
	}

	private list(call: Call): Reply {
		const { userLists } = stateOf(accountOf(this.context, call));
		checkQuery(this.context, call.query, { limit: wholeBetween(10, 50), offset: digits });
		const offset = Number(call.query.offset ?? 0);
		return answered(this.context, {
			data: userLists.slice(offset, offset + Number(call.query.limit ?? 10)).map(listRow),
		});
	}

	private create(call: Call): Reply {
		const { userLists } = stateOf(accountOf(this.context, call));
		const body = isFields(call.body) ? call.body : {};
		const problems = problemsOf(body, { name: anyText });
		const name = textIn(body, 'name');
		if (name === '') problems.name = ['The name field is required.'];
		if (name.length > 64)
			problems.name = ['The name field must not be greater than 64 characters.'];
		refuseProblems(this.context, problems);
		const list: UserList = {
			id: String(1_300_000_000 + ++this.made),
			name,
			usersCount: 0,
			members: [],
		};
		userLists.push(list);
		return answered(this.context, { data: listRow(list) });
	}

	private listUsers(call: Call): Reply {
		const { account, list } = this.listOf(call);
		checkQuery(this.context, call.query, { limit: wholeBetween(1, 100), offset: digits });
		const users = usersOf(account).filter(([{ id }]) => list.members?.includes(id));
		const offset = Number(call.query.offset ?? 0);
		const end = Math.min(users.length, offset + Number(call.query.limit ?? 10));
		return answered(this.context, {
			data: {
				list: users.slice(offset, end).map((user) => userRow(account, ...user)),
				nextOffset: end,
				hasMore: end < users.length,
			},
		});
	}

	/** All of them or none: OnlyFans refuses the batch where one cannot be added, and names those. */
	private addUsers(call: Call): Reply {
		const { account, list } = this.listOf(call);
		const body = isFields(call.body) ? call.body : {};
		const problems = problemsOf(body, { ids: listOf(digits) });
		const ids = idsIn(body, 'ids');
		if (ids.length === 0) problems.ids = ['The ids field is required.'];
		refuseProblems(this.context, problems);
		const members = (list.members ??= []);
		const known = new Set(usersOf(account).map(([{ id }]) => id));
		const refused = ids.filter((id) => !known.has(id) || members.includes(id));
		if (refused.length > 0) {
			const words = (id: string) => `Unable to add ${id} to ${list.name}`;
			const named = { [list.id]: Object.fromEntries(refused.map((id) => [id, [words(id)]])) };
			throw platformError(
				this.context,
				400,
				words(refused[0] ?? ''),
				this.context.quirks.refusalsNameNobody ? undefined : named,
			);
		}
		members.push(...ids);
		return answered(this.context, { data: { [list.id]: ids.map(Number) } });
	}

	private removeUser(call: Call): Reply {
		const { list } = this.listOf(call);
		const user = call.params.user ?? '';
		if (!list.members?.includes(user)) {
			throw platformError(this.context, 404, 'The platform does not know this user.');
		}
		list.members = list.members.filter((id) => id !== user);
		return answered(this.context, {
			data: {
				list: listRow(list),
				userState: {
					id: Number(list.id),
					type: 'custom',
					name: list.name,
					hasUser: false,
					canAddUser: true,
					cannotAddUserReason: null,
				},
			},
		});
	}
}
