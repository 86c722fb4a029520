import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { idOf, recordAt } from '../../../nodes/shared/model/values';
import type { PairName } from '../../simulator';
import { startAnswering } from '../support/answers';
import type { Prepared, Seen } from '../support/answers';
import { nodeType, run } from '../support/harness';
import type { RunRequest } from '../support/harness';
import { inputOf } from '../support/operations';
import {
	LUNA,
	PAIRS,
	byId,
	chatOf,
	credentialOf,
	jsonOf,
	messageRequests,
	simulator,
	storedIds,
	useSimulator,
} from '../support/world';

useSimulator();

const ask = async (pair: PairName, parameters: INodeParameters, given: Partial<RunRequest> = {}) =>
	await run({
		node: pair,
		credential: credentialOf(pair),
		...given,
		parameters: { resource: 'anyEndpoint', operation: 'request', ...parameters },
	});

const query = (...pairs: Array<[string, unknown]>): INodeParameters => ({
	queryParameters: { parameter: pairs.map(([name, value]) => ({ name, value: value as string })) },
});

const BASE: Record<PairName, string> = {
	ofapiOnlyFans: '/api',
	ofapiFansly: '/api/fansly',
	apiFansly: '/api/fansly',
};
const accountPath = (pair: PairName) => `${BASE[pair]}/${LUNA[pair].account}`;
const messagesPath = (pair: PairName, chat = LUNA[pair].chat) =>
	`${accountPath(pair)}/chats/${chat}/messages`;
const TEXT: Record<PairName, string> = {
	ofapiOnlyFans: 'text',
	ofapiFansly: 'text',
	apiFansly: 'content',
};

/** Runs work against a server of prepared answers. */
async function against(
	answer: (request: Seen) => Prepared,
	work: (url: string, seen: Seen[]) => Promise<void>,
): Promise<void> {
	const server = await startAnswering(answer);
	try {
		await work(server.url, server.seen);
	} finally {
		await server.close();
	}
}

const at = (pair: PairName, baseUrl: string) => ({
	credential: { ...credentialOf(pair), baseUrl },
});

