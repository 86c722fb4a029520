import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { signedBody, startSimulator } from '../simulator';
import type { PairName, Simulator, StoredMessage } from '../simulator';
import { PAIRS } from '../pairs';
import {
	ALEX,
	LUNA,
	ROOT,
	SAM,
	TEXT_FIELD,
	TOM,
	askAt,
	at,
	keysAt,
	listAt,
	words,
} from './simulatorClient';
import type { Answer, Ask } from './simulatorClient';

interface Received {
	path: string;
	headers: Record<string, unknown>;
	raw: string;
	body: unknown;
}

const SECRET = 'a secret of the test';

let simulator: Simulator;
let receiver: Server;
let received: Received[];
/** The receiver's statuses, in turn; 200 after the last. 0 gives no answer. */
let statuses: number[];
/** Called for every arrival. */
let onArrival: () => void;

async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
	const raw = await text(request);
	received.push({ path: request.url ?? '', headers: request.headers, raw, body: JSON.parse(raw) });
	onArrival();
	const status = statuses.shift() ?? 200;
	if (status !== 0) response.writeHead(status).end();
}

beforeAll(async () => {
	simulator = await startSimulator();
	receiver = createServer((request, response) => void receive(request, response));
	await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
});
beforeEach(() => {
	received = [];
	statuses = [];
	onArrival = () => undefined;
	simulator.reset();
	simulator.deliverySettings.retryDelayMs = 1;
});
afterAll(async () => {
	await simulator.close();
	receiver.closeAllConnections();
	receiver.close();
});

const ask = (pair: PairName, path: string, options?: Ask) => askAt(simulator, pair, path, options);
const manage = (method: string, path: string, body?: unknown) =>
	ask('ofapiOnlyFans', `/api/webhooks${path}`, { method, body });
const RECEIVED = {
	ofapiOnlyFans: 'messages.received',
	ofapiFansly: 'fansly.messages.received',
	apiFansly: 'messages.received',
};
const SENT = {
	ofapiOnlyFans: 'messages.sent',
	ofapiFansly: 'fansly.messages.sent',
	apiFansly: 'messages.sent',
};

function receiverUrl(path = '/hook'): string {
	const address = receiver.address();
	if (address === null || typeof address === 'string') throw new Error('The receiver has no port');
	return `http://127.0.0.1:${address.port}${path}`;
}

function target(fields: object = {}): object {
	return {
		endpoint_url: receiverUrl(),
		events: ['messages.received'],
		account_scope: 'global',
		...fields,
	};
}

function idIn({ body }: Answer): string {
	return String(at(body, 'data', 'id'));
}

/** Creates an enabled webhook of OnlyFansAPI; returns its ID. */
async function hook(fields: object = {}): Promise<string> {
	const id = idIn(await manage('POST', '', target({ signing_secret: SECRET, ...fields })));
	expect((await manage('PUT', `/${id}`, target({ ...fields, enabled: true }))).status).toBe(200);
	return id;
}

/** An enabled webhook of the pair; returns its ID. */
async function hookOf(
	pair: PairName,
	events: string[],
	secret: string | null = SECRET,
): Promise<string> {
	if (pair !== 'apiFansly') return hook({ events, signing_secret: secret });
	return simulator.addConsoleWebhook({ url: receiverUrl(), events, secret: secret ?? undefined });
}

function fanWrites(pair: PairName, content = 'Hi'): StoredMessage {
	return simulator.fanWrites(pair, LUNA[pair], TOM[pair], { text: content });
}

function emit(
	payload: unknown,
	event = 'messages.received',
	account: string | undefined = LUNA.ofapiOnlyFans,
): void {
	simulator.emitEvent('ofapiOnlyFans', event, account, payload);
}

function emitNumbers(count: number): void {
	for (let number = 1; number <= count; number++) emit({ number });
}

function numbers(): unknown[] {
	return received.map(({ body }) => at(body, 'payload', 'number'));
}

/** The content of the n-th arrival, without its envelope. */
function payloadOf(pair: PairName, index = 0): unknown {
	return at(received[index]?.body, pair === 'apiFansly' ? 'data' : 'payload');
}

function keyOf(index: number): unknown {
	return received[index]?.headers['x-ofapi-idempotency-key'];
}

/** The events for whose arrival a test waits. */
function arrivals(count: number): Promise<void> {
	return new Promise((resolve) => {
		onArrival = () => {
			if (received.length >= count) resolve();
		};
	});
}

const ROW = words('id url events has_signing_secret enabled created_at account_scope account_ids');

