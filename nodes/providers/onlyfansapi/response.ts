import { valueAt } from '../../shared/model/values';

/** Seconds until a used-up minute is over: OnlyFansAPI counts by the minute (docs/providers.md). */
export function retryAfter(body: unknown): number | undefined {
	return valueAt(body, '_meta', '_rate_limits', 'remaining_minute') === 0 ? 60 : undefined;
}

/** Whether an answer says that nothing was sent to the platform (docs/providers.md). */
export function isNotSent(body: unknown): boolean {
	return valueAt(body, 'request_outcome') === 'not_sent';
}
