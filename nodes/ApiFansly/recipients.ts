import type { IDataObject } from 'n8n-workflow';
import { numberOf, recordAt, valueAt } from '../shared/model/values';
import { throttledRequestBody } from '../shared/operation/rateLimit';
import type { CountRecipients } from '../shared/send/broadcast';
import { apiFansly, unwrap } from './pair';

/** What the audience is called in the request, by what it is called in the node. */
export const AUDIENCE: Record<string, string> = {
	expired: 'includeExpiredSubscribers',
	renewing: 'includeSubscribersAutoRenewOn',
	notRenewing: 'includeSubscribersAutoRenewOff',
};

/** Who is counted among the active subscribers: each of these is a part of them. */
const ACTIVE = [AUDIENCE.renewing, AUDIENCE.notRenewing, 'includeSubscriptionTierId'];

/**
 * At most how many people a mass message reaches: all active subscribers where it goes to any of
 * them, and all expired ones. The excluded are not taken off: too large a number does no harm. One
 * request, for the numbers that stand beside the list of subscribers.
 */
export const countRecipients: CountRecipients = async (context, request, subject) => {
	const body = await throttledRequestBody(
		context,
		apiFansly,
		{
			...request,
			method: 'GET',
			url: `/api/fansly/${encodeURIComponent(subject.account)}/subscribers`,
			qs: { status: 'all', limit: 1 },
			body: undefined,
		},
		subject,
	);
	const chosen = recordAt(request.body);
	const stats: IDataObject = recordAt(unwrap(body), 'stats');
	const parts = [
		...(ACTIVE.some((name) => name !== undefined && valueAt(chosen, name)) ? ['totalActive'] : []),
		...(valueAt(chosen, 'includeExpiredSubscribers') ? ['totalExpired'] : []),
	].map((name) => numberOf(stats[name]));
	return parts.includes(undefined)
		? 'ApiFansly does not say how many subscribers the account has'
		: parts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
};
