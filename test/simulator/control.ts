import express from 'express';
import type { ErrorRequestHandler, Express, Request } from 'express';
import { PAIRS } from '../pairs';
import { PAYMENT_TYPES } from './fanslyAccount';
import { isFields, numberIn, textIn } from './fields';
import type { Fields } from './fields';
import { sha256Of } from './media';
import { newFan } from './onlyFansState';
import type { OnlyFansFan } from './onlyFansState';
import type {
	DeliverySettings,
	Fan,
	Fault,
	FaultTarget,
	MediaType,
	NewConsoleWebhook,
	NewMessage,
	PairName,
	Quirks,
	Simulator,
	StoredMedia,
	WrittenMessage,
} from './types';

/** A request to the control server that cannot be understood. */
class ControlError extends Error {}

function fieldsOf(value: unknown, what: string): Fields {
	if (!isFields(value)) throw new ControlError(`${what} must be a JSON object`);
	return value;
}

function required(fields: Fields, name: string): string {
	const text = textIn(fields, name);
	if (text === '') throw new ControlError(`${name} must be a text that is not empty`);
	return text;
}

function choice<T extends string>(value: unknown, what: string, choices: readonly T[]): T {
	const found = choices.find((known) => known === value);
	if (found === undefined) throw new ControlError(`${what} must be one of ${choices.join(', ')}`);
	return found;
}

function pairIn(fields: Fields): PairName {
	return choice(fields.pair, 'pair', PAIRS);
}

/** The field's number, or undefined when it is left out. */
function optionalNumber(fields: Fields, name: string): number | undefined {
	const value = fields[name];
	if (value !== undefined && typeof value !== 'number') {
		throw new ControlError(`${name} must be a number`);
	}
	return value;
}

function fanOf(value: unknown): Fan {
	const fan = fieldsOf(value, 'fan');
	return {
		id: required(fan, 'id'),
		name: required(fan, 'name'),
		username: required(fan, 'username'),
	};
}

function listOf<T>(value: unknown, what: string, read: (item: Fields) => T): T[] {
	if (!Array.isArray(value)) throw new ControlError(`${what} must be an array`);
	return value.map((item) => read(fieldsOf(item, `Each of ${what}`)));
}

function mediaOf(file: Fields): Partial<StoredMedia> {
	const types: MediaType[] = ['photo', 'video', 'gif', 'audio'];
	return {
		id: textIn(file, 'id') || undefined,
		type: file.type === undefined ? undefined : choice(file.type, 'type', types),
		locked: typeof file.locked === 'boolean' ? file.locked : undefined,
	};
}

function writtenOf(fields: Fields): WrittenMessage {
	return {
		text: textIn(fields, 'text'),
		price: optionalNumber(fields, 'price'),
		tip: optionalNumber(fields, 'tip'),
		media: fields.media === undefined ? undefined : listOf(fields.media, 'media', mediaOf),
		replyTo: textIn(fields, 'replyTo') || undefined,
		pinned: fields.pinned === true,
		isFromQueue: fields.isFromQueue === true,
	};
}

function messageOf(fields: Fields): NewMessage {
	const createdAt = textIn(fields, 'createdAt');
	if (createdAt !== '' && Number.isNaN(Date.parse(createdAt))) {
		throw new ControlError('createdAt must be an ISO time');
	}
	return {
		...writtenOf(fields),
		direction: choice(fields.direction, 'direction', ['incoming', 'outgoing']),
		createdAt: createdAt === '' ? undefined : new Date(createdAt),
	};
}

function targetOf(fields: Fields): FaultTarget {
	return {
		pair: fields.pair === undefined ? undefined : pairIn(fields),
		method: textIn(fields, 'method') || undefined,
		path: fields.path === undefined ? undefined : new RegExp(required(fields, 'path')),
		skip: optionalNumber(fields, 'skip'),
		times: optionalNumber(fields, 'times'),
	};
}

const KINDS: Array<Fault['kind']> = [
	'rateLimited',
	'html',
	'json',
	'redirect',
	'slow',
	'together',
	'reset',
	'notJson',
	'failureInside',
	'lostAfterStoring',
	'storedThen500',
	'halfAnswer',
	'stall',
	'drip',
	'unlockedPaid',
];

