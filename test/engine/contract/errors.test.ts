import type { INodeParameters } from 'n8n-workflow';
import type { FaultEffect } from '../../simulator';
import { startAnswering, usePreparedAnswers } from '../support/answers';
import type { AnswerServer, Prepared } from '../support/answers';
import { run } from '../support/harness';
import {
	LUNA,
	PAIRS,
	byId,
	credentialOf,
	list,
	send,
	simulator,
	useSimulator,
} from '../support/world';

useSimulator();

const CONSOLE = {
	ofapiOnlyFans: 'https://app.fansapi.com',
	ofapiFansly: 'https://app.fansapi.com',
	apiFansly: 'https://app.apifansly.com',
};
const PROVIDER = {
	ofapiOnlyFans: 'OnlyFansAPI',
	ofapiFansly: 'OnlyFansAPI',
	apiFansly: 'ApiFansly',
};

/** What every error owes its reader. */
function expectGoodError(
	result: Awaited<ReturnType<typeof list>>,
	key: string,
): { message: string; description: string } {
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
		const result = await list(
			pair,
			{ returnAll: true },
			{ credential: { ...credentialOf(pair), apiKey: 'a-wrong-key' } },
		);
		const { message, description } = expectGoodError(result, 'a-wrong-key');
		expect(message).toContain(`${provider} did not accept the API key`);
		expect(description).toContain('credential');
		expect(description).toContain(`${CONSOLE[pair]} `);
		expect(result.error).toMatchObject({
			httpCode: '401',
			failure: { cause: 'credential-invalid' },
		});
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
		fault({
			kind: 'json',
			status: 409,
			body: { error: 'IDEMPOTENCY_CONFLICT', message: 'Already in progress.' },
		});
		const { message, description } = await ask('send');
		// Only a provider with idempotency keys can mean that.
		expect(message).toContain(
			pair === 'ofapiOnlyFans' ? 'already being sent' : 'reports a conflict',
		);
		expect(description).toContain('Already in progress.');
	});

	test('422: every field that the provider names', async () => {
		fault({
			kind: 'json',
			status: 422,
			body: {
				error: 'VALIDATION_ERROR',
				message: 'Not valid.',
				errors: { text: ['Too rude.', 'Too long.'], price: ['Too high.'] },
			},
		});
		const { message, description } = await ask('send');
		expect(message).toContain('did not accept the values');
		for (const words of ['text: Too rude. Too long.', 'price: Too high.', 'Nothing was done']) {
			expect(description).toContain(words);
		}
	});

	test('404: the advice names fields that are there', async () => {
		const { account, chat } = LUNA[pair];
		const at = async (parameters: INodeParameters) => {
			const body = { message: 'Nothing here.' };
			simulator().addFault({ kind: 'json', status: 404, body, times: 1 });
			const result = await run({
				node: pair,
				credential: credentialOf(pair),
				parameters: { account: byId(account), ...parameters },
			});
			return expectGoodError(result, credentialOf(pair).apiKey).description;
		};
		const deleted = { resource: 'message', operation: 'delete', messageId: '987654321' };
		const ofMessage = await at({ ...deleted, chat: byId(chat) });
		// ApiFansly deletes a message without its chat.
		expect(ofMessage).toContain(pair === 'apiFansly' ? 'Check the ID' : "Check the message's ID");
		const ofMedia = await at({ resource: 'media', operation: 'list', album: byId('5') });
		expect(ofMedia).toContain('Check the IDs in the fields of this node');
		for (const description of [ofMessage, ofMedia]) expect(description).not.toContain('Chat field');
	});

	test.each([
		[
			{
				error: 'VALIDATION_ERROR',
				message: 'Text is empty.',
				errors: { text: ['Text is empty.'] },
			},
			'text: Text is empty.',
		],
		[
			{
				message: 'Text is empty. (and 1 more error)',
				errors: { text: ['Text is empty.'], price: ['Too high.'] },
			},
			'text: Text is empty. · price: Too high.',
		],
		[
			{
				error: 'FANSLY_COM_ERROR',
				message: 'Not now.',
				description: 'The platform answered this to the API.',
			},
			'Not now.',
		],
		[
			{ error: 'FANSLY_COM_ERROR', description: 'Something general.' },
			'Something general. · FANSLY_COM_ERROR',
		],
		[{ error: 'Account is busy' }, 'Account is busy'],
	])("the provider's words stand there once, without codes: %j", async (body, words) => {
		fault({ kind: 'json', status: 422, body });
		const { description } = await ask('send');
		const [, said] = /The response was: (.*?)(?: Sent: .*)?$/.exec(description) ?? [];
		expect(said).toBe(words);
	});

	test('429 that asks for more patience than a run should have', async () => {
		fault({ kind: 'rateLimited', retryAfterSeconds: 301 });
		const { message, description, result } = await ask();
		expect(message).toContain('rate limit reached');
		expect(description).toContain('301 seconds');
		expect(result.error).toMatchObject({
			httpCode: '429',
			failure: { cause: 'rate-limited', retryAfterMs: 301_000 },
		});
	});

	test.each<[string, FaultEffect]>([
		[
			'5xx with JSON',
			{
				kind: 'json',
				status: 500,
				body: { error: 'ONLYFANS_COM_ERROR', message: 'The platform did not answer.' },
			},
		],
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
		expect((await ask()).message).toContain('rejected the request');
	});

	test('a body that is not JSON', async () => {
		fault({ kind: 'notJson' });
		const { message, description } = await ask();
		expect(message).toContain(`${provider} sent an unexpected response`);
		expect(description).toContain('Base URL');
	});

	test('a redirect is not followed with the key', async () => {
		const elsewhere = await startAnswering(() => ({ body: { data: [] } }));
		fault({ kind: 'redirect', location: `${elsewhere.url}/api` });
		expect((await ask()).message).toContain('redirects to another address');
		expect(elsewhere.seen).toEqual([]);
		await elsewhere.close();
	});

	test('nobody listens at the Base URL', async () => {
		const result = await send(
			pair,
			{ text: 'hi' },
			{ credential: { apiKey: 'secret-key', baseUrl: 'http://127.0.0.1:9' } },
		);
		const { message, description } = expectGoodError(result, 'secret-key');
		expect(message).toContain('could not be reached');
		expect(description).toContain('Nothing was done');
		expect(description).toContain('Base URL');
	});

	test('no answer in time', async () => {
		fault({ kind: 'slow', ms: 60_000 });
		const result = await send(pair, { text: 'hi', requestOptions: { timeout: 500 } });
		expect(expectGoodError(result, credentialOf(pair).apiKey).description).toContain(
			'It is not known whether',
		);
	});
});

