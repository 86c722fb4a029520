import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

/** A server that gives prepared answers: for what the simulator, true to the documents, never says. */

export interface Seen {
	method: string;
	/** Path and query, as they came over the wire. */
	url: string;
	headers: IncomingHttpHeaders;
	body: string;
}

export interface Prepared {
	status?: number;
	headers?: Record<string, string>;
	/** Text goes out as it is, anything else as JSON. */
	body: unknown;
}

export interface AnswerServer {
	url: string;
	seen: Seen[];
	close(): Promise<void>;
}

function reply(response: ServerResponse, { status = 200, headers = {}, body }: Prepared): void {
	const isText = typeof body === 'string';
	response.writeHead(status, {
		'content-type': isText ? 'text/html' : 'application/json',
		...headers,
	});
	response.end(isText ? body : JSON.stringify(body));
}

function close(server: Server): Promise<void> {
	server.closeAllConnections();
	return new Promise((resolve) => server.close(() => resolve()));
}

/** Lets a server listen on a free port of 127.0.0.1; gives its address. */
async function listen(server: Server): Promise<string> {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('no port');
	return `http://127.0.0.1:${address.port}`;
}

/** Starts a server on a free port of 127.0.0.1; `answer` is asked for every request. */
export async function startAnswering(answer: (request: Seen) => Prepared): Promise<AnswerServer> {
	const seen: Seen[] = [];
	const server = createServer((incoming, response) => {
		void text(incoming).then((body) => {
			const request = {
				method: incoming.method ?? '',
				url: incoming.url ?? '',
				headers: incoming.headers,
				body,
			};
			seen.push(request);
			reply(response, answer(request));
		});
	});
	const url = await listen(server);
	return { url, seen, close: () => close(server) };
}

/** A server that takes a request's bytes slowly: a pause of so many milliseconds after each megabyte. */
export async function startSlowReader({
	pause,
	body,
}: {
	pause: number;
	body: unknown;
}): Promise<{ url: string; pauses(): number; close(): Promise<void> }> {
	let pauses = 0;
	const server = createServer((incoming, response) => {
		const read = async () => {
			let size = 0;
			for await (const piece of incoming as AsyncIterable<Uint8Array>) {
				size += piece.length;
				if (size < 1_000_000) continue;
				size = 0;
				pauses++;
				await new Promise((resolve) => setTimeout(resolve, pause));
			}
			reply(response, { body });
		};
		void read();
	});
	const url = await listen(server);
	return { url, pauses: () => pauses, close: () => close(server) };
}

/** A server for the tests of a block: `prepare` gives the answer to whatever is asked next. */
export function usePreparedAnswers(): { url(): string; prepare(answer: Prepared): void } {
	let server: AnswerServer | undefined;
	let prepared: Prepared = { body: {} };
	beforeAll(async () => {
		server = await startAnswering(() => prepared);
	});
	afterAll(async () => {
		await server?.close();
	});
	return { url: () => server?.url ?? '', prepare: (answer) => void (prepared = answer) };
}
