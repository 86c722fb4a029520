import type { INodeParameters } from 'n8n-workflow';
import { startAnswering } from '../support/answers';
import type { AnswerServer, Prepared } from '../support/answers';
import seed000 from './fixtures/seed000.json';
import seed001 from './fixtures/seed001.json';
import seed003 from './fixtures/seed003.json';
import seed004 from './fixtures/seed004.json';
import { recordAt } from '../../../nodes/shared/model/values';
import { run } from '../support/harness';
import type { NodeName } from '../support/harness';
import { byId, jsonOf } from '../support/world';

/**
 * The five provider documents that the project exists for: their URLs and bodies come out field by
 * field, and their example answers come back as messages.
 */

const KEY = 'seed-key';
const SIMPLE_KEYS = [
	'id',
	'accountId',
	'chatId',
	'direction',
	'senderId',
	'text',
	'createdAt',
	'price',
	'tipAmount',
	'media',
	'replyToId',
];

let server: AnswerServer;
let prepared: Prepared;

beforeAll(async () => {
	server = await startAnswering((request) =>
		request.url.endsWith('/accounts')
			? { body: [{ id: 'fansly_acct_XXXXXXXXXXXXXXX', fansly_id: '100000000000000001' }] }
			: prepared,
	);
});
beforeEach(() => {
	server.seen.length = 0;
});
afterAll(async () => {
	await server.close();
});

async function ask(node: NodeName, answer: unknown, given: INodeParameters, status = 200) {
	prepared = { status, body: answer };
	// The documents' answers do not belong to their requests, so a paid message would be complained about.
	const parameters =
		given.operation === 'send'
			? { ...given, options: { checkPaid: false, ...recordAt(given, 'options') } }
			: given;
	const result = await run({ node, credential: { apiKey: KEY, baseUrl: server.url }, parameters });
	expect(result.error).toBeUndefined();
	const [request] = server.seen;
	const body: unknown =
		request === undefined || request.body === '' ? undefined : JSON.parse(request.body);
	return { result, request, body };
}

describe('seeds 000 and 002: OnlyFansAPI → Fansly, Send Chat Message', () => {
	const account = byId('fansly_acct_XXXXXXXXXXXXXXX');

	test('text and media, the newer edition', async () => {
		const { result, request, body } = await ask('ofapiFansly', seed000, {
			operation: 'send',
			account,
			chat: byId('200000000000000001'),
			text: 'Hey there!',
			additionalFields: {
				mediaFiles: 'fansly_media_01, fansly_media_02',
				replyToMessageId: '922917319414394880',
			},
		});
		expect(request).toMatchObject({
			method: 'POST',
			url: '/api/fansly/fansly_acct_XXXXXXXXXXXXXXX/chats/200000000000000001/messages',
		});
		expect(request?.headers.authorization).toBe(`Bearer ${KEY}`);
		expect(request?.headers['content-type']).toBe('application/json');
		expect(body).toEqual({
			text: 'Hey there!',
			mediaFiles: ['fansly_media_01', 'fansly_media_02'],
			replyToMessageId: '922917319414394880',
		});
		expect(jsonOf(result)).toEqual([
			{
				id: '400000000000000010',
				accountId: 'fansly_acct_XXXXXXXXXXXXXXX',
				chatId: '200000000000000001',
				direction: 'outgoing',
				senderId: '100000000000000001',
				text: 'Hey there!',
				createdAt: '2023-11-14T22:13:20.123Z',
				price: 0,
				tipAmount: 0,
				media: [],
				replyToId: '922917319414394880',
			},
		]);
	});

	test('text alone, the older edition', async () => {
		const { request, body } = await ask('ofapiFansly', seed000, {
			operation: 'send',
			account,
			chat: byId('918197836133183488'),
			text: 'Hey there!',
		});
		expect(request?.url).toBe(
			'/api/fansly/fansly_acct_XXXXXXXXXXXXXXX/chats/918197836133183488/messages',
		);
		expect(body).toEqual({ text: 'Hey there!' });
	});

	test('the answer untouched', async () => {
		const { result } = await ask('ofapiFansly', seed000, {
			operation: 'send',
			account,
			chat: byId('1'),
			text: 'x',
			simplify: false,
		});
		expect(jsonOf(result)).toEqual([seed000.data]);
	});
});

