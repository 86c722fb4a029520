import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { INodeProperties } from 'n8n-workflow';
import { credentialType, nodeType } from './harness';
import { PAIRS } from './world';

/** What stored workflows depend on (the design fixes these names), and what users read. */

const CREDENTIAL = { ofapiOnlyFans: 'ofapiOnlyFansApi', ofapiFansly: 'ofapiFanslyApi', apiFansly: 'apiFanslyApi' };
const DISPLAY_NAME = { ofapiOnlyFans: 'OnlyFans (OnlyFansAPI)', ofapiFansly: 'Fansly (OnlyFansAPI)', apiFansly: 'Fansly (ApiFansly)' };
const ADDITIONAL_FIELDS = {
	ofapiOnlyFans: ['blockBannedWords', 'giphyId', 'lockedText', 'mediaFiles', 'previews', 'price', 'replyToMessageId', 'rfGuest', 'rfPartner', 'rfTag'],
	ofapiFansly: ['mediaFiles', 'replyToMessageId'],
	apiFansly: ['accessType', 'mediaForm', 'mediaIds', 'price'],
};

const isProperty = (entry: object): entry is INodeProperties => 'type' in entry;
const optionsOf = (property: INodeProperties | undefined) => property?.options ?? [];

describe.each(PAIRS)('%s: names and texts', (pair) => {
	const shown = async (operation: string) =>
		(await nodeType(pair)).description.properties.filter(({ name, displayOptions }) => {
			// n8n itself adds these to every declarative node.
			if (name === 'requestOptions') return false;
			const { resource: resources, operation: operations } = displayOptions?.show ?? {};
			if (resources !== undefined && !resources.includes('message')) return false;
			return operations === undefined || operations.includes(operation);
		});

	test('the node', async () => {
		const { description } = await nodeType(pair);
		expect(description).toMatchObject({ displayName: DISPLAY_NAME[pair], usableAsTool: true, credentials: [{ name: CREDENTIAL[pair], required: true }] });
		expect(description.name).toBe(pair);
		expect('execute' in (await nodeType(pair))).toBe(false);
	});

	test('the fields of Send', async () => {
		const fields = await shown('send');
		expect(fields.map(({ name }) => name)).toEqual(['resource', 'operation', 'account', 'chat', 'text', 'simplify', 'additionalFields', 'options']);
		const extra = optionsOf(fields.find(({ name }) => name === 'additionalFields')).filter(isProperty);
		expect(extra.map(({ name }) => name).sort()).toEqual(ADDITIONAL_FIELDS[pair]);
	});

	test('the fields of List', async () => {
		const fields = await shown('list');
		expect(fields.map(({ name }) => name)).toEqual(['resource', 'operation', 'account', 'chat', 'returnAll', 'limit', 'output', 'fileFormat', 'binaryProperty', 'simplify', 'options']);
		expect(fields.find(({ name }) => name === 'limit')).toMatchObject({ default: 50, typeOptions: { minValue: 1 } });
		expect(fields.find(({ name }) => name === 'simplify')).toMatchObject({ default: true });
		const options = optionsOf(fields.find(({ name }) => name === 'options')).filter(isProperty);
		expect(options.map(({ name }) => name).sort()).toEqual(['afterMessageId', 'beforeMessageId', 'concurrency', 'fileName', 'order', 'sentAfter']);
	});

	test('both operations say what they do, for the panel and for an AI agent', async () => {
		const operation = (await nodeType(pair)).description.properties.find(({ name }) => name === 'operation');
		const operations = optionsOf(operation).map((option) => ('action' in option ? [option.value, option.action, option.description] : []));
		expect(operations).toEqual([
			['list', 'List messages', expect.stringMatching(/.{20}/)],
			['send', 'Send message', expect.stringMatching(/.{20}/)],
		]);
	});

	test('the credential', async () => {
		const type = await credentialType(CREDENTIAL[pair]);
		const [apiKey, baseUrl] = type.properties;
		expect(apiKey).toMatchObject({ name: 'apiKey', typeOptions: { password: true }, default: '' });
		expect(baseUrl).toMatchObject({ name: 'baseUrl', default: pair === 'apiFansly' ? 'https://v1.apifansly.com' : 'https://app.onlyfansapi.com' });
		const path = { ofapiOnlyFans: '/api/accounts', ofapiFansly: '/api/fansly/accounts', apiFansly: '/api/fansly/accounts' }[pair];
		expect(type.test?.request.url).toBe(path);
	});

	test('placeholders begin with e.g., pictures are where n8n looks for them', async () => {
		const { description } = await nodeType(pair);
		const texts = JSON.stringify([...(await shown('send')), ...(await shown('list'))]).matchAll(/"placeholder":"([^"]*)"/g);
		for (const [, placeholder] of texts) expect(placeholder).toMatch(/^(?:e\.g\. .+|Add (?:field|option))$/);
		for (const icon of Object.values(description.iconUrl ?? {})) {
			expect(existsSync(resolve(__dirname, '../..', String(icon).replace('icons/n8n-nodes-creator-chat/', '')))).toBe(true);
		}
	});
});
