import { digits, oneOf, wholeBetween } from './fields';
import type { Fields } from './fields';
import { accountOf, answered, checkQuery, nextPage, refuseProblems } from './ofapi';
import type { OfapiContext } from './ofapi';
import { stateOf } from './onlyFansState';
import type { OnlyFansTransaction } from './onlyFansState';
import { dateTime, timeOf } from './onlyFansUsers';
import type { Call, Reply, Route } from './provider';

/** OnlyFansAPI for OnlyFans: transactions (OpenAPI file of 2026-08). */

const DAY = 24 * 60 * 60 * 1000;

/** What the filter calls each type. */
const FILTERS: Record<OnlyFansTransaction['type'], string> = {
	message: 'chat_messages',
	tip: 'tips',
	post: 'post',
	subscription: 'subscribes',
	stream: 'stream',
};

const secondsOf = ({ createdAt }: OnlyFansTransaction) => Math.floor(Date.parse(createdAt) / 1000);

const cents = (amount: number) => Math.round(amount * 100) / 100;

function row({ id, fan, type, amount, createdAt, status, messageId }: OnlyFansTransaction): Fields {
	const fee = cents(amount * 0.2);
	const link =
		messageId === undefined ? fan.username : `my/chats/chat/${fan.id}?firstId=${messageId}`;
	return {
		amount,
		vatAmount: 0,
		taxAmount: 0,
		net: cents(amount - fee),
		fee,
		createdAt: timeOf(createdAt),
		currency: 'USD',
		description: `Payment for ${type} from <a href="https://onlyfans.com/${link}">${fan.name}</a>`,
		status,
		user: {
			view: 't',
			id: Number(fan.id),
			name: fan.name,
			username: fan.username,
			isVerified: false,
			avatar: `https://public.onlyfans.com/files/${fan.id}/avatar.jpg`,
			avatarThumbs: null,
		},
		payoutPendingDays: 7,
		id,
		type,
	};
}

export class OnlyFansTransactions {
	constructor(private readonly context: OfapiContext) {}

	routes(): Route[] {
		return [
			{ method: 'get', path: '/api/:account/transactions', handle: (call) => this.list(call) },
		];
	}

	/** A page begins with what is older than its marker, a time in seconds, or as old as that. */
	private list(call: Call): Reply {
		const { transactions } = stateOf(accountOf(this.context, call));
		const { query } = call;
		checkQuery(this.context, query, {
			limit: wholeBetween(1, 100),
			startDate: dateTime,
			marker: digits,
			type: oneOf(...Object.values(FILTERS)),
			tipsSource: oneOf('profile', 'post_all', 'chat', 'stream', 'story'),
		});
		if (query.tipsSource !== undefined && query.type !== 'tips') {
			refuseProblems(this.context, { tipsSource: ['It applies to type=tips alone.'] });
		}
		const start =
			query.startDate === undefined
				? this.context.world.now() - 30 * DAY
				: Date.parse(`${query.startDate.replace(' ', 'T')}Z`);
		const wanted = transactions.filter(
			(one) =>
				Date.parse(one.createdAt) >= start &&
				(query.type === undefined || FILTERS[one.type] === query.type) &&
				(query.tipsSource === undefined || one.source === query.tipsSource),
		);
		const marker = Number(query.marker ?? Infinity);
		const first = wanted.findIndex((one) => secondsOf(one) <= marker);
		const limit = Number(query.limit ?? 10);
		const end = first + limit;
		const page = first === -1 ? [] : wanted.slice(first, end);
		const last = page.at(-1);
		const hasMore = first !== -1 && end < wanted.length;
		const nextMarker = hasMore && last !== undefined ? secondsOf(last) : undefined;
		return answered(this.context, {
			data: {
				list: page.map(row),
				marker: query.marker === undefined ? null : marker,
				hasMore,
				nextMarker: nextMarker ?? null,
			},
			_pagination: {
				next_page: nextPage(
					this.context.quirks,
					call,
					nextMarker === undefined
						? undefined
						: { startDate: '-30days', marker: String(nextMarker) },
				),
			},
		});
	}
}