describe('managing webhooks', () => {
	test('a webhook is created, listed, shown, changed and deleted, for no credits', async () => {
		const created = await manage('POST', '', target({ signing_secret: SECRET }));
		expect(created.status).toBe(200);
		expect(keysAt(created.body)).toEqual(['_meta', 'data']);
		expect(keysAt(created.body, 'data')).toEqual(ROW);
		expect(at(created.body, 'data')).toMatchObject({
			id: expect.stringMatching(/^wh_[a-z0-9]+$/) as string,
			url: receiverUrl(),
			events: ['messages.received'],
			has_signing_secret: true,
			enabled: false,
			account_scope: 'global',
			account_ids: [],
		});
		expect(JSON.stringify(created.body)).not.toContain(SECRET);

		const id = idIn(created);
		expect((await manage('GET', '')).body).toMatchObject({ data: [at(created.body, 'data')] });
		expect((await manage('GET', `/${id}`)).body).toMatchObject({ data: at(created.body, 'data') });
		const change = {
			endpoint_url: receiverUrl('/new'),
			events: ['messages.sent'],
			account_scope: 'inclusive',
			account_ids: ['acct_x'],
		};
		const changed = await manage('PUT', `/${id}`, { ...change, enabled: true });
		expect(at(changed.body, 'data')).toMatchObject({
			id,
			url: receiverUrl('/new'),
			events: ['messages.sent'],
			enabled: true,
			account_scope: 'inclusive',
			account_ids: ['acct_x'],
		});
		expect(at((await manage('PUT', `/${id}`, change)).body, 'data', 'enabled')).toBe(true);
		expect(simulator.webhooks).toEqual([
			{
				id,
				provider: 'ofapi',
				url: receiverUrl('/new'),
				events: ['messages.sent'],
				enabled: true,
				accountScope: 'inclusive',
				accountIds: ['acct_x'],
				hasSecret: true,
			},
		]);

		const deleted = await manage('DELETE', `/${id}`);
		expect([deleted.status, deleted.body]).toEqual([204, '']);
		expect(deleted.headers.get('content-length')).toBeNull();
		expect((await manage('GET', '')).body).toMatchObject({
			data: [],
			_meta: { _credits: { used: 0, balance: 1_000_000 } },
		});
		expect(simulator.credits('ofapi').used).toBe(0);
	});

	test.each([
		['GET', ''],
		['PUT', ''],
		['DELETE', ''],
		['GET', '/deliveries'],
		['POST', '/deliveries/1/redeliver'],
	])('%s of an unknown webhook%s is refused', async (method, path) => {
		for (const id of [
			'wh_unknown',
			'chats',
			simulator.addConsoleWebhook({ url: receiverUrl(), events: ['messages.sent'] }),
		]) {
			expect(
				(await manage(method, `/${id}${path}`, method === 'PUT' ? target() : undefined)).status,
			).toBe(404);
		}
		expect((await ask('ofapiOnlyFans', '/api/webhooks', { key: 'wrong' })).status).toBe(401);
	});

	test.each<[object, string]>([
		[{ endpoint_url: undefined }, 'endpoint_url'],
		[{ endpoint_url: 'example.com' }, 'endpoint_url'],
		[{ endpoint_url: 'ftp://example.com' }, 'endpoint_url'],
		[{ endpoint_url: 5 }, 'endpoint_url'],
		[{ url: 'http://example.com' }, 'url'],
		[{ events: undefined }, 'events'],
		[{ events: [] }, 'events'],
		[{ events: 'messages.received,messages.sent' }, 'events'],
		[{ events: ['messages.invented'] }, 'events'],
		[{ events: ['messages.received', 'fansly.messages.received'] }, 'events'],
		[{ account_scope: undefined, account_ids: ['acct_x'] }, 'account_scope'],
		[{ account_scope: 'some', account_ids: ['acct_x'] }, 'account_scope'],
		[{ account_scope: 'inclusive' }, 'account_ids'],
		[{ account_scope: 'exclusive', account_ids: [] }, 'account_ids'],
		[{ account_scope: 'inclusive', account_ids: [5] }, 'account_ids'],
		[{ account_scope: 'inclusive', account_ids: 'acct_x' }, 'account_ids'],
	])('creating and changing with %j is refused', async (fields, field) => {
		const id = await hook();
		for (const answer of [
			await manage('POST', '', target(fields)),
			await manage('PUT', `/${id}`, target(fields)),
		]) {
			expect([answer.status, at(answer.body, 'error')]).toEqual([422, 'VALIDATION_ERROR']);
			expect(keysAt(answer.body, 'errors')).toContain(field);
		}
		expect(simulator.webhooks).toMatchObject([
			{ id, url: receiverUrl(), events: ['messages.received'] },
		]);
	});

	test('a signing secret is a text or null, and cannot be changed afterwards', async () => {
		expect((await manage('POST', '', target({ signing_secret: 7 }))).status).toBe(422);
		const id = idIn(await manage('POST', '', target({ signing_secret: null })));
		expect(
			(await manage('PUT', `/${id}`, target({ signing_secret: SECRET, enabled: null }))).body,
		).toMatchObject({
			data: { has_signing_secret: false, enabled: false },
		});
		expect((await manage('PUT', `/${id}`, target({ enabled: 'true' }))).status).toBe(422);
		expect((await manage('POST', '', target({ enabled: true }))).status).toBe(422);
	});

	test('the quirks webhooksStartEnabled and webhooksHideScope', async () => {
		Object.assign(simulator.quirks, { webhooksStartEnabled: true, webhooksHideScope: true });
		const { body } = await manage('POST', '', target());
		expect(at(body, 'data', 'enabled')).toBe(true);
		expect(keysAt(body, 'data')).toEqual(ROW.filter((name) => !name.startsWith('account_')));
	});

	test("the events, Fansly's while the team has an account there", async () => {
		const { body } = await manage('GET', '/events');
		const names = listAt(body, 'data').map((row) => String(at(row, 'value')));
		expect(at(body, 'data', 0)).toEqual({
			value: 'messages.received',
			description: 'Message received',
		});
		expect([
			names.length,
			names.filter((name) => name.startsWith('fansly.')).length,
			new Set(names).size,
		]).toEqual([70, 38, 70]);
		for (const name of names) {
			expect((await manage('POST', '', target({ events: [name] }))).status).toBe(200);
		}
	});
});

