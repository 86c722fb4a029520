import { randomBytes } from 'node:crypto';
import { validateHeaderName } from 'node:http';
import type { AccountScope, NewConsoleWebhook, ProviderName, WebhookInfo } from './types';
import { API_FANSLY_EVENTS } from './webhookEvents';

/** What a webhook is registered with, and what its owner may change. */
export interface WebhookTarget {
	url: string;
	events: string[];
	enabled: boolean;
	accountScope: AccountScope;
	accountIds: string[];
}

export interface Webhook extends WebhookTarget {
	id: string;
	provider: ProviderName;
	/** Undefined: its deliveries are not signed. */
	secret: string | undefined;
	signatureHeader: string;
	createdAt: string;
	/** How many of its latest deliveries in a row failed for good. */
	failuresInARow: number;
	/** Milliseconds since 1970; in the past while there is no pause. */
	pausedUntil: number;
}

type NewWebhook = WebhookTarget & Pick<Webhook, 'provider' | 'secret' | 'signatureHeader'>;

/** Whether deliveries can be sent there. */
export function isWebAddress(url: string): boolean {
	return /^https?:\/\//.test(url) && URL.canParse(url);
}

/** Whether deliveries leave for the webhook at this moment. */
export function isReceiving({ enabled, pausedUntil }: Webhook): boolean {
	return enabled && pausedUntil <= Date.now();
}

function covers({ accountScope, accountIds }: Webhook, accountId: string | undefined): boolean {
	if (accountScope === 'global') return true;
	const isListed = accountId !== undefined && accountIds.includes(accountId);
	return isListed === (accountScope === 'inclusive');
}

function infoOf({
	id,
	provider,
	url,
	events,
	enabled,
	accountScope,
	accountIds,
	secret,
}: Webhook): WebhookInfo {
	return {
		id,
		provider,
		url,
		events,
		enabled,
		accountScope,
		accountIds,
		hasSecret: secret !== undefined,
	};
}

/** The registered webhooks of both providers. */
export class Webhooks {
	private readonly byId = new Map<string, Webhook>();

	add(webhook: NewWebhook): Webhook {
		const added = {
			...webhook,
			id: `wh_${randomBytes(8).toString('hex')}`,
			createdAt: new Date().toISOString(),
			failuresInARow: 0,
			pausedUntil: 0,
		};
		this.byId.set(added.id, added);
		return added;
	}

	/** Adds a webhook of ApiFansly; throws for what its console would not take. */
	addOfConsole({ url, events, secret, signatureHeader = 'signature' }: NewConsoleWebhook): Webhook {
		const unknown = events.find((event) => !API_FANSLY_EVENTS.includes(event));
		if (unknown !== undefined) throw new Error(`ApiFansly has no event ${unknown}`);
		if (!isWebAddress(url)) throw new Error(`${url} is no web address`);
		validateHeaderName(signatureHeader);
		return this.add({
			provider: 'apiFansly',
			url,
			events,
			enabled: true,
			accountScope: 'global',
			accountIds: [],
			secret: secret || undefined,
			signatureHeader,
		});
	}

	find(provider: ProviderName, id: string): Webhook | undefined {
		const webhook = this.byId.get(id);
		return webhook?.provider === provider ? webhook : undefined;
	}

	of(provider: ProviderName): Webhook[] {
		return [...this.byId.values()].filter((webhook) => webhook.provider === provider);
	}

	/** Removes a webhook; what still waits for it is not delivered. */
	remove(webhook: Webhook): void {
		webhook.enabled = false;
		this.byId.delete(webhook.id);
	}

	/** The webhooks that an event leaves for at this moment. */
	receivers(provider: ProviderName, event: string, accountId: string | undefined): Webhook[] {
		return this.of(provider).filter(
			(webhook) =>
				isReceiving(webhook) && webhook.events.includes(event) && covers(webhook, accountId),
		);
	}

	list(): WebhookInfo[] {
		return [...this.byId.values()].map(infoOf);
	}

	clear(): void {
		this.byId.clear();
	}
}