describe.each(PAIRS)('%s: any endpoint', (pair) => {
	const pageSize = LUNA[pair].pageSize;

	test('is described for the panel and for an AI agent', async () => {
		const { properties } = (await nodeType(pair)).description;
		const operation = properties.find(
			({ name, displayOptions }) =>
				name === 'operation' && displayOptions?.show?.resource?.includes('anyEndpoint'),
		);
		expect(operation?.options).toEqual([
			expect.objectContaining({
				name: 'Request',
				value: 'request',
				action: 'Make a custom API call',
				description: expect.stringContaining('credit') as string,
			}),
		]);
		const path = properties.find(({ name }) => name === 'path');
		expect(path?.hint).toMatch(/documentation says/);
	});

	test('GET: one request, one item with the whole answer', async () => {
		const result = await ask(pair, { path: messagesPath(pair), ...query(['limit', 2]) });
		expect(result.error).toBeUndefined();
		expect(
			simulator().requests.map(({ method, path, query: asked, body }) => [
				method,
				path,
				asked,
				body,
			]),
		).toEqual([['GET', messagesPath(pair), { limit: '2' }, undefined]]);
		expect(result.items).toHaveLength(1);
		expect(result.items[0]?.pairedItem).toEqual({ item: 0 });
		const answer = result.items[0]?.json;
		expect(Object.keys(answer ?? {})).toEqual(
			pair === 'apiFansly'
				? ['statusCode', 'message', 'data', 'timestamp']
				: ['data', '_pagination', '_meta'],
		);
		expect(JSON.stringify(answer)).toContain(storedIds(pair, LUNA[pair].chat)[0]);
	});

	test('an answer that is a list gives an item for each row', async () => {
		await against(
			() => ({ body: [{ id: 1 }, { id: 2 }, 'three', 4, true, null, [5]] }),
			async (url) => {
				const result = await ask(pair, { path: `${accountPath(pair)}/things` }, at(pair, url));
				expect(jsonOf(result)).toEqual([
					{ id: 1 },
					{ id: 2 },
					...['three', 4, true, null, [5]].map((plain) => ({ value: plain })),
				]);
				expect(new Set(result.items.map(inputOf))).toEqual(new Set([0]));
			},
		);
	});

	test('POST: the body as written, once', async () => {
		const body = { [TEXT[pair]]: 'Hello from anywhere' };
		const result = await ask(pair, {
			method: 'POST',
			path: messagesPath(pair),
			body: JSON.stringify(body),
		});
		expect(result.error).toBeUndefined();
		expect(
			simulator().requests.map(({ method, path, body: sent }) => [method, path, sent]),
		).toEqual([['POST', messagesPath(pair), body]]);
		expect(simulator().messages(pair, LUNA[pair].account, LUNA[pair].chat).at(-1)?.text).toBe(
			'Hello from anywhere',
		);
		expect(result.items).toHaveLength(1);
	});

	test('DELETE, and what an endpoint without a body answers', async () => {
		const sent = await ask(pair, {
			method: 'POST',
			path: messagesPath(pair),
			body: JSON.stringify({ [TEXT[pair]]: 'Oops' }),
		});
		expect(sent.error).toBeUndefined();
		const id = storedIds(pair, LUNA[pair].chat)[0] ?? '';
		const path =
			pair === 'apiFansly' ? `${accountPath(pair)}/messages/${id}` : `${messagesPath(pair)}/${id}`;
		expect((await ask(pair, { method: 'DELETE', path })).error).toBeUndefined();
		expect(storedIds(pair, LUNA[pair].chat)).not.toContain(id);
		expect(simulator().requests.at(-1)).toMatchObject({ method: 'DELETE', path, body: undefined });
	});

	test.each(['PUT', 'PATCH', 'POST', 'DELETE'])(
		'%s: method, path, query and body go out as they are',
		async (method) => {
			await against(
				() => ({ status: 204, body: '' }),
				async (url, seen) => {
					const parameters = {
						method,
						path: `${accountPath(pair)}/lists/a.b~c_d-1/`,
						body: '={{ { name: "VIP & co", ids: ["400000000000000003"] } }}',
						...query(['ids[]', '1'], ['ids[]', '2'], ['q', 'a&b=ü /?#'], ['on', true]),
					};
					const result = await ask(pair, parameters, at(pair, url));
					expect(result.error).toBeUndefined();
					expect(jsonOf(result)).toEqual([{ success: true }]);
					expect(seen).toHaveLength(1);
					const asked = new URL(seen[0]?.url ?? '', url);
					expect([seen[0]?.method, asked.pathname]).toEqual([
						method,
						`${accountPath(pair)}/lists/a.b~c_d-1/`,
					]);
					expect([...asked.searchParams]).toEqual([
						['ids[]', '1'],
						['ids[]', '2'],
						['q', 'a&b=ü /?#'],
						['on', 'true'],
					]);
					expect(JSON.parse(seen[0]?.body ?? '')).toEqual({
						name: 'VIP & co',
						ids: ['400000000000000003'],
					});
				},
			);
		},
	);

	describe('Return All Pages', () => {
		const walk = async (
			chat: string,
			parameters: INodeParameters = {},
			given: Partial<RunRequest> = {},
		) => {
			const limit = query(['limit', pageSize]);
			return await ask(
				pair,
				{ path: messagesPath(pair, chat), returnAllPages: true, ...limit, ...parameters },
				given,
			);
		};
		const idsIn = (items: INodeExecutionData[]) => items.map(({ json }) => idOf(json.id));

		test.each([0, 1, 2, 3])('%i full pages and one row more', async (pages) => {
			const chat = chatOf(pair, pages * pageSize + 1);
			const result = await walk(chat);
			expect(result.error).toBeUndefined();
			expect(idsIn(result.items)).toEqual(storedIds(pair, chat));
			expect(messageRequests()).toHaveLength(pages + 1);
			for (const { query: asked } of messageRequests()) expect(asked.limit).toBe(String(pageSize));
			expect(result.items.every((item) => inputOf(item) === 0)).toBe(true);
		});

		test('an empty list is no item', async () => {
			const result = await walk(LUNA[pair].emptyChat);
			expect(result.items).toEqual([]);
			expect(messageRequests()).toHaveLength(1);
		});

		test('Max Pages ends it', async () => {
			const chat = chatOf(pair, pageSize * 4);
			const result = await walk(chat, { options: { maxPages: 2 } });
			expect(idsIn(result.items)).toEqual(storedIds(pair, chat).slice(0, pageSize * 2));
			expect(messageRequests()).toHaveLength(2);
		});

		test('repeats are dropped, a cursor that repeats and empty pages that claim more end it', async () => {
			const chat = chatOf(pair, pageSize * 3);
			simulator().quirks.overlap = 3;
			expect(idsIn((await walk(chat)).items)).toEqual(storedIds(pair, chat));
			simulator().quirks.overlap = 0;
			simulator().quirks.repeatCursor = 2;
			const before = messageRequests().length;
			expect(idsIn((await walk(chat)).items)).toEqual(storedIds(pair, chat).slice(0, pageSize * 2));
			expect(messageRequests().length - before).toBeLessThanOrEqual(4);
			Object.assign(simulator().quirks, { repeatCursor: 0, hasMoreWithEmptyPage: true });
			expect(idsIn((await walk(chat)).items)).toEqual(storedIds(pair, chat));
		});

		test('the chats and the accounts, whose rows stand elsewhere in the answer', async () => {
			for (let index = 0; index < 45; index++) {
				simulator().addChat(pair, {
					account: LUNA[pair].account,
					fan: { id: String(800_000 + index), name: `Fan ${index}`, username: `fan${index}` },
					messages: 1,
				});
			}
			const chats = await ask(pair, {
				path: `${accountPath(pair)}/chats`,
				returnAllPages: true,
				...(pair === 'apiFansly' ? {} : query(['limit', 20])),
			});
			expect(chats.error).toBeUndefined();
			expect(chats.items).toHaveLength(48);
			expect(new Set(chats.items.map(({ json }) => JSON.stringify(json))).size).toBe(48);
			expect(simulator().requests).toHaveLength(3);

			const accounts = await ask(pair, { path: `${BASE[pair]}/accounts`, returnAllPages: true });
			expect(accounts.items).toHaveLength(pair === 'ofapiOnlyFans' ? 2 : 1);
		});

		test('a page that fails after others: what came before, then where to go on', async () => {
			const chat = chatOf(pair, pageSize * 3);
			simulator().addFault({ kind: 'html', path: /messages$/, skip: 1 });
			const stopped = await walk(chat);
			expect(stopped.items).toEqual([]);
			expect(stopped.error?.description).toContain(`${pageSize} items had arrived before this`);
			const continued = await walk(chat, {}, { onError: 'continueRegularOutput' });
			expect(continued.items.at(-1)?.json.error).toEqual(expect.any(String));
			simulator().clearFaults();
			simulator().addFault({ kind: 'html', path: /messages$/, skip: 1 });
			const half = await walk(chat, {}, { onError: 'continueRegularOutput' });
			const end = recordAt(half.items.at(-1)?.json, 'details');
			expect(idsIn(half.items.slice(0, -1))).toEqual(storedIds(pair, chat).slice(0, pageSize));
			simulator().clearFaults();
			const rest = await walk(chat, query(...new URLSearchParams(idOf(end.query))));
			expect(idsIn(rest.items)).toEqual(storedIds(pair, chat).slice(pageSize));
		});

		test('is for GET alone', async () => {
			const result = await ask(pair, {
				method: 'POST',
				returnAllPages: true,
				path: messagesPath(pair),
				body: { [TEXT[pair]]: 'x' },
			});
			expect(result.error).toBeUndefined();
			expect(simulator().requests).toHaveLength(1);
		});
	});

	describe('a call that changes something', () => {
		const parameters: INodeParameters = {
			method: 'POST',
			path: messagesPath(pair),
			body: JSON.stringify({ [TEXT[pair]]: 'Once' }),
		};

		test.each(['lostAfterStoring', 'storedThen500'] as const)(
			'%s: its outcome is unknown, and it is made once, also with Retry On Fail',
			async (kind) => {
				simulator().addFault({ kind });
				const result = await ask(pair, parameters, {
					settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
				});
				expect(result.error?.description).toContain('not known whether this was carried out');
				expect(result.error?.context.outcome).toBe('unknown');
				expect(simulator().requests).toHaveLength(1);

				const continued = await ask(pair, parameters, { onError: 'continueRegularOutput' });
				expect(continued.items[0]).toMatchObject({
					json: { details: { outcome: 'unknown' } },
					pairedItem: { item: 0 },
				});
			},
		);

		test('what was carried out is not made again when another item is tried again', async () => {
			simulator().addFault({ kind: 'html', method: 'GET', times: 1 });
			const items = [
				{ method: 'POST', path: messagesPath(pair) },
				{ method: 'GET', path: messagesPath(pair) },
			];
			const result = await ask(
				pair,
				{ ...parameters, method: '={{ $json.method }}', path: '={{ $json.path }}' },
				{ items, settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 } },
			);
			expect(result.error).toBeUndefined();
			expect(result.items).toHaveLength(2);
			expect(
				simulator()
					.requests.map(({ method }) => method)
					.sort(),
			).toEqual(['GET', 'GET', 'POST']);
		});

		test('a refusal is none, and says so', async () => {
			const result = await ask(pair, { ...parameters, body: '{}' });
			expect(result.error?.message).toContain('did not accept the values');
			expect(result.error?.context.outcome).toBe('notSent');
		});

		test('a GET that gets no answer only says to run it again', async () => {
			simulator().addFault({ kind: 'html' });
			const result = await ask(pair, { path: messagesPath(pair) });
			expect(result.error?.description).toContain('Run this again');
			expect(simulator().requests).toHaveLength(1);
		});
	});

	test('nothing at this address', async () => {
		const path = `${accountPath(pair)}/no/such/thing`;
		const result = await ask(pair, { path });
		expect(result.error?.message).toContain(`found nothing at '${path}' [item 0]`);
		expect(result.error?.description).toContain('Path');
	});

	test('a redirect is not followed', async () => {
		simulator().addFault({ kind: 'redirect', location: 'http://127.0.0.1:9/steal' });
		const result = await ask(pair, { path: messagesPath(pair) });
		expect(result.error?.message).toContain('answered with a redirect');
		expect(simulator().requests).toHaveLength(1);
	});

	test('the key never gets into an item, whatever the provider repeats', async () => {
		const { apiKey } = credentialOf(pair);
		await against(
			() => ({ body: { data: { note: `your key is ${apiKey}`, [apiKey]: 1 } } }),
			async (url) => {
				const result = await ask(pair, { path: `${accountPath(pair)}/echo` }, at(pair, url));
				expect(jsonOf(result)).toEqual([{ data: { note: 'your key is ***', '***': 1 } }]);
				expect(JSON.stringify(result.run)).not.toContain(apiKey);
			},
		);
	});

	test('several inputs keep their origin, in success and in failure', async () => {
		const items = [
			{ path: messagesPath(pair) },
			{ path: 'http://evil.example/api/' },
			{ path: `${accountPath(pair)}/nothing/here` },
			{ path: messagesPath(pair) },
		];
		const result = await ask(
			pair,
			{ path: '={{ $json.path }}' },
			{ items, onError: 'continueRegularOutput' },
		);
		expect(result.items.map((item) => [inputOf(item), item.json.error !== undefined])).toEqual([
			[0, false],
			[1, true],
			[2, true],
			[3, false],
		]);
		expect(simulator().requests).toHaveLength(3);
	});

	const start = BASE[pair];
	const paths = [
		'',
		'   ',
		'api/x',
		'/',
		'/api',
		'/apix/y',
		'/v2/api/x',
		'//api/x',
		`${start}//x`,
		`//evil.example${start}/x`,
		`http://evil.example${start}/x`,
		`https:/evil.example${start}/x`,
		`${start}/@evil.example/x`,
		`@evil.example${start}/x`,
		`user:pass@evil.example${start}/x`,
		`.evil.example${start}/x`,
		`:9${start}/x`,
		`${start}/../secrets`,
		`${start}/x/..`,
		`${start}/./x`,
		`${start}/.../x`,
		`${start}/x/%2e%2e/y`,
		`${start}/x%2Fy`,
		`${start}/x%5Cy`,
		`${start}/x%00`,
		`${start}/x\\y`,
		`\\\\evil.example\\x`,
		`${start}\\..\\x`,
		`${start}/x#fragment`,
		`${start}/x?limit=1`,
		`${start}/x;y`,
		`${start}/x y`,
		`${start}/x\ty`,
		`${start}/x\r\nHost: evil.example`,
		`${start}/x\u0000`,
		`${start}/ｘ`,
		`${start}/x／y`,
		`${start}/{chat}/messages`,
		`${start}/x{account}/chats`,
		`${start}/{ACCOUNT}/chats`,
		`${start}/$&`,
		'file:///etc/passwd',
		'javascript:alert(1)',
	];
	test.each(paths.map((path) => [JSON.stringify(path)]))(
		'refuses the path %s before anything leaves',
		async (quoted) => {
			const result = await ask(pair, { path: `={{ ${quoted} }}` });
			expect(result.error?.message).toContain("'Path'");
			expect(result.error?.message).toContain('[item 0]');
			expect(simulator().requests).toEqual([]);
		},
	);

	const refused: Array<[string, INodeParameters, string]> = [
		['another method', { method: '={{ "TRACE" }}' }, 'Method'],
		['a method in small letters', { method: '={{ "get" }}' }, 'Method'],
		['a path that is an object', { path: '={{ { a: 1 } }}' }, 'Path'],
		['a body that is not JSON', { method: 'POST', body: '{text: hi}' }, 'Body'],
		['a body that is a text', { method: 'POST', body: '"hi"' }, 'Body'],
		[
			'a body with a number that lost its digits',
			{ method: 'POST', body: '{"to": [{"id": 400000000000000003}]}' },
			'Body',
		],
		['a parameter without a name', query(['', '1']), 'Query Parameters › Name'],
		['a parameter that is an object', query(['a', '={{ { b: 1 } }}']), 'Query Parameters › Value'],
		[
			'a parameter with a number that lost its digits',
			query(['id', '={{ 900719925474099355 }}']),
			'Query Parameters › Value',
		],
		['a page count below zero', { returnAllPages: true, options: { maxPages: -1 } }, 'Max Pages'],
	];
	test.each(refused)('refuses %s before anything leaves', async (_, parameters, field) => {
		const result = await ask(pair, { path: messagesPath(pair), ...parameters });
		expect(`${result.error?.message} ${result.error?.description ?? ''}`).toContain(`'${field}'`);
		expect(simulator().requests).toEqual([]);
	});
});