describe('hostile answers', () => {
	const server = usePreparedAnswers();
	const KEY = 'top-secret-key';
	const ask = async (
		answer: Prepared,
		node: (typeof PAIRS)[number] = 'ofapiOnlyFans',
		operation = 'list',
	) => {
		server.prepare(answer);
		const parameters = {
			operation,
			account: byId('acct_1'),
			chat: byId('2'),
			text: 'hi',
			returnAll: true,
		};
		return await run({ node, credential: { apiKey: KEY, baseUrl: server.url() }, parameters });
	};

	test('a key that the server repeats is taken out', async () => {
		const result = await ask({
			status: 401,
			body: { message: `The key ${KEY} is not known`, error: `Bearer ${KEY}` },
		});
		expect(result.error?.description).toContain('The key *** is not known');
		expect(JSON.stringify(result.run)).not.toContain(KEY);
	});

	test.each([
		['a bad status', 400, { message: 'wrong' }],
		['a good status that says inside that it did not work', 200, { success: false }],
	])('%s: a key that the cut falls into is taken out whole', async (_, status, inner) => {
		for (let lead = 400 - KEY.length; lead <= 400; lead++) {
			const words = `${'x'.repeat(lead)}${KEY} and more`;
			const result = await ask({
				status,
				body: { data: { ...inner, message: words }, message: words },
			});
			expect(result.error?.description).toContain('xxx');
			expect(JSON.stringify(result.run)).not.toContain(KEY.slice(0, 6));
		}
	});

	test.each(PAIRS)('%s: shapes that nobody documents', async (pair) => {
		const bodies = [
			'"text"',
			'null',
			'5',
			'[]',
			'[[1]]',
			'{}',
			'{"data":null}',
			'{"data":5}',
			'{"data":{"messages":5}}',
			'{"data":{"data":{"response":[]}}}',
			'',
		];
		for (const body of bodies) {
			for (const operation of ['list', 'send']) {
				const result = await ask(
					{ body, headers: { 'content-type': 'application/json' } },
					pair,
					operation,
				);
				expect(result.error?.message).toContain('sent an unexpected response');
			}
		}
	});

	test('messages of nonsense neither crash nor vanish', async () => {
		const nonsense = [
			{},
			{ id: null, text: 5, createdAt: 'never', fromUser: [], media: 'x', price: {} },
			{ id: {}, media: [null, 5, { files: null }] },
			{ id: 7, createdAt: 8.64e15 + 1 },
		];
		const result = await ask({
			body: { data: [...nonsense, null, 'text', 5], _pagination: { next_page: 'http://[broken' } },
		});
		expect(result.error).toBeUndefined();
		expect(result.items).toHaveLength(nonsense.length);
		expect(result.items.map(({ json }) => json.createdAt)).toEqual([null, null, null, null]);
		const raw = await ask(
			{
				body: {
					data: { messages: nonsense, hasMore: 'yes', accountMedia: [null, { id: {} }], tips: {} },
				},
			},
			'ofapiFansly',
		);
		expect(raw.error).toBeUndefined();
		expect(raw.items).toHaveLength(nonsense.length);
	});

	test('an answer of prototype names does no harm', async () => {
		const body =
			'{"data":[{"id":1,"__proto__":{"polluted":true},"constructor":5,"text":"&constructor; &toString;"}],"_pagination":{"next_page":null}}';
		const result = await ask({ body, headers: { 'content-type': 'application/json' } });
		expect(result.items[0]?.json.text).toBe('&constructor; &toString;');
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	});
});

