import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { NodeHelpers } from 'n8n-workflow';
import type { INodeParameters, INodeProperties } from 'n8n-workflow';
import { credentialType, nodeType } from '../support/harness';
import type { NodeName } from '../support/harness';
import { shownFields } from '../support/shown';
import { PAIRS } from '../support/world';

/** What stored workflows depend on (the design fixes these names), and what users read. */

const CREDENTIAL = {
	ofapiOnlyFans: 'ofapiOnlyFansApi',
	ofapiFansly: 'ofapiFanslyApi',
	apiFansly: 'apiFanslyApi',
};
const DISPLAY_NAME = {
	ofapiOnlyFans: 'OnlyFans (OnlyFansAPI)',
	ofapiFansly: 'Fansly (OnlyFansAPI)',
	apiFansly: 'Fansly (ApiFansly)',
};
const ADDITIONAL_FIELDS = {
	ofapiOnlyFans: [
		'binaryFiles',
		'blockBannedWords',
		'giphyId',
		'lockedText',
		'mediaFiles',
		'previews',
		'price',
		'replyToMessageId',
		'rfGuest',
		'rfPartner',
		'rfTag',
		'vaultFile',
	],
	ofapiFansly: ['binaryFiles', 'mediaFiles', 'replyToMessageId'],
	apiFansly: ['accessType', 'binaryFiles', 'mediaIds', 'price', 'vaultFile'],
};

const isProperty = (entry: object): entry is INodeProperties => 'type' in entry;

/** A field and all that stand in it. What n8n itself adds to every declarative node is left out. */
function everyField(properties: INodeProperties[]): INodeProperties[] {
	return properties
		.filter(({ name }) => name !== 'requestOptions')
		.flatMap((property) => [property, ...everyField((property.options ?? []).filter(isProperty))]);
}

const optionsOf = (property: INodeProperties | undefined) => property?.options ?? [];