/** A fault as JSON; `path` is the text of a regular expression. */
function faultOf(fields: Fields): Fault {
	const target = targetOf(fields);
	const kind = choice(fields.kind, 'kind', KINDS);
	switch (kind) {
		case 'rateLimited':
			return { ...target, kind, retryAfterSeconds: optionalNumber(fields, 'retryAfterSeconds') };
		case 'html':
			return { ...target, kind, status: optionalNumber(fields, 'status') };
		case 'json':
			return {
				...target,
				kind,
				status: optionalNumber(fields, 'status') ?? 500,
				body: fields.body ?? null,
			};
		case 'redirect':
			return { ...target, kind, location: required(fields, 'location') };
		case 'slow':
		case 'drip':
			return { ...target, kind, ms: numberIn(fields, 'ms') };
		case 'together':
			return { ...target, kind, requests: numberIn(fields, 'requests') };
		case 'reset':
		case 'notJson':
		case 'failureInside':
		case 'storedThen500':
		case 'halfAnswer':
		case 'stall':
			return { ...target, kind };
		case 'lostAfterStoring':
			return { ...target, kind, status: optionalNumber(fields, 'status') };
		case 'unlockedPaid':
			return { ...target, kind, keepsPrice: fields.keepsPrice === true };
	}
}

/** Changes the named quirks, settings or fields and leaves the others. */
function change(
	what: string,
	target: Quirks | DeliverySettings | OnlyFansFan,
	fields: Fields,
): void {
	for (const [name, value] of Object.entries(fields)) {
		const known = Object.entries(target).find(([other]) => other === name);
		if (known === undefined) throw new ControlError(`There is no ${what} ${name}`);
		if (typeof value !== typeof known[1]) {
			throw new ControlError(`The ${what} ${name} must be a ${typeof known[1]}`);
		}
	}
	Object.assign(target, fields);
}

function consoleWebhookOf(fields: Fields): NewConsoleWebhook {
	const { events } = fields;
	if (!Array.isArray(events)) throw new ControlError('events must be an array');
	return {
		url: required(fields, 'url'),
		events: events.map(String),
		secret: textIn(fields, 'secret') || undefined,
		signatureHeader: textIn(fields, 'signatureHeader') || undefined,
	};
}

/** Adds fans to an account on OnlyFans, the last one as the newest, or changes those that it has. */
function putFans(simulator: Simulator, body: Fields): void {
	const { fans } = simulator.onlyFans(required(body, 'account'));
	const known = new Map(fans.map((fan) => [fan.id, fan]));
	for (const fields of listOf(body.fans, 'fans', (fan) => fan)) {
		const found = known.get(required(fields, 'id'));
		const fan = found ?? newFan(fanOf(fields));
		change('field of a fan', fan, fields);
		if (found !== undefined) continue;
		fans.unshift(fan);
		known.set(fan.id, fan);
	}
}

/** A fan tips, as the platform's transactions tell it; one that is known gets its new state on OnlyFans. */
function putTip(simulator: Simulator, body: Fields): void {
	const [pair, account] = [pairIn(body), required(body, 'account')];
	const tip = {
		id: required(body, 'id'),
		amount: numberIn(body, 'amount'),
		createdAt: required(body, 'createdAt'),
	};
	const fan = fanOf(body.fan);
	if (pair !== 'ofapiOnlyFans') {
		const { payments } = simulator.fanslyAccount(pair, account);
		payments.push({ ...tip, fanId: fan.id, type: PAYMENT_TYPES.tip });
		return;
	}
	const status = choice(body.status, 'status', ['loading', 'done'] as const);
	const { transactions } = simulator.onlyFans(account);
	const known = transactions.find(({ id }) => id === tip.id);
	if (known === undefined) transactions.unshift({ ...tip, fan, type: 'tip', status });
	else known.status = status;
}

function stateOf(simulator: Simulator): Fields {
	return {
		ofapiUrl: simulator.ofapiUrl,
		apiFanslyUrl: simulator.apiFanslyUrl,
		credits: { ofapi: simulator.credits('ofapi'), apiFansly: simulator.credits('apiFansly') },
		requestCount: simulator.requests.length,
		quirks: simulator.quirks,
	};
}

function bodyOf(request: Request): Fields {
	return fieldsOf(request.body, 'The body');
}

function addMediaRoutes(app: Express, simulator: Simulator): void {
	app.get('/uploads', (_request, response) => void response.json(simulator.uploads));
	app.get('/cdn-requests', (_request, response) => void response.json(simulator.cdnRequests));
	app.post('/files', (request, response) => {
		const body = bodyOf(request);
		const type =
			body.type === undefined
				? undefined
				: choice(body.type, 'type', ['photo', 'video', 'gif', 'audio'] as const);
		const [file] = simulator.addFiles(pairIn(body), required(body, 'account'), [
			{ type, size: optionalNumber(body, 'size') },
		]);
		response.json(file && { ...file, sha256: sha256Of(file) });
	});
}