describe.each(PAIRS)('what %s delivers', (pair) => {
	test('a written message, signed over the bytes of its body', async () => {
		await hookOf(pair, [RECEIVED[pair]]);
		const stored = fanWrites(pair, 'A/B <b> & 😍');
		await simulator.deliveriesSettled();
		expect(received).toHaveLength(1);
		expect(received[0]?.headers).toMatchObject({
			'content-type': 'application/json',
			signature: createHmac('sha256', SECRET)
				.update(received[0]?.raw ?? '')
				.digest('hex'),
		});
		expect(received[0]?.headers.signature).toBe(signedBody(SECRET, received[0]?.raw ?? ''));
		expect(received[0]?.body).toMatchObject({
			event: RECEIVED[pair],
			[pair === 'apiFansly' ? 'accountId' : 'account_id']: LUNA[pair],
		});
		expect(String(at(payloadOf(pair), 'id'))).toBe(stored.id);
		expect(at(payloadOf(pair), pair === 'ofapiOnlyFans' ? 'text' : 'content')).toContain('😍');
		expect(simulator.messages(pair, LUNA[pair], TOM[pair]).at(-1)).toEqual(stored);
	});

	test('a message is written at the real time, after all others', () => {
		const before = Date.now();
		const first = fanWrites(pair);
		const second = fanWrites(pair);
		expect(Date.parse(first.createdAt)).toBeGreaterThanOrEqual(before);
		expect(Date.parse(second.createdAt)).toBeGreaterThan(Date.parse(first.createdAt));
		expect([first.direction, second.direction]).toEqual(['incoming', 'incoming']);
		const future = new Date(Date.now() + 1e9);
		simulator.addMessages(pair, LUNA[pair], TOM[pair], [
			{ direction: 'incoming', text: 'Later', createdAt: future },
		]);
		expect(Date.parse(fanWrites(pair).createdAt)).toBeGreaterThan(future.getTime());
	});

	test('a message sent through the API is echoed, one that a test adds is not', async () => {
		await hookOf(pair, [SENT[pair], RECEIVED[pair]]);
		simulator.addMessages(pair, LUNA[pair], TOM[pair], [
			{ direction: 'incoming', text: 'Silent' },
			{ direction: 'outgoing', text: 'Silent' },
		]);
		const path = `${ROOT[pair]}/${LUNA[pair]}/chats/${TOM[pair]}/messages`;
		await ask(pair, path, { method: 'POST', body: { [TEXT_FIELD[pair]]: 'Echo' } });
		await ask(pair, path, { method: 'POST', body: {} });
		await simulator.deliveriesSettled();
		expect(received.map(({ body }) => at(body, 'event'))).toEqual([SENT[pair]]);
		expect(String(at(payloadOf(pair), 'id'))).toBe(
			simulator.messages(pair, LUNA[pair], TOM[pair]).at(-1)?.id,
		);
	});

	test('no signature without a secret', async () => {
		await hookOf(pair, [RECEIVED[pair]], null);
		fanWrites(pair);
		await simulator.deliveriesSettled();
		expect(keysAt(received[0]?.headers)).not.toContain('signature');
	});

	test('a key that its event keeps, but for ApiFansly', async () => {
		await hookOf(pair, [RECEIVED[pair]]);
		statuses = [500, 503];
		fanWrites(pair);
		await simulator.deliveriesSettled();
		const key: unknown =
			pair === 'apiFansly' ? undefined : expect.stringMatching(/^evt_[0-9a-f]{40}$/);
		expect([keyOf(0), keyOf(1), keyOf(2)]).toEqual([key, keyOf(0), keyOf(0)]);
		expect(received.map(({ raw }) => raw)).toEqual([0, 1, 2].map(() => received[0]?.raw));
		expect(simulator.deliveries).toMatchObject([
			{ attempt: 1, statusCode: 500, succeeded: false, idempotencyKey: keyOf(0) ?? null },
			{ attempt: 2, statusCode: 503, succeeded: false },
			{
				attempt: 3,
				statusCode: 200,
				succeeded: true,
				event: RECEIVED[pair],
				url: receiverUrl(),
				body: received[0]?.raw,
			},
		]);
	});
});