describe('seed 001: ApiFansly → Fansly, Send Message', () => {
	const parameters = {
		operation: 'send',
		account: byId('fansly_acc_1'),
		chat: byId('918197836133183488'),
		text: 'Message content here',
	};

	test('pay per view', async () => {
		const { result, request, body } = await ask(
			'apiFansly',
			seed001,
			{
				...parameters,
				additionalFields: { mediaIds: 'YOUR_MEDIA_ID', accessType: 'ppv', price: 4 },
			},
			201,
		);
		expect(request).toMatchObject({
			method: 'POST',
			url: '/api/fansly/fansly_acc_1/chats/918197836133183488/messages',
		});
		expect(request?.headers['x-api-key']).toBe(KEY);
		expect(request?.headers.authorization).toBeUndefined();
		expect(body).toEqual({
			content: 'Message content here',
			mediaId: 'YOUR_MEDIA_ID',
			access_type: 'ppv',
			price: 4,
		});
		expect(jsonOf(result)).toEqual([
			{
				id: 'MESSAGE_ID',
				accountId: 'fansly_acc_1',
				chatId: 'GROUP_ID',
				direction: 'outgoing',
				senderId: 'SENDER_ID',
				text: 'Message content here',
				createdAt: '2026-03-29T03:13:44.426Z',
				price: 4,
				tipAmount: 0,
				media: [{ id: 'CONTENT_ID', type: null, url: null, locked: null }],
				replyToId: null,
			},
		]);
	});

	test('a price alone is pay per view', async () => {
		const { body } = await ask(
			'apiFansly',
			seed001,
			{ ...parameters, additionalFields: { mediaIds: 'M1', price: 4 } },
			201,
		);
		expect(body).toEqual({
			content: 'Message content here',
			mediaId: 'M1',
			access_type: 'ppv',
			price: 4,
		});
	});

	test('free media', async () => {
		const { body } = await ask(
			'apiFansly',
			seed001,
			{ ...parameters, additionalFields: { mediaIds: 'YOUR_MEDIA_ID' } },
			201,
		);
		expect(body).toEqual({ content: 'Message content here', mediaId: 'YOUR_MEDIA_ID' });
	});

	test('several media, and a preview, only in the newer form', async () => {
		const several = await ask(
			'apiFansly',
			seed001,
			{ ...parameters, additionalFields: { mediaIds: 'M1, M2', accessType: 'ppv', price: 25 } },
			201,
		);
		expect(several.body).toEqual({
			content: 'Message content here',
			mediaIds: ['M1', 'M2'],
			access_type: ['ppv'],
			price: 25,
		});
		server.seen.length = 0;
		const mediaIds = '={{ [{ mediaId: "M1", previewId: "P1" }] }}';
		const preview = await ask(
			'apiFansly',
			seed001,
			{ ...parameters, additionalFields: { mediaIds, accessType: 'ppv', price: 25 } },
			201,
		);
		expect(preview.body).toEqual({
			content: 'Message content here',
			mediaIds: [{ mediaId: 'M1', previewId: 'P1' }],
			access_type: ['ppv'],
			price: 25,
		});
	});

	test('one file in the newer form, for users who choose so', async () => {
		const { body } = await ask(
			'apiFansly',
			seed001,
			{ ...parameters, additionalFields: { mediaIds: 'M1' }, options: { mediaFormat: 'mediaIds' } },
			201,
		);
		expect(body).toEqual({ content: 'Message content here', mediaIds: ['M1'] });
	});

	test('the answer untouched', async () => {
		const { result } = await ask('apiFansly', seed001, { ...parameters, simplify: false }, 201);
		expect(jsonOf(result)).toEqual([seed001.data.data.response]);
	});
});

describe('seed 003: OnlyFansAPI → OnlyFans, Send Message', () => {
	const parameters = {
		operation: 'send',
		account: byId('acct_XXXXXXXXXXXXXXX'),
		chat: byId('123'),
	};

	test('every field', async () => {
		const { result, request, body } = await ask('ofapiOnlyFans', seed003, {
			...parameters,
			text: 'Hello!',
			additionalFields: {
				replyToMessageId: '123456789',
				lockedText: true,
				price: 10,
				mediaFiles: '={{ ["ofapi_media_abc123", 1234567890] }}',
				previews: '={{ [1234567890] }}',
				giphyId: 'WAGC3LeqJvXglm5H7a',
				rfTag: '11, 12',
				rfPartner: '13',
				rfGuest: '={{ [14] }}',
				blockBannedWords: 'risky',
			},
		});
		expect(request).toMatchObject({
			method: 'POST',
			url: '/api/acct_XXXXXXXXXXXXXXX/chats/123/messages',
		});
		expect(request?.headers.authorization).toBe(`Bearer ${KEY}`);
		expect(body).toEqual({
			text: 'Hello!',
			replyToMessageId: 123456789,
			lockedText: true,
			price: 10,
			mediaFiles: ['ofapi_media_abc123', 1234567890],
			previews: [1234567890],
			giphyId: 'WAGC3LeqJvXglm5H7a',
			rfTag: ['11', '12'],
			rfPartner: ['13'],
			rfGuest: [14],
			blockBannedWords: 'risky',
		});
		expect(jsonOf(result)[0]).toMatchObject({
			id: '123',
			chatId: '123',
			direction: 'outgoing',
			senderId: '339543013',
			text: 'Message text',
			createdAt: '2025-02-03T23:29:53.000Z',
			price: 0,
			tipAmount: 0,
			media: [],
			replyToId: '123456789',
		});
		expect(Object.keys(jsonOf(result)[0] ?? {})).toEqual(SIMPLE_KEYS);
	});

	test('what is not filled in is not sent', async () => {
		const { body } = await ask('ofapiOnlyFans', seed003, {
			...parameters,
			text: 'Hello!',
			additionalFields: { giphyId: '', mediaFiles: ' , ', rfTag: '={{ [] }}' },
		});
		expect(body).toEqual({ text: 'Hello!' });
	});

	test('the answer untouched', async () => {
		const { result } = await ask('ofapiOnlyFans', seed003, {
			...parameters,
			text: 'Hello!',
			simplify: false,
		});
		expect(jsonOf(result)).toEqual([seed003.data]);
	});
});

