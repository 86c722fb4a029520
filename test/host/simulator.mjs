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
		this.urls = { ofapi: `http://127.0.0.1:${ports.ofapi}`, apiFansly: `http://127.0.0.1:${ports.apiFansly}` };
		this.controlUrl = `http://127.0.0.1:${ports.control}`;
	}

	async #control(method, path, body) {
		const headers = { 'content-type': 'application/json' };
		const response = await fetch(this.controlUrl + path, body === undefined ? { method } : { method, headers, body: JSON.stringify(body) });
		if (!response.ok) throw new Error(`The simulator answered ${response.status} to ${method} ${path}`);
		return response.json();
	}

	async isReady() {
		return this.#control('GET', '/state').then(() => true, () => false);
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

	/** The world as at the start. */
	async reset() {
		await this.#control('POST', '/reset');
	}
}

/** Starts the simulator in a process of its own and waits until it answers. */
export async function startSimulator(ports) {
	const options = [`--ofapi-port=${ports.ofapi}`, `--apifansly-port=${ports.apiFansly}`, `--control-port=${ports.control}`];
	const server = start(process.execPath, ['--import', 'tsx', 'test/simulator/cli.ts', ...options], { cwd: ROOT });
	const simulator = new Simulator(ports);
	await untilReady(server, 'The simulator', () => simulator.isReady());
	return simulator;
}