describe('payloads', () => {
	test('OnlyFansAPI signs the bytes, not what JavaScript makes of them', async () => {
		await hook();
		fanWrites('ofapiOnlyFans', 'A/B 😍');
		await simulator.deliveriesSettled();
		const raw = received[0]?.raw ?? '';
		const rewritten = JSON.stringify(received[0]?.body);
		expect(received[0]?.headers.signature).not.toBe(signedBody(SECRET, rewritten));
		expect(raw).not.toBe(rewritten);
		expect(received[0]?.headers['user-agent']).toBe('OnlyFansAPI.com/Webhook-Client');
		expect(keysAt(received[0]?.body)).toEqual(['account_id', 'event', 'payload']);
	});

	test('OnlyFans, received: the fan in full, but neither the chat nor who sent it', async () => {
		await hook();
		simulator.fanWrites('ofapiOnlyFans', LUNA.ofapiOnlyFans, TOM.ofapiOnlyFans, {
			text: 'Hi',
			tip: 5,
			media: [{}],
			replyTo: '123',
		});
		await simulator.deliveriesSettled();
		expect(at(received[0]?.body, 'payload')).toMatchObject({
			responseType: 'message',
			isTip: true,
			text: '<p>I sent you a $5.00 tip ♥<br />Hi</p>',
			mediaCount: 1,
			replyToMessage: { id: 123 },
			fromUser: { id: 500101, name: 'Tom Baker', username: 'tombaker', displayName: '' },
			fanData: {
				available: true,
				spending: { total: 120, messages: 0, subscribes: 100, posts: 0, tips: 20, streams: 0 },
			},
		});
		const replyAt = at(received[0]?.body, 'payload', 'fanData', 'previous_reply_at');
		expect(replyAt).toMatch(/^\d{4}-\d\d-\d\dT[\d:]+\.\d{6}Z$/);
		expect(keysAt(received[0]?.body, 'payload')).not.toEqual(
			expect.arrayContaining([expect.stringMatching(/isSentByMe|chat|toUser/i)]),
		);
	});

	test('OnlyFans, sent: whom it went to, but not who sent it', async () => {
		await hook({ events: ['messages.sent'] });
		const path = `/api/${LUNA.ofapiOnlyFans}/chats/${TOM.ofapiOnlyFans}/messages`;
		await ask('ofapiOnlyFans', path, {
			method: 'POST',
			body: { text: 'Pay', mediaFiles: [1], price: 25 },
		});
		await simulator.deliveriesSettled();
		expect(at(received[0]?.body, 'payload')).toMatchObject({
			toUser: { id: 500101, name: 'Tom Baker', username: 'tombaker' },
			price: 25,
			isFree: false,
			canPurchase: true,
		});
		expect(keysAt(received[0]?.body, 'payload')).not.toEqual(
			expect.arrayContaining([expect.stringMatching(/isSentByMe|chat|fromUser|fanData/i)]),
		);
	});

	test.each(['ofapiFansly', 'apiFansly'] as const)(
		'%s: the message as the platform has it',
		async (pair) => {
			await hookOf(pair, [RECEIVED[pair]]);
			const message = simulator.fanWrites(pair, LUNA[pair], TOM[pair], { text: 'Hi', tip: 12.5 });
			fanWrites(pair);
			await simulator.deliveriesSettled();
			const fields = words(
				'type attachments content groupId senderId inReplyTo interactions id createdAt embeds',
			);
			expect(keysAt(payloadOf(pair))).toEqual([...fields, 'totalTipAmount'].sort());
			expect(keysAt(payloadOf(pair, 1))).toEqual(fields);
			expect(payloadOf(pair)).toMatchObject({
				id: message.id,
				groupId: TOM[pair],
				senderId: '300000000000000001',
				content: 'Hi',
				totalTipAmount: 12_500,
				createdAt: Date.parse(message.createdAt) / 1000,
			});
		},
	);

	test("ApiFansly's envelope", async () => {
		simulator.addConsoleWebhook({
			url: receiverUrl(),
			events: ['ppv.purchased'],
			secret: SECRET,
			signatureHeader: 'X-Fansly-Signature',
		});
		simulator.emitEvent('apiFansly', 'ppv.purchased', LUNA.apiFansly, { orderId: '1' });
		await simulator.deliveriesSettled();
		expect(received[0]?.body).toEqual({
			event: 'ppv.purchased',
			accountId: LUNA.apiFansly,
			data: { orderId: '1' },
			timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
		});
		expect(received[0]?.headers['x-fansly-signature']).toBe(
			signedBody(SECRET, received[0]?.raw ?? ''),
		);
		expect(keysAt(received[0]?.headers)).not.toEqual(
			expect.arrayContaining([expect.stringMatching(/ofapi|^signature/)]),
		);
	});

	test('passing states have no key, events of the team no account', async () => {
		await hook({
			events: ['users.typing', 'users.online', 'users.offline', 'data_exports.completed'],
		});
		for (const event of ['users.typing', 'users.online', 'users.offline']) emit({ id: 5 }, event);
		simulator.emitEvent('ofapiOnlyFans', 'data_exports.completed', undefined, {});
		await simulator.deliveriesSettled();
		const keyed = received.filter(({ headers }) => 'x-ofapi-idempotency-key' in headers);
		expect([received.length, keyed.map(({ body }) => at(body, 'event'))]).toEqual([
			4,
			['data_exports.completed'],
		]);
		expect(simulator.deliveries.map(({ body }) => body)).toContain(
			'{"event":"data_exports.completed","payload":{}}',
		);
	});
});

