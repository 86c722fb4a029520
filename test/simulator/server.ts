import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import express from 'express';
import type { ErrorRequestHandler, Express, Request, Response } from 'express';
import { sendFile } from './cdn';
import { isFields, numberIn } from './fields';
import { rawReply, replyInstead } from './faults';
import type { FaultList, RawReply } from './faults';
import type { InFlight } from './inFlight';
import { boundaryOf, readMultipart } from './multipart';
import { Refusal } from './provider';
import type { Call, Provider, Reply, Route } from './provider';
import type { Fault, RecordedRequest } from './types';
import { isWritingFault, writeBody } from './writing';

/** What both providers' servers share. */
export interface Surroundings {
	requests: RecordedRequest[];
	faults: FaultList;
	inFlight: InFlight;
	/** Resolves after that many milliseconds, or when the simulator closes. */
	wait: (milliseconds: number) => Promise<void>;
}

/** A request on its way through the server. */
interface Exchange {
	record: RecordedRequest;
	fault: Fault | undefined;
}

function plainHeaders(headers: IncomingHttpHeaders): Record<string, string> {
	return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

function originOf(request: Request): string {
	return `http://${request.headers.host ?? 'localhost'}`;
}

function param(request: Request, name: string): string {
	const value: unknown = request.params[name];
	return typeof value === 'string' ? value : '';
}

function callOf(request: Request, { record, fault }: Exchange): Call {
	return {
		account: param(request, 'account'),
		chat: param(request, 'chat'),
		message: param(request, 'message'),
		webhook: param(request, 'webhook'),
		delivery: param(request, 'delivery'),
		params: Object.fromEntries(
			Object.keys(request.params).map((name) => [name, param(request, name)]),
		),
		path: record.path,
		query: record.query,
		headers: record.headers,
		body: record.body,
		origin: originOf(request),
		unlockPaid: fault?.kind === 'unlockedPaid',
		keepPrice: fault?.kind === 'unlockedPaid' && fault.keepsPrice === true,
	};
}

/** Key, rate limit and credits, then the endpoint itself. */
function answer(provider: Provider, route: Route, call: Call): Reply {
	try {
		provider.authenticate(call, route.method);
		const seconds = provider.limiter.secondsToWait();
		if (seconds !== undefined) return provider.replies.rateLimited(seconds);
		if (provider.ledger.balance <= 0) return provider.replies.outOfCredits();
		return route.handle(call);
	} catch (error) {
		if (error instanceof Refusal) return error.reply;
		throw error;
	}
}

/** Sends the head; returns the body's bytes. */
function sendHead(
	response: Response,
	record: RecordedRequest,
	{ status, headers, text }: RawReply,
): Buffer {
	const bytes = Buffer.from(text);
	// A client that did not wait saw nothing.
	record.status = response.destroyed ? 0 : status;
	// A 204 has no body and so no length.
	response.writeHead(
		status,
		status === 204 ? {} : { ...headers, 'content-length': String(bytes.length) },
	);
	return bytes;
}

function send(response: Response, record: RecordedRequest, reply: RawReply): void {
	response.end(sendHead(response, record, reply));
}

/** The status that the provider itself remembers, where a fault makes it another. */
function statusAfter(fault: Fault | undefined): number | undefined {
	if (fault?.kind === 'storedThen500') return 500;
	return fault?.kind === 'lostAfterStoring' ? fault.status : undefined;
}

/** Gives the client the answer to a request that was carried out, or what a fault leaves of it. */
async function deliver(
	response: Response,
	{ record, fault }: Exchange,
	reply: Reply,
	provider: Provider,
	{ wait, inFlight }: Pick<Surroundings, 'wait' | 'inFlight'>,
): Promise<void> {
	record.credits = reply.credits;
	if (fault?.kind === 'slow') await wait(fault.ms);
	if (fault?.kind === 'together') await inFlight.reached(record.path, fault.requests);
	reply.settled?.(statusAfter(fault) ?? reply.status);
	if (fault?.kind === 'lostAfterStoring') {
		response.destroy();
	} else if (reply.file !== undefined && fault?.kind !== 'storedThen500') {
		record.status = reply.status;
		await sendFile(response, reply.file, isWritingFault(fault) ? fault : undefined);
	} else if (isWritingFault(fault)) {
		const bytes = sendHead(response, record, rawReply(reply));
		await writeBody(response, [bytes], bytes.length, fault);
	} else {
		send(
			response,
			record,
			rawReply(fault?.kind === 'storedThen500' ? provider.replies.broken() : reply),
		);
	}
}

/** The Express application of one provider. */
export function providerApp(
	provider: Provider,
	{ requests, faults, inFlight, wait }: Surroundings,
): Express {
	const app = express();
	const exchanges = new WeakMap<Request, Exchange>();
	app.disable('x-powered-by');

	function exchangeOf(request: Request): Exchange {
		const exchange = exchanges.get(request);
		if (exchange === undefined) throw new Error('A request came past its recorder');
		return exchange;
	}

	app.use((request, response, next) => {
		const url = new URL(request.originalUrl, originOf(request));
		const record: RecordedRequest = {
			pair: provider.pairOf(url.pathname),
			method: request.method,
			path: url.pathname,
			query: Object.fromEntries(url.searchParams),
			headers: plainHeaders(request.headers),
			body: undefined,
			status: 0,
			credits: 0,
			at: Date.now(),
		};
		requests.push(record);
		exchanges.set(request, { record, fault: undefined });
		response.once('close', inFlight.enter(url.pathname));
		next();
	});

	app.use(express.json({ limit: '10mb', strict: false }));

	app.use(async (request, _response, next) => {
		const boundary = boundaryOf(request.headers['content-type']);
		if (boundary !== undefined) request.body = await readMultipart(request, boundary);
		next();
	});

	app.use((request, response, next) => {
		const exchange = exchangeOf(request);
		const { record } = exchange;
		record.body = request.body;
		exchange.fault = faults.take({
			pair: provider.pairOf(record.path),
			method: record.method,
			path: record.path,
			query: record.query,
		});
		const instead = exchange.fault && replyInstead(exchange.fault, provider.replies);
		if (instead === undefined) next();
		else if (instead === 'reset') request.socket.destroy();
		else send(response, record, instead);
	});

	for (const route of provider.routes) {
		app[route.method](route.path, async (request, response) => {
			const exchange = exchangeOf(request);
			await deliver(
				response,
				exchange,
				answer(provider, route, callOf(request, exchange)),
				provider,
				{ wait, inFlight },
			);
		});
	}

	app.use((request, response) => {
		const { record } = exchangeOf(request);
		send(response, record, rawReply(provider.replies.noSuchRoute(record.path)));
	});

	// Express knows an error handler by its four parameters.
	const onError: ErrorRequestHandler = (error, request, response, next) => {
		if (response.headersSent) return next(error);
		// Express and its body reader give the client's mistakes a status.
		const unreadable =
			isFields(error) && numberIn(error, 'status') >= 400 && numberIn(error, 'status') < 500;
		if (!unreadable) console.error(error);
		const reply = unreadable ? provider.replies.unreadableBody() : provider.replies.broken();
		send(response, exchangeOf(request).record, rawReply(reply));
	};
	app.use(onError);
	return app;
}

/** Serves the application on 127.0.0.1; 0 takes a free port. */
export async function listen(app: Express, port: number): Promise<Server> {
	const server = createServer(app);
	// Longer than any test pauses: a connection closed while idle would look like a lost request.
	server.keepAliveTimeout = 120_000;
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});
	return server;
}

export function urlOf(server: Server): string {
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('The server has no port');
	return `http://127.0.0.1:${address.port}`;
}

export async function closeServer(server: Server): Promise<void> {
	const closed = new Promise<void>((resolve) => server.close(() => resolve()));
	server.closeAllConnections();
	await closed;
}
