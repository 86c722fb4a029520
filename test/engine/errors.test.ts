import type { FaultEffect } from '../simulator';
import { startAnswering } from './answers';
import type { AnswerServer, Prepared } from './answers';
import { run } from './harness';
import { LUNA, PAIRS, byId, credentialOf, list, send, simulator, useSimulator } from './world';

useSimulator();

const PROVIDER = { ofapiOnlyFans: 'OnlyFansAPI', ofapiFansly: 'OnlyFansAPI', apiFansly: 'ApiFansly' };

/** What every error owes its reader. */
function expectGoodError(result: Awaited<ReturnType<typeof list>>, key: string): { message: string; description: string } {
	const message = result.error?.message ?? '';
	const description = result.error?.description ?? '';
	expect(result.items).toEqual([]);
	expect(message).toContain('[item 0]');
	expect(message).not.toMatch(/\b(?:error|problem|failure|failed|mistake)\b/i);
	expect(description.length).toBeGreaterThan(20);
	expect(`${message}${description}`).not.toMatch(/undefined|\[object/);
	expect(JSON.stringify(result.run)).not.toContain(key);
	return { message, description };
}

describe.each(PAIRS)('%s: what went wrong and what to do next', (pair) => {
	const provider = PROVIDER[pair];
	const fault = (effect: FaultEffect) => simulator().addFault(effect);
	const ask = async (operation: 'list' | 'send' = 'list') => {
		const result = operation === 'list' ? await list(pair) : await send(pair, { text: 'hi' });
		return { result, ...expectGoodError(result, credentialOf(pair).apiKey) };
	};

	test('401: the key', async () => {
		const result = await list(pair, { returnAll: true }, { credential: { ...credentialOf(pair), apiKey: 'a-wrong-key' } });
		const { message, description } = expectGoodError(result, 'a-wrong-key');
		expect(message).toContain(`${provider} did not accept the API key`);
		expect(description).toContain('credential');
		expect(result.error).toMatchObject({ httpCode: '401', failure: { cause: 'credential-invalid' } });
	});

	test('402: no credits', async () => {
		simulator().setBalance(pair === 'apiFansly' ? 'apiFansly' : 'ofapi', 0);
		const { message, description, result } = await ask('send');
		expect(message).toContain('credits');
		expect(description).toContain('Nothing was done');
		expect(result.error).toMatchObject({ httpCode: '402', failure: { cause: 'quota-exhausted' } });
	});

	test('403: the key lacks access', async () => {
		fault({ kind: 'json', status: 403, body: { message: 'This key may not do that.' } });
		const { message, description } = await ask();
		expect(message).toContain('does not allow');
		expect(message).toContain(LUNA[pair].account);
		expect(description).toContain('This key may not do that.');
	});

	test('an account that nobody knows', async () => {
		const result = await list(pair, { returnAll: true, account: byId('acct_nobody') });
		const { message, description } = expectGoodError(result, credentialOf(pair).apiKey);
		expect(message).toContain(`does not know the account 'acct_nobody'`);
		expect(description).toContain('Account field');
	});

	test('a chat that nobody knows', async () => {
		const result = await list(pair, { returnAll: true }, { chat: '987654321' });
		const { message, description } = expectGoodError(result, credentialOf(pair).apiKey);
		expect(message).toContain(`The chat '987654321' was not found`);
		expect(description).toContain('Chat field');
	});

	test('409: the same message is on its way', async () => {
		fault({ kind: 'json', status: 409, body: { error: 'IDEMPOTENCY_CONFLICT', message: 'Already in progress.' } });
		const { message, description } = await ask('send');
		expect(message).toContain('already being sent');
		expect(description).toContain('Already in progress.');
	});

	test('422: every field that the provider names', async () => {
		fault({ kind: 'json', status: 422, body: { error: 'VALIDATION_ERROR', message: 'Not valid.', errors: { text: ['Too rude.', 'Too long.'], price: ['Too high.'] } } });
		const { message, description } = await ask('send');
		expect(message).toContain('did not accept the values');
		for (const words of ['text: Too rude. Too long.', 'price: Too high.', 'Nothing was done']) expect(description).toContain(words);
	});

	test('429 that asks for more patience than a run should have', async () => {
		fault({ kind: 'rateLimited', retryAfterSeconds: 301 });
		const { message, description, result } = await ask();
		expect(message).toContain('slow down');
		expect(description).toContain('301 seconds');
		expect(result.error).toMatchObject({ httpCode: '429', failure: { cause: 'rate-limited', retryAfterMs: 301_000 } });
	});

	test.each<[string, FaultEffect]>([
		['5xx with JSON', { kind: 'json', status: 500, body: { error: 'ONLYFANS_COM_ERROR', message: 'The platform did not answer.' } }],
		['5xx with HTML', { kind: 'html', status: 502 }],
		['a connection that breaks', { kind: 'reset' }],
		['half an answer', { kind: 'halfAnswer' }],
	])('%s: a list can be run again, a send may have gone out', async (_, effect) => {
		fault(effect);
		expect((await ask('list')).description).toContain('Run this again');
		const { description } = await ask('send');
		expect(description).toContain('It is not known whether the message was sent');
		expect(description).not.toMatch(/<\w/);
	});

	test('a good status that says inside that it did not work', async () => {
		fault({ kind: 'failureInside' });
		expect((await ask()).message).toContain('answered that it did not carry out the request');
	});

	test('a body that is not JSON', async () => {
		fault({ kind: 'notJson' });
		const { message, description } = await ask();
		expect(message).toContain(`not one that ${provider} gives`);
		expect(description).toContain('Base URL');
	});

	test('a redirect is not followed with the key', async () => {
		const elsewhere = await startAnswering(() => ({ body: { data: [] } }));
		fault({ kind: 'redirect', location: `${elsewhere.url}/api` });
		expect((await ask()).message).toContain('leads somewhere else');
		expect(elsewhere.seen).toEqual([]);
		await elsewhere.close();
	});

	test('nobody listens at the Base URL', async () => {
		const result = await send(pair, { text: 'hi' }, { credential: { apiKey: 'secret-key', baseUrl: 'http://127.0.0.1:9' } });
		const { message, description } = expectGoodError(result, 'secret-key');
		expect(message).toContain('could not be reached');
		expect(description).toContain('Nothing was done');
		expect(description).toContain('Base URL');
	});

	test('no answer in time', async () => {
		fault({ kind: 'slow', ms: 60_000 });
		const result = await send(pair, { text: 'hi', requestOptions: { timeout: 50 } });
		expect(expectGoodError(result, credentialOf(pair).apiKey).description).toContain('It is not known whether');
	});
});

describe('hostile answers', () => {
	let server: AnswerServer;
	let prepared: Prepared;
	beforeAll(async () => {
		server = await startAnswering(() => prepared);
	});
	afterAll(async () => {
		await server.close();
	});

	const KEY = 'top-secret-key';
	const ask = async (answer: Prepared, node: (typeof PAIRS)[number] = 'ofapiOnlyFans', operation = 'list') => {
		prepared = answer;
		const parameters = { operation, account: byId('acct_1'), chat: byId('2'), text: 'hi', returnAll: true };
		return await run({ node, credential: { apiKey: KEY, baseUrl: server.url }, parameters });
	};

	test('a key that the server repeats is taken out', async () => {
		const result = await ask({ status: 401, body: { message: `The key ${KEY} is not known`, error: `Bearer ${KEY}` } });
		expect(result.error?.description).toContain('The key *** is not known');
		expect(JSON.stringify(result.run)).not.toContain(KEY);
	});

	test.each(PAIRS)('%s: shapes that nobody documents', async (pair) => {
		const bodies = ['"text"', 'null', '5', '[]', '[[1]]', '{}', '{"data":null}', '{"data":5}', '{"data":{"messages":5}}', '{"data":{"data":{"response":[]}}}', ''];
		for (const body of bodies) {
			for (const operation of ['list', 'send']) {
				const result = await ask({ body, headers: { 'content-type': 'application/json' } }, pair, operation);
				expect(result.error?.message).toContain('The answer is not one that');
			}
		}
	});

	test('messages of nonsense neither crash nor vanish', async () => {
		const nonsense = [{}, { id: null, text: 5, createdAt: 'never', fromUser: [], media: 'x', price: {} }, { id: {}, media: [null, 5, { files: null }] }, { id: 7, createdAt: 8.64e15 + 1 }];
		const result = await ask({ body: { data: [...nonsense, null, 'text', 5], _pagination: { next_page: 'http://[broken' } } });
		expect(result.error).toBeUndefined();
		expect(result.items).toHaveLength(nonsense.length);
		expect(result.items.map(({ json }) => json.createdAt)).toEqual([null, null, null, null]);
		const raw = await ask({ body: { data: { messages: nonsense, hasMore: 'yes', accountMedia: [null, { id: {} }], tips: {} } } }, 'ofapiFansly');
		expect(raw.error).toBeUndefined();
		expect(raw.items).toHaveLength(nonsense.length);
	});

	test('an answer of prototype names does no harm', async () => {
		const body = '{"data":[{"id":1,"__proto__":{"polluted":true},"constructor":5,"text":"&constructor; &toString;"}],"_pagination":{"next_page":null}}';
		const result = await ask({ body, headers: { 'content-type': 'application/json' } });
		expect(result.items[0]?.json.text).toBe('&constructor; &toString;');
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	});
});
