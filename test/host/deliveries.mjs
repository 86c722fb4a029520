import { createHmac } from 'node:crypto';
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { TRIGGER } from './workflows.mjs';
import { WEBHOOK_SECRET } from './setup.mjs';

/** The hex HMAC-SHA256 that both providers sign a body with. */
export function signature(secret, body) {
	return createHmac('sha256', secret).update(body).digest('hex');
}

/** What the provider signs deliveries to the active workflow with. */
export async function signingSecret(stand, pair, workflow) {
	if (pair.provider === 'apiFansly') return WEBHOOK_SECRET;
	return (await stand.database.staticData(workflow, TRIGGER)).signingSecret;
}

/** A message event of the pair's provider, as it goes over the wire. */
export function messageBody({ name, account, shortChat }, id, text = `Message ${id}`) {
	if (name === 'ofapiOnlyFans') {
		const fromUser = { id: Number(shortChat), name: 'Tom Baker', username: 'tombaker' };
		const payload = {
			id,
			text: `<p>${text}</p>`,
			price: 0,
			isFree: true,
			isTip: false,
			mediaCount: 0,
			media: [],
			createdAt: new Date().toISOString(),
			fromUser,
		};
		return JSON.stringify({ event: 'messages.received', account_id: account, payload });
	}
	const message = {
		id: String(id),
		groupId: shortChat,
		senderId: '300000000000000001',
		content: text,
		createdAt: Date.now(),
		attachments: [],
	};
	return name === 'ofapiFansly'
		? JSON.stringify({ event: 'fansly.messages.received', account_id: account, payload: message })
		: JSON.stringify({
				event: 'messages.received',
				accountId: account,
				timestamp: new Date().toISOString(),
				data: message,
			});
}

/** Posts the bytes as they are; gives the answer, or status 0 when none came or the signal ended it. */
async function post(agent, url, body, headers = {}, signal = undefined) {
	const bytes = Buffer.from(body);
	return new Promise((resolve) => {
		const onError = ({ message }) => resolve({ status: 0, text: message });
		const request = http.request(url, {
			method: 'POST',
			agent,
			signal,
			headers: { 'content-type': 'application/json', 'content-length': bytes.length, ...headers },
		});
		request.on('error', onError);
		request.on('response', (response) => {
			let text = '';
			response.setEncoding('utf8');
			response.on('data', (chunk) => (text += chunk));
			response.on('error', onError);
			response.on('end', () => resolve({ status: response.statusCode, text }));
		});
		request.end(bytes);
	});
}

/** Delivers as a provider does, once. Every delivery has a connection of its own, which the signal closes. */
export async function deliver(url, body, headers, signal) {
	return post(false, url, body, headers, signal);
}

/** The same with the signature. */
export async function deliverSigned(url, body, secret, headers = {}) {
	return deliver(url, body, { signature: signature(secret, body), ...headers });
}

/** Makes all deliveries of `{ url, body, headers }`, so many at a time; gives the answers in the same order. */
export async function deliverAll(deliveries, concurrency) {
	// Kept for these alone: n8n closes connections that were idle for five seconds.
	const agent = new http.Agent({ keepAlive: true, maxSockets: concurrency });
	const answers = new Array(deliveries.length);
	let next = 0;
	const work = async () => {
		while (next < deliveries.length) {
			const index = next++;
			const { url, body, headers } = deliveries[index];
			answers[index] = await post(agent, url, body, headers);
		}
	};
	await Promise.all(Array.from({ length: concurrency }, work));
	agent.destroy();
	return answers;
}

const RETRY_MS = 200;
const MOST_ATTEMPTS = 300;

/** What n8n answers to everything, with status 200, while it starts. */
const STARTING = 'n8n is starting up';

/**
 * A provider that delivers again until a delivery has arrived. It alone is not taken in by an n8n
 * that answers 200 before it is there: a real provider takes such a delivery for done.
 */
export class PersistentProvider {
	arrived = 0;
	turnedAway = 0;
	#concurrency;

	constructor(concurrency) {
		this.#concurrency = concurrency;
	}

	async deliverAll(deliveries) {
		let next = 0;
		const work = async () => {
			while (next < deliveries.length) await this.#deliver(deliveries[next++]);
		};
		await Promise.all(Array.from({ length: this.#concurrency }, work));
	}

	async #deliver({ url, body, headers }) {
		for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
			const { status, text } = await deliver(url, body, headers);
			if (status === 200 && !text.startsWith(STARTING)) {
				this.arrived++;
				return;
			}
			if (status === 200) this.turnedAway++;
			await sleep(RETRY_MS);
		}
		throw new Error(`${url} never took its delivery`);
	}
}