describe('seed 004: OnlyFansAPI → Fansly, List Chat Messages', () => {
	const parameters = {
		operation: 'list',
		account: byId('fansly_acct_XXXXXXXXXXXXXXX'),
		chat: byId('918197836133183488'),
	};

	test('the address, and the messages', async () => {
		const { result, request } = await ask('ofapiFansly', seed004, {
			...parameters,
			limit: 25,
			options: { beforeMessageId: '918197866982297600' },
		});
		expect(request).toMatchObject({
			method: 'GET',
			url: '/api/fansly/fansly_acct_XXXXXXXXXXXXXXX/chats/918197836133183488/messages?limit=25&before=918197866982297600',
		});
		expect(jsonOf(result).map(({ id }) => id)).toEqual([
			'400000000000000003',
			'400000000000000002',
			'400000000000000001',
		]);
		expect(jsonOf(result)[1]).toEqual({
			id: '400000000000000002',
			accountId: 'fansly_acct_XXXXXXXXXXXXXXX',
			chatId: '200000000000000001',
			direction: 'incoming',
			senderId: '300000000000000001',
			text: 'Message text two',
			createdAt: '2023-11-14T22:15:00.000Z',
			price: 0,
			tipAmount: 0,
			media: [
				{
					id: '700000000000000001',
					type: 'photo',
					url: 'https://cdn3.fansly.com/300000000000000001/800000000000000001.jpeg',
					locked: false,
				},
			],
			replyToId: null,
		});
	});

	test('untouched, with the records that a message refers to', async () => {
		const { result } = await ask('ofapiFansly', seed004, {
			...parameters,
			limit: 25,
			simplify: false,
		});
		const [three, two, one] = seed004.data.messages;
		expect(jsonOf(result)).toEqual([
			three,
			{ ...two, accountMedia: seed004.data.accountMedia },
			one,
		]);
	});
});

/** The provider has moved since (docs/providers.md): credentials that hold the seeds' address, and the one it has now. */
describe.each(['app.onlyfansapi.com', 'api.fansapi.com'])('the address %s', (host) => {
	test('is asked as the seeds show it, and its link leads on there', async () => {
		const messages = (ids: number[], link: string | null) => ({
			data: ids.map((id) => ({ ...seed003.data, id })),
			_pagination: { next_page: link },
		});
		const other = host.startsWith('app') ? 'api.fansapi.com' : 'app.onlyfansapi.com';
		const path = '/api/acct_XXXXXXXXXXXXXXX/chats/123/messages';
		const proxy = await startAnswering(({ url }) => ({
			body: messages(
				url.includes('id=') ? [1] : [3, 2],
				url.includes('id=') ? null : `https://${other}${path}?limit=10&id=2`,
			),
		}));
		const parameters = {
			operation: 'list',
			account: byId('acct_XXXXXXXXXXXXXXX'),
			chat: byId('123'),
			returnAll: true,
			requestOptions: { proxy: proxy.url },
		};
		const result = await run({
			node: 'ofapiOnlyFans',
			credential: { apiKey: KEY, baseUrl: `http://${host}` },
			parameters,
		});
		await proxy.close();
		expect(result.error).toBeUndefined();
		expect(jsonOf(result).map(({ id }) => id)).toEqual(['3', '2', '1']);
		expect(proxy.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
			`GET http://${host}${path}?limit=100`,
			`GET http://${host}${path}?limit=100&id=2`,
		]);
		expect(proxy.seen.every(({ headers }) => headers.authorization === `Bearer ${KEY}`)).toBe(true);
	});
});
