import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { claim } from './lock.mjs';
import { Problem } from './problem.mjs';

/** Listens on 127.0.0.1 for a moment; gives the port, or undefined when it is taken. */
async function probe(port) {
	const server = createServer();
	try {
		server.listen({ host: '127.0.0.1', port, exclusive: true });
		await once(server, 'listening');
		const { port: listening } = server.address();
		server.close();
		await once(server, 'close');
		return listening;
	} catch (error) {
		if (error.code === 'EADDRINUSE' || error.code === 'EACCES') return undefined;
		throw error;
	}
}

/** Whether this process may have that port: nothing uses it, and no other run is about to. */
async function claimPort(port) {
	return (await probe(port)) !== undefined && claim(`port-${port}`);
}

/**
 * A port that nothing uses. Chosen at random below those that systems give to outgoing connections:
 * one of these could be taken again before a server has started on it.
 */
export async function freePort() {
	for (;;) {
		const port = randomInt(15_000, 30_000);
		if (await claimPort(port)) return port;
	}
}

/** That port when it is free; otherwise a Problem that names the option to choose another with. */
export async function demandPort(port, option) {
	if (await claimPort(port)) return port;
	throw new Problem(
		`Port ${port} is in use: end what uses it, or choose another one with --${option}.`,
	);
}

/** That port, or the first free one after it. */
export async function nextFreePort(port) {
	return (await claimPort(port)) ? port : nextFreePort(port + 1);
}

/** That port when it is free, any free one otherwise. */
export async function preferPort(port) {
	return (await claimPort(port)) ? port : freePort();
}
