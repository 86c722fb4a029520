import type { Fields } from './fields';
import { fanslyProfile, fanslyUsers } from './fanslyPeople';
import type { Account } from './world';

/** What a Fansly account has beside chats and fans, for its handlers and for tests. Money is USD, times are ISO 8601 UTC. */

/** What a fan paid. */
export interface FanslyPayment {
	id: string;
	fanId: string;
	/** Fansly's number for what was paid for. */
	type: number;
	amount: number;
	createdAt: string;
}

export interface FanslyList {
	id: string;
	label: string;
	fanIds: string[];
}

export interface FanslyMassMessage {
	id: string;
	groupId: string;
	text: string;
	/** Undefined once it was sent. */
	scheduledFor?: string;
	body?: unknown;
}

/** All mutable. */
export interface FanslyAccountState {
	/** Oldest first. */
	payments: FanslyPayment[];
	lists: FanslyList[];
	massMessages: FanslyMassMessage[];
	/** By fan. */
	customNames: Map<string, string>;
	vips: Set<string>;
	muted: Set<string>;
	/** Chats whose fan no longer sees what was read. */
	withoutReceipts: Set<string>;
}

/** Fansly's numbers for what was paid for. */
export const TYPES = { subscription: 2116, tip: 15_001 };

const states = new WeakMap<Account, FanslyAccountState>();

/** The state that goes with an account, made when it is first asked for: Tom subscribed and tipped, Sam tipped. */
export function fanslyAccountOf(account: Account): FanslyAccountState {
	const known = states.get(account);
	if (known !== undefined) return known;
	const [tom, sam] = account.fanslyFans;
	const payment = (
		id: number,
		fanId = '',
		type: keyof typeof TYPES = 'tip',
		amount = 0,
		createdAt = '',
	): FanslyPayment => ({
		id: `50000000000000000${id}`,
		fanId,
		type: TYPES[type],
		amount,
		createdAt,
	});
	const state: FanslyAccountState = {
		payments: [
			payment(1, tom?.id, 'subscription', 9.99, '2026-08-01T10:00:00.000Z'),
			payment(2, sam?.id, 'tip', 20, '2026-08-15T10:00:00.000Z'),
			payment(3, tom?.id, 'tip', 25, '2026-09-02T10:00:00.000Z'),
			payment(4, tom?.id, 'tip', 5, '2026-09-03T10:00:00.000Z'),
		],
		lists: [
			{ id: '600000000000000001', label: 'Whales', fanIds: tom === undefined ? [] : [tom.id] },
			{ id: '600000000000000002', label: 'Quiet', fanIds: [] },
		],
		massMessages: [
			{
				id: '410000000000000001',
				groupId: '210000000000000001',
				text: 'A new set on Friday!',
				scheduledFor: '2099-01-01T18:00:00.000Z',
			},
		],
		customNames: new Map(),
		vips: new Set(),
		muted: new Set(),
		withoutReceipts: new Set(),
	};
	states.set(account, state);
	return state;
}

/** Thousandths of a dollar. */
const gross = ({ amount }: FanslyPayment) => Math.round(amount * 1000);
/** Fansly keeps a fifth. */
const fee = (payment: FanslyPayment) => Math.round(gross(payment) / 5);

function totals(payments: FanslyPayment[]): { totalGross: number; totalNet: number } {
	const sum = (of: (payment: FanslyPayment) => number) =>
		payments.reduce((total, payment) => total + of(payment), 0);
	return { totalGross: sum(gross), totalNet: sum(gross) - sum(fee) };
}

function groupBy<T>(
	payments: FanslyPayment[],
	keyOf: (payment: FanslyPayment) => T,
): Array<[T, FanslyPayment[]]> {
	const groups = new Map<T, FanslyPayment[]>();
	for (const payment of payments) {
		const key = keyOf(payment);
		groups.set(key, [...(groups.get(key) ?? []), payment]);
	}
	return [...groups];
}

/** Bounds in milliseconds. */
export interface Period {
	after?: number;
	before?: number;
}

export function paymentsIn(
	account: Account,
	{ after = 0, before = Infinity }: Period,
	fanId?: string,
): FanslyPayment[] {
	return fanslyAccountOf(account).payments.filter(
		(payment) =>
			Date.parse(payment.createdAt) > after &&
			Date.parse(payment.createdAt) < before &&
			(fanId === undefined || payment.fanId === fanId),
	);
}

