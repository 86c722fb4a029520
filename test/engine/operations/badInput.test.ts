import type { INodeParameters } from 'n8n-workflow';
import type { PairName } from '../../simulator';
import { value } from '../support/operations';
import { PAIRS, byId, credentialOf, list, send, simulator, useSimulator } from '../support/world';

useSimulator();

/** Values as an expression may give them: `value(x)` reaches the node with its type. */

interface Case {
	name: string;
	pairs?: PairName[];
	operation?: 'send' | 'list';
	parameters: INodeParameters;
	/** What the message has to name. */
	names: string;
}

const OF: PairName[] = ['ofapiOnlyFans'];
const OFAPI_FANSLY: PairName[] = ['ofapiFansly'];
const API_FANSLY: PairName[] = ['apiFansly'];
const REPLYING: PairName[] = ['ofapiOnlyFans', 'ofapiFansly'];
const TOO_LONG = '={{ 900719925474099355 }}';

const text = (name: string, given: string, pairs = PAIRS): Case => ({
	name,
	pairs,
	parameters: { text: given },
	names: 'Text',
});
const chosen =
	(field: 'account' | 'chat') =>
	(name: string, given: unknown): Case => ({
		name: `${field}: ${name}`,
		// As an expression: n8n itself refuses most of these where a person types them.
		parameters: { text: 'hi', [field]: byId(given === TOO_LONG ? given : value(given)) },
		names: field === 'chat' ? 'Chat' : 'Account',
	});
const account = chosen('account');
const chat = chosen('chat');
const extra = (
	pairs: PairName[],
	name: string,
	fields: INodeParameters,
	names: string,
	words = 'hi',
): Case => ({
	name,
	pairs,
	parameters: { text: words, additionalFields: fields },
	names,
});
const bound = (name: string, options: INodeParameters, names: string): Case => ({
	name,
	operation: 'list',
	parameters: { returnAll: true, options },
	names,
});
const limit = (name: string, given: unknown): Case => ({
	name: `limit ${name}`,
	operation: 'list',
	parameters: { returnAll: false, limit: given as number },
	names: 'Limit',
});