describe('who gets an event', () => {
	test('only webhooks that are enabled and named the event', async () => {
		await hook({ endpoint_url: receiverUrl('/wanted') });
		await hook({ endpoint_url: receiverUrl('/other'), events: ['messages.sent'] });
		await manage('POST', '', target({ endpoint_url: receiverUrl('/new') }));
		const off = await hook({ endpoint_url: receiverUrl('/off') });
		await manage('PUT', `/${off}`, target({ endpoint_url: receiverUrl('/off'), enabled: false }));
		const gone = await hook({ endpoint_url: receiverUrl('/gone') });
		await manage('DELETE', `/${gone}`);
		simulator.addConsoleWebhook({ url: receiverUrl('/console'), events: ['messages.received'] });
		fanWrites('ofapiOnlyFans');
		await simulator.deliveriesSettled();
		expect(received.map(({ path }) => path)).toEqual(['/wanted']);
	});

	test('only webhooks whose scope covers the account', async () => {
		for (const account_scope of ['global', 'inclusive', 'exclusive']) {
			await hook({
				endpoint_url: receiverUrl(`/${account_scope}`),
				account_scope,
				account_ids: [LUNA.ofapiOnlyFans],
			});
		}
		const paths = async (account: string | undefined) => {
			received = [];
			simulator.emitEvent('ofapiOnlyFans', 'messages.received', account, {});
			await simulator.deliveriesSettled();
			return received.map(({ path }) => path).sort();
		};
		expect(await paths(LUNA.ofapiOnlyFans)).toEqual(['/global', '/inclusive']);
		expect(await paths('acct_MiaMoon0002')).toEqual(['/exclusive', '/global']);
		expect(await paths(undefined)).toEqual(['/exclusive', '/global']);
	});

	test('the console takes its own events, and its webhooks are removed', async () => {
		expect(() =>
			simulator.addConsoleWebhook({ url: receiverUrl(), events: ['fansly.messages.received'] }),
		).toThrow('no event');
		expect(() => simulator.addConsoleWebhook({ url: 'nowhere', events: [] })).toThrow(
			'web address',
		);
		expect(() =>
			simulator.addConsoleWebhook({ url: receiverUrl(), events: [], signatureHeader: 'two words' }),
		).toThrow('two words');
		const id = simulator.addConsoleWebhook({ url: receiverUrl(), events: ['messages.received'] });
		expect(simulator.webhooks).toMatchObject([
			{ id, provider: 'apiFansly', enabled: true, accountScope: 'global', hasSecret: false },
		]);
		simulator.removeConsoleWebhook(id);
		expect(() => simulator.removeConsoleWebhook(id)).toThrow(id);
		fanWrites('apiFansly');
		await simulator.deliveriesSettled();
		expect([simulator.webhooks, received]).toEqual([[], []]);
	});
});

