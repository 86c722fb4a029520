import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:https';
import { connect, createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { TlsOptions } from 'node:tls';
import type { INodeParameters } from 'n8n-workflow';
import { generate } from 'selfsigned';
import { PAIRS, credentialOf, list, send, useSimulator } from '../support/world';

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
const sockets: Socket[] = [];
afterEach(() => {
	for (const socket of sockets.splice(0)) socket.destroy();
	for (const server of servers.splice(0)) server.close();
});

async function portOf(server: Server): Promise<number> {
	servers.push(server);
	server.on('connection', (socket: Socket) => {
		sockets.push(socket);
		socket.on('error', () => socket.destroy());
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return (server.address() as AddressInfo).port;
}

async function listening(server: Server, requests: () => number): Promise<Peer> {
	let connections = 0;
	server.on('connection', () => connections++);
	const port = await portOf(server);
	return { connections: () => connections, requests, url: `https://127.0.0.1:${port}` };
}

const certificate = generate([{ name: 'commonName', value: '127.0.0.1' }]);

/** A server that speaks TLS; `cut` may put something else onto the wire instead of its answer. */
async function encrypted(options: TlsOptions = {}, cut?: (wire: Socket) => void): Promise<Peer> {
	let requests = 0;
	const wires: Socket[] = [];
	const { private: key, cert } = await certificate;
	const server = createServer({ key, cert, ...options }, (_request, response) => {
		requests++;
		const wire = wires.at(-1);
		if (cut === undefined || wire === undefined) response.end('{}');
		else cut(wire);
	});
	const port = await portOf(server);
	const front = createTcpServer((wire) => {
		wires.push(wire);
		const inner = connect(port, '127.0.0.1');
		inner.on('error', () => wire.destroy());
		wire.pipe(inner).pipe(wire);
	});
	return await listening(front, () => requests);
}

/** A server that looks at the first bytes alone. */
const silentExcept = (react: (socket: Socket) => void) => async () =>
	await listening(
		createTcpServer((socket) => socket.once('data', () => react(socket))),
		() => 0,
	);

const ALERT_INTERNAL_ERROR = Buffer.from([0x15, 3, 3, 0, 2, 2, 80]);

type Start = () => Promise<Peer>;

const UNREACHABLE: Array<[name: string, start: Start]> = [
	['a certificate that nobody trusts', async () => await encrypted()],
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
	['a server that hangs up at once', silentExcept((socket) => socket.end())],
	[
		'a server that breaks the connection at once',
		silentExcept((socket) => socket.resetAndDestroy()),
	],
	[
		'a server that has trouble of its own',
		silentExcept((socket) => socket.end(ALERT_INTERNAL_ERROR)),
	],
];

/** With certificates allowed that nobody trusts, and a time limit. */
const UNREACHABLE_ANYWAY: Array<[name: string, start: Start]> = [
	['a server that says nothing', silentExcept(() => undefined)],
	[
		'a server that wants a certificate of n8n (TLS 1.2)',
		async () =>
			await encrypted({ requestCert: true, rejectUnauthorized: true, maxVersion: 'TLSv1.2' }),
	],
	[
		'a server that wants a certificate of n8n (TLS 1.3)',
		async () =>
			await encrypted({ requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.3' }),
	],
];

const atAnyPrice = (timeout: number): INodeParameters => ({
	requestOptions: { allowUnauthorizedCerts: true, timeout },
});
const CASES = [
	...UNREACHABLE.map((one) => [...one, {}] as const),
	...UNREACHABLE_ANYWAY.map((one) => [...one, atAnyPrice(1000)] as const),
];

describe.each(CASES)('%s', (_name, start, parameters) => {
	test.each(PAIRS)('%s: nothing was sent, and it is tried once', async (pair) => {
		const peer = await start();
		const result = await send(
			pair,
			{ text: 'Hi', ...parameters },
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
		const result = await list('ofapiOnlyFans', parameters, {
			credential: { ...credentialOf('ofapiOnlyFans'), baseUrl: peer.url },
		});
		expect(result.error?.message).toContain('could not be reached');
		expect(result.error?.message).not.toMatch(/EPROTO|CERT|ECONNRESET|ECONNABORTED/);
	});
});

test('a proxy that does not speak TLS although its address says so', async () => {
	const peer = await listening(
		createHttpServer((_request, response) => response.end()),
		() => 0,
	);
	const result = await send(
		'ofapiOnlyFans',
		{ text: 'Hi', requestOptions: { proxy: peer.url } },
		{ credential: { ...credentialOf('ofapiOnlyFans'), baseUrl: 'https://api.example' } },
	);
	expect(result.error?.context.outcome).toBe('notSent');
	expect(peer.connections()).toBe(1);
});

/** The same faults of TLS on a connection that has carried the request: it may have been carried out. */
const CUTS: Array<[name: string, cut: (wire: Socket) => void]> = [
	['text that is not encrypted', (wire) => wire.write('HTTP/1.1 502 Bad Gateway\r\n\r\n')],
	['an alert in the clear', (wire) => wire.write(Buffer.from([0x15, 3, 3, 0, 2, 2, 40]))],
	['an end', (wire) => wire.end()],
	['a break', (wire) => wire.resetAndDestroy()],
];

describe.each(CUTS)('%s after the request', (_name, cut) => {
	test.each(['TLSv1.2', 'TLSv1.3'] as const)(
		'%s: a message may have been sent',
		async (version) => {
			for (const pair of PAIRS) {
				const peer = await encrypted({ minVersion: version, maxVersion: version }, cut);
				const result = await send(
					pair,
					{ text: 'Hi', ...atAnyPrice(60_000) },
					{ credential: { ...credentialOf(pair), baseUrl: peer.url } },
				);
				expect(result.error?.context.outcome).toBe('unknown');
				expect(result.error?.description).toContain('It is not known whether the message was sent');
				expect(peer.requests()).toBeGreaterThan(1);
			}
		},
	);
});
