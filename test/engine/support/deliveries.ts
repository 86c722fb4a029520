import { createHmac } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { pairs } from '../../pairs';
import type { PairName } from '../../pairs';
import { TriggerHost } from './triggerHost';
import type { TriggerRequest } from './triggerHost';

/** Deliveries made by hand, for what the simulator, true to the documents, never sends. */

export const SECRET = 'secret-of-the-webhook';

/** A trigger that is registered with a known secret. */
export async function listeningHost(
	pair: PairName,
	parameters: TriggerRequest['parameters'] = {},
): Promise<TriggerHost> {
	const credential =
		pair === 'apiFansly'
			? { apiKey: 'key', baseUrl: 'http://127.0.0.1:1', webhookSecret: SECRET }
			: { apiKey: 'key', baseUrl: 'http://127.0.0.1:1' };
	const host = await TriggerHost.start({
		node: `${pair}Trigger`,
		credential,
		parameters: { events: [pairs[pair].events.received], ...parameters },
	});
	if (pair !== 'apiFansly') {
		host.saved = JSON.stringify({
			'node:Trigger': {
				webhookId: 'wh_1',
				signingSecret: SECRET,
				creatorIds: { account_1: '100000000000000001' },
			},
		});
	}
	return host;
}

export const FAN = '300000000000000001';

/** A message as Fansly's own API shows it. */
export function fanslyMessage(id: string, more: IDataObject = {}): IDataObject {
	return {
		type: 1,
		attachments: [],
		content: `Hello ${id}`,
		groupId: '200000000000000001',
		senderId: FAN,
		inReplyTo: '',
		interactions: [
			{ groupId: '200000000000000001', userId: '100000000000000001', readAt: 0, deliveredAt: 0 },
		],
		id,
		createdAt: 1783533902.804,
		embeds: [],
		...more,
	};
}

/** A message as OnlyFansAPI's events of OnlyFans show it. */
export function onlyFansMessage(id: string, more: IDataObject = {}): IDataObject {
	return {
		id: Number(id),
		responseType: 'message',
		text: `<p>Hello ${id}</p>`,
		price: 0,
		isFree: true,
		isTip: false,
		media: [],
		previews: [],
		createdAt: '2026-06-10T18:35:30+00:00',
		fromUser: { id: 1000005, name: 'Fan 4', username: 'fan005', displayName: '' },
		fanData: { available: true },
		...more,
	};
}

/** A fan's message as that provider's event. */
export function receivedEvent(pair: PairName, id: string, more: IDataObject = {}): IDataObject {
	return pair === 'ofapiOnlyFans'
		? eventOf(pair, pairs[pair].events.received, onlyFansMessage(id, more))
		: eventOf(pair, pairs[pair].events.received, fanslyMessage(id, more));
}

export function eventOf(pair: PairName, event: string, payload: IDataObject): IDataObject {
	return pair === 'apiFansly'
		? { event, accountId: 'account_1', timestamp: new Date().toISOString(), data: payload }
		: { event, account_id: 'account_1', payload };
}

export interface Delivery {
	/** Signed unless told otherwise. */
	secret?: string | null;
	headers?: Record<string, string>;
	url?: string;
	signal?: AbortSignal;
}

/** Delivers a body, an object as JSON; gives the answer's status and text. */
export async function deliver(
	host: TriggerHost,
	body: IDataObject | string | Buffer,
	{ secret = SECRET, headers = {}, url = host.webhookUrl, signal }: Delivery = {},
): Promise<{ status: number; text: string }> {
	const raw =
		Buffer.isBuffer(body) || typeof body === 'string'
			? Buffer.from(body)
			: Buffer.from(JSON.stringify(body));
	const signature: Record<string, string> =
		secret === null ? {} : { Signature: createHmac('sha256', secret).update(raw).digest('hex') };
	const response = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...signature, ...headers },
		body: new Uint8Array(raw),
		signal,
	});
	return { status: response.status, text: await response.text() };
}

/** Waits for a condition; throws when it does not come within five seconds. */
export async function until(isSo: () => boolean): Promise<void> {
	for (let tries = 0; tries < 2500; tries++) {
		if (isSo()) return;
		await new Promise((resolve) => setTimeout(resolve, 2));
	}
	throw new Error('what the test waits for did not come');
}

/** Delivers, and closes the connection while n8n is at work; gives the status where n8n answered before. */
export async function deliverAndHangUp(
	host: TriggerHost,
	body: IDataObject,
): Promise<number | undefined> {
	const provider = new AbortController();
	const { hangUps, executions } = { hangUps: host.hangUps, executions: host.executions.length };
	const answer = deliver(host, body, { signal: provider.signal }).then(
		({ status }) => status,
		() => undefined,
	);
	let isAnswered = false;
	void answer.then(() => (isAnswered = true));
	await until(() => isAnswered || host.executions.length > executions);
	provider.abort();
	const status = await answer;
	if (status === undefined) await until(() => host.hangUps > hangUps);
	return status;
}
