import type { IDataObject } from 'n8n-workflow';
import type { CommonFan, CommonFanList } from '../../shared/model/people';
import { idOf, numberOf, recordsAt, textOf } from '../../shared/model/values';
import { besideEntry } from './entries';
import { dollarsFromThousandths, fanslyTime } from './values';

/** Fansly's profile as the common fan. */
export function simplifyFanslyUser(profile: IDataObject, accountId: string): CommonFan {
	const [picture] = recordsAt(profile, 'avatar', 'locations');
	return {
		id: idOf(profile.id) ?? null,
		accountId,
		name: textOf(profile.displayName) ?? null,
		username: textOf(profile.username) ?? null,
		status: null,
		subscribedAt: null,
		expiresAt: null,
		price: null,
		totalSpent: null,
		lastSeenAt: fanslyTime(profile.lastSeenAt),
		avatarUrl: textOf(picture?.location) ?? null,
	};
}

const SUBSCRIPTION_STATUS: Record<string, CommonFan['status']> = { 3: 'active', 4: 'expired' };

/** What a subscription tells beside the common fields; null where it does not. */
interface FanslySubscriber extends CommonFan {
	/** False where the subscription ends at `expiresAt`. */
	autoRenew: boolean | null;
	/** What it costs from then on. */
	renewPrice: number | null;
	subscriptionTierId: string | null;
	subscriptionTierName: string | null;
}

/**
 * Fansly's subscription as the common fan: an entry of `fanslyEntries`. Money in thousandths of a
 * dollar, times in milliseconds.
 */
export function simplifyFanslySubscriber(entry: IDataObject, accountId: string): FanslySubscriber {
	const renews = numberOf(entry.autoRenew);
	return {
		...simplifyFanslyUser(besideEntry(entry, 'accounts'), accountId),
		id: idOf(entry.subscriberId) ?? null,
		status: SUBSCRIPTION_STATUS[idOf(entry.status) ?? ''] ?? null,
		subscribedAt: fanslyTime(entry.createdAt),
		expiresAt: fanslyTime(entry.endsAt),
		price: dollarsFromThousandths(entry.price),
		autoRenew: renews === undefined ? null : renews !== 0,
		renewPrice: dollarsFromThousandths(entry.renewPrice),
		subscriptionTierId: idOf(entry.subscriptionTierId) ?? null,
		subscriptionTierName: textOf(entry.subscriptionTierName) ?? null,
	};
}

/** Fansly's follower as the common fan: an entry of `fanslyEntries`. */
export function simplifyFanslyFollower(entry: IDataObject, accountId: string): CommonFan {
	return {
		...simplifyFanslyUser(besideEntry(entry, 'accounts'), accountId),
		id: idOf(entry.followerId) ?? null,
		status: 'follower',
	};
}

/** One of Fansly's lists of fans as the common one. */
export function simplifyFanslyList(entry: IDataObject, accountId: string): CommonFanList {
	return {
		id: idOf(entry.id) ?? null,
		accountId,
		name: textOf(entry.label) ?? textOf(entry.name) ?? textOf(entry.title) ?? null,
		fanCount: numberOf(entry.itemCount) ?? numberOf(entry.count) ?? null,
		canAddFans: null,
	};
}

/** Who is on such a list as the common fan: the entry's ID is the fan's. */
export function simplifyFanslyListed(entry: IDataObject, accountId: string): CommonFan {
	return {
		...simplifyFanslyUser(besideEntry(entry, 'accounts'), accountId),
		id: idOf(entry.id) ?? null,
	};
}
