import type { IDataObject } from 'n8n-workflow';
import type { CommonFan } from '../../../shared/model/people';
import { isoTime } from '../../../shared/model/time';
import { idOf, numberOf, recordAt, textOf } from '../../../shared/model/values';
import { nameOf } from '../../../shared/triggers/event';

/**
 * `subscribedOn…` is about the fan's subscription to the creator, `subscribedBy…` about the other
 * way round.
 */
function statusOf(user: IDataObject): CommonFan['status'] {
	if (user.subscribedOn === true) return 'active';
	return user.subscribedOnExpiredNow === true ? 'expired' : null;
}

/** A user of OnlyFans as the common fan. */
export function simplifyFan(user: IDataObject, accountId: string): CommonFan {
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
	};
}
