import type { IDataObject, INodeProperties, IWebhookFunctions } from 'n8n-workflow';
import { fanslyMessageEvent } from '../platforms/fansly/event';
import { millisecondsOf } from '../shared/model/time';
import { idOf, isRecord, recordAt, textOf } from '../shared/model/values';
import type { ChatEvent } from '../shared/triggers/event';
import { eventKey } from '../shared/triggers/webhook';
import type { EventDelivery } from '../shared/triggers/webhook';
import { apiFansly } from './pair';

const DIRECTIONS: Record<string, 'incoming' | 'outgoing'> = {
	'messages.received': 'incoming',
	'messages.sent': 'outgoing',
};

/**
 * A signed event is refused this long after its own time: nothing says that any is delivered so
 * late.
 */
const MAX_LATE = 24 * 60 * 60 * 1000;

/** What is a sale or a tip by its name: the unit of their amounts is not published. */
const SALES = new Set(['ppv.purchased', 'tips.received', 'subscriptions.new']);

/** The provider's events; it has no endpoint that lists them. */
const EVENTS = [
	{ name: 'Message Received', value: 'messages.received' },
	{ name: 'Message Sent', value: 'messages.sent' },
	{ name: 'New Subscription', value: 'subscriptions.new' },
	{ name: 'PPV Purchased', value: 'ppv.purchased' },
	{ name: 'Tip Received', value: 'tips.received' },
];

/**
 * The events that the node panel has entries for. Not `messages.sent`, which starts nothing while
 * Only Incoming is on.
 */
export const PANEL_EVENTS = EVENTS.filter(({ value }) => value !== 'messages.sent');

export const eventsField: INodeProperties = {
	displayName: 'Events',
	name: 'events',
	type: 'multiOptions',
	required: true,
	default: ['messages.received'],
	description: 'What starts the workflow. Choose the same events in the ApiFansly console.',
	options: EVENTS,
};

/** The header that the signature stands in: the provider has not published it. */
export const signatureFields: INodeProperties[] = [
	{
		displayName: 'Signature Header',
		name: 'signatureHeader',
		type: 'options',
		default: 'signature',
		description:
			"The header with ApiFansly's signature. Used if the credential has a 'Webhook Signing " +
			"Secret'.",
		hint: 'ApiFansly does not document this: if test events get a 401, try another one',
		options: [
			{ name: 'Another Header', value: 'custom' },
			{ name: 'Signature', value: 'signature' },
			{ name: 'X-Fansly-Signature', value: 'x-fansly-signature' },
		],
	},
	{
		displayName: 'Header Name',
		name: 'signatureHeaderName',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. X-Webhook-Signature',
		displayOptions: { show: { signatureHeader: ['custom'] } },
		description: 'The name of the header that holds the signature',
	},
];

async function signing(
	context: IWebhookFunctions,
): Promise<{ header: string; secret: string } | undefined> {
	// Whoever wants no check may leave out the credential too.
	if (context.getNode().credentials?.[apiFansly.credential] === undefined) return undefined;
	const credential = await context.getCredentials(apiFansly.credential);
	const secret = textOf(credential.webhookSecret)?.trim();
	if (secret === undefined) return undefined;
	const header = textOf(context.getNodeParameter('signatureHeader', 'signature')) ?? 'signature';
	return {
		header:
			header === 'custom'
				? (textOf(context.getNodeParameter('signatureHeaderName', '')) ?? '')
				: header,
		secret,
	};
}

function read(body: IDataObject): ChatEvent | undefined {
	const name = textOf(body.event);
	if (name === undefined || !isRecord(body.data)) return undefined;
	const payload = body.data;
	const event = {
		name,
		accountId: textOf(body.accountId) ?? null,
		isSale: SALES.has(name),
		payload,
		raw: body,
	};
	// A sale names the fan as the account, the creator as the correlated one; amounts have no
	// published unit.
	const buyer = name === 'ppv.purchased' ? payload.accountId : recordAt(payload, 'fromUser').id;
	const about = fanslyMessageEvent(payload, DIRECTIONS[name]);
	return {
		...event,
		...about,
		fan: about.message === undefined ? { id: idOf(buyer) ?? null, name: null } : about.fan,
	};
}

/** ApiFansly's events: docs/providers.md. Webhooks are registered in its console, by hand. */
export const apiFanslyDelivery: EventDelivery = {
	pair: apiFansly,
	signing,
	isStale(body) {
		const time = millisecondsOf(body.timestamp);
		return time !== undefined && Date.now() - time > MAX_LATE;
	},
	read,
	repeatKey: (event) => eventKey(event, idOf(event.payload.id) ?? event.payload.orderId),
};