function addWebhookRoutes(app: Express, simulator: Simulator): void {
	app.post('/fan-writes', (request, response) => {
		const body = bodyOf(request);
		response.json(
			simulator.fanWrites(
				pairIn(body),
				required(body, 'account'),
				required(body, 'chat'),
				writtenOf(body),
			),
		);
	});
	app.post('/events', (request, response) => {
		const body = bodyOf(request);
		simulator.emitEvent(
			pairIn(body),
			required(body, 'event'),
			textIn(body, 'account') || undefined,
			body.payload,
		);
		response.json({ ok: true });
	});
	app.get('/unread', ({ query }, response) => {
		response.json({
			unread: simulator.unreadCount(
				pairIn(query),
				required(query, 'account'),
				required(query, 'chat'),
			),
		});
	});

	app.get('/deliveries', (_request, response) => void response.json(simulator.deliveries));
	app.get('/deliveries/settled', async (_request, response) => {
		await simulator.deliveriesSettled();
		response.json({ ok: true });
	});
	app.delete('/deliveries', (_request, response) => {
		simulator.deliveries.length = 0;
		response.json({ ok: true });
	});
	app.post('/delivery-settings', (request, response) => {
		change('delivery setting', simulator.deliverySettings, bodyOf(request));
		response.json(simulator.deliverySettings);
	});

	app.get('/webhooks', (_request, response) => void response.json(simulator.webhooks));
	app.post('/webhooks', (request, response) => {
		response.json({ id: simulator.addConsoleWebhook(consoleWebhookOf(bodyOf(request))) });
	});
	app.delete('/webhooks/:id', (request, response) => {
		simulator.removeConsoleWebhook(request.params.id);
		response.json({ ok: true });
	});
}

/**
 * The control server: what tests do through the Simulator object, as JSON over HTTP, for a client in
 * another process. It needs no key and serves 127.0.0.1 only.
 */
export function controlApp(simulator: Simulator): Express {
	const app = express();
	app.use(express.json({ limit: '10mb' }));

	app.get('/state', (_request, response) => void response.json(stateOf(simulator)));

	app.get('/requests', (_request, response) => void response.json(simulator.requests));
	app.delete('/requests', (_request, response) => {
		simulator.requests.length = 0;
		response.json({ ok: true });
	});

	app.get('/messages', ({ query }, response) => {
		response.json(
			simulator.messages(pairIn(query), required(query, 'account'), required(query, 'chat')),
		);
	});
	app.post('/payments', (request, response) => {
		const body = bodyOf(request);
		const payments = listOf(body.payments, 'payments', (payment) => ({
			amount: numberIn(payment, 'amount'),
			createdAt: required(payment, 'createdAt'),
		}));
		response.json(simulator.addPayments(pairIn(body), required(body, 'account'), payments));
	});
	app.post('/messages', (request, response) => {
		const body = bodyOf(request);
		const messages = listOf(body.messages, 'messages', messageOf);
		response.json(
			simulator.addMessages(
				pairIn(body),
				required(body, 'account'),
				required(body, 'chat'),
				messages,
			),
		);
	});

	app.post('/accounts', (request, response) => {
		const body = bodyOf(request);
		simulator.addAccount(pairIn(body), {
			id: required(body, 'id'),
			name: required(body, 'name'),
			username: required(body, 'username'),
			nativeId: required(body, 'nativeId'),
		});
		response.json({ ok: true });
	});
	app.post('/chats', (request, response) => {
		const body = bodyOf(request);
		const id = simulator.addChat(pairIn(body), {
			account: required(body, 'account'),
			id: textIn(body, 'id') || undefined,
			fan: fanOf(body.fan),
			messages: optionalNumber(body, 'messages'),
		});
		response.json({ id });
	});

	app.post('/fans', (request, response) => {
		putFans(simulator, bodyOf(request));
		response.json({ ok: true });
	});
	app.post('/tips', (request, response) => {
		putTip(simulator, bodyOf(request));
		response.json({ ok: true });
	});

	app.post('/reset', (_request, response) => {
		simulator.reset();
		response.json({ ok: true });
	});

	app.post('/faults', (request, response) => {
		simulator.addFault(faultOf(bodyOf(request)));
		response.json({ ok: true });
	});
	app.delete('/faults', (_request, response) => {
		simulator.clearFaults();
		response.json({ ok: true });
	});

	app.post('/quirks', (request, response) => {
		change('quirk', simulator.quirks, bodyOf(request));
		response.json(simulator.quirks);
	});

	addWebhookRoutes(app, simulator);
	addMediaRoutes(app, simulator);

	// Express knows an error handler by its four parameters. Whatever is wrong, the caller's words caused it.
	const onError: ErrorRequestHandler = (error, _request, response, next) => {
		if (response.headersSent) return next(error);
		response.status(400).json({ error: error instanceof Error ? error.message : String(error) });
	};
	app.use(onError);
	return app;
}