const CASES: Case[] = [
	text('text missing', ''),
	text('text blank', '  \n\t '),
	text('text null', value(null)),
	text('text an object', value({ a: 1 })),
	text('text a list', value(['a'])),
	text('text a switch', value(true)),

	account('missing', ''),
	account('blank', '   '),
	account('null', null),
	account('an object', { id: 'acct_1' }),
	account('a list', ['acct_1']),
	account('a slash', 'acct_1/chats'),
	account('dots', '..'),
	account('a query', 'acct_1?x=1'),
	account('a fragment', 'acct_1#x'),
	account('an escape', 'acct_1%2Fchats'),
	account('an ampersand', 'acct_1&x=1'),
	account('a replace pattern', "acct_$&$'"),
	account('emoji', 'acct_😍'),
	account('a line break', 'acct_1\r\nx-evil: 1'),

	chat('missing', ''),
	chat('blank', '   '),
	chat('null', null),
	chat('an object', { id: '1' }),
	chat('a slash', '55/messages'),
	chat('a query', '55/messages?x=#'),
	chat('an escape', '%2e%2e'),
	chat('a dollar sign', '$&'),
	chat('beyond 2^53 as a number', TOO_LONG),
	chat('a fraction', 1.5),
	chat('negative', -5),
	chat('a name', 'tombaker'),
	chat('emoji', '👩‍👩‍👧'),
	chat('100 kB', 'x'.repeat(100_000) + '/'),

	limit('zero', 0),
	limit('negative', -1),
	limit('a fraction', 1.5),
	limit('words', value('many')),
	limit('missing', value(null)),
	limit('beyond exact numbers', value(1e300)),
	bound('sent after: words', { sentAfter: 'yesterday-ish' }, 'Sent After'),
	bound('sent after: an object', { sentAfter: value({ a: 1 }) }, 'Sent After'),
	bound('sent after: a switch', { sentAfter: value(true) }, 'Sent After'),
	...[
		['before the platforms existed', '2015-12-31T12:00:00'],
		['a year before them', '1999'],
		['a day in seconds', value(86_400)],
		['a year and month without dashes', '202601'],
		['a time without dashes', '20260131180000'],
		['no such day', '20261399'],
		['no such day as a number', value(20_261_399)],
	].map(([name, sentAfter]) => bound(`sent after: ${name}`, { sentAfter }, 'Sent After')),
	bound('after message: letters', { afterMessageId: 'abc' }, 'After Message ID'),
	bound('after message: too long a number', { afterMessageId: TOO_LONG }, 'After Message ID'),
	bound('before message: a query', { beforeMessageId: '1&limit=1000' }, 'Before Message ID'),
	bound('before message: too long a number', { beforeMessageId: TOO_LONG }, 'Before Message ID'),
	bound('concurrency: none', { concurrency: 0 }, 'Max Parallel Requests'),
	bound('concurrency: below none', { concurrency: -3 }, 'Max Parallel Requests'),
	bound('concurrency: a fraction', { concurrency: 1.5 }, 'Max Parallel Requests'),
	bound('order: unknown', { order: 'sideways' }, 'Order'),

	extra(OF, 'price too low', { price: 2.99, mediaFiles: '1' }, 'Price (USD)'),
	extra(OF, 'price too high', { price: 200.01, mediaFiles: '1' }, 'Price (USD)'),
	extra(OF, 'price 250', { price: 250, mediaFiles: '1' }, 'Price (USD)'),
	extra(OF, 'price 1000', { price: 1000, mediaFiles: '1' }, 'Price (USD)'),
	extra(OF, 'price negative', { price: -5, mediaFiles: '1' }, 'Price (USD)'),
	extra(OF, 'price with three decimals', { price: 9.999, mediaFiles: '1' }, 'Price (USD)'),
	extra(OF, 'price in words', { price: value('ten'), mediaFiles: '1' }, 'Price (USD)'),
	extra(OF, 'price a list', { price: value([10]), mediaFiles: '1' }, 'Price (USD)'),
	extra(OF, 'price without media', { price: 10 }, 'Media Files'),
	extra(OF, 'price with previews alone', { price: 10, previews: '1' }, 'Media Files'),
	extra(
		OF,
		'previews that are not attached',
		{ price: 10, mediaFiles: '1', previews: '2' },
		'Previews',
	),
	extra(
		OF,
		'previews of every file of a paid message',
		{ price: 10, mediaFiles: '1, 2', previews: '2, 1' },
		'Previews',
	),
	extra(OF, 'locked text without a price', { lockedText: true }, 'Locked Text'),
	extra(
		OF,
		'locked text with price 0',
		{ lockedText: true, price: 0, mediaFiles: '1' },
		'Price (USD)',
	),
	extra(OF, 'media with a slash', { mediaFiles: 'ofapi_media_1/x' }, 'Media Files'),
	extra(OF, 'media of Fansly', { mediaFiles: 'fansly_media_1' }, 'Media Files'),
	extra(OF, 'media an address', { mediaFiles: 'https://example.com/a.jpg' }, 'Media Files'),
	extra(OF, 'media an object', { mediaFiles: value({ id: 1 }) }, 'Media Files'),
	extra(OF, 'media a switch', { mediaFiles: value(true) }, 'Media Files'),
	extra(
		OF,
		'media beyond 2^53 as a number',
		{ mediaFiles: '={{ [900719925474099355] }}' },
		'Media Files',
	),
	extra(OF, 'media twice', { mediaFiles: '12, 12' }, 'Media Files'),
	extra(OF, 'a GIF alone', { giphyId: 'WAGC3LeqJvXglm5H7a' }, 'Text', ''),
	extra(OF, 'GIF in words', { giphyId: 'hello world' }, 'Giphy ID'),
	extra(OF, 'GIF an address', { giphyId: 'https://giphy.com/gifs/a-b' }, 'Giphy ID'),
	extra(OF, 'GIF an object', { giphyId: value({}) }, 'Giphy ID'),
	extra(OF, 'locked text in words', { lockedText: value('perhaps') }, 'Locked Text'),
	extra(
		OF,
		'reply beyond what a number holds',
		{ replyToMessageId: '900719925474099355' },
		'Reply to Message ID',
	),
	extra(OF, 'reply zero', { replyToMessageId: value(0) }, 'Reply to Message ID'),
	extra(OF, 'tags in words', { rfTag: 'luna' }, 'Release Form Tags'),
	extra(OF, 'partners an object', { rfPartner: value({ id: 1 }) }, 'Release Form Partners'),
	extra(OF, 'guests with emoji', { rfGuest: '😍' }, 'Release Form Guests'),
	extra(OF, 'banned words unknown', { blockBannedWords: value('maybe') }, 'Block Banned Words'),
	extra(REPLYING, 'reply in words', { replyToMessageId: 'the last one' }, 'Reply to Message ID'),
	extra(REPLYING, 'reply too long a number', { replyToMessageId: TOO_LONG }, 'Reply to Message ID'),

	extra(OFAPI_FANSLY, 'media of OnlyFans', { mediaFiles: 'ofapi_media_1' }, 'Media Files'),
	extra(OFAPI_FANSLY, 'media a number', { mediaFiles: '700000000000000001' }, 'Media Files'),
	extra(
		OFAPI_FANSLY,
		'media with one bad among good',
		{ mediaFiles: 'fansly_media_1, ?' },
		'Media Files',
	),
	extra(OFAPI_FANSLY, 'empty list of media and no text', { mediaFiles: value([]) }, 'Text', ''),

	extra(API_FANSLY, 'media without text', { mediaIds: 'M1' }, 'Text', ''),
	extra(
		API_FANSLY,
		'pay per view without a price',
		{ mediaIds: 'M1', accessType: 'ppv' },
		'Price (USD)',
	),
	extra(API_FANSLY, 'pay per view without media', { accessType: 'ppv', price: 5 }, 'Media Files'),
	extra(API_FANSLY, 'a price without media', { price: 5 }, 'Media Files'),
	extra(
		API_FANSLY,
		'price too low',
		{ mediaIds: 'M1', accessType: 'ppv', price: 0.99 },
		'Price (USD)',
	),
	extra(
		API_FANSLY,
		'price too high',
		{ mediaIds: 'M1', accessType: 'ppv', price: 501 },
		'Price (USD)',
	),
	extra(
		API_FANSLY,
		'price 1000',
		{ mediaIds: 'M1', accessType: 'ppv', price: 1000 },
		'Price (USD)',
	),
	extra(
		API_FANSLY,
		'price negative',
		{ mediaIds: 'M1', accessType: 'ppv', price: -5 },
		'Price (USD)',
	),
	extra(
		API_FANSLY,
		'price with three decimals',
		{ mediaIds: 'M1', accessType: 'ppv', price: 9.999 },
		'Price (USD)',
	),
	extra(API_FANSLY, 'price zero', { mediaIds: 'M1', accessType: 'ppv', price: 0 }, 'Price (USD)'),
	extra(
		API_FANSLY,
		'another access type',
		{ mediaIds: 'M1', accessType: value('vip'), price: 5 },
		'Access Type',
	),
	extra(API_FANSLY, 'media with a slash', { mediaIds: 'a/b' }, 'Media Files'),
	extra(API_FANSLY, 'media beyond 2^53 as a number', { mediaIds: TOO_LONG }, 'Media Files'),
	extra(
		API_FANSLY,
		'a preview without a file',
		{ mediaIds: '={{ [{ previewId: "P1" }] }}' },
		'Media Files › mediaId',
	),
];