describe.each(PAIRS)('%s: names and texts', (pair) => {
	/** The fields that the node shows for an operation on messages. */
	const shown = async (operation: string, parameters: INodeParameters = {}) =>
		shownFields((await nodeType(pair)).description, {
			resource: 'message',
			operation,
			...parameters,
		});

	test('the node', async () => {
		const { description } = await nodeType(pair);
		expect(description).toMatchObject({
			displayName: DISPLAY_NAME[pair],
			usableAsTool: true,
			credentials: [{ name: CREDENTIAL[pair], required: true }],
		});
		expect(description.name).toBe(pair);
		expect('execute' in (await nodeType(pair))).toBe(false);
	});

	test('the fields of Send', async () => {
		const fields = await shown('send');
		expect(fields.map(({ name }) => name)).toEqual([
			'resource',
			'operation',
			'account',
			'chat',
			'text',
			'simplify',
			'additionalFields',
			'options',
		]);
		const extra = optionsOf(fields.find(({ name }) => name === 'additionalFields')).filter(
			isProperty,
		);
		expect(extra.map(({ name }) => name).sort()).toEqual(ADDITIONAL_FIELDS[pair]);
	});

	test('the fields of List', async () => {
		const fields = await shown('list');
		expect(fields.map(({ name }) => name)).toEqual([
			'resource',
			'operation',
			'account',
			'chat',
			'returnAll',
			'limit',
			'output',
			'simplify',
			'options',
		]);
		expect(fields.find(({ name }) => name === 'limit')).toMatchObject({
			default: 50,
			typeOptions: { minValue: 1 },
		});
		expect(fields.find(({ name }) => name === 'simplify')).toMatchObject({ default: true });
		const options = optionsOf(fields.find(({ name }) => name === 'options')).filter(isProperty);
		expect(options.map(({ name }) => name).sort()).toEqual([
			'afterMessageId',
			'beforeMessageId',
			'concurrency',
			'onlyNew',
			'order',
			...(pair === 'ofapiOnlyFans' ? ['pinnedOnly'] : []),
			'sentAfter',
			'sentBefore',
		]);
	});

	test('List shows what applies to its output', async () => {
		const shownFor = async (output: string, fileFormat: string) => {
			const fields = await shown('list', { output, fileFormat });
			const options = optionsOf(fields.find(({ name }) => name === 'options'));
			return [...fields, ...options]
				.map(({ name }) => name)
				.filter((name) => ['simplify', 'order', 'fileName', 'fileFormat'].includes(name));
		};
		// As they stand in a workflow that was a file before.
		expect(await shownFor('items', 'csv')).toEqual(['simplify', 'order']);
		expect(await shownFor('file', 'csv')).toEqual(['fileFormat', 'fileName']);
		expect(await shownFor('file', 'jsonl')).toEqual(['fileFormat', 'simplify', 'fileName']);
	});

	test('the names of the message operations that workflows depend on', async () => {
		const operations = (await nodeType(pair)).description.properties.find(
			({ name, displayOptions }) =>
				name === 'operation' && displayOptions?.show?.resource?.includes('message'),
		);
		const names = optionsOf(operations).flatMap((option) =>
			'action' in option ? [[option.value, option.name, option.action]] : [],
		);
		expect(names).toContainEqual(['list', 'List', 'List messages']);
		expect(names).toContainEqual(['send', 'Send', 'Send a message']);
		expect(operations?.default).toBe('send');
	});

	test('every resource has operations, and the first one stays messages', async () => {
		const { properties } = (await nodeType(pair)).description;
		const resource = properties.find(({ name }) => name === 'resource');
		const resources = optionsOf(resource).flatMap((option) =>
			'value' in option ? [option.value] : [],
		);
		const withOperations = properties
			.filter(({ name }) => name === 'operation')
			.flatMap(({ displayOptions }) => displayOptions?.show?.resource ?? []);
		expect(resource?.default).toBe('message');
		expect([...withOperations].sort()).toEqual([...resources].sort());
	});

	test('every operation says what it does, for the panel and for an AI agent', async () => {
		const { properties } = (await nodeType(pair)).description;
		const actions: string[] = [];
		for (const property of properties.filter(({ name }) => name === 'operation')) {
			const options = optionsOf(property);
			expect(options.map((option) => ('value' in option ? option.value : undefined))).toContain(
				property.default,
			);
			for (const option of options) {
				if (!('action' in option)) throw new Error(`${option.name} has no action`);
				expect(option.action).toMatch(/^[A-Z][a-z]+ (?:[^A-Z]|API|GIF)+$/);
				expect(option.description).toMatch(/.{20}/);
				expect(option.routing?.request?.url).toMatch(/^\/(?:api\/|$)/);
				expect(option.routing?.operations?.pagination).toBeInstanceOf(Function);
				expect(option.routing?.send).toMatchObject({ paginate: true });
				actions.push(option.action ?? '');
			}
		}
		expect(new Set(actions).size).toBe(actions.length);
	});

	test('options stand in the order of the alphabet, fields in collections too', async () => {
		for (const { displayName, options } of everyField(
			(await nodeType(pair)).description.properties,
		)) {
			const names = (options ?? []).map((option) =>
				'displayName' in option ? option.displayName : option.name,
			);
			expect([displayName, names]).toEqual([
				displayName,
				[...names].sort((a, b) => a.localeCompare(b)),
			]);
		}
	});

	test('switches begin with Whether, every field that needs words has them', async () => {
		for (const { type, displayName, description } of everyField(
			(await nodeType(pair)).description.properties,
		)) {
			if (type === 'boolean') {
				expect([displayName, description]).toEqual([
					displayName,
					expect.stringMatching(/^Whether /),
				]);
			}
			if (
				!['collection', 'fixedCollection', 'hidden', 'notice'].includes(type) &&
				!['Resource', 'Operation'].includes(displayName)
			) {
				expect([displayName, description]).toEqual([displayName, expect.stringMatching(/.{10}/)]);
			}
		}
	});

	test('the credential', async () => {
		const type = await credentialType(CREDENTIAL[pair]);
		const [apiKey, baseUrl] = type.properties;
		expect(apiKey).toMatchObject({ name: 'apiKey', typeOptions: { password: true }, default: '' });
		expect(baseUrl).toMatchObject({
			name: 'baseUrl',
			default: pair === 'apiFansly' ? 'https://v1.apifansly.com' : 'https://api.fansapi.com',
		});
		const path = {
			ofapiOnlyFans: '/api/accounts',
			ofapiFansly: '/api/fansly/accounts',
			apiFansly: '/api/fansly/accounts',
		}[pair];
		expect(type.test?.request.url).toBe(path);
	});

	test('its test has words for what goes wrong', async () => {
		const { test: check } = await credentialType(CREDENTIAL[pair]);
		const rules = [...(check?.rules ?? [])];
		expect(rules.map(({ type }) => type).slice(0, 2)).toEqual([
			'responseSuccessBody',
			'responseCode',
		]);
		const said = (status: number) =>
			rules.find(({ properties }) => properties.value === status)?.properties.message;
		const provider = pair === 'apiFansly' ? 'ApiFansly' : 'OnlyFansAPI';
		expect(said(401)).toContain(`${provider} does not accept this API key`);
		expect(said(403)).toContain(pair === 'ofapiOnlyFans' ? 'use OnlyFans' : 'use Fansly');
		expect(said(404)).toMatch(/^Nothing found: enter the server's address alone .*https:/);
		for (const status of [301, 302, 307, 308, 402, 405, 429, 500, 502, 503, 504]) {
			expect([status, said(status)]).toEqual([status, expect.stringMatching(/^[A-Z].{40}/)]);
		}
	});

	test.each(['', 'api.fansapi.com', 'https://api.fansapi.com/api', 'not an address'])(
		'the key does not leave for the Base URL %p, and the words say why',
		async (baseUrl) => {
			const { authenticate } = await credentialType(CREDENTIAL[pair]);
			const sign = async () =>
				typeof authenticate === 'function'
					? await authenticate({ apiKey: 'key', baseUrl }, { url: '/x' })
					: undefined;
			await expect(sign).rejects.toThrow(/^The Base URL is not the address of a server alone/);
		},
	);

	test('placeholders begin with e.g., pictures are where n8n looks for them', async () => {
		const { description } = await nodeType(pair);
		const texts = JSON.stringify(everyField(description.properties)).matchAll(
			/"placeholder":"([^"]*)"/g,
		);
		for (const [, placeholder] of texts) {
			expect(placeholder).toMatch(/^(?:e\.g\. .+|Add (?:field|filter|option|parameter))$/);
		}
		for (const icon of Object.values(description.iconUrl ?? {})) {
			expect(
				existsSync(
					resolve(__dirname, '../../..', String(icon).replace('icons/n8n-nodes-creator-chat/', '')),
				),
			).toBe(true);
		}
	});
});

