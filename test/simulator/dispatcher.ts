import http from 'node:http';
import https from 'node:https';
import type { DeliverySettings } from './types';
import { isReceiving } from './webhooks';
import type { Webhook } from './webhooks';

/** One event on its way to one webhook. */
export interface Delivery {
	uuid: string;
	webhook: Webhook;
	event: string;
	idempotencyKey: string | null;
	body: string;
	headers: Record<string, string>;
	/** The delivery that this one repeats by hand. */
	redeliveredFrom: string | null;
	/** How often it has been tried. */
	attempts: number;
}

/** How an attempt ended: with the receiver's status, or with 0 and the reason. */
export interface Outcome {
	url: string;
	statusCode: number;
	error: string | null;
}

export function isSuccess({ statusCode }: Outcome): boolean {
	return statusCode >= 200 && statusCode < 300;
}

/** Sends deliveries, so many at a time, each until it succeeds or has failed often enough. */
export class Dispatcher {
	private readonly waiting: Delivery[] = [];
	private readonly retries = new Set<NodeJS.Timeout>();
	private readonly agents = {
		http: new http.Agent({ keepAlive: true }),
		https: new https.Agent({ keepAlive: true }),
	};
	private underWay = 0;
	/** Deliveries that are neither through nor given up, the waiting ones included. */
	private open = 0;
	private listeners: Array<() => void> = [];
	private takesNewest = false;
	private hasEnded = false;

	constructor(
		private readonly settings: DeliverySettings,
		private readonly onAttempt: (delivery: Delivery, outcome: Outcome) => void,
	) {}

	add(delivery: Delivery): void {
		if (this.hasEnded) return;
		this.open++;
		this.queue(delivery);
	}

	/** Resolves when nothing waits or is under way, or at the end. */
	settled(): Promise<void> {
		if (this.open === 0) return Promise.resolve();
		return new Promise((resolve) => this.listeners.push(resolve));
	}

	/** Gives up everything at once; nothing leaves any more. */
	end(): void {
		this.hasEnded = true;
		this.waiting.length = 0;
		this.open = 0;
		for (const timer of this.retries) clearTimeout(timer);
		this.retries.clear();
		for (const agent of Object.values(this.agents)) agent.destroy();
		this.tellListeners();
	}

	private queue(delivery: Delivery): void {
		this.waiting.push(delivery);
		// Not at once: what is handed in together is to wait together.
		queueMicrotask(() => this.sendWaiting());
	}

	private sendWaiting(): void {
		while (this.underWay < this.settings.concurrency) {
			const delivery = this.takeNext();
			if (delivery === undefined) return;
			if (isReceiving(delivery.webhook)) void this.attempt(delivery);
			else this.finish();
		}
	}

	/** Shuffled: the newest and the oldest in turn, so that the order changes and none waits for ever. */
	private takeNext(): Delivery | undefined {
		this.takesNewest = this.settings.shuffle && !this.takesNewest;
		return this.takesNewest ? this.waiting.pop() : this.waiting.shift();
	}

	private async attempt(delivery: Delivery): Promise<void> {
		this.underWay++;
		const outcome = await this.post(delivery);
		if (this.hasEnded) return;
		this.underWay--;
		delivery.attempts++;
		this.onAttempt(delivery, outcome);
		if (isSuccess(outcome)) this.succeed(delivery);
		else if (delivery.attempts < this.settings.attempts) this.retryLater(delivery);
		else this.fail(delivery);
		this.sendWaiting();
	}

	private succeed({ webhook }: Delivery): void {
		webhook.failuresInARow = 0;
		this.finish();
	}

	private retryLater(delivery: Delivery): void {
		const timer = setTimeout(() => {
			this.retries.delete(timer);
			this.queue(delivery);
		}, this.settings.retryDelayMs);
		this.retries.add(timer);
	}

	private fail({ webhook }: Delivery): void {
		const { pauseAfter, pauseMs } = this.settings;
		webhook.failuresInARow++;
		if (pauseAfter > 0 && webhook.failuresInARow >= pauseAfter) {
			webhook.failuresInARow = 0;
			webhook.pausedUntil = Date.now() + pauseMs;
		}
		this.finish();
	}

	private finish(): void {
		this.open--;
		if (this.open === 0) this.tellListeners();
	}

	private tellListeners(): void {
		const listeners = this.listeners;
		this.listeners = [];
		for (const tell of listeners) tell();
	}

	/** Resolves in any case. */
	private post({ webhook: { url }, headers, body }: Delivery): Promise<Outcome> {
		const { request, agent } = url.startsWith('https:')
			? { request: https.request, agent: this.agents.https }
			: { request: http.request, agent: this.agents.http };
		const bytes = Buffer.from(body);
		return new Promise((resolve) => {
			const sent = request(url, {
				method: 'POST',
				agent,
				headers: { ...headers, 'Content-Length': bytes.length },
			});
			const timer = setTimeout(
				() => sent.destroy(new Error('The time limit was reached')),
				this.settings.timeoutMs,
			);
			const settle = (statusCode: number, error: string | null) => {
				clearTimeout(timer);
				resolve({ url, statusCode, error });
			};
			const onError = (error: Error) => settle(0, error.message);
			sent.on('error', onError);
			sent.on('response', (response) => {
				response.on('error', onError);
				response.on('end', () => settle(response.statusCode ?? 0, null));
				response.resume();
			});
			sent.end(bytes);
		});
	}
}