/** OnlyFans' own words, as OAS shows them for other endpoints that OnlyFans refused. */
describe('what the platform itself refused', () => {
	const refusal = (body: unknown, status = 400) => ({
		error: 'ONLYFANS_COM_ERROR',
		message: 'Bad Request - The request could not be understood by the server.',
		description:
			'This error happened most probably because of a bug in the OnlyFans.com API or you sent wrong parameters (like a non-existing user id).',
		onlyfans_response: { status, body },
	});
	const ask = async (body: unknown, status = 400) => {
		simulator().addFault({ kind: 'json', status, body });
		const result = await send('ofapiOnlyFans', { text: 'hi' });
		expectGoodError(result, credentialOf('ofapiOnlyFans').apiKey);
		return {
			message: result.error?.message ?? '',
			description: result.error?.description ?? '',
			result,
		};
	};

	test.each<[string, unknown, string]>([
		[
			'a message',
			{ error: { code: 0, message: 'Not enough funds to request a payout' } },
			'Not enough funds to request a payout',
		],
		[
			'a message, and a field with the same',
			{
				error: { code: 0, message: 'Name already in use' },
				errors: { name: ['Name already in use'] },
			},
			'Name already in use',
		],
		[
			'fields within fields',
			{
				error: { code: 0, message: 'Not sent' },
				errors: { '1224114714': { '123456': ['Unable to add SAMPLE USER'] } },
			},
			'Not sent · 123456: Unable to add SAMPLE USER',
		],
		['fields alone', { errors: { text: ['Too rude', 'Too long'] } }, 'text: Too rude Too long'],
	])('%s', async (_, body, reason) => {
		for (const status of [400, 401, 403, 422]) {
			const { message, description } = await ask(refusal(body, status), status);
			expect(message).toBe(`The platform rejected the request: ${reason} [item 0]`);
			expect(description).toMatch(/^Nothing was done/);
			expect(`${message}${description}`).not.toMatch(
				/Bad Request|bug in the|fields that it names|API key/,
			);
			simulator().reset();
		}
	});

	test('a key in its words is taken out, tags too, and what is too long is cut', async () => {
		const { apiKey } = credentialOf('ofapiOnlyFans');
		const { message } = await ask(
			refusal({ error: { message: `<b>The key</b> ${apiKey} ${'x'.repeat(500)}` } }),
		);
		expect(message).toMatch(/^The platform rejected the request: The key \*\*\* x+… \[item 0\]$/);
	});

	test('in an answer that leaves the outcome open they stand in the description', async () => {
		const { message, description } = await ask(
			refusal({ error: { message: 'Try again later' } }, 500),
			500,
		);
		expect(message).toContain('is not available right now');
		expect(description).toContain('It is not known whether the message was sent');
		expect(description).toContain('The response was: Try again later');
	});

	test.each([
		['nothing', null],
		['a list', { list: [], hasMore: false }],
		['an empty message', { error: { code: 0, message: ' ' }, errors: {} }],
		['no words', { error: 5, errors: { a: [5, null], b: 7 } }],
	])('%s is no reason: the provider is quoted', async (_, body) => {
		const { message, description } = await ask(refusal(body));
		expect(message).toContain('OnlyFansAPI did not accept the values');
		expect(description).toContain('Bad Request');
	});

	test('on Fansly too, should it come', async () => {
		simulator().addFault({
			kind: 'json',
			status: 400,
			body: {
				error: 'FANSLY_COM_ERROR',
				message: 'Bad Request',
				fansly_response: { status: 400, body: { error: { message: 'You are blocked' } } },
			},
		});
		expect((await send('ofapiFansly', { text: 'hi' })).error?.message).toBe(
			'The platform rejected the request: You are blocked [item 0]',
		);
	});

	test('a message that is not there stays one', async () => {
		simulator().addFault({
			kind: 'json',
			status: 404,
			body: refusal({ error: { message: 'Chat not found' } }, 404),
		});
		const result = await list('ofapiOnlyFans');
		expect(result.error?.message).toContain('was not found');
		expect(result.error?.description).toContain('The response was: Chat not found');
	});
});

