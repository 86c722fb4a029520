import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodePropertyOptions,
	IWebhookFunctions,
} from 'n8n-workflow';
import type { Pair } from '../../shared/model/pair';
import { isRecord, recordsAt, textOf } from '../../shared/model/values';
import { requestBody } from '../../shared/transport/request';
import type { ChatEvent } from '../../shared/triggers/event';
import { eventKey } from '../../shared/triggers/webhook';
import type { EventDelivery } from '../../shared/triggers/webhook';
import { catchUp } from './catchUp';
import { signingSecretOf } from './registered';

/** The envelope that all of OnlyFansAPI's events come in (docs/providers.md). */
interface Envelope {
	name: string;
	/** Missing on events that concern the whole team. */
	accountId: string | null;
	payload: IDataObject;
	raw: IDataObject;
}

/**
 * The deliveries of OnlyFansAPI: signed with the node's own secret in the header `Signature`,
 * repeats told by the message's ID or else by the provider's idempotency key. `read` takes the
 * content apart; `creatorIds` holds the creators' own IDs by account where the node looked them up.
 */
export function ofapiDelivery(
	pair: Pair,
	read: (envelope: Envelope, context: IWebhookFunctions) => ChatEvent,
): EventDelivery {
	return {
		pair,
		signing(context) {
			// Without a secret the node has no webhook, so nobody has anything to deliver.
			return Promise.resolve({ header: 'signature', secret: signingSecretOf(context) });
		},
		read(body, context) {
			const name = textOf(body.event);
			if (name === undefined) return undefined;
			return read(
				{
					name,
					accountId: textOf(body.account_id) ?? null,
					payload: isRecord(body.payload) ? body.payload : {},
					raw: body,
				},
				context,
			);
		},
		repeatKey: (event, headers) =>
			eventKey(event, event.message?.id ?? headers['x-ofapi-idempotency-key']),
		arrived: (context) => catchUp(context, pair),
	};
}

/** Words of event names that are not written like others. */
const SPELLINGS: Record<string, string> = { ppv: 'PPV', otp: 'OTP' };

function titled(words: string[]): string {
	return words
		.map((word) => SPELLINGS[word] ?? `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
		.join(' ');
}

/** `messages.received` as `Message Received`, `subscriptions.new` as `New Subscription`. */
export function eventTitle(name: string): string {
	const [subject = '', ...rest] = name
		.replace(/^fansly\./, '')
		.split('.')
		.map((part) => part.split('_'));
	const noun = [
		...subject.slice(0, -1),
		(subject.at(-1) ?? '').replace(/ies$/, 'y').replace(/s$/, ''),
	];
	const words = rest.flat();
	return words.length === 1 && words[0] === 'new'
		? titled(['new', ...noun])
		: titled([...noun, ...words]);
}

/** An event as an option to choose, or as an entry of the node panel. */
export const eventOption = (name: string): INodePropertyOptions => ({
	name: eventTitle(name),
	value: name,
});

/**
 * The events to choose from: the provider's own list, since it grows, or the built-in one where
 * that cannot be had. Costs no credit.
 */
export function eventOptions(
	pair: Pair,
	isOfPlatform: (name: string) => boolean,
	builtIn: string[],
) {
	return async function (this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		const live = await requestBody(this, pair, { method: 'GET', url: '/api/webhooks/events' }).then(
			(body) => recordsAt(body, 'data').map(({ value }) => textOf(value)),
			() => [],
		);
		const names = new Set(live.filter((name) => name !== undefined && isOfPlatform(name)));
		const options = [...(names.size === 0 ? builtIn : names)].map((name) =>
			eventOption(String(name)),
		);
		return options.sort((a, b) => a.name.localeCompare(b.name));
	};
}