describe('how events are delivered', () => {
	test('an event is given up after three attempts', async () => {
		await hook();
		statuses = [301, 404, 500];
		fanWrites('ofapiOnlyFans');
		await simulator.deliveriesSettled();
		expect(
			simulator.deliveries.map(({ attempt, statusCode, succeeded }) => [
				attempt,
				statusCode,
				succeeded,
			]),
		).toEqual([
			[1, 301, false],
			[2, 404, false],
			[3, 500, false],
		]);
	});

	test('any 2xx is a success', async () => {
		await hook();
		statuses = [204];
		fanWrites('ofapiOnlyFans');
		await simulator.deliveriesSettled();
		expect(simulator.deliveries).toMatchObject([{ attempt: 1, statusCode: 204, succeeded: true }]);
	});

	test('no answer in time and no receiver at all are failures without a status', async () => {
		const nobody = createServer();
		await new Promise<void>((resolve) => nobody.listen(0, '127.0.0.1', resolve));
		const address = nobody.address();
		const port = typeof address === 'object' ? address?.port : 0;
		await new Promise((resolve) => nobody.close(resolve));

		Object.assign(simulator.deliverySettings, { attempts: 1, timeoutMs: 50 });
		await hook();
		await hook({ endpoint_url: `http://127.0.0.1:${port}/` });
		statuses = [0];
		emit({});
		await simulator.deliveriesSettled();
		expect(simulator.deliveries).toHaveLength(2);
		for (const { statusCode, succeeded, error } of simulator.deliveries) {
			expect([statusCode, succeeded, typeof error]).toEqual([0, false, 'string']);
		}
	});

	test('every n-th is sent twice with the same key', async () => {
		await hook();
		simulator.deliverySettings.duplicates = 3;
		emitNumbers(6);
		await simulator.deliveriesSettled();
		expect(numbers().sort()).toEqual([1, 2, 3, 3, 4, 5, 6, 6]);
		const keys = (number: number) =>
			received.flatMap(({ body, headers }) =>
				at(body, 'payload', 'number') === number ? [headers['x-ofapi-idempotency-key']] : [],
			);
		for (const number of [3, 6]) expect(new Set(keys(number)).size).toBe(1);
		expect(new Set(received.map((_, index) => keyOf(index))).size).toBe(6);
	});

	test('in order one after the other, and shuffled in another order', async () => {
		await hook();
		simulator.deliverySettings.concurrency = 1;
		emitNumbers(5);
		await simulator.deliveriesSettled();
		simulator.deliverySettings.shuffle = true;
		emitNumbers(5);
		await simulator.deliveriesSettled();
		expect([numbers().slice(0, 5), numbers().slice(5)]).toEqual([
			[1, 2, 3, 4, 5],
			[5, 1, 4, 2, 3],
		]);
	});

	test('not more at the same time than set', async () => {
		await hook();
		simulator.deliverySettings.concurrency = 3;
		statuses = [0, 0, 0];
		const three = arrivals(3);
		emitNumbers(8);
		await three;
		await new Promise((resolve) => setImmediate(resolve));
		expect(received).toHaveLength(3);
	});

	test('after 20 failures in a row a webhook pauses, and what happens meanwhile is lost', async () => {
		await hook();
		await hook({ endpoint_url: receiverUrl('/healthy'), events: ['messages.sent'] });
		Object.assign(simulator.deliverySettings, { attempts: 1, concurrency: 1 });
		statuses = [...Array<number>(19).fill(500), 200, ...Array<number>(20).fill(500)];
		emitNumbers(20);
		await simulator.deliveriesSettled();
		emitNumbers(20);
		await simulator.deliveriesSettled();
		expect(received).toHaveLength(40);

		emitNumbers(5);
		emit({}, 'messages.sent');
		await simulator.deliveriesSettled();
		expect(received.map(({ path }) => path).slice(40)).toEqual(['/healthy']);
	});

	test('a pause ends, and nothing comes after', async () => {
		await hook();
		Object.assign(simulator.deliverySettings, { attempts: 1, pauseAfter: 1 });
		statuses = [500];
		emitNumbers(1);
		await simulator.deliveriesSettled();
		emit({ number: 'lost' });
		const afterwards = Date.now() + simulator.deliverySettings.pauseMs;
		const clock = jest.spyOn(Date, 'now').mockReturnValue(afterwards);
		emit({ number: 'next' });
		await simulator.deliveriesSettled();
		clock.mockRestore();
		expect(numbers()).toEqual([1, 'next']);
	});

	test('what still waits for a webhook is dropped with it', async () => {
		const id = await hook();
		simulator.deliverySettings.retryDelayMs = 20;
		statuses = [500];
		const first = arrivals(1);
		emit({});
		await first;
		await manage('DELETE', `/${id}`);
		await simulator.deliveriesSettled();
		expect(received).toHaveLength(1);
	});

	test('reset forgets webhooks, log, settings and what is under way', async () => {
		await hook();
		simulator.deliverySettings.retryDelayMs = 60_000;
		statuses = [500, 0];
		const both = arrivals(2);
		emitNumbers(2);
		await both;
		const settled = simulator.deliveriesSettled();
		simulator.reset();
		await settled;
		emit({});
		await simulator.deliveriesSettled();
		expect([simulator.webhooks, simulator.deliveries, received.length]).toEqual([[], [], 2]);
		expect(simulator.deliverySettings).toEqual({
			attempts: 3,
			retryDelayMs: 10_000,
			timeoutMs: 10_000,
			duplicates: 0,
			shuffle: false,
			concurrency: 10,
			pauseAfter: 20,
			pauseMs: 300_000,
		});
		await hook();
		emit({});
		await simulator.deliveriesSettled();
		expect(simulator.deliveries).toMatchObject([{ id: 1, succeeded: true }]);
	});

	test('closing ends everything at once', async () => {
		const other = await startSimulator({ controlPort: false });
		other.addConsoleWebhook({ url: receiverUrl(), events: ['messages.received'] });
		Object.assign(other.deliverySettings, { concurrency: 2, retryDelayMs: 60_000 });
		statuses = [500, 0, 0];
		const three = arrivals(3);
		for (let number = 1; number <= 5; number++) {
			other.emitEvent('apiFansly', 'messages.received', LUNA.apiFansly, { number });
		}
		await three;
		const settled = other.deliveriesSettled();
		await other.close();
		await settled;
		other.emitEvent('apiFansly', 'messages.received', LUNA.apiFansly, {});
		await other.deliveriesSettled();
		expect(received).toHaveLength(3);
	});

	test('2,000 events reach their receiver, each once', async () => {
		await hook();
		emitNumbers(2000);
		await simulator.deliveriesSettled();
		expect(new Set(numbers()).size).toBe(2000);
		expect(received).toHaveLength(2000);
	});
});