describe.each(['ofapiOnlyFansApi', 'ofapiFanslyApi'])(
	'%s: the provider has a new address',
	(name) => {
		const FORMER = 'https://app.onlyfansapi.com';

		test('the Base URL names both, and the key comes from the new console', async () => {
			const [apiKey, baseUrl] = (await credentialType(name)).properties;
			expect(baseUrl?.description).toContain('https://api.fansapi.com');
			expect(baseUrl?.description).toContain(FORMER);
			expect(apiKey?.hint).toContain('https://app.fansapi.com/api-keys');
		});

		test('a credential that holds an address keeps it', async () => {
			const { properties } = await credentialType(name);
			expect(
				NodeHelpers.getNodeParameters(
					properties,
					{ apiKey: 'x', baseUrl: FORMER },
					true,
					false,
					null,
					null,
				),
			).toEqual({ apiKey: 'x', baseUrl: FORMER });
			expect(
				NodeHelpers.getNodeParameters(
					properties,
					{ apiKey: 'x', baseUrl: FORMER },
					false,
					false,
					null,
					null,
				),
			).toEqual({ apiKey: 'x', baseUrl: FORMER });
		});

		test('its test names the new one where a web page answers', async () => {
			const [rule] = (await credentialType(name)).test?.rules ?? [];
			expect(rule).toMatchObject({
				type: 'responseSuccessBody',
				properties: {
					key: '0',
					value: '<',
					message: expect.stringContaining('https://api.fansapi.com') as string,
				},
			});
		});
	},
);

const NODES = PAIRS.flatMap((pair): NodeName[] => [
	pair,
	`${pair}Trigger`,
	`${pair}PollingTrigger`,
]);

test.each(NODES)('%s is found by the names of its provider', (name) => {
	const folder = NODES.find((pair) => name.startsWith(pair)) ?? name;
	const title = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
	const { alias } = JSON.parse(
		readFileSync(
			resolve(__dirname, '../../../dist/nodes', title(folder), `${title(name)}.node.json`),
			'utf8',
		),
	) as { alias: string[] };
	expect(alias).toEqual(
		expect.arrayContaining(
			name.startsWith('ofapi') ? ['fans api', 'fansapi', 'onlyfansapi'] : ['apifansly'],
		),
	);
});

