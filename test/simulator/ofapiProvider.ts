import { OfapiFansly } from './ofapiFansly';
import { OfapiFanslyAccount } from './ofapiFanslyAccount';
import { OfapiMedia } from './ofapiMedia';
import { OfapiOnlyFans } from './ofapiOnlyFans';
import { ofapiReplies, refusal } from './ofapi';
import { OfapiWebhooks } from './ofapiWebhooks';
import { isKey } from './provider';
import type { Call, Provider, ProviderContext } from './provider';

/** A key that may call everything but Fansly. */
export const ONLYFANS_ONLY_KEY = 'simulator-onlyfans-only-key';

function isFansly(path: string): boolean {
	return /^\/api\/fansly(\/|$)/.test(path);
}

function authenticate({ headers, path }: Call, key: string): void {
	const given = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
	if (given === ONLYFANS_ONLY_KEY && isFansly(path)) {
		throw refusal(403, { error: 'FORBIDDEN', message: 'This API key has no access to Fansly.' });
	}
	if (!isKey(given, key) && given !== ONLYFANS_ONLY_KEY) {
		throw refusal(401, {
			error: 'Unauthorized. Go to https://app.onlyfansapi.com/api-keys to get your API key.',
		});
	}
}

/** OnlyFansAPI as a whole. OnlyFans' routes come last: `fansly` and `webhooks` are no accounts. */
export function ofapiProvider(context: ProviderContext, key: string): Provider {
	const onlyFansContext = { ...context, pair: 'ofapiOnlyFans' as const };
	const onlyFans = new OfapiOnlyFans(onlyFansContext);
	const fanslyContext = { ...context, pair: 'ofapiFansly' as const };
	const fansly = [
		...new OfapiFanslyAccount(fanslyContext).routes(),
		...new OfapiFansly(fanslyContext).routes(),
	];
	const webhooks = new OfapiWebhooks(onlyFansContext);
	const media = [
		...new OfapiMedia(fanslyContext).routes(),
		...new OfapiMedia(onlyFansContext).routes(),
	];
	return {
		name: 'ofapi',
		routes: [...webhooks.routes(), ...media, ...fansly, ...onlyFans.routes()],
		replies: ofapiReplies(onlyFansContext),
		ledger: context.ledger,
		limiter: context.limiter,
		pairOf: (path) => (isFansly(path) ? 'ofapiFansly' : 'ofapiOnlyFans'),
		authenticate: (call) => authenticate(call, key),
		reset: () => onlyFans.reset(),
	};
}