describe.each(PAIRS)('%s: {account} in the path', (pair) => {
	const { account, chat } = LUNA[pair];
	const path = `${BASE[pair]}/{account}/chats/${chat}/messages`;

	test.each<[string, unknown]>([
		['chosen', account],
		['out of an expression', '={{ $json.account }}'],
	])('is the account %s', async (_, given) => {
		const items = [{ account }];
		const result = await ask(pair, { path, pathAccount: byId(given) }, { items });
		expect(result.error).toBeUndefined();
		expect(simulator().requests.map((request) => request.path)).toEqual([messagesPath(pair)]);
	});

	test('on every page', async () => {
		const given = { path, pathAccount: byId(account), returnAllPages: true };
		const result = await ask(pair, { ...given, options: { maxPages: 2 } });
		expect(result.error).toBeUndefined();
		expect(new Set(simulator().requests.map((request) => request.path))).toEqual(
			new Set([messagesPath(pair)]),
		);
	});

	test('a path without it needs no account, and leaves a chosen one alone', async () => {
		const given = { path: messagesPath(pair), pathAccount: byId('={{ "another one" }}') };
		expect((await ask(pair, given)).error).toBeUndefined();
		expect((await ask(pair, { path: messagesPath(pair) })).error).toBeUndefined();
		expect(simulator().requests).toHaveLength(2);
	});

	test.each([
		['nothing', ''],
		['a name', 'Luna Star'],
		['more than a segment', `${account}/chats`],
		['a step up', '..'],
	])('an account that is %s: refused before anything leaves', async (_, wrong) => {
		const pathAccount = byId('={{ $json.wrong }}');
		const result = await ask(pair, { path, pathAccount }, { items: [{ wrong }] });
		expect(result.error?.message).toContain("'Account'");
		expect(simulator().requests).toEqual([]);
	});
});