describe('the log of a webhook', () => {
	test('the newest attempt first, by event, success, time and page', async () => {
		const id = await hook({ events: ['messages.received', 'messages.sent'] });
		await hook({ endpoint_url: receiverUrl('/other') });
		statuses = [200, 200, 500];
		emit({ number: 1 });
		await simulator.deliveriesSettled();
		emit({ number: 2 }, 'messages.sent');
		await simulator.deliveriesSettled();
		const log = async (query = '') =>
			listAt((await manage('GET', `/${id}/deliveries${query}`)).body, 'data');
		expect(await log()).toMatchObject([
			{ event: 'messages.sent', attempt: 2, succeeded: true, status_code: 200, error_type: null },
			{
				event: 'messages.sent',
				attempt: 1,
				succeeded: false,
				status_code: 500,
				error_type: 'http',
			},
			{
				event: 'messages.received',
				attempt: 1,
				payload: { event: 'messages.received', payload: { number: 1 } },
				redelivered_from: null,
			},
		]);
		expect(keysAt(await log(), 0)).toEqual(
			words(`id delivery_uuid event attempt succeeded status_code error_type error_message
			idempotency_key url payload redelivered_from created_at`),
		);
		expect(await log('?event=messages.received')).toHaveLength(1);
		expect(await log('?succeeded=false')).toHaveLength(1);
		expect(await log('?limit=1&offset=1')).toMatchObject([{ succeeded: false }]);
		expect(await log('?date_start=2999-01-01')).toEqual([]);
		expect(await log('?date_end=2999-01-01')).toHaveLength(3);
		for (const query of ['limit=101', 'event=x', 'succeeded=maybe', 'date_end=never']) {
			expect((await manage('GET', `/${id}/deliveries?${query}`)).status).toBe(422);
		}
	});

	test('a delivery is repeated by hand under its old key', async () => {
		const id = await hook();
		emit({ number: 1 });
		await simulator.deliveriesSettled();
		const [first] = simulator.deliveries;
		const { status, body } = await manage('POST', `/${id}/deliveries/${first?.id}/redeliver`);
		await simulator.deliveriesSettled();
		expect(status).toBe(200);
		expect(at(body, 'data')).toMatchObject({
			delivery_id: 1,
			webhook_id: id,
			event: 'messages.received',
			idempotency_key: keyOf(0),
		});
		expect(keyOf(1)).toBe(keyOf(0));
		expect(received[1]?.headers).toMatchObject({
			'x-ofapi-redelivery-of': first?.deliveryUuid,
			signature: received[0]?.headers.signature,
		});
		expect(keysAt(received[0]?.headers)).not.toContain('x-ofapi-redelivery-of');
		expect(simulator.deliveries[1]).toMatchObject({
			deliveryUuid: at(body, 'data', 'redelivery_id'),
			redeliveredFrom: first?.deliveryUuid,
		});
		expect((await manage('POST', `/${id}/deliveries/99/redeliver`)).status).toBe(404);
		await manage('PUT', `/${id}`, target({ enabled: false }));
		expect((await manage('POST', `/${id}/deliveries/1/redeliver`)).status).toBe(409);
	});
});

describe('what is unread', () => {
	const onlyFans = (path: string, method = 'POST') =>
		ask('ofapiOnlyFans', `/api/${LUNA.ofapiOnlyFans}/chats${path}`, { method });
	const rowsOf: Record<PairName, (body: unknown) => unknown[]> = {
		ofapiOnlyFans: (body) => listAt(body, 'data'),
		ofapiFansly: (body) => listAt(body, 'data', 'data'),
		apiFansly: (body) => listAt(body, 'data', 'data', 'response', 'data'),
	};
	const chats = async (pair: PairName) =>
		rowsOf[pair]((await ask(pair, `${ROOT[pair]}/${LUNA[pair]}/chats`)).body);
	const chatIn = (row: unknown) => String(at(row, 'groupId') ?? at(row, 'fan', 'id'));
	const unread = (pair: PairName, chat = TOM[pair]) =>
		simulator.unreadCount(pair, LUNA[pair], chat);

	test('OnlyFans: a chat is marked as read and as unread, for a credit each', async () => {
		expect(unread('ofapiOnlyFans')).toBe(1);
		const read = await onlyFans(`/${TOM.ofapiOnlyFans}/mark-as-read`);
		expect(read).toMatchObject({
			status: 200,
			body: { data: { success: true }, _meta: { _credits: { used: 1 } } },
		});
		expect(unread('ofapiOnlyFans')).toBe(0);
		expect((await onlyFans(`/${TOM.ofapiOnlyFans}/mark-as-unread`)).body).toMatchObject({
			data: { success: true },
		});
		expect(unread('ofapiOnlyFans')).toBe(1);
		fanWrites('ofapiOnlyFans');
		fanWrites('ofapiOnlyFans');
		expect(unread('ofapiOnlyFans')).toBe(2);
		expect((await onlyFans(`/${ALEX.ofapiOnlyFans}/mark-as-unread`)).status).toBe(200);
		expect(listAt((await onlyFans('?filter=unread', 'GET')).body, 'data').map(chatIn)).toEqual(
			[TOM, SAM, ALEX].map((chat) => chat.ofapiOnlyFans),
		);
		expect((await onlyFans('/mark-as-read')).body).toMatchObject({ data: { success: true } });
		expect([TOM, SAM, ALEX].map((chat) => unread('ofapiOnlyFans', chat.ofapiOnlyFans))).toEqual([
			0, 0, 0,
		]);
		expect(simulator.credits('ofapi').used).toBe(5);
		for (const path of ['/999/mark-as-read', '/999/mark-as-unread']) {
			expect((await onlyFans(path)).status).toBe(404);
		}
		expect(
			(await ask('ofapiOnlyFans', '/api/acct_x/chats/mark-as-read', { method: 'POST' })).status,
		).toBe(404);
	});

	test('OnlyFans: listing and writing read the chat, a later message does not stay read', async () => {
		await onlyFans(`/${TOM.ofapiOnlyFans}/mark-as-unread`);
		await onlyFans(`/${TOM.ofapiOnlyFans}/messages`, 'GET');
		expect(unread('ofapiOnlyFans')).toBe(0);
		fanWrites('ofapiOnlyFans', 'New');
		expect((await chats('ofapiOnlyFans'))[0]).toMatchObject({
			fan: { id: 500101 },
			unreadMessagesCount: 1,
			lastMessage: {
				text: '<p>New</p>',
				fromUser: { id: 500101 },
				createdAt: expect.stringContaining('T') as string,
				id: expect.any(Number) as number,
			},
		});
		await onlyFans(`/${TOM.ofapiOnlyFans}/mark-as-unread`);
		await ask('ofapiOnlyFans', `/api/${LUNA.ofapiOnlyFans}/chats/${TOM.ofapiOnlyFans}/messages`, {
			method: 'POST',
			body: { text: 'Answer' },
		});
		expect(unread('ofapiOnlyFans')).toBe(0);
	});

	test.each(['ofapiFansly', 'apiFansly'] as const)(
		'%s: rows name the newest and the unread message, listing reads nothing',
		async (pair) => {
			const { id } = fanWrites(pair);
			await ask(pair, `${ROOT[pair]}/${LUNA[pair]}/chats/${TOM[pair]}/messages`);
			expect((await chats(pair))[0]).toMatchObject({
				groupId: TOM[pair],
				unreadCount: 2,
				lastMessageId: id,
				lastUnreadMessageId: id,
			});
			expect(unread(pair)).toBe(2);
			await ask(pair, `${ROOT[pair]}/${LUNA[pair]}/chats/${TOM[pair]}/messages`, {
				method: 'POST',
				body: { [TEXT_FIELD[pair]]: 'Answer' },
			});
			expect((await chats(pair))[0]).toMatchObject({
				groupId: TOM[pair],
				unreadCount: 0,
				lastUnreadMessageId: null,
			});
		},
	);

	test.each(PAIRS)(
		'%s: the chat of the newest message comes first, one without messages last',
		async (pair) => {
			for (const chat of [SAM[pair], TOM[pair], SAM[pair]]) {
				simulator.fanWrites(pair, LUNA[pair], chat, { text: 'Hi' });
			}
			expect((await chats(pair)).map(chatIn)).toEqual([SAM[pair], TOM[pair], ALEX[pair]]);
			simulator.fanWrites(pair, LUNA[pair], ALEX[pair], { text: 'First' });
			expect((await chats(pair)).map(chatIn)[0]).toBe(ALEX[pair]);
			expect(() => simulator.unreadCount(pair, LUNA[pair], '999')).toThrow('999');
		},
	);
});

