import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { Dispatcher, isSuccess } from './dispatcher';
import type { Delivery, Outcome } from './dispatcher';
import type { DeliveryRecord, DeliverySettings, PairName, ProviderName } from './types';
import { EVENTS_WITHOUT_KEY } from './webhookEvents';
import type { Webhook, Webhooks } from './webhooks';

/** Something that happened in a world. */
export interface WorldEvent {
	pair: PairName;
	event: string;
	/** Undefined for events of the whole team. */
	accountId: string | undefined;
	payload: unknown;
}

/** The lower-case hex HMAC-SHA256 of a delivery's body, as both providers sign it. */
export function signedBody(secret: string, body: string): string {
	return createHmac('sha256', secret).update(body).digest('hex');
}

export function defaultDeliverySettings(): DeliverySettings {
	return {
		attempts: 3,
		retryDelayMs: 10_000,
		timeoutMs: 10_000,
		duplicates: 0,
		shuffle: false,
		concurrency: 10,
		pauseAfter: 20,
		pauseMs: 300_000,
	};
}

/** JSON as PHP writes it, so that a signature of the text that JavaScript would write does not fit. */
function phpJson(value: unknown): string {
	return JSON.stringify(value)
		.replaceAll('/', '\\/')
		.replace(
			/[\u0080-\uffff]/g,
			(unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
		);
}

function bodyOf({ pair, event, accountId, payload }: WorldEvent): string {
	if (pair !== 'apiFansly') return phpJson({ event, account_id: accountId, payload });
	return JSON.stringify({ event, accountId, timestamp: new Date().toISOString(), data: payload });
}

function keyOf({ pair, event }: WorldEvent): string | null {
	if (pair === 'apiFansly' || EVENTS_WITHOUT_KEY.includes(event)) return null;
	return `evt_${randomBytes(20).toString('hex')}`;
}

const USER_AGENTS: Record<ProviderName, string> = {
	ofapi: 'OnlyFansAPI.com/Webhook-Client',
	apiFansly: 'ApiFansly-Webhooks',
};

type Content = Pick<Delivery, 'event' | 'idempotencyKey' | 'body' | 'redeliveredFrom'>;

function headersOf(
	{ provider, secret, signatureHeader }: Webhook,
	content: Content,
): Record<string, string> {
	const { body, idempotencyKey, redeliveredFrom } = content;
	return {
		'Content-Type': 'application/json',
		'User-Agent': USER_AGENTS[provider],
		...(secret !== undefined && { [signatureHeader]: signedBody(secret, body) }),
		...(idempotencyKey !== null && { 'X-OFAPI-Idempotency-Key': idempotencyKey }),
		...(redeliveredFrom !== null && { 'X-OFAPI-Redelivery-Of': redeliveredFrom }),
	};
}

function newDelivery(webhook: Webhook, content: Content): Delivery {
	return {
		...content,
		uuid: randomUUID(),
		webhook,
		headers: headersOf(webhook, content),
		attempts: 0,
	};
}

/** Takes events to the webhooks that want them and keeps a log of every attempt. */
export class Deliveries {
	readonly settings = defaultDeliverySettings();
	readonly log: DeliveryRecord[] = [];
	private dispatcher = this.newDispatcher();
	private deliveryCount = 0;
	private attemptCount = 0;

	constructor(private readonly webhooks: Webhooks) {}

	/** Puts an event to every webhook that is to have it; returns at once. */
	emit(event: WorldEvent): void {
		const provider = event.pair === 'apiFansly' ? 'apiFansly' : 'ofapi';
		const receivers = this.webhooks.receivers(provider, event.event, event.accountId);
		if (receivers.length === 0) return;
		const content = {
			event: event.event,
			idempotencyKey: keyOf(event),
			body: bodyOf(event),
			redeliveredFrom: null,
		};
		for (const webhook of receivers) this.deliver(newDelivery(webhook, content));
	}

	/** Repeats a delivery by hand; returns the repeat, which is on its way. */
	redeliver(
		webhook: Webhook,
		{ event, idempotencyKey, body, deliveryUuid }: DeliveryRecord,
	): Delivery {
		const delivery = newDelivery(webhook, {
			event,
			idempotencyKey,
			body,
			redeliveredFrom: deliveryUuid,
		});
		this.dispatcher.add(delivery);
		return delivery;
	}

	/** Resolves when nothing waits or is under way. */
	settled(): Promise<void> {
		return this.dispatcher.settled();
	}

	reset(): void {
		this.end();
		this.dispatcher = this.newDispatcher();
		Object.assign(this.settings, defaultDeliverySettings());
		this.log.length = 0;
		this.deliveryCount = 0;
		this.attemptCount = 0;
	}

	/** Gives up everything that waits or is under way. */
	end(): void {
		this.dispatcher.end();
	}

	private newDispatcher(): Dispatcher {
		return new Dispatcher(this.settings, (delivery, outcome) => this.record(delivery, outcome));
	}

	private deliver(delivery: Delivery): void {
		const { duplicates } = this.settings;
		this.dispatcher.add(delivery);
		this.deliveryCount++;
		if (duplicates > 0 && this.deliveryCount % duplicates === 0) {
			this.dispatcher.add({ ...delivery });
		}
	}

	private record(delivery: Delivery, outcome: Outcome): void {
		const { uuid, webhook, event, idempotencyKey, body, redeliveredFrom, attempts } = delivery;
		this.log.push({
			id: ++this.attemptCount,
			deliveryUuid: uuid,
			webhookId: webhook.id,
			event,
			attempt: attempts,
			succeeded: isSuccess(outcome),
			...outcome,
			idempotencyKey,
			body,
			redeliveredFrom,
			deliveredAt: Date.now(),
		});
	}
}