const ROWS = CASES.flatMap(({ pairs = PAIRS, ...one }) => pairs.map((pair) => ({ pair, ...one })));

test('the table is as long as promised', () => {
	expect(CASES.length).toBeGreaterThanOrEqual(60);
});

test.each(ROWS)('$pair refuses $name', async ({ pair, operation = 'send', parameters, names }) => {
	const ask = operation === 'send' ? send : list;
	const result = await ask(pair, {}, { parameters });
	expect(simulator().requests).toEqual([]);
	expect(result.items).toEqual([]);
	const said = `${result.error?.message} ${result.error?.description ?? ''}`;
	expect(said).toContain(`'${names}'`);
	expect(said).toContain('[item 0]');
	expect(said).not.toMatch(/undefined|null|\[object|error|failed/i);
	expect(JSON.stringify(result.run)).not.toContain(credentialOf(pair).apiKey);
});

test('everything that is wrong is named at once', async () => {
	const result = await send(
		'ofapiOnlyFans',
		{ text: '', additionalFields: { price: 1, replyToMessageId: 'x', mediaFiles: 'y z' } },
		{ chat: value('') },
	);
	expect(result.error?.message).toBe('4 fields are not valid [item 0]');
	for (const field of ['Chat', 'Price (USD)', 'Reply to Message ID', 'Media Files']) {
		expect(result.error?.description).toContain(`'${field}'`);
	}
});

test('a field that is filled in wrongly is not called missing', async () => {
	const result = await send('ofapiOnlyFans', {
		text: '',
		additionalFields: { price: 5, mediaFiles: '12 34' },
	});
	expect(result.error?.message).toBe(
		"'Media Files' has to be an ID, such as ofapi_media_abc123 [item 0]",
	);
});

describe.each(PAIRS)('%s takes what it should', (pair) => {
	test('100 kB of text, emoji and quotes arrive as written', async () => {
		const long = `"quotes" \\ 😍 {{ not an expression }} ${'ä'.repeat(50_000)}`;
		const result = await send(pair, { text: '={{ $json.text }}' }, { items: [{ text: long }] });
		expect(result.error).toBeUndefined();
		expect(simulator().requests[0]?.body).toMatchObject({
			[pair === 'apiFansly' ? 'content' : 'text']: long,
		});
	});

	test('a number as text, and an ID with blanks around it', async () => {
		const result = await send(pair, { text: value(42) });
		expect(result.error).toBeUndefined();
		expect(simulator().requests[0]?.body).toEqual({
			[pair === 'apiFansly' ? 'content' : 'text']: '42',
		});
	});
});

describe('a wrong Base URL is refused before the key leaves', () => {
	test.each([
		'',
		'localhost:3000',
		'ftp://example.com',
		'https://user:pass@example.com',
		'https://example.com/api',
		'https://example.com/?x',
		'not an address',
	])('%s', async (baseUrl) => {
		const result = await send(
			'ofapiOnlyFans',
			{ text: 'hi' },
			{ credential: { apiKey: 'secret-key', baseUrl } },
		);
		expect(result.error?.message).toContain('Base URL');
		expect(JSON.stringify(result.run)).not.toContain('secret-key');
	});
});

describe.each(PAIRS)('%s: a credential for certain domains', (pair) => {
	/** As n8n stores what a user says about HTTP Request nodes. */
	const credentialFor = (domains: object) => ({ ...credentialOf(pair), ...domains });

	test.each([
		{ allowedHttpRequestDomains: 'domains', allowedDomains: 'example.com' },
		{ allowedHttpRequestDomains: 'domains', allowedDomains: '' },
		{ allowedHttpRequestDomains: 'none' },
	])('works in this node, at its own Base URL: %j', async (domains) => {
		const sentMessage = await send(pair, { text: 'Hi' }, { credential: credentialFor(domains) });
		expect(sentMessage.error).toBeUndefined();
		const messages = await list(pair, { limit: 1 }, { credential: credentialFor(domains) });
		expect(messages.error).toBeUndefined();
		expect(messages.items).toHaveLength(1);
	});
});
