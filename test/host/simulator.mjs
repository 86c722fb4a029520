import { URLSearchParams } from 'node:url';
import { ROOT } from './paths.mjs';
import { freePort, preferPort } from './ports.mjs';
import { start, untilReady } from './processes.mjs';

/** The ports that the simulator takes when they are free. */
const DEFAULT_PORTS = { ofapi: 4010, apiFansly: 4011, control: 4012 };

/** Three free ports. */
export async function freePorts() {
	return { ofapi: await freePort(), apiFansly: await freePort(), control: await freePort() };
}

/** The default ports, or free ones instead of those that are taken. */
export async function preferredPorts() {
	const ports = await Promise.all(Object.values(DEFAULT_PORTS).map(preferPort));
	return Object.fromEntries(Object.keys(DEFAULT_PORTS).map((name, index) => [name, ports[index]]));
}

/** The simulator of the three providers, seen through its control server. */
export class Simulator {
	constructor(ports) {
		this.urls = {
			ofapi: `http://127.0.0.1:${ports.ofapi}`,
			apiFansly: `http://127.0.0.1:${ports.apiFansly}`,
		};
		this.controlUrl = `http://127.0.0.1:${ports.control}`;
	}

	async #control(method, path, body) {
		const headers = { 'content-type': 'application/json' };
		const response = await fetch(
			this.controlUrl + path,
			body === undefined ? { method } : { method, headers, body: JSON.stringify(body) },
		);
		if (!response.ok)
			throw new Error(`The simulator answered ${response.status} to ${method} ${path}`);
		return response.json();
	}

	async isReady() {
		return this.#control('GET', '/state').then(
			() => true,
			() => false,
		);
	}

	/** What is stored in that chat, oldest message first. */
	async messages({ name, account }, chat) {
		return this.#control('GET', `/messages?${new URLSearchParams({ pair: name, account, chat })}`);
	}

	/** The API requests since the last time they were forgotten. */
	async requests() {
		return this.#control('GET', '/requests');
	}

	async forgetRequests() {
		await this.#control('DELETE', '/requests');
	}

	/** Something that goes wrong with requests from now on: the simulator's `Fault`. */
	async addFault(fault) {
		await this.#control('POST', '/faults', fault);
	}

	/** The pair's provider asked as its users ask it, with the key; gives the answer's JSON. */
	async api({ provider, apiKey }, method, path, body) {
		const headers = {
			authorization: `Bearer ${apiKey}`,
			'x-api-key': apiKey,
			'content-type': 'application/json',
		};
		const response = await fetch(this.urls[provider] + path, {
			method,
			headers,
			body: body && JSON.stringify(body),
		});
		if (!response.ok)
			throw new Error(`The simulated provider answered ${response.status} to ${method} ${path}`);
		return response.status === 204 ? undefined : response.json();
	}

	/** A fan writes, and the webhooks are told; gives the stored message. */
	async fanWrites({ name, account }, chat, message) {
		return this.#control('POST', '/fan-writes', { pair: name, account, chat, ...message });
	}

	/** Something happens in the account, and the webhooks are told. */
	async emit({ name, account }, event, payload) {
		await this.#control('POST', '/events', { pair: name, account, event, payload });
	}

	/** How many messages of the chat are unread. */
	async unread({ name, account }, chat) {
		return (
			await this.#control('GET', `/unread?${new URLSearchParams({ pair: name, account, chat })}`)
		).unread;
	}

	/** Stores messages that no webhook hears of. */
	async addMessages({ name, account }, chat, messages) {
		return this.#control('POST', '/messages', { pair: name, account, chat, messages });
	}

	/** A fan pays, at those ISO times; gives the IDs of the transactions. */
	async addPayments({ name, account }, payments) {
		return this.#control('POST', '/payments', { pair: name, account, payments });
	}

	/** Puts a file of that size in bytes where the provider keeps its media; gives its address and its hash. */
	async addFile({ name, account }, size) {
		return this.#control('POST', '/files', { pair: name, account, type: 'video', size });
	}

	/** Every file that was uploaded, oldest first. */
	async uploads() {
		return this.#control('GET', '/uploads');
	}

	/** Adds an account without chats: its `id`, `name`, `username` and `nativeId`. */
	async addAccount({ name: pair }, account) {
		await this.#control('POST', '/accounts', { ...account, pair });
	}

	/** Adds a chat without messages. */
	async addChat({ name, account }, id, fan) {
		await this.#control('POST', '/chats', { pair: name, account, id, fan, messages: 0 });
	}

	/** Adds fans to an account on OnlyFans, the last one as the newest, or changes those that it has. */
	async putFans({ account }, fans) {
		await this.#control('POST', '/fans', { account, fans });
	}

	/** A fan tips; a tip on OnlyFans that is there already gets its new status. */
	async putTip({ name, account }, tip) {
		await this.#control('POST', '/tips', { pair: name, account, ...tip });
	}

	/** Every attempt to deliver an event, once none is under way or will be made. */
	async deliveries() {
		await this.#control('GET', '/deliveries/settled');
		return this.#control('GET', '/deliveries');
	}

	/** The attempts so far. */
	async deliveriesSoFar() {
		return this.#control('GET', '/deliveries');
	}

	async forgetDeliveries() {
		await this.#control('DELETE', '/deliveries');
	}

	async setDelivery(settings) {
		await this.#control('POST', '/delivery-settings', settings);
	}

	/** Registers a webhook by hand in ApiFansly's console; gives its ID. */
	async addConsoleWebhook(webhook) {
		return (await this.#control('POST', '/webhooks', webhook)).id;
	}

	async removeConsoleWebhook(id) {
		await this.#control('DELETE', `/webhooks/${id}`);
	}

	async clearFaults() {
		await this.#control('DELETE', '/faults');
	}

	/** The world as at the start. */
	async reset() {
		await this.#control('POST', '/reset');
	}
}

/** Starts the simulator in a process of its own and waits until it answers. */
export async function startSimulator(ports) {
	const options = [
		`--ofapi-port=${ports.ofapi}`,
		`--apifansly-port=${ports.apiFansly}`,
		`--control-port=${ports.control}`,
	];
	const server = start(process.execPath, ['--import', 'tsx', 'test/simulator/cli.ts', ...options], {
		cwd: ROOT,
	});
	const simulator = new Simulator(ports);
	await untilReady(server, 'The simulator', () => simulator.isReady());
	return simulator;
}
