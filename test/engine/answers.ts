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
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('no port');
	return { url: `http://127.0.0.1:${address.port}`, seen, close: () => close(server) };
}
