import { addProblem, problemsOf } from './fields';
import type { Fields, Problems, Rule, Rules } from './fields';
import { relationOf, stateOf } from './onlyFansState';
import type { OnlyFansFan } from './onlyFansState';
import type { Call } from './provider';
import type { Fan } from './types';
import type { Account } from './world';

/** Users of OnlyFans as its answers show them (OpenAPI file of 2026-08), and the dates of its queries. */

/** "A valid date", as the examples write one. */
const date: Rule = (value) =>
	typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value))
		? undefined
		: 'must be a valid date';

/** A date and time without a zone. */
export const dateTime: Rule = (value) =>
	typeof value === 'string' && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(value)
		? undefined
		: 'must be a date and time';

export const DATES: Rules = { start_date: date, end_date: date };

/** Everything that is wrong with a query that has dates: each of them needs the other. */
export function datesProblems(query: Call['query'], rules: Rules): Problems {
	const problems = problemsOf(query, rules);
	if (query.start_date === undefined && query.end_date !== undefined) {
		addProblem(problems, 'start_date', 'is required when end_date is present');
	}
	if (query.end_date === undefined && query.start_date !== undefined) {
		addProblem(problems, 'end_date', 'is required when start_date is present');
	}
	return problems;
}

/** Fans and whoever has a chat with the account. */
export function usersOf(account: Account): Array<[Fan, OnlyFansFan | undefined]> {
	const { fans } = stateOf(account);
	const others = [...account.chats.values()]
		.map(({ fan }) => fan)
		.filter(({ id }) => fans.every((fan) => fan.id !== id));
	return [
		...fans.map((fan): [Fan, OnlyFansFan] => [fan, fan]),
		...others.map((fan): [Fan, undefined] => [fan, undefined]),
	];
}

/** Which of the account's lists somebody is on. */
function listsStates(account: Account, userId: string): Fields[] {
	return stateOf(account).userLists.map(({ id, name, members = [] }) => ({
		id: /^\d+$/.test(id) ? Number(id) : id,
		type: /^\d+$/.test(id) ? 'custom' : id,
		name,
		hasUser: members.includes(userId),
		canAddUser: /^\d+$/.test(id) && !members.includes(userId),
		cannotAddUserReason: /^\d+$/.test(id) ? null : 'SYSTEM_LIST',
	}));
}

/** ISO 8601 in whole seconds with a numeric offset. */
export function timeOf(iso: string): string {
	return `${iso.slice(0, 19)}+00:00`;
}

/** A user as lists of fans and `/users` show one. */
export function userRow(
	account: Account,
	{ id, name, username }: Fan,
	fan: OnlyFansFan | undefined,
): Fields {
	const { note, customName, isBlocked, isRestricted } = relationOf(account, id);
	return {
		view: 'x',
		avatar: `https://public.onlyfans.com/files/${id}/avatar.jpg`,
		id: Number(id),
		name,
		username,
		displayName: customName,
		notice: note,
		isRestricted,
		listsStates: listsStates(account, id),
		isVerified: false,
		subscribedBy: false,
		subscribedOn: fan?.status === 'active' ? true : null,
		subscribedOnExpiredNow: fan?.status === 'expired',
		lastSeen: fan === undefined ? null : '2026-09-01T11:30:00+00:00',
		isPerformer: false,
		subscribedByData: null,
		subscribedOnData:
			fan === undefined
				? null
				: {
						price: fan.price,
						regularPrice: 12.99,
						subscribeAt: timeOf(fan.subscribedAt),
						expiredAt: timeOf(fan.expiresAt),
						renewedAt: null,
						status: fan.isSetToExpire ? 'Set to Expire' : null,
						duration: `${fan.months} months`,
						tipsSumm: fan.tips,
						messagesSumm: fan.messages ?? 0,
						totalSumm: fan.totalSpent,
						subscribes: [],
					},
		isBlocked,
		...(fan?.lastReplyAt !== undefined && { lastReplyAt: timeOf(fan.lastReplyAt) }),
	};
}