/** A chat's ID on OnlyFans is the fan's: the same one would be sent to from another creator. */
test.each(PAIRS)('%s: what is picked for one account goes when another is chosen', async (pair) => {
	const properties = everyField((await nodeType(pair)).description.properties);
	const picked = properties.filter(
		({ name, type, typeOptions }) =>
			!['account', 'pathAccount'].includes(name) &&
			(type === 'resourceLocator' || typeOptions?.loadOptionsMethod),
	);
	expect(picked.map(({ name }) => name)).toContain('chat');
	for (const { name, type, typeOptions } of picked) {
		expect([name, typeOptions?.loadOptionsDependsOn]).toEqual([
			name,
			[type === 'resourceLocator' ? 'account.cachedResultName' : 'account.value'],
		]);
	}
});

test.each(PAIRS)('%s: a polling trigger names its account, and what it costs', async (pair) => {
	const { subtitle, properties } = (await nodeType(`${pair}PollingTrigger`)).description;
	// n8n gives the value of a locator here, not the locator.
	expect(subtitle).toBe('={{$parameter["account"]}}');
	expect(properties.find(({ type }) => type === 'notice')?.displayName).toContain(
		'about 43,000 credits a month with a poll each minute',
	);
});

test.each(PAIRS)(
	'%s: n8n shows one description for node and trigger: it fits both',
	async (pair) => {
		const { description } = await nodeType(pair);
		const both = (await nodeType(`${pair}Trigger`)).description.description;
		expect(both).toBe(`${description.description}, or start a workflow when a fan writes`);
	},
);

test('ApiFansly: registering by hand is three numbered steps in the words of the editor', async () => {
	const [notice] = (await nodeType('apiFanslyTrigger')).description.properties;
	const shown = (notice?.displayName ?? '').replace(/<\/?a(?: [^>]*)?>/g, '');
	const steps = [...shown.matchAll(/<li>(.*?)<\/li>/g)].map(([, step]) => step);
	expect(steps).toEqual([
		'1. Unfold Webhook URLs above and copy the Production URL.',
		'2. Open Webhooks in its console and create one with this URL and the events below.',
		'3. Publish this workflow.',
	]);
});

/** n8n finds no node to run for a tool whose name holds parentheses (2.41). */
test.each(NODES)('%s can be run as a tool under the name that n8n gives it', async (name) => {
	const { displayName, defaults } = (await nodeType(name)).description;
	expect(defaults.name).toMatch(/^\w+ via \w+( Polling)?( Trigger)?$/);
	expect(defaults.name).toBe(displayName.replace(' (', ' via ').replace(')', ''));
});

/**
 * n8n's number field drops what goes beyond a bound while somebody types: with `maxValue` 200, 250
 * becomes 25; with `minValue` 0, -5 becomes 5; with `numberPrecision` 2, 9.999 becomes 10. So the
 * node's own check holds the bounds. n8n's lint wants one for Limit, where no money is at stake.
 */
test.each(NODES)('%s: no number changes while it is typed', async (name) => {
	const numbers = everyField((await nodeType(name)).description.properties).filter(
		({ type, typeOptions }) => type === 'number' || typeOptions?.maxValue !== undefined,
	);
	if (PAIRS.some((pair) => pair === name)) expect(numbers.length).toBeGreaterThan(2);
	for (const { name: field, typeOptions } of numbers) {
		const { maxValue, minValue, numberPrecision } = typeOptions ?? {};
		expect([field, { maxValue, minValue, numberPrecision }]).toEqual([
			field,
			{ minValue: field === 'limit' ? 1 : undefined },
		]);
	}
});

/** The provider: each choice blocks the words of its levels, with a 422; nothing is rewritten. */
test('Block Banned Words says what each choice blocks, the strictest first', async () => {
	const [field, ...others] = everyField(
		(await nodeType('ofapiOnlyFans')).description.properties,
	).filter(({ name }) => name === 'blockBannedWords');
	expect(others).toEqual([]);
	expect(
		optionsOf(field).map((option) => ('value' in option ? [option.value, option.name] : [])),
	).toEqual([
		['strict_ban', 'All Banned Words'],
		['risky', 'Risky Words and Words to Replace or Soften'],
		['replace_soften', 'Words to Replace or Soften Only'],
	]);
	expect(field?.description).toMatch(/reject.*changes nothing in the text/);
	expect(field?.default).toBe('strict_ban');
});
