import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { INodeParameters, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { RecordedRequest } from '../../simulator';
import { Deliveries } from '../../simulator/deliveries';
import { MediaStore } from '../../simulator/media';
import { OfapiMedia } from '../../simulator/ofapiMedia';
import { OfapiOnlyFans } from '../../simulator/ofapiOnlyFans';
import { noQuirks } from '../../simulator/page';
import { Ledger, RateLimiter } from '../../simulator/provider';
import { Webhooks } from '../../simulator/webhooks';
import { World } from '../../simulator/world';
import { newFan } from '../../simulator';
import { dropdown, nodeType, search } from '../support/harness';
import { shownFields } from '../support/shown';
import { ACCOUNT, CHAT, perform, state } from '../support/onlyFans';
import { LUNA, byId, credentialOf, simulator, useSimulator } from '../support/world';

/**
 * What the OnlyFans node can send is held against the vendor's own OpenAPI file: every path,
 * method, query parameter, body field and choice. The file belongs to the vendor and is not part of
 * this repository: OPENAPI_ONLYFANS names its place, otherwise it is looked for beside it.
 */

const FILE =
	process.env.OPENAPI_ONLYFANS ??
	resolve(__dirname, '../../../../shared/providers/openapi-onlyfans-2026-08-11.json');
const isThere = existsSync(FILE);
if (!isThere) {
	process.stdout.write(
		`\nSkipped: the vendor's OpenAPI file is not at ${FILE} (set OPENAPI_ONLYFANS)\n`,
	);
}

const CHOSEN_FILE = 'put in front of the media files: the file that was chosen from the list';

/** What the file does not know although it is right. */
const EXCEPTIONS: Record<string, string> = {
	'GET /api/{}/chats/{}/messages ? id':
		"the provider's own link to the next page (seed 003 and the answer's example in the file)",
	'POST /api/{}/chats/{}/messages = vaultFile': CHOSEN_FILE,
	'POST /api/{}/mass-messaging = vaultFile': CHOSEN_FILE,
	'PUT /api/{}/mass-messaging/{} = vaultFile': CHOSEN_FILE,
	'POST /api/{}/chats/{}/messages = binaryFiles':
		'never leaves: the files are uploaded first, and their IDs go into mediaFiles (media.test.ts)',
	'POST /api/{}/chats/{}/messages # idempotency-key':
		'the file of 2026-09-05 (docs/providers.md, OAS+)',
};

/** Endpoints that the file does not have, and where they are documented. */
const NEWER: Record<string, string> = {
	'GET /api/usage/credits': "the provider's page Get Credit Usage (docs/providers.md)",
};

/** What the simulator answers although the file does not show it. */
const ANSWER_EXCEPTIONS: Record<string, string> = {
	'GET /api/{}/fans/top.data.users[].subscribedOnData.subscribes':
		'the other lists of fans show it',
};

/** Headers that every request has. */
const USUAL_HEADERS = [
	'accept',
	'accept-encoding',
	'authorization',
	'connection',
	'content-length',
	'content-type',
	'host',
	'transfer-encoding',
	'user-agent',
];

interface Schema {
	enum?: unknown[];
	type?: string;
	properties?: Record<string, Schema>;
	items?: Schema;
	oneOf?: Schema[];
}

interface Operation {
	parameters?: Array<{ in: string; name: string; schema?: Schema }>;
	requestBody?: { content: Record<string, { schema?: Schema }> };
	responses?: Record<string, { content?: Record<string, { schema?: Schema }> }>;
}

interface OpenApi {
	paths: Record<string, Record<string, Operation>>;
}

const file: OpenApi = isThere ? (JSON.parse(readFileSync(FILE, 'utf8')) as OpenApi) : { paths: {} };

const withoutNames = (path: string) => path.replace(/\{\w+\}|:\w+/g, '{}');

/** The file's operations by method and path, the names in the path taken out. */
const known = new Map(
	Object.entries(file.paths).flatMap(([path, operations]) =>
		Object.entries(operations).map(([method, operation]): [string, Operation] => [
			`${method.toUpperCase()} ${withoutNames(path)}`,
			operation,
		]),
	),
);

/** The file writes the brackets of a query as dots, and says that they are brackets. */
const queryOf = ({ parameters = [] }: Operation) =>
	Object.fromEntries(
		parameters
			.filter((one) => one.in === 'query')
			.map(({ name, schema }) => [name.replace(/\.(\w+)$/, '[$1]'), schema ?? {}]),
	);
const bodyOf = ({ requestBody }: Operation) =>
	Object.assign(
		{},
		...Object.values(requestBody?.content ?? {}).map(({ schema }) => schema?.properties ?? {}),
	) as Record<string, Schema>;

/** Names that the file does not have among its own, the exceptions left out. */
function unknownIn(
	endpoint: string,
	mark: '?' | '=' | '#',
	names: string[],
	fields: Record<string, Schema>,
): string[] {
	return names
		.filter((name) => fields[name] === undefined)
		.map((name) => `${endpoint} ${mark} ${name}`)
		.filter((one) => EXCEPTIONS[one] === undefined);
}

const isProperty = (entry: object): entry is INodeProperties => 'type' in entry;

/** The fields of an operation that stand in its query or its body, by their names on the wire. */
function fieldsOn(
	wire: 'query' | 'body',
	properties: INodeProperties[],
): Array<{ name: string; choices: unknown[] }> {
	return properties.flatMap(({ routing, options = [], ...property }) => {
		const inside = fieldsOn(wire, options.filter(isProperty));
		const name = routing?.send?.type === wire ? (routing.send.property ?? '') : undefined;
		const choices =
			property.type === 'options'
				? options.flatMap((option) => ('value' in option ? [option.value] : []))
				: [];
		return name === undefined ? inside : [{ name, choices }, ...inside];
	});
}

interface Described {
	operation: string;
	endpoint: string;
	query: Array<{ name: string; choices: unknown[] }>;
	body: Array<{ name: string; choices: unknown[] }>;
}

/** Everything that the built node's description can send; a `{name}` that is a choice of the user stands for each of its values. */
async function described(): Promise<Described[]> {
	const { description } = await nodeType('ofapiOnlyFans');
	const selectors = description.properties.filter(({ name }) => name === 'operation');
	const shownFor = (chosen: INodeParameters) => shownFields(description, chosen);

	return selectors.flatMap(({ displayOptions, options = [] }) => {
		const resource =
			displayOptions?.show?.resource?.find((one): one is string => typeof one === 'string') ?? '';
		return options
			.filter((option): option is INodePropertyOptions => 'routing' in option)
			.flatMap(({ value: operation, routing }) => {
				const { method = '', url = '', qs = {} } = routing?.request ?? {};
				const shown = shownFor({ resource, operation });
				const chosen = shown.find(
					({ name, type }) => type === 'options' && url.includes(`{${name}}`),
				);
				const choices =
					chosen === undefined
						? [undefined]
						: (chosen.options ?? []).flatMap((option) => ('value' in option ? [option.value] : []));
				return choices.map((choice): Described => {
					const fields =
						chosen === undefined ? shown : shownFor({ resource, operation, [chosen.name]: choice });
					const path = chosen === undefined ? url : url.replace(`{${chosen.name}}`, String(choice));
					return {
						operation: `${resource} › ${String(operation)}`,
						endpoint: `${method} ${withoutNames(path)}`,
						query: [
							...fieldsOn('query', fields),
							...Object.keys(qs as object).map((name) => ({ name, choices: [] })),
						],
						body: fieldsOn('body', fields),
					};
				});
			});
	});
}

/** The endpoint of the file that a request went to; the one with the fewest names in its path where several fit. */
function endpointOf({ method, path }: RecordedRequest): string {
	const fits = (endpoint: string) =>
		new RegExp(`^${endpoint.replace(/\{\}/g, '[^/]+')}$`).test(`${method} ${path}`);
	const [best] = [...known.keys()]
		.filter(fits)
		.sort((a, b) => a.split('{}').length - b.split('{}').length);
	return best ?? `${method} ${path}`;
}

/** What is wrong with a request that left, in the file's eyes. */
function problemsOf(request: RecordedRequest): string[] {
	const endpoint = endpointOf(request);
	const operation = known.get(endpoint);
	if (NEWER[endpoint] !== undefined) return [];
	if (operation === undefined) return [endpoint];
	return [
		...unknownIn(endpoint, '?', Object.keys(request.query), queryOf(operation)),
		...unknownIn(endpoint, '=', Object.keys(request.body ?? {}), bodyOf(operation)),
		...unknownIn(
			endpoint,
			'#',
			Object.keys(request.headers).filter((name) => !USUAL_HEADERS.includes(name)),
			{},
		),
	];
}

/**
 * The names in an answer that the file does not have there, and values of another kind. The file is
 * made of examples: it tells the kind of each value, and not which may be null.
 */
function differences(value: unknown, schema: Schema | undefined, path: string): string[] {
	if (schema === undefined) return [path];
	if (value === null || value === undefined || schema.type === undefined) return [];
	if (Array.isArray(value)) {
		if (schema.type !== 'array') return [`${path} is a list`];
		// An example without entries says nothing about them.
		return value.flatMap((entry) =>
			Object.keys(schema.items ?? {}).length === 0
				? []
				: differences(entry, schema.items, `${path}[]`),
		);
	}
	if (typeof value === 'object') {
		const { properties = {} } = schema;
		// What is kept by ID has another key in the example.
		const byId = Object.keys(properties).find((name) => /^\d+$/.test(name));
		return Object.entries(value).flatMap(([name, inner]) =>
			/^\d+$/.test(name) && byId !== undefined
				? differences(inner, properties[byId], `${path}.{}`)
				: differences(inner, properties[name], `${path}.${name}`),
		);
	}
	const kind = schema.type === 'integer' ? 'number' : schema.type;
	// A null of the example is called a text.
	return typeof value === kind || kind === 'string' ? [] : [`${path} is a ${typeof value}`];
}

/** What is wrong with the simulator's answer to a request, asked for once more; undefined where there is nothing to compare. */
async function answerProblems({
	method,
	path,
	query,
	body,
}: RecordedRequest): Promise<string[] | undefined> {
	const { apiKey, baseUrl } = credentialOf('ofapiOnlyFans');
	const response = await fetch(`${baseUrl}${path}?${new URLSearchParams(query).toString()}`, {
		method,
		redirect: 'manual',
		headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
		...(body !== undefined && body !== null && { body: JSON.stringify(body) }),
	});
	if (response.status !== 200) return undefined;
	const endpoint = endpointOf({ method, path } as RecordedRequest);
	const schema = known.get(endpoint)?.responses?.['200']?.content?.['application/json']?.schema;
	return schema?.type === undefined
		? undefined
		: differences(await response.json(), schema, endpoint).filter(
				(one) => ANSWER_EXCEPTIONS[one] === undefined,
			);
}

useSimulator();

(isThere ? describe : describe.skip)("the vendor's OpenAPI file of OnlyFans", () => {
	test('it is the file that it should be', () => {
		expect(known.size).toBeGreaterThan(200);
	});

	test('knows every path, query parameter and body field that the node describes', async () => {
		// Any Endpoint takes whatever path the user types.
		const all = (await described()).filter(({ endpoint }) => endpoint !== 'GET /');
		expect(all.length).toBeGreaterThan(25);
		const problems = all.flatMap(({ operation, endpoint, query, body }) => {
			const found = known.get(endpoint);
			if (NEWER[endpoint] !== undefined) return [];
			if (found === undefined) return [`${operation}: ${endpoint}`];
			const names = (fields: typeof query) => fields.map(({ name }) => name);
			return [
				...unknownIn(endpoint, '?', names(query), queryOf(found)),
				...unknownIn(endpoint, '=', names(body), bodyOf(found)),
			];
		});
		expect(problems).toEqual([]);
	});

	test('knows every choice that the node offers', async () => {
		let compared = 0;
		const problems = (await described()).flatMap(({ endpoint, query, body }) => {
			const found = known.get(endpoint);
			const judge = (fields: typeof query, schemas: Record<string, Schema>) =>
				fields.flatMap(({ name, choices }) => {
					const allowed = schemas[name]?.enum;
					if (allowed === undefined) return [];
					compared += choices.length;
					return choices
						.filter((choice) => !allowed.includes(choice))
						.map((choice) => `${endpoint} ${name}: ${String(choice)}`);
				});
			return found === undefined
				? []
				: [...judge(query, queryOf(found)), ...judge(body, bodyOf(found))];
		});
		expect(problems).toEqual([]);
		expect(compared).toBeGreaterThan(15);
	});

	test('knows what leaves when the operations run: walks, counts, look-ups and pickers', async () => {
		const { longChat } = LUNA.ofapiOnlyFans;
		state().fans = Array.from({ length: 60 }, (_, index) =>
			newFan({ id: String(700_000 + index), name: `Fan ${index}`, username: `fan${index}` }),
		);
		for (let index = 0; index < 120; index++) {
			simulator().addChat('ofapiOnlyFans', {
				account: ACCOUNT,
				fan: { id: String(600_001 + index), name: 'Fan', username: `fan${index}` },
			});
		}
		for (const list of state().userLists.slice(2)) list.members = ['700001', '700002'];
		state().transactions = [3, 2, 1].map((number) => ({
			id: `t${number}`,
			fan: { id: '700001', name: 'Fan 1', username: 'fan1' },
			type: 'tip',
			source: 'chat',
			amount: number,
			createdAt: `2026-08-3${number - 1}T10:00:00.000Z`,
			status: 'done',
		}));
		state().massMessages = Array.from({ length: 60 }, (_, index) => ({
			id: String(71 + index),
			body: { text: 'Hello' },
			date: '2026-08-31T10:00:00.000Z',
			buyers: state().fans.map(({ id }) => id),
		}));
		for (const { id } of state().fans) {
			Object.assign(state().relation(id), { isBlocked: true, isRestricted: true });
		}
		const messageId = simulator().messages('ofapiOnlyFans', ACCOUNT, CHAT)[0]?.id ?? '';
		const all: INodeParameters = { returnAll: true, chat: byId(longChat) };
		const runs: Array<[resource: string, operation: string, parameters: INodeParameters]> = [
			['account', 'getCredits', {}],
			['account', 'list', {}],
			['chat', 'list', all],
			['chat', 'listMedia', all],
			['fan', 'get', { fan: 'tombaker' }],
			['fan', 'get', { fan: '700001' }],
			[
				'fan',
				'list',
				{ ...all, filters: { online: true, totalSpent: 0, tips: 0, duration: 0, search: 'a' } },
			],
			[
				'fan',
				'list',
				{
					...all,
					which: 'latest',
					filters: { type: 'new', startDate: '2020-01-01', endDate: '2099-01-01' },
				},
			],
			['fan', 'list', all],
			['fan', 'block', { fanId: CHAT }],
			['fan', 'getNote', { fanId: CHAT }],
			['fan', 'listBlocked', { ...all, filters: { search: 'Fan' } }],
			['fan', 'listRestricted', { ...all, filters: { search: 'Fan' } }],
			['fan', 'listSubscriptions', { fanId: '700001' }],
			[
				'fan',
				'listTop',
				{ rankedBy: 'tips', filters: { startDate: '2020-01-01', endDate: '2099-01-01' } },
			],
			['fan', 'restrict', { fanId: CHAT }],
			['fan', 'setCustomName', { fanId: CHAT, customName: 'Whale' }],
			['fan', 'setNote', { fanId: CHAT, note: 'Likes cats' }],
			['fan', 'setNote', { fanId: CHAT, note: '' }],
			['fan', 'unblock', { fanId: CHAT }],
			['fan', 'unrestrict', { fanId: CHAT }],
			['fanList', 'addFan', { fanList: byId('1139401260'), fanId: '700005' }],
			['fanList', 'create', { name: 'Whales' }],
			['fanList', 'list', all],
			['fanList', 'listFans', { ...all, fanList: byId('1139401260') }],
			['fanList', 'removeFan', { fanList: byId('1139401260'), fanId: '700001' }],
			[
				'massMessage',
				'send',
				{
					text: 'Hi',
					userLists: ['fans'],
					userIds: '1',
					maxRecipients: 5000,
					additionalFields: { scheduledDate: '2099-01-01T00:00:00' },
				},
			],
			['massMessage', 'get', { messageId: '71' }],
			[
				'massMessage',
				'getStatistics',
				{
					...all,
					filters: { sentAfter: '2026-08-01', sentBefore: '2099-01-01', search: 'Hello' },
				},
			],
			['massMessage', 'listBuyers', { ...all, messageId: '71' }],
			[
				'massMessage',
				'update',
				{
					messageId: '71',
					text: 'Hi',
					userIds: '1',
					maxRecipients: 1,
					scheduledDate: '2099-01-01T00:00:00',
				},
			],
			[
				'media',
				'download',
				{
					cdnUrl: simulator().addFiles('ofapiOnlyFans', ACCOUNT, [{}])[0]?.url ?? '',
					binaryPropertyName: 'data',
				},
			],
			[
				'media',
				'list',
				{
					...all,
					filters: {
						type: 'photo',
						list: '500000000000001',
						query: 'a',
						field: 'recent',
						sort: 'asc',
					},
				},
			],
			[
				'media',
				'upload',
				{ source: 'url', fileUrl: 'https://example.com/a.jpg', options: { inBackground: true } },
			],
			['media', 'searchGifs', { ...all, gifQuery: 'cat' }],
			[
				'media',
				'uploadToVault',
				{ source: 'url', fileUrl: 'https://example.com/a.jpg', options: { inBackground: true } },
			],
			['message', 'list', all],
			['message', 'list', { limit: 1, options: { beforeMessageId: messageId } }],
			[
				'message',
				'list',
				{ ...all, options: { order: 'beginning', afterMessageId: messageId, pinnedOnly: true } },
			],
			['message', 'search', { query: 'u' }],
			['message', 'send', { text: 'Hi', additionalFields: { price: 5, mediaFiles: '1' } }],
			[
				'transaction',
				'list',
				{ ...all, filters: { type: 'tips', tipsSource: 'chat', since: '2026-08-01' } },
			],
		];
		for (const [resource, operation, parameters] of runs) {
			const before = simulator().requests.length;
			const { error } = await perform(resource, operation, parameters);
			expect([resource, operation, error]).toEqual([resource, operation, undefined]);
			expect(simulator().requests.length).toBeGreaterThan(before);
		}
		const editor = {
			node: 'ofapiOnlyFans' as const,
			credential: credentialOf('ofapiOnlyFans'),
			parameters: { account: byId(ACCOUNT) },
		};
		await search(editor, 'getAccounts');
		await search(editor, 'getChats', 'fan');
		await search(editor, 'getFanLists');
		await dropdown(editor, 'getUserLists');
		await dropdown(editor, 'getVaultLists');

		expect(simulator().requests.length).toBeGreaterThan(20);
		expect([...new Set(simulator().requests.flatMap(problemsOf))]).toEqual([]);
		const seen = simulator().requests.map(endpointOf);
		for (const endpoint of [
			'GET /api/{}/users/list',
			'GET /api/{}/users/{}',
			'GET /api/{}/user-lists',
			'POST /api/{}/mass-messaging',
		]) {
			expect(seen).toContain(endpoint);
		}

		const asked = new Map(simulator().requests.map((one) => [endpointOf(one), one]));
		const answers = await Promise.all([...asked.values()].map(answerProblems));
		const compared = answers.filter((problems) => problems !== undefined);
		expect(compared.length).toBeGreaterThan(20);
		expect([...new Set(compared.flat())]).toEqual([]);
	});

	test('knows every route of the simulator', () => {
		const webhooks = new Webhooks();
		const context = {
			pair: 'ofapiOnlyFans' as const,
			world: new World(),
			quirks: noQuirks(),
			ledger: new Ledger(),
			limiter: new RateLimiter(),
			media: new MediaStore(),
			webhooks,
			deliveries: new Deliveries(webhooks),
		};
		const routes = [...new OfapiOnlyFans(context).routes(), ...new OfapiMedia(context).routes()];
		expect(routes.length).toBeGreaterThan(20);
		expect(
			routes
				.map(({ method, path }) => `${method.toUpperCase()} ${withoutNames(path)}`)
				.filter((endpoint) => !known.has(endpoint) && NEWER[endpoint] === undefined),
		).toEqual([]);
	});

	test('every exception is still one', () => {
		for (const endpoint of Object.keys(NEWER)) expect(known.has(endpoint)).toBe(false);
		for (const exception of Object.keys(EXCEPTIONS)) {
			const [, endpoint = '', mark = '', name = ''] = /^(.+) ([?=#]) (.+)$/.exec(exception) ?? [];
			const operation = known.get(endpoint);
			expect([exception, operation === undefined]).toEqual([exception, false]);
			const inFile = (operation?.parameters ?? []).some(
				(one) => one.name.toLowerCase() === name && one.in === (mark === '#' ? 'header' : 'query'),
			);
			expect([exception, inFile]).toEqual([exception, false]);
		}
	});
});