describe('webhooks through the control server', () => {
	async function control(
		path: string,
		method = 'GET',
		body?: unknown,
	): Promise<{ status: number; body: unknown }> {
		const response = await fetch(String(simulator.controlUrl) + path, {
			method,
			body: body === undefined ? undefined : JSON.stringify(body),
			headers: body === undefined ? {} : { 'content-type': 'application/json' },
		});
		return { status: response.status, body: await response.json() };
	}
	const place = { pair: 'apiFansly', account: LUNA.apiFansly, chat: TOM.apiFansly };

	test('webhooks, messages of fans, events and deliveries', async () => {
		const added = await control('/webhooks', 'POST', {
			url: receiverUrl(),
			events: ['messages.received', 'tips.received'],
			secret: SECRET,
		});
		const id = String(at(added.body, 'id'));
		expect((await control('/webhooks')).body).toMatchObject([
			{ id, provider: 'apiFansly', hasSecret: true },
		]);
		const written = await control('/fan-writes', 'POST', {
			...place,
			text: 'Hi',
			tip: 5,
			media: [{ type: 'video' }],
		});
		expect(written.body).toMatchObject({
			direction: 'incoming',
			text: 'Hi',
			tip: 5,
			media: [{ type: 'video' }],
		});
		expect((await control('/deliveries/settled')).body).toEqual({ ok: true });
		await control('/events', 'POST', {
			...place,
			event: 'tips.received',
			payload: { netAmount: 4 },
		});
		await control('/deliveries/settled');
		expect(received.map(({ body }) => at(body, 'event'))).toEqual([
			'messages.received',
			'tips.received',
		]);
		expect(received[1]?.body).toMatchObject({ accountId: LUNA.apiFansly, data: { netAmount: 4 } });
		expect((await control('/deliveries')).body).toMatchObject([
			{ webhookId: id, event: 'messages.received' },
			{ event: 'tips.received' },
		]);
		await control('/deliveries', 'DELETE');
		expect(simulator.deliveries).toEqual([]);
		await control(`/webhooks/${id}`, 'DELETE');
		expect(simulator.webhooks).toEqual([]);
		expect((await control(`/webhooks/${id}`, 'DELETE')).status).toBe(400);
		expect((await control(`/unread?${new URLSearchParams(place).toString()}`)).body).toEqual({
			unread: 2,
		});
	});

	test('delivery settings', async () => {
		const { body } = await control('/delivery-settings', 'POST', { duplicates: 4, shuffle: true });
		expect(body).toMatchObject({ duplicates: 4, shuffle: true, attempts: 3 });
		expect(simulator.deliverySettings).toEqual(body);
		for (const wrong of [{ speed: 5 }, { shuffle: 1 }]) {
			expect((await control('/delivery-settings', 'POST', wrong)).status).toBe(400);
		}
	});

	test.each([
		['/fan-writes', { ...place, chat: 'x', text: 'Hi' }],
		['/fan-writes', { ...place, tip: 'five' }],
		['/events', { ...place }],
		['/webhooks', { url: 'http://127.0.0.1:9/', events: 'messages.received' }],
		['/webhooks', { url: 'http://127.0.0.1:9/', events: ['messages.invented'] }],
	])('%s refuses %j', async (path, body) => {
		const answer = await control(path, 'POST', body);
		expect([answer.status, typeof at(answer.body, 'error')]).toEqual([400, 'string']);
	});
});
