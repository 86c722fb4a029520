import type { IDataObject } from 'n8n-workflow';
import type { CommonFan } from '../../../shared/model/people';
import { isoTime } from '../../../shared/model/time';
import { idOf, numberOf, recordAt, recordsIn, textOf } from '../../../shared/model/values';
import { nameOf } from '../../../shared/triggers/event';

/**
 * `subscribedOn…` is about the fan's subscription to the creator, `subscribedBy…` about the other
 * way round.
 */
function statusOf(user: IDataObject): CommonFan['status'] {
	if (user.subscribedOn === true) return 'active';
	return user.subscribedOnExpiredNow === true ? 'expired' : null;
}

/** What OnlyFans tells of a fan beside the common fields; null where it does not. */
interface OnlyFansFan extends CommonFan {
	/** The name that the creator gave; it stands in `name` too. */
	customName: string | null;
	note: string | null;
	/** False where the subscription is set to expire; true is never told. */
	autoRenew: false | null;
	spentOnMessages: number | null;
	spentOnTips: number | null;
	isBlocked: boolean | null;
	isRestricted: boolean | null;
	/** When the creator last wrote, as far as the provider has seen it. */
	lastReplyAt: string | null;
	/** The lists that the fan is on: the creator's own and OnlyFans', such as `recent`. */
	listIds: string[] | null;
}

const flag = (value: unknown) => (typeof value === 'boolean' ? value : null);

/** A user of OnlyFans as the common fan. */
export function simplifyFan(user: IDataObject, accountId: string): OnlyFansFan {
	const subscription = recordAt(user, 'subscribedOnData');
	return {
		id: idOf(user.id) ?? null,
		accountId,
		name: nameOf(user.displayName, user.name),
		username: nameOf(user.username),
		status: statusOf(user),
		subscribedAt: isoTime(subscription.subscribeAt),
		expiresAt: isoTime(subscription.expiredAt),
		price: numberOf(subscription.price) ?? null,
		totalSpent: numberOf(subscription.totalSumm) ?? null,
		lastSeenAt: isoTime(user.lastSeen),
		avatarUrl: textOf(user.avatar) ?? null,
		customName: textOf(user.displayName) ?? null,
		note: textOf(user.notice) ?? null,
		autoRenew: subscription.status === 'Set to Expire' ? false : null,
		spentOnMessages: numberOf(subscription.messagesSumm) ?? null,
		spentOnTips: numberOf(subscription.tipsSumm) ?? null,
		isBlocked: flag(user.isBlocked),
		isRestricted: flag(user.isRestricted),
		lastReplyAt: isoTime(user.lastReplyAt),
		listIds: Array.isArray(user.listsStates)
			? recordsIn(user.listsStates)
					.filter(({ hasUser }) => hasUser === true)
					.flatMap(({ id }) => idOf(id) ?? [])
			: null,
	};
}
