import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { generate } from 'selfsigned';
import { PAIRS, credentialOf, list, send, useSimulator } from './world';

useSimulator();

/** A provider that no encrypted connection can be made to: nothing has left, and trying again does not help. */

interface Peer {
	/** Connections that were made to it. */
	connections(): number;
	/** Requests that came through. */
	requests(): number;
	url: string;
}

const servers: Server[] = [];
afterEach(() => {
	for (const server of servers.splice(0)) server.close();
});

async function listening(server: Server, requests: () => number): Promise<Peer> {
	let connections = 0;
	server.on('connection', () => connections++);
	servers.push(server);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		connections: () => connections,
		requests,
		url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
	};
}

const PEERS: Array<[name: string, start: () => Promise<Peer>]> = [
	[
		'a certificate that nobody trusts',
		async () => {
			let requests = 0;
			const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }]);
			return await listening(
				createServer({ key, cert }, (_request, response) => response.end(String(++requests))),
				() => requests,
			);
		},
	],
	[
		'a server without encryption',
		async () => {
			let requests = 0;
			return await listening(
				createHttpServer((_request, response) => response.end(String(++requests))),
				() => requests,
			);
		},
	],
	['a server without a certificate', async () => await listening(createServer({}), () => 0)],
	[
		'a server that hangs up at once',
		async () =>
			await listening(
				createTcpServer((socket) => socket.once('data', () => socket.end())),
				() => 0,
			),
	],
];

describe.each(PEERS)('%s', (_name, start) => {
	test.each(PAIRS)('%s: nothing was sent, and it is tried once', async (pair) => {
		const peer = await start();
		const result = await send(
			pair,
			{ text: 'Hi' },
			{ credential: { ...credentialOf(pair), baseUrl: peer.url } },
		);
		expect(result.error?.context.outcome).toBe('notSent');
		expect(result.error?.message).toContain('could not be reached');
		expect(result.error?.description).toContain('Nothing was done');
		expect(peer.connections()).toBe(1);
		expect(peer.requests()).toBe(0);
	});

	test('a list says the same', async () => {
		const peer = await start();
		const result = await list(
			'ofapiOnlyFans',
			{},
			{ credential: { ...credentialOf('ofapiOnlyFans'), baseUrl: peer.url } },
		);
		expect(result.error?.message).toContain('could not be reached');
		expect(result.error?.message).not.toMatch(/EPROTO|CERT|ECONNRESET/);
	});
});