/** Requests go through a proxy here (an option of every node), so that the real names can be asked. */
describe('the address that the provider has left', () => {
	const OFAPI = ['ofapiOnlyFans', 'ofapiFansly'] as const;
	const ADVICE =
		'OnlyFansAPI has moved: change the Base URL in the credential to https://api.fansapi.com';
	let proxy: AnswerServer;
	let prepared: Prepared;
	beforeAll(async () => {
		proxy = await startAnswering(() => prepared);
	});
	beforeEach(() => void (proxy.seen.length = 0));
	afterAll(async () => {
		await proxy.close();
	});

	const ask = async (
		pair: (typeof PAIRS)[number],
		answer: Prepared,
		{ operation = 'list', baseUrl = 'http://app.onlyfansapi.com', through = proxy.url } = {},
	) => {
		prepared = answer;
		const parameters = {
			operation,
			account: byId('acct_1'),
			chat: byId('2'),
			text: 'hi',
			returnAll: true,
			requestOptions: { proxy: through },
		};
		const result = await run({
			node: pair,
			credential: { apiKey: 'secret-key', baseUrl },
			parameters,
		});
		return { ...expectGoodError(result, 'secret-key'), result };
	};

	const ANSWERS: Array<[string, Prepared]> = [
		['a web page', { body: '<html><title>Welcome</title></html>' }],
		['words', { body: 'OK', headers: { 'content-type': 'text/plain' } }],
		['a redirect', { status: 301, headers: { location: 'https://api.fansapi.com/' }, body: '' }],
		[
			'a redirect of a request that sends',
			{ status: 308, headers: { location: 'https://api.fansapi.com/' }, body: {} },
		],
		['no such page', { status: 404, body: '<html><title>404</title></html>' }],
		['gone', { status: 410, body: '' }],
		['an error page', { status: 530, body: '<html><title>Origin error</title></html>' }],
	];

	test.each(OFAPI.flatMap((pair) => ANSWERS.map(([name, answer]) => ({ pair, name, answer }))))(
		'$pair: $name there says to change the Base URL',
		async ({ pair, answer }) => {
			for (const operation of ['list', 'send']) {
				const { description, message } = await ask(pair, answer, { operation });
				expect(description).toContain(ADVICE);
				expect(message).not.toContain('The chat');
			}
			expect(proxy.seen[0]?.url).toMatch(/^http:\/\/app\.onlyfansapi\.com\/api\//);
		},
	);

	test.each(OFAPI)(
		'%s: a send whose answer is a web page or an error page may have gone out, one that was led on has not',
		async (pair) => {
			for (const status of [200, 530]) {
				expect(
					(await ask(pair, { status, body: '<html>' }, { operation: 'send' })).description,
				).toContain('It is not known whether the message was sent');
			}
			for (const status of [301, 404]) {
				expect(
					(await ask(pair, { status, body: '<html>' }, { operation: 'send' })).description,
				).toContain('Nothing was done');
			}
		},
	);

	test.each(OFAPI)('%s: no connection there says so too', async (pair) => {
		const { message, description } = await ask(
			pair,
			{ body: '' },
			{ through: 'http://127.0.0.1:9' },
		);
		expect(message).toContain('could not be reached');
		expect(description).toContain(ADVICE);
	});

	test('any endpoint', async () => {
		prepared = { status: 302, headers: { location: 'https://api.fansapi.com/' }, body: '' };
		const parameters = {
			resource: 'anyEndpoint',
			operation: 'request',
			path: '/api/whoami',
			requestOptions: { proxy: proxy.url },
		};
		const result = await run({
			node: 'ofapiOnlyFans',
			credential: { apiKey: 'secret-key', baseUrl: 'http://app.onlyfansapi.com' },
			parameters,
		});
		expect(result.error?.description).toContain(ADVICE);
	});

	test.each<[string, Prepared]>([
		['a refusal', { status: 422, body: { message: 'Not valid.' } }],
		['an unknown chat', { status: 404, body: { message: 'Not there.' } }],
		['a wrong key', { status: 401, body: { error: 'Unauthorized.' } }],
	])('%s of the API that is still there says nothing of it', async (_, answer) => {
		expect((await ask('ofapiOnlyFans', answer)).description).not.toContain('moved');
	});

	test.each([
		['ofapiOnlyFans', 'http://api.fansapi.com'],
		['ofapiFansly', 'http://proxy.example'],
		['apiFansly', 'http://app.onlyfansapi.com'],
	] as const)('%s at %s: nobody has moved', async (pair, baseUrl) => {
		for (const [, answer] of ANSWERS) {
			expect((await ask(pair, answer, { baseUrl })).description).not.toContain('moved');
		}
		expect(
			(await ask(pair, { body: '' }, { baseUrl, through: 'http://127.0.0.1:9' })).description,
		).not.toContain('moved');
	});

	test('an answer that is none of the API names the address that it has now', async () => {
		for (const pair of OFAPI) {
			expect(
				(await ask(pair, { body: '<html>' }, { baseUrl: 'http://proxy.example' })).description,
			).toContain('https://api.fansapi.com');
		}
		expect(
			(await ask('apiFansly', { body: '<html>' }, { baseUrl: 'http://proxy.example' })).description,
		).toContain('https://v1.apifansly.com');
	});
});