/** Supporters, the best first, and their accounts beside them: no document shows this answer. */
export function supportersOf(account: Account, payments: FanslyPayment[]): Fields {
	const rows = groupBy(payments, ({ fanId }) => fanId)
		.map(([accountId, paid]) => ({ accountId, ...totals(paid) }))
		.sort((a, b) => b.totalGross - a.totalGross);
	const ids = rows.map(({ accountId }) => accountId);
	return {
		supporters: rows,
		aggregationData: {
			accounts: fanslyUsers(account)
				.filter(({ id }) => ids.includes(id))
				.map(fanslyProfile),
		},
	};
}

/** Rows by type and day. */
export function statisticsOf({ nativeId }: Account, payments: FanslyPayment[]): Fields[] {
	return groupBy(payments, ({ type, createdAt }) => `${type} ${createdAt.slice(0, 10)}`).map(
		([, paid]) => ({
			type: paid[0]?.type,
			...totals(paid),
			accountId: nativeId,
			timestamp: Date.parse((paid[0]?.createdAt ?? '').slice(0, 10)),
		}),
	);
}

/** Rows by month, the newest first; `recent` is the row of the last 30 days in front. */
export function monthsOf(payments: FanslyPayment[], recent: boolean): Fields[] {
	const months = groupBy(payments, ({ createdAt }) => createdAt.slice(0, 7)).map(
		([month, paid]) => {
			const [year = 0, number = 0] = month.split('-').map(Number);
			return {
				year,
				month: number,
				...totals(paid),
				after: Date.UTC(year, number - 1),
				before: Date.UTC(year, number),
			};
		},
	);
	const first = { year: 0, month: 0, ...totals(payments), after: 1, before: 2 };
	return [...(recent ? [first] : []), ...months.reverse()];
}

/** A row of the wallet: it names no fan. */
export function walletRow(payment: FanslyPayment): Fields {
	return {
		transactionId: payment.id,
		type: payment.type,
		destination: 'wallet',
		amount: gross(payment),
		destinationTax: fee(payment),
		newBalance: 100_000,
		createdAt: Date.parse(payment.createdAt),
		status: 1,
	};
}

/** A tip as Fansly itself has it. */
export function tipRow(payment: FanslyPayment): Fields {
	return {
		id: payment.id,
		senderId: payment.fanId,
		amount: gross(payment),
		createdAt: Date.parse(payment.createdAt),
	};
}

export const isTip = ({ type }: FanslyPayment): boolean => type === TYPES.tip;

/** The scheduled mass messages, with the groups that they go to beside them. */
export function scheduledOf(account: Account): Fields {
	const scheduled = fanslyAccountOf(account).massMessages.filter(
		({ scheduledFor }) => scheduledFor !== undefined,
	);
	return {
		scheduledBroadcastMessages: scheduled.map(({ id, groupId, text, scheduledFor }) => ({
			id,
			groupId,
			messageTemplate: JSON.stringify({ content: text, attachments: [] }),
			scheduledFor: Date.parse(scheduledFor ?? ''),
			createdAt: 1_780_000_000_000,
		})),
		groups: scheduled.map(({ groupId }) => ({ id: groupId, type: 2, users: [] })),
	};
}

export const tierRows = (account: Account): Fields[] => [
	{ id: '800000000000000001', accountId: account.nativeId, name: 'Star', pos: 0, price: 9990 },
	{ id: '800000000000000002', accountId: account.nativeId, name: 'Galaxy', pos: 1, price: 15_000 },
];

/** Puts fans on a list or takes them off; those that this changed. Who is unknown is passed over. */
export function changeList(
	account: Account,
	list: FanslyList,
	fanIds: string[],
	isAdding: boolean,
): string[] {
	const known = fanslyUsers(account).map(({ id }) => id);
	const changed = fanIds.filter(
		(id) => known.includes(id) && list.fanIds.includes(id) !== isAdding,
	);
	list.fanIds = isAdding
		? [...list.fanIds, ...changed]
		: list.fanIds.filter((id) => !changed.includes(id));
	return changed;
}