test.each(PAIRS)('%s: {account} without a chosen one is refused', async (pair) => {
	const result = await ask(pair, { path: `${BASE[pair]}/{account}/chats` });
	expect(result.error?.message).toContain("'Account' is empty");
	expect(simulator().requests).toEqual([]);
});

test('an account does not turn a path into one of another platform', async () => {
	const result = await ask('ofapiOnlyFans', {
		path: '/api/{account}/accounts',
		pathAccount: byId('={{ "fansly" }}'),
	});
	expect(result.error?.message).toContain("'Path' has to be a path of this platform");
	expect(simulator().requests).toEqual([]);
});

describe('what belongs to another platform is refused', () => {
	test.each<[PairName, string]>([
		['ofapiOnlyFans', '/api/fansly/accounts'],
		['ofapiOnlyFans', '/api/fansly'],
		['ofapiFansly', '/api/accounts'],
		['apiFansly', '/api/onlyfans/accounts'],
	])('%s: %s', async (pair, path) => {
		const result = await ask(pair, { path });
		expect(result.error?.message).toContain("'Path'");
		expect(simulator().requests).toEqual([]);
	});
});

describe('how OnlyFansAPI leads on', () => {
	const list = (rows: number, from: number) =>
		Array.from({ length: rows }, (_, index) => ({ id: from + index }));

	test('hasMore without a link: by offset, from where the user began', async () => {
		await against(
			({ url }) => {
				const offset = Number(new URL(url, 'http://x').searchParams.get('offset') ?? 0);
				return {
					body: {
						data: { list: list(Math.min(3, 10 - offset), offset), hasMore: offset + 3 < 10 },
					},
				};
			},
			async (url, seen) => {
				const result = await ask(
					'ofapiOnlyFans',
					{
						path: '/api/acct_1/media/vault',
						returnAllPages: true,
						...query(['offset', 2], ['type', 'photo']),
					},
					at('ofapiOnlyFans', url),
				);
				expect(jsonOf(result).map(({ id }) => id)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
				expect(seen.map((request) => new URL(request.url, 'http://x').search)).toEqual([
					'?offset=2&type=photo',
					'?offset=5&type=photo',
					'?offset=8&type=photo',
				]);
			},
		);
	});

	test('a link to another place, with other filters: its query alone is taken, at the own address', async () => {
		await against(
			({ url }) => {
				const isFirst = !url.includes('=77');
				return {
					body: {
						data: list(2, isFirst ? 0 : 2),
						_pagination: { next_page: isFirst ? 'http://127.0.0.1:9/steal?id=77' : null },
					},
				};
			},
			async (url, seen) => {
				const result = await ask(
					'ofapiOnlyFans',
					{
						path: '/api/acct_1/chats/5/messages',
						returnAllPages: true,
						...query(['first_id', '9'], ['limit', '2']),
					},
					at('ofapiOnlyFans', url),
				);
				expect(jsonOf(result).map(({ id }) => id)).toEqual([0, 1, 2, 3]);
				expect(seen.map((request) => request.url)).toEqual([
					'/api/acct_1/chats/5/messages?first_id=9&limit=2',
					'/api/acct_1/chats/5/messages?id=77&limit=2',
				]);
			},
		);
	});

	test('a list that does not go on, though it says so, ends; rows without an ID are kept', async () => {
		const rows = [
			{ date: '2026-01-01', count: 0 },
			{ date: '2026-01-01', count: 0 },
		];
		await against(
			() => ({ body: { data: { rows, hasMore: true } } }),
			async (url, seen) => {
				const result = await ask(
					'ofapiFansly',
					{ path: '/api/fansly/fansly_acct_1/statistics', returnAllPages: true },
					at('ofapiFansly', url),
				);
				expect(jsonOf(result)).toEqual(rows);
				expect(seen).toHaveLength(2);
			},
		);
	});

	test('more entries than n8n can carry: the first 100,000, then where to go on', async () => {
		const PAGE = 10_000;
		await against(
			({ url }) => {
				const offset = Number(new URL(url, 'http://x').searchParams.get('offset') ?? 0);
				return { body: { data: { list: list(PAGE, offset), hasMore: true } } };
			},
			async (url, seen) => {
				const result = await ask(
					'ofapiOnlyFans',
					{ path: '/api/acct_1/media/vault', returnAllPages: true },
					at('ofapiOnlyFans', url),
				);
				const items = jsonOf(result);
				expect(items.pop()).toEqual({
					notice: expect.stringContaining('offset=100000') as string,
					details: { query: 'offset=100000' },
				});
				expect(items).toHaveLength(100_000);
				expect(items.at(-1)).toEqual({ id: 99_999 });
				expect(seen).toHaveLength(11);
			},
		);
	});

	test('an answer that is no list is the one item', async () => {
		const result = await ask('ofapiOnlyFans', { path: '/api/whoami', returnAllPages: true });
		expect(result.error).toBeUndefined();
		expect(result.items).toHaveLength(1);
	});
});
