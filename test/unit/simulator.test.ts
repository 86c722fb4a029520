import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { BASE_TIME, DEFAULT_KEYS, ONLYFANS_ONLY_KEY, startSimulator } from '../simulator';
import type { FaultEffect, NewMessage, PairName, Simulator } from '../simulator';
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
	originOf,
	words,
} from './simulatorClient';
import type { Answer, Ask } from './simulatorClient';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator();
});
beforeEach(() => simulator.reset());

/** Resolves once something has come about. */
async function until(hasCome: () => boolean): Promise<void> {
	while (!hasCome()) await new Promise((resolve) => setTimeout(resolve, 5));
}
afterAll(() => simulator.close());

const ask = (pair: PairName, path: string, options?: Ask) => askAt(simulator, pair, path, options);

function chatPath(pair: PairName, chat: string): string {
	return `${ROOT[pair]}/${LUNA[pair]}/chats/${chat}/messages`;
}

function list(pair: PairName, chat: string, query = ''): Promise<Answer> {
	return ask(pair, chatPath(pair, chat) + query);
}

function send(pair: PairName, body: unknown, headers?: Record<string, string>): Promise<Answer> {
	return ask(pair, chatPath(pair, TOM[pair]), { method: 'POST', body, headers });
}

function sendText(pair: PairName, text = 'Hello'): Promise<Answer> {
	return send(pair, { [TEXT_FIELD[pair]]: text });
}

/** The messages of a list's answer. */
function messagesIn(pair: PairName, { body }: Answer): unknown[] {
	if (pair === 'ofapiOnlyFans') return listAt(body, 'data');
	return pair === 'ofapiFansly'
		? listAt(body, 'data', 'messages')
		: listAt(body, 'data', 'data', 'response', 'messages');
}

function idsIn(pair: PairName, answer: Answer): string[] {
	return messagesIn(pair, answer).map((message) => String(at(message, 'id')));
}

/** The query of the page after this one, or undefined at the end. */
function nextQuery(pair: PairName, { body }: Answer): string | undefined {
	if (pair === 'apiFansly') {
		const cursor = at(body, 'data', 'data', 'response', 'cursor');
		return typeof cursor === 'string' ? `cursor=${cursor}` : undefined;
	}
	const next = at(body, '_pagination', 'next_page');
	return typeof next === 'string' ? new URL(next).search.slice(1) : undefined;
}

/** The pages of a walk, as lists of IDs. */
async function walk(pair: PairName, chat: string, limit: number, most = 50): Promise<string[][]> {
	const pages: string[][] = [];
	for (let query: string | undefined = ''; query !== undefined && pages.length < most;) {
		const answer = await list(pair, chat, `?limit=${limit}&${query}`);
		expect(answer.status).toBe(200);
		pages.push(idsIn(pair, answer));
		query = nextQuery(pair, answer);
	}
	return pages;
}

function storedIds(pair: PairName, chat: string): string[] {
	return simulator.messages(pair, LUNA[pair], chat).map(({ id }) => id);
}

function newestFirst(pair: PairName, chat: string): string[] {
	return storedIds(pair, chat).reverse();
}

function add(pair: PairName, ...messages: NewMessage[]): void {
	simulator.addMessages(pair, LUNA[pair], ALEX[pair], messages);
}

/** What an API says about what it refused. */
function complaint({ body }: Answer): string {
	return JSON.stringify(at(body, 'errors') ?? at(body, 'message'));
}

const META = { _credits: 'used balance note', _cache: 'is_cached note' };
const ONLYFANS_MESSAGE =
	words(`responseType text giphyId lockedText isFree price isMediaReady mediaCount media previews
	isTip isReportedByMe isCouplePeopleMedia queueId isMarkdownDisabled releaseForms fromUser isFromQueue id isOpened isNew
	createdAt changedAt cancelSeconds isLiked canPurchase canPurchaseReason canReport canBePinned isPinned`);
const SENT_FANSLY = words(
	'type attachments content groupId senderId inReplyTo interactions id createdAt',
);
const LISTED_FANSLY =
	words(`id type dataVersion content groupId senderId correlationId inReplyTo inReplyToRoot createdAt
	attachments embeds interactions likes totalTipAmount`);
const ACCOUNT_MEDIA =
	words(`id accountId mediaId previewId permissionFlags price createdAt deletedAt deleted permissions
	likeCount media purchased whitelisted accountPermissionFlags access`);
const REFERENCES = words(
	'accountMedia accountMediaBundles tips tipGoals accountMediaOrders stories storyOrders',
);

function expectMeta(body: unknown, rateLimits: string): void {
	expect(keysAt(body, '_meta')).toEqual(['_cache', '_credits', '_rate_limits']);
	expect(keysAt(body, '_meta', '_credits')).toEqual(words(META._credits));
	expect(keysAt(body, '_meta', '_cache')).toEqual(words(META._cache));
	expect(keysAt(body, '_meta', '_rate_limits')).toEqual(words(rateLimits));
}

const ONLYFANS_LIMITS = 'limit_minute limit_day remaining_minute remaining_day';
const FANSLY_LIMITS = `${ONLYFANS_LIMITS} notice`;

describe('shapes of the provider documents', () => {
	test('seeds 000 and 002: OnlyFansAPI, a sent Fansly message', async () => {
		const { status, body } = await sendText('ofapiFansly');
		expect(status).toBe(200);
		expect(keysAt(body)).toEqual(['_meta', 'data']);
		expect(keysAt(body, 'data')).toEqual(SENT_FANSLY);
		expect(at(body, 'data')).toMatchObject({
			type: 1,
			attachments: [],
			content: 'Hello',
			groupId: TOM.ofapiFansly,
			senderId: '100000000000000001',
			inReplyTo: '',
			interactions: [
				{ groupId: TOM.ofapiFansly, userId: '300000000000000001', readAt: 0, deliveredAt: 0 },
			],
		});
		expect(Number.isInteger(at(body, 'data', 'createdAt'))).toBe(false);
		expectMeta(body, FANSLY_LIMITS);

		const listed = await list('ofapiFansly', TOM.ofapiFansly, '?limit=1');
		expect(at(listed.body, 'data', 'messages', 0, 'createdAt')).toBe(
			Math.floor(Number(at(body, 'data', 'createdAt'))),
		);
	});

	test('seed 001: ApiFansly, a sent message with media', async () => {
		const { status, body } = await send('apiFansly', {
			content: 'Look',
			mediaId: 'm1',
			access_type: 'ppv',
			price: 4,
		});
		expect(status).toBe(201);
		expect(keysAt(body)).toEqual(words('statusCode message data timestamp'));
		expect(body).toMatchObject({
			statusCode: 201,
			message: 'Success',
			data: { status_code: 200, data: { success: true } },
		});
		expect(keysAt(body, 'data', 'data', 'response')).toEqual(SENT_FANSLY);
		expect(keysAt(body, 'data', 'data', 'response', 'attachments', 0)).toEqual([
			'contentId',
			'contentType',
		]);
		expect(at(body, 'data', 'data', 'response', 'id')).toMatch(/^\d{18,}$/);
		expect(typeof at(body, 'data', 'data', 'response', 'createdAt')).toBe('number');
	});

	test('seed 003: OnlyFansAPI, a sent OnlyFans message', async () => {
		const { status, body } = await sendText('ofapiOnlyFans', 'Is 1 < 2 & "so"?\nYes');
		expect(status).toBe(200);
		expect(keysAt(body)).toEqual(['_meta', '_pagination', 'data']);
		expect(keysAt(body, 'data')).toEqual(ONLYFANS_MESSAGE);
		expect(at(body, 'data')).toMatchObject({
			text: '<p>Is 1 &lt; 2 &amp; &quot;so&quot;?<br />Yes</p>',
			price: 0,
			isFree: true,
			media: [],
			fromUser: { id: 339543013, _view: 's' },
			createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/) as string,
		});
		expect(at(body, '_pagination', 'next_page')).toBe(
			`${simulator.ofapiUrl}${chatPath('ofapiOnlyFans', TOM.ofapiOnlyFans)}?limit=10&id=${String(at(body, 'data', 'id'))}`,
		);
		expectMeta(body, ONLYFANS_LIMITS);
	});

	test('seed 003: OnlyFansAPI, a refused message costs nothing', async () => {
		const { status, body } = await send('ofapiOnlyFans', {});
		expect(status).toBe(422);
		expect(keysAt(body)).toEqual(words('error message description errors _meta'));
		expect(body).toMatchObject({
			error: 'VALIDATION_ERROR',
			message: 'The text field is required.',
			errors: { text: ['The text field is required.'] },
		});
		expect(at(body, '_meta', '_credits', 'used')).toBe(0);
		expectMeta(body, ONLYFANS_LIMITS);
		expect(simulator.credits('ofapi')).toEqual({ used: 0, balance: 1_000_000 });
	});

	test('seed 004: OnlyFansAPI, listed Fansly messages and the records they refer to', async () => {
		add(
			'ofapiFansly',
			{ direction: 'incoming', text: 'one', media: [{ type: 'photo' }] },
			{ direction: 'outgoing', text: 'two', media: [{}, { type: 'video' }], price: 12.5 },
			{ direction: 'incoming', text: 'three', tip: 15 },
		);
		const { body } = await list('ofapiFansly', ALEX.ofapiFansly);
		expect(keysAt(body)).toEqual(['_meta', '_pagination', 'data']);
		expect(keysAt(body, 'data')).toEqual([...REFERENCES, 'messages', 'hasMore'].sort());
		expect(at(body, 'data', 'hasMore')).toBe(false);
		expect(at(body, '_pagination', 'next_page')).toBeNull();
		expectMeta(body, FANSLY_LIMITS);
		for (const message of listAt(body, 'data', 'messages')) {
			expect(keysAt(message)).toEqual(LISTED_FANSLY);
			expect(Number.isInteger(at(message, 'createdAt'))).toBe(true);
		}
		expect(listAt(body, 'data', 'messages').map((message) => at(message, 'content'))).toEqual([
			'three',
			'two',
			'one',
		]);
		for (const media of listAt(body, 'data', 'accountMedia')) {
			expect(keysAt(media)).toEqual(ACCOUNT_MEDIA);
		}

		const [tipped, paid, free] = listAt(body, 'data', 'messages');
		expect(at(tipped, 'totalTipAmount')).toBe(15_000);
		expect(at(body, 'data', 'tips', 0, 'amount')).toBe(15_000);
		expect(at(tipped, 'attachments', 0, 'contentId')).toBe(at(body, 'data', 'tips', 0, 'id'));
		const bundle = at(body, 'data', 'accountMediaBundles', 0);
		expect(at(paid, 'attachments')).toEqual([
			{ messageId: at(paid, 'id'), contentType: 2, contentId: at(bundle, 'id'), pos: 0 },
		]);
		expect(at(bundle, 'price')).toBe(12_500);
		const [first, second, third] = listAt(body, 'data', 'accountMedia');
		expect(listAt(bundle, 'accountMediaIds')).toEqual([at(first, 'id'), at(second, 'id')]);
		expect(at(free, 'attachments', 0, 'contentId')).toBe(at(third, 'id'));
		expect(at(second, 'media', 'mimetype')).toBe('video/mp4');
	});

	test('listed OnlyFans messages tell who sent them', async () => {
		const { body } = await list('ofapiOnlyFans', TOM.ofapiOnlyFans);
		expect(listAt(body, 'data').map((message) => at(message, 'isSentByMe'))).toEqual([
			false,
			true,
			false,
		]);
		expect(keysAt(body, 'data', 0)).toEqual([...ONLYFANS_MESSAGE, 'isSentByMe'].sort());
		expect(at(body, 'data', 0)).toMatchObject({
			id: Number(newestFirst('ofapiOnlyFans', TOM.ofapiOnlyFans)[0]),
			text: '<p>Hi Luna, are you around tonight?</p>',
			fromUser: { id: 500101, _view: 's' },
			createdAt: '2026-09-01T12:00:00+00:00',
		});
	});

	test('an OnlyFans tip stands in the text, a paid message has previews, a reply names its message', async () => {
		const [question] = storedIds('ofapiOnlyFans', TOM.ofapiOnlyFans);
		add(
			'ofapiOnlyFans',
			{ direction: 'incoming', text: 'Thanks', tip: 7.5, replyTo: question },
			{
				direction: 'outgoing',
				text: '',
				price: 9.99,
				media: [{ id: '11' }, { id: '12', locked: false, type: 'video' }],
			},
		);
		const { body } = await list('ofapiOnlyFans', ALEX.ofapiOnlyFans);
		expect(at(body, 'data', 1)).toMatchObject({
			isTip: true,
			price: 0,
			text: '<p>I sent you a $7.50 tip ♥<br />Thanks</p>',
			replyToMessage: { id: Number(question) },
		});
		expect(at(body, 'data', 0)).toMatchObject({
			text: '',
			isFree: false,
			price: 9.99,
			mediaCount: 2,
			previews: [12],
		});
		expect(keysAt(body, 'data', 0, 'media', 0)).toEqual(
			words(`id type convertedToVideo canView hasError createdAt isReady
			files duration hasCustomPreview videoSources`),
		);
	});

	test('whoami and the lists of accounts', async () => {
		const whoami = await ask('ofapiOnlyFans', '/api/whoami');
		expect([keysAt(whoami.body, 'api_key'), keysAt(whoami.body, 'team')]).toEqual([
			words('name last_used_at created_at'),
			words('name slug'),
		]);

		const onlyFans = await ask('ofapiOnlyFans', '/api/accounts');
		expect(onlyFans.body).toMatchObject([
			{
				id: LUNA.ofapiOnlyFans,
				display_name: 'Luna Star',
				onlyfans_username: 'lunastar',
				onlyfans_id: 339543013,
				is_authenticated: true,
			},
			{ id: 'acct_MiaMoon0002', display_name: 'Mia Moon', is_authenticated: false },
		]);
		expect(keysAt(onlyFans.body, 0, 'onlyfans_user_data')).toEqual(
			expect.arrayContaining(['csrf', 'email', 'ip', 'wsAuthToken', 'wsUrl']),
		);

		const fansly = await ask('ofapiFansly', '/api/fansly/accounts');
		expect(fansly.body).toMatchObject([
			{
				id: LUNA.ofapiFansly,
				display_name: 'Luna Star',
				fansly_id: '100000000000000001',
				fansly_username: 'lunastar',
				is_authenticated: true,
				authentication_progress: 'authenticated',
			},
		]);
		expect(keysAt(fansly.body, 0)).toContain('fansly_user_data');

		const apiFansly = await ask('apiFansly', '/api/fansly/accounts');
		expect(at(apiFansly.body, 'data')).toMatchObject({
			success: true,
			count: 1,
			accounts: [{ accountId: LUNA.apiFansly, name: 'Luna Star' }],
		});
		expect(keysAt(apiFansly.body, 'data', 'accounts', 0)).toEqual(
			words('accountId email name country createdAt'),
		);
		const me = await ask('apiFansly', `/api/fansly/${LUNA.apiFansly}/me`);
		expect(at(me.body, 'data', 'data', 'response', 'account', 'id')).toBe('100000000000000001');
	});

	test('the lists of chats', async () => {
		const onlyFans = await ask('ofapiOnlyFans', `/api/${LUNA.ofapiOnlyFans}/chats?query=tom`);
		expect(onlyFans.body).toMatchObject({
			data: [
				{
					fan: { id: 500101, name: 'Tom Baker', username: 'tombaker' },
					unreadMessagesCount: 1,
					lastMessage: { fromUser: { id: 500101 } },
				},
			],
			_pagination: { next_page: null },
		});
		expect(keysAt(onlyFans.body, 'data', 0)).not.toContain('id');

		const row = {
			account_id: '100000000000000001',
			groupId: TOM.ofapiFansly,
			partnerAccountId: '300000000000000001',
			partnerUsername: 'tombaker',
			unreadCount: 1,
		};
		const partner = { id: '300000000000000001', username: 'tombaker', displayName: 'Tom Baker' };
		const fansly = await ask('ofapiFansly', `/api/fansly/${LUNA.ofapiFansly}/chats?search=TOM`);
		expect(at(fansly.body, 'data')).toMatchObject({
			data: [row],
			aggregationData: {
				accounts: [partner],
				groups: [
					{ id: TOM.ofapiFansly, lastMessage: { content: 'Hi Luna, are you around tonight?' } },
				],
			},
			hasMore: false,
		});
		const apiFansly = await ask('apiFansly', `/api/fansly/${LUNA.apiFansly}/chats?search=Tom%20B`);
		expect(at(apiFansly.body, 'data', 'data')).toMatchObject({
			success: true,
			response: { data: [row], aggregationData: { accounts: [partner] } },
			nextCursor: null,
		});
	});
});

describe('pages', () => {
	test.each([
		['ofapiOnlyFans', 10],
		['ofapiFansly', 25],
		['apiFansly', 10],
	] as const)('%s gives %i messages when no limit is named', async (pair, count) => {
		const answer = await list(pair, SAM[pair]);
		expect(idsIn(pair, answer)).toEqual(newestFirst(pair, SAM[pair]).slice(0, count));
	});

	test.each([
		['ofapiOnlyFans', [100, 100, 50]],
		['ofapiFansly', [100, 100, 50]],
		['apiFansly', [10, 10, 5]],
	] as const)('%s walks to the end without a loss or a repeat', async (pair, lengths) => {
		const pages = await walk(pair, SAM[pair], 100);
		expect(pages.map(({ length }) => length)).toEqual(lengths);
		expect(pages.flat()).toEqual(newestFirst(pair, SAM[pair]));
	});

	test.each([
		['ofapiOnlyFans', '0', 422],
		['ofapiOnlyFans', '101', 422],
		['ofapiOnlyFans', 'ten', 422],
		['ofapiFansly', '0', 422],
		['ofapiFansly', '101', 422],
		['ofapiFansly', '', 422],
		['apiFansly', '0', 400],
		['apiFansly', '-1', 400],
	] as const)('%s refuses the limit "%s"', async (pair, limit, status) => {
		expect((await list(pair, SAM[pair], `?limit=${limit}`)).status).toBe(status);
	});

	test.each(PAIRS)('%s refuses a query that it does not document', async (pair) => {
		const { status } = await list(pair, SAM[pair], '?offset=5');
		expect(status).toBe(pair === 'apiFansly' ? 400 : 422);
	});

	test('ApiFansly clamps a larger limit, and its cursor is no message ID', async () => {
		const answer = await list('apiFansly', SAM.apiFansly, '?limit=50');
		expect(idsIn('apiFansly', answer)).toHaveLength(10);
		const cursor = nextQuery('apiFansly', answer)?.slice('cursor='.length);
		expect(storedIds('apiFansly', SAM.apiFansly)).not.toContain(cursor);
		const someId = storedIds('apiFansly', SAM.apiFansly)[20];
		expect((await list('apiFansly', SAM.apiFansly, `?cursor=${someId}`)).status).toBe(400);
	});

	test('the next links have the documented form: absolute, and without a limit', async () => {
		const onlyFans = await list('ofapiOnlyFans', SAM.ofapiOnlyFans, '?limit=100');
		const last = newestFirst('ofapiOnlyFans', SAM.ofapiOnlyFans)[99];
		const next = String(at(onlyFans.body, '_pagination', 'next_page'));
		expect(next).toBe(
			`${simulator.ofapiUrl}${chatPath('ofapiOnlyFans', SAM.ofapiOnlyFans)}?order=desc&skip_users=all&id=${last}`,
		);
		expect(idsIn('ofapiOnlyFans', await ask('ofapiOnlyFans', next))).toHaveLength(10);

		const fansly = await list('ofapiFansly', SAM.ofapiFansly, '?limit=100');
		const before = newestFirst('ofapiFansly', SAM.ofapiFansly)[99];
		expect(at(fansly.body, '_pagination', 'next_page')).toBe(
			`${simulator.ofapiUrl}${chatPath('ofapiFansly', SAM.ofapiFansly)}?before=${before}`,
		);
		expect(at(fansly.body, 'data', 'hasMore')).toBe(true);
	});

	test('OnlyFans: order, first_id, last_id, id and the pinned ones', async () => {
		const ids = storedIds('ofapiOnlyFans', SAM.ofapiOnlyFans);
		const page = async (query: string) =>
			idsIn('ofapiOnlyFans', await list('ofapiOnlyFans', SAM.ofapiOnlyFans, query));
		expect(await page('?order=asc&limit=3')).toEqual(ids.slice(0, 3));
		expect(await page(`?first_id=${ids[100]}&limit=2`)).toEqual([ids[100], ids[99]]);
		expect(await page(`?order=asc&last_id=${ids[100]}&limit=2`)).toEqual([ids[100], ids[101]]);
		expect(await page(`?id=${ids[100]}&limit=2`)).toEqual([ids[99], ids[98]]);
		expect(await page(`?order=asc&id=${ids[100]}&limit=2`)).toEqual([ids[101], ids[102]]);
		expect((await list('ofapiOnlyFans', SAM.ofapiOnlyFans, `?last_id=${ids[100]}`)).status).toBe(
			422,
		);
		expect(
			(await list('ofapiOnlyFans', SAM.ofapiOnlyFans, `?order=asc&first_id=${ids[100]}`)).status,
		).toBe(422);

		add(
			'ofapiOnlyFans',
			{ direction: 'outgoing', text: 'Pinned', pinned: true },
			{ direction: 'outgoing', text: 'Not' },
		);
		const pinned = await list('ofapiOnlyFans', ALEX.ofapiOnlyFans, '?filter=pinned');
		expect(listAt(pinned.body, 'data').map((message) => at(message, 'text'))).toEqual([
			'<p>Pinned</p>',
		]);
		const users = await list('ofapiOnlyFans', TOM.ofapiOnlyFans, '?skip_users=none');
		expect(at(users.body, 'data', 0, 'fromUser', 'username')).toBe('tombaker');
	});

	test('Fansly: before leaves the message out, and a page has only its own records beside it', async () => {
		const ids = newestFirst('ofapiFansly', SAM.ofapiFansly);
		const { body } = await list('ofapiFansly', SAM.ofapiFansly, `?before=${ids[9]}&limit=40`);
		const messages = listAt(body, 'data', 'messages');
		expect(messages.map((message) => at(message, 'id'))).toEqual(ids.slice(10, 50));
		const named = messages.flatMap((message) =>
			listAt(message, 'attachments').map((attachment) => at(attachment, 'contentId')),
		);
		const bundled = listAt(body, 'data', 'accountMediaBundles').flatMap((bundle) =>
			listAt(bundle, 'accountMediaIds'),
		);
		const beside = ['accountMedia', 'accountMediaBundles', 'tips'].flatMap((name) =>
			listAt(body, 'data', name),
		);
		expect(beside.map((record) => at(record, 'id')).sort()).toEqual([...named, ...bundled].sort());
		expect(listAt(body, 'data', 'tips').length).toBeGreaterThan(0);
		expect(bundled.length).toBeGreaterThan(0);
	});

	test('chats come in pages', async () => {
		for (let number = 1; number <= 30; number++) {
			for (const pair of PAIRS) {
				const fan = {
					id: `${pair === 'ofapiOnlyFans' ? '6' : '30000000000000'}${1000 + number}`,
					name: `Fan ${number}`,
					username: `fan${number}`,
				};
				simulator.addChat(pair, { account: LUNA[pair], fan });
			}
		}
		const onlyFans = await ask(
			'ofapiOnlyFans',
			`/api/${LUNA.ofapiOnlyFans}/chats?limit=30&filter=unread`,
		);
		expect(listAt(onlyFans.body, 'data')).toHaveLength(2);
		const paged = await ask('ofapiOnlyFans', `/api/${LUNA.ofapiOnlyFans}/chats?query=fan`);
		expect(listAt(paged.body, 'data')).toHaveLength(10);
		expect(at(paged.body, '_pagination', 'next_page')).toBe(
			`${simulator.ofapiUrl}/api/${LUNA.ofapiOnlyFans}/chats?offset=10&limit=10`,
		);
		const fansly = await ask('ofapiFansly', `/api/fansly/${LUNA.ofapiFansly}/chats?offset=20`);
		expect(listAt(fansly.body, 'data', 'data')).toHaveLength(13);
		expect(at(fansly.body, '_pagination', 'next_page')).toBeNull();

		const first = await ask('apiFansly', `/api/fansly/${LUNA.apiFansly}/chats`);
		expect(listAt(first.body, 'data', 'data', 'response', 'data')).toHaveLength(20);
		const cursor = String(at(first.body, 'data', 'data', 'nextCursor'));
		const second = await ask('apiFansly', `/api/fansly/${LUNA.apiFansly}/chats?cursor=${cursor}`);
		expect(listAt(second.body, 'data', 'data', 'response', 'data')).toHaveLength(13);
		expect(at(second.body, 'data', 'data', 'nextCursor')).toBeNull();
		expect((await ask('apiFansly', `/api/fansly/${LUNA.apiFansly}/chats?limit=5`)).status).toBe(
			400,
		);
	});

	test('110,000 messages are built and served whole and in order', async () => {
		const fan = { id: '700001', name: 'Big Fan', username: 'bigfan' };
		const chat = simulator.addChat('ofapiOnlyFans', {
			account: LUNA.ofapiOnlyFans,
			fan,
			messages: 110_000,
		});
		const pages = await walk('ofapiOnlyFans', chat, 100, 1200);
		expect(pages).toHaveLength(1100);
		expect(pages.flat()).toEqual(newestFirst('ofapiOnlyFans', chat));
		expect(new Set(pages.flat()).size).toBe(110_000);
		expect(simulator.messages('ofapiOnlyFans', LUNA.ofapiOnlyFans, chat).at(-1)?.createdAt).toBe(
			new Date(BASE_TIME).toISOString(),
		);
	});
});

describe('histories', () => {
	test.each(PAIRS)('%s: the same every time, mixed, one minute apart, with growing IDs', (pair) => {
		const stored = simulator.messages(pair, LUNA[pair], SAM[pair]);
		simulator.reset();
		expect(simulator.messages(pair, LUNA[pair], SAM[pair])).toEqual(stored);
		for (const [index, message] of stored.entries()) {
			expect(Date.parse(message.createdAt)).toBe(BASE_TIME - (stored.length - 1 - index) * 60_000);
			const previous = stored[index - 1];
			if (previous !== undefined) expect(BigInt(message.id)).toBeGreaterThan(BigInt(previous.id));
			if (pair !== 'ofapiOnlyFans') {
				expect(BigInt(message.id)).toBeGreaterThan(BigInt(Number.MAX_SAFE_INTEGER));
			}
		}
		const having = {
			incoming: stored.some(({ direction }) => direction === 'incoming'),
			outgoing: stored.some(({ direction }) => direction === 'outgoing'),
			lines: stored.some(({ text }) => text.includes('\n\n')),
			entities: stored.some(({ text }) => text.includes('&amp;')),
			emoji: stored.some(({ text }) => text.includes('😍')),
			free: stored.some(({ media, price }) => media.length > 0 && price === 0),
			paid: stored.some(({ media, price }) => media[0]?.locked === true && price > 0),
			tips: stored.some(({ tip }) => tip > 0),
			replies: stored.some(({ replyToId }) => replyToId !== null),
		};
		expect(Object.entries(having).filter(([, found]) => !found)).toEqual([]);
	});

	test('messages take their place in time', () => {
		const texts = () =>
			simulator.messages('ofapiFansly', LUNA.ofapiFansly, ALEX.ofapiFansly).map(({ text }) => text);
		add('ofapiFansly', { direction: 'incoming', text: 'now' });
		add('ofapiFansly', {
			direction: 'incoming',
			text: 'long ago',
			createdAt: new Date('2020-01-01T00:00:00Z'),
		});
		add('ofapiFansly', {
			direction: 'incoming',
			text: 'same time',
			createdAt: new Date('2020-01-01T00:00:00Z'),
		});
		expect(texts()).toEqual(['long ago', 'same time', 'now']);
	});

	test('a sent message is stored as it was posted', async () => {
		for (const pair of PAIRS) {
			const body = { [TEXT_FIELD[pair]]: 'A <b> & 😍\nline' };
			const answer = await send(pair, body);
			const id = String(
				at(answer.body, ...(pair === 'apiFansly' ? ['data', 'data', 'response'] : ['data']), 'id'),
			);
			const stored = simulator.messages(pair, LUNA[pair], TOM[pair]);
			expect(stored).toHaveLength(4);
			const createdAt = stored.at(-1)?.createdAt;
			expect(Date.parse(createdAt ?? '')).toBeGreaterThan(BASE_TIME);
			expect(stored.at(-1)).toEqual({
				id,
				chatId: TOM[pair],
				direction: 'outgoing',
				text: 'A <b> & 😍\nline',
				createdAt,
				price: 0,
				tip: 0,
				media: [],
				replyToId: null,
				requestBody: body,
			});
		}
	});
});

describe('what a send may hold', () => {
	test.each<[PairName, object, object]>([
		['ofapiOnlyFans', { text: 'Hi', replyToMessageId: 123 }, { replyToId: '123' }],
		['ofapiOnlyFans', { giphyId: 'abc' }, { text: '' }],
		[
			'ofapiOnlyFans',
			{ text: 'Hi', price: 0, lockedText: true, rfTag: ['1'], rfGuest: [2], rfPartner: [] },
			{ price: 0 },
		],
		[
			'ofapiOnlyFans',
			{ mediaFiles: ['ofapi_media_1', 77, '88'], previews: [88], price: 6.97 },
			{
				price: 6.97,
				media: [{ locked: true }, { id: '77', locked: true }, { id: '88', locked: false }],
			},
		],
		[
			'ofapiFansly',
			{ text: 'Hi', replyToMessageId: '922917319414394880' },
			{ replyToId: '922917319414394880' },
		],
		[
			'ofapiFansly',
			{ mediaFiles: ['fansly_media_1', 'fansly_media_2'] },
			{ text: '', media: [{ locked: false }, { locked: false }] },
		],
		['apiFansly', { content: 'Hi', mediaId: '8' }, { price: 0, media: [{ locked: false }] }],
		[
			'apiFansly',
			{ content: 'Hi', mediaId: '8', access_type: 'ppv', price: 1 },
			{ price: 1, media: [{ locked: true }] },
		],
		[
			'apiFansly',
			{
				content: 'Hi',
				mediaIds: ['8', { mediaId: '9', previewId: '10' }],
				access_type: ['ppv'],
				price: 500,
			},
			{
				price: 500,
				media: [{ locked: true }, { locked: true }],
			},
		],
	])('%s takes %j', async (pair, body, stored) => {
		expect((await send(pair, body)).status).toBe(pair === 'apiFansly' ? 201 : 200);
		expect(simulator.messages(pair, LUNA[pair], TOM[pair]).at(-1)).toMatchObject({
			...stored,
			requestBody: body,
		});
	});

	test.each<[PairName, unknown, string]>([
		['ofapiOnlyFans', [], 'text'],
		['ofapiOnlyFans', { text: '' }, 'text'],
		['ofapiOnlyFans', { text: 5 }, 'text'],
		['ofapiOnlyFans', { text: 'Hi', mediaFiles: '[1]' }, 'mediaFiles'],
		['ofapiOnlyFans', { text: 'Hi', mediaFiles: ['1,2'] }, 'mediaFiles'],
		['ofapiOnlyFans', { text: 'Hi', mediaFiles: [1.5] }, 'mediaFiles'],
		['ofapiOnlyFans', { text: 'Hi', mediaFiles: [1], previews: '1' }, 'previews'],
		['ofapiOnlyFans', { text: 'Hi', mediaFiles: [1], previews: [2] }, 'previews'],
		['ofapiOnlyFans', { text: 'Hi', mediaFiles: [1], price: '5' }, 'price'],
		['ofapiOnlyFans', { text: 'Hi', mediaFiles: [1], price: 2.99 }, 'price'],
		['ofapiOnlyFans', { text: 'Hi', mediaFiles: [1], price: 200.01 }, 'price'],
		['ofapiOnlyFans', { text: 'Hi', mediaFiles: [1], price: -3 }, 'price'],
		['ofapiOnlyFans', { text: 'Hi', price: 5 }, 'mediaFiles'],
		['ofapiOnlyFans', { text: 'Hi', replyToMessageId: '123' }, 'replyToMessageId'],
		['ofapiOnlyFans', { text: 'Hi', lockedText: 'true' }, 'lockedText'],
		['ofapiOnlyFans', { text: 'Hi', rfTag: '5' }, 'rfTag'],
		['ofapiOnlyFans', { text: 'Hi', rfPartner: 5 }, 'rfPartner'],
		['ofapiOnlyFans', { text: 'Hi', rfGuest: ['x'] }, 'rfGuest'],
		['ofapiOnlyFans', { text: 'Hi', giphyId: 5 }, 'giphyId'],
		['ofapiOnlyFans', { text: 'Hi', blockBannedWords: 'all' }, 'blockBannedWords'],
		['ofapiOnlyFans', { text: 'A riskyword', blockBannedWords: 'risky' }, 'riskyword'],
		['ofapiOnlyFans', { text: 'Hi', content: 'Hi' }, 'content'],
		['ofapiFansly', {}, 'text'],
		['ofapiFansly', { text: '', mediaFiles: [] }, 'text'],
		['ofapiFansly', { text: 'Hi', mediaFiles: 'fansly_media_1' }, 'mediaFiles'],
		['ofapiFansly', { text: 'Hi', mediaFiles: ['ofapi_media_1'] }, 'mediaFiles'],
		['ofapiFansly', { text: 'Hi', replyToMessageId: 123 }, 'replyToMessageId'],
		['ofapiFansly', { text: 'Hi', price: 5 }, 'price'],
		['apiFansly', {}, 'content'],
		['apiFansly', { content: ' ' }, 'content'],
		['apiFansly', { content: 'Hi', text: 'Hi' }, 'text'],
		['apiFansly', { content: 'Hi', mediaId: 8 }, 'mediaId'],
		['apiFansly', { content: 'Hi', mediaIds: '8' }, 'mediaIds'],
		['apiFansly', { content: 'Hi', mediaIds: [] }, 'mediaIds'],
		['apiFansly', { content: 'Hi', mediaIds: [8] }, 'mediaIds'],
		['apiFansly', { content: 'Hi', mediaIds: [{ previewId: '8' }] }, 'mediaId'],
		['apiFansly', { content: 'Hi', mediaIds: [{ mediaId: '8', price: 5 }] }, 'price'],
		['apiFansly', { content: 'Hi', mediaId: '8', mediaIds: ['9'] }, 'combined'],
		['apiFansly', { content: 'Hi', mediaId: '8', access_type: 'ppv' }, 'price'],
		['apiFansly', { content: 'Hi', mediaId: '8', price: 5 }, 'price'],
		['apiFansly', { content: 'Hi', mediaId: '8', access_type: 'ppv', price: 0.99 }, 'price'],
		['apiFansly', { content: 'Hi', mediaId: '8', access_type: 'ppv', price: 501 }, 'price'],
		['apiFansly', { content: 'Hi', mediaId: '8', access_type: 'ppv', price: '5' }, 'price'],
		['apiFansly', { content: 'Hi', mediaId: '8', access_type: ['ppv'], price: 5 }, 'access_type'],
		['apiFansly', { content: 'Hi', mediaId: '8', access_type: 'follow', price: 5 }, 'access_type'],
		['apiFansly', { content: 'Hi', access_type: 'ppv', price: 5 }, 'access_type'],
	])('%s refuses %j', async (pair, body, named) => {
		const answer = await send(pair, body);
		expect(answer.status).toBe(pair === 'apiFansly' ? 400 : 422);
		expect(complaint(answer)).toContain(named);
		expect(storedIds(pair, TOM[pair])).toHaveLength(3);
		expect(simulator.requests.at(-1)?.credits).toBe(0);
	});

	test('banned words pass unless screening is asked for', async () => {
		const text = 'bannedword';
		expect((await send('ofapiOnlyFans', { text })).status).toBe(200);
		expect((await send('ofapiOnlyFans', { text, blockBannedWords: 'replace_soften' })).status).toBe(
			200,
		);
		expect((await send('ofapiOnlyFans', { text, blockBannedWords: 'strict_ban' })).status).toBe(
			422,
		);
	});

	test.each(PAIRS)('%s answers a body that is no JSON with JSON', async (pair) => {
		const answer = await ask(pair, chatPath(pair, TOM[pair]), {
			method: 'POST',
			rawBody: '{"text":',
		});
		expect(answer.status).toBe(400);
		expect(typeof at(answer.body, 'message')).toBe('string');
	});
});

describe('Idempotency-Key', () => {
	const keyed = (key: string, body: unknown = { text: 'Once' }) =>
		send('ofapiOnlyFans', body, { 'idempotency-key': key });
	const count = () => storedIds('ofapiOnlyFans', TOM.ofapiOnlyFans).length - 3;

	test('the stored answer comes back, marked and free', async () => {
		const first = await keyed('k1');
		const second = await keyed('k1');
		expect([first.status, second.status, count()]).toEqual([200, 200, 1]);
		expect(first.headers.get('idempotent-replayed')).toBeNull();
		expect(second.headers.get('idempotent-replayed')).toBe('true');
		expect(at(second.body, 'data')).toEqual(at(first.body, 'data'));
		expect(at(second.body, '_meta', '_credits', 'used')).toBe(0);
		expect(simulator.credits('ofapi').used).toBe(1);
		await keyed('k2');
		expect(count()).toBe(2);
	});

	test('another body or chat is a mismatch', async () => {
		await keyed('k1');
		const otherBody = await keyed('k1', { text: 'Twice' });
		const otherChat = await ask('ofapiOnlyFans', chatPath('ofapiOnlyFans', SAM.ofapiOnlyFans), {
			method: 'POST',
			body: { text: 'Once' },
			headers: { 'idempotency-key': 'k1' },
		});
		for (const answer of [otherBody, otherChat]) {
			expect([answer.status, at(answer.body, 'error')]).toEqual([422, 'IDEMPOTENCY_KEY_MISMATCH']);
		}
		expect(count()).toBe(1);
	});

	test('while the first is in progress there is a conflict', async () => {
		simulator.addFault({ kind: 'slow', ms: 2000, times: 1 });
		const first = keyed('k1');
		await until(() => count() === 1);
		const second = await keyed('k1');
		expect([second.status, at(second.body, 'error')]).toEqual([409, 'IDEMPOTENCY_CONFLICT']);
		expect((await first).status).toBe(200);
		expect((await keyed('k1')).headers.get('idempotent-replayed')).toBe('true');
		expect(count()).toBe(1);
	});

	test.each(['', 'x'.repeat(256), 'caf\u00e9'])('the key "%s" is refused', async (key) => {
		const answer = await keyed(key);
		expect([answer.status, at(answer.body, 'error')]).toEqual([400, 'IDEMPOTENCY_KEY_INVALID']);
		expect(count()).toBe(0);
	});

	test('a refusal is stored, a 5xx is not, an answer lost on the way is', async () => {
		expect((await keyed('bad', {})).status).toBe(422);
		expect((await keyed('bad', {})).headers.get('idempotent-replayed')).toBe('true');

		simulator.addFault({ kind: 'storedThen500', times: 1 });
		expect((await keyed('k500')).status).toBe(500);
		expect((await keyed('k500')).headers.get('idempotent-replayed')).toBeNull();
		expect(count()).toBe(2);

		simulator.addFault({ kind: 'lostAfterStoring', times: 1 });
		await expect(keyed('lost')).rejects.toThrow();
		expect((await keyed('lost')).headers.get('idempotent-replayed')).toBe('true');
		expect(count()).toBe(3);
	});

	test('Fansly knows no such key', async () => {
		for (let time = 0; time < 2; time++) {
			await send('ofapiFansly', { text: 'Twice' }, { 'idempotency-key': 'k1' });
		}
		expect(storedIds('ofapiFansly', TOM.ofapiFansly)).toHaveLength(5);
	});
});

describe('single messages', () => {
	test('OnlyFans: read and delete', async () => {
		await sendText('ofapiOnlyFans');
		const [incoming, , , own] = storedIds('ofapiOnlyFans', TOM.ofapiOnlyFans);
		const path = (id: string | undefined) =>
			`${chatPath('ofapiOnlyFans', TOM.ofapiOnlyFans)}/${id}`;
		const read = await ask('ofapiOnlyFans', path(own));
		expect(at(read.body, 'data')).toMatchObject({
			id: Number(own),
			text: '<p>Hello</p>',
			isSentByMe: true,
		});
		expect((await ask('ofapiOnlyFans', path(incoming), { method: 'DELETE' })).status).toBe(400);
		const deleted = await ask('ofapiOnlyFans', path(own), { method: 'DELETE' });
		expect(at(deleted.body, 'data')).toEqual({ success: true });
		const missing = await ask('ofapiOnlyFans', path(own));
		expect([missing.status, at(missing.body, 'error')]).toEqual([404, 'ONLYFANS_COM_ERROR']);
		expect(storedIds('ofapiOnlyFans', TOM.ofapiOnlyFans)).not.toContain(own);
	});

	test('OnlyFans: a message older than a day stays', async () => {
		add('ofapiOnlyFans', {
			direction: 'outgoing',
			text: 'Old',
			createdAt: new Date(BASE_TIME - 25 * 3_600_000),
		});
		const [id] = storedIds('ofapiOnlyFans', ALEX.ofapiOnlyFans);
		const { status } = await ask(
			'ofapiOnlyFans',
			`${chatPath('ofapiOnlyFans', ALEX.ofapiOnlyFans)}/${id}`,
			{ method: 'DELETE' },
		);
		expect(status).toBe(400);
	});

	test('Fansly: delete through both providers', async () => {
		await sendText('ofapiFansly');
		const id = newestFirst('ofapiFansly', TOM.ofapiFansly)[0];
		const deleted = await ask('ofapiFansly', `${chatPath('ofapiFansly', TOM.ofapiFansly)}/${id}`, {
			method: 'DELETE',
		});
		expect(at(deleted.body, 'data')).toMatchObject({ id, deletedAt: BASE_TIME / 1000 });
		expect(storedIds('ofapiFansly', TOM.ofapiFansly)).toHaveLength(3);

		await sendText('apiFansly');
		const otherId = newestFirst('apiFansly', TOM.apiFansly)[0];
		const path = `/api/fansly/${LUNA.apiFansly}/messages/${otherId}`;
		expect((await ask('apiFansly', path, { method: 'DELETE' })).status).toBe(200);
		expect((await ask('apiFansly', path, { method: 'DELETE' })).status).toBe(404);
		expect(storedIds('apiFansly', TOM.apiFansly)).toHaveLength(3);
	});
});

describe('keys, accounts, chats, credits and limits', () => {
	test.each(PAIRS)('%s refuses a wrong key', async (pair) => {
		const { status, body } = await ask(pair, `${ROOT[pair]}/accounts`, { key: 'wrong' });
		expect(status).toBe(401);
		if (pair === 'apiFansly') expect(body).toMatchObject({ statusCode: 401, data: null });
		else expect(keysAt(body)).toEqual(['error']);
		expect((await fetch(`${originOf(simulator, pair)}${ROOT[pair]}/accounts`)).status).toBe(401);
	});

	test('a key without Fansly', async () => {
		expect(
			(await ask('ofapiFansly', '/api/fansly/accounts', { key: ONLYFANS_ONLY_KEY })).status,
		).toBe(403);
		expect((await ask('ofapiOnlyFans', '/api/accounts', { key: ONLYFANS_ONLY_KEY })).status).toBe(
			200,
		);
	});

	test('unknown accounts, chats and routes', async () => {
		const account = (pair: PairName) => ask(pair, `${ROOT[pair]}/nobody/chats/1/messages`);
		for (const pair of ['ofapiOnlyFans', 'ofapiFansly'] as const) {
			expect(await account(pair)).toMatchObject({
				status: 404,
				body: { code: 'account_not_found' },
			});
		}
		expect(await account('apiFansly')).toMatchObject({
			status: 403,
			body: { error: 'Account not found or access denied' },
		});
		expect(await list('ofapiOnlyFans', '1')).toMatchObject({
			status: 404,
			body: { error: 'ONLYFANS_COM_ERROR' },
		});
		expect(await list('ofapiFansly', '1')).toMatchObject({
			status: 404,
			body: { error: 'FANSLY_COM_ERROR' },
		});
		expect(await list('apiFansly', '1')).toMatchObject({
			status: 404,
			body: { statusCode: 404, data: null },
		});
		expect((await ask('ofapiOnlyFans', '/api/fansly/chats')).status).toBe(404);
		expect((await ask('apiFansly', '/api/fansly/a/b/c')).status).toBe(404);
	});

	test('only ApiFansly minds a content type on a GET', async () => {
		const headers = { 'content-type': 'application/json' };
		expect((await ask('apiFansly', chatPath('apiFansly', TOM.apiFansly), { headers })).status).toBe(
			400,
		);
		expect(
			(await ask('ofapiFansly', chatPath('ofapiFansly', TOM.ofapiFansly), { headers })).status,
		).toBe(200);
	});

	test.each(PAIRS)(
		'%s: a call costs a credit, and without credits nothing happens',
		async (pair) => {
			const provider = pair === 'apiFansly' ? 'apiFansly' : 'ofapi';
			await list(pair, SAM[pair]);
			expect(simulator.credits(provider)).toEqual({ used: 1, balance: 999_999 });
			simulator.setBalance(provider, 1);
			const last = await sendText(pair);
			expect(last.status).toBeLessThan(300);
			if (provider === 'ofapi') {
				expect(at(last.body, '_meta', '_credits')).toMatchObject({ used: 1, balance: 0 });
			}
			expect((await sendText(pair)).status).toBe(402);
			expect(storedIds(pair, TOM[pair])).toHaveLength(4);
		},
	);

	test.each(PAIRS)('%s: one request too many in a minute', async (pair) => {
		simulator.setRateLimit(pair === 'apiFansly' ? 'apiFansly' : 'ofapi', 2);
		await sendText(pair);
		const second = await sendText(pair);
		const third = await sendText(pair);
		expect([second.status < 300, third.status]).toEqual([true, 429]);
		const names =
			pair === 'apiFansly'
				? [
						'x-ratelimit-retry-after',
						'x-ratelimit-limit',
						'x-ratelimit-remaining',
						'x-ratelimit-plan',
					]
				: ['retry-after'];
		expect(names.map((name) => third.headers.get(name))).toEqual(
			[expect.stringMatching(/^(60|59)$/), '2', '0', 'pro'].slice(0, names.length),
		);
		expect(storedIds(pair, TOM[pair])).toHaveLength(5);
	});

	test('requests are recorded in order of arrival', async () => {
		await sendText('ofapiFansly');
		await list('apiFansly', '1', '?limit=5');
		expect(simulator.requests).toMatchObject([
			{
				pair: 'ofapiFansly',
				method: 'POST',
				path: chatPath('ofapiFansly', TOM.ofapiFansly),
				body: { text: 'Hello' },
				status: 200,
				credits: 1,
			},
			{
				pair: 'apiFansly',
				method: 'GET',
				query: { limit: '5' },
				headers: { 'x-api-key': DEFAULT_KEYS.apiFansly },
				status: 404,
				credits: 0,
			},
		]);
	});

	test('simultaneous requests of an account are counted', async () => {
		simulator.addFault({ kind: 'slow', ms: 100, pair: 'ofapiFansly' });
		await Promise.all([1, 2, 3].map(() => list('ofapiFansly', TOM.ofapiFansly)));
		await list('ofapiFansly', TOM.ofapiFansly);
		expect(simulator.maxInFlight(LUNA.ofapiFansly)).toBe(3);
		expect(simulator.maxInFlight(LUNA.apiFansly)).toBe(0);
	});
});

describe.each(PAIRS)('faults of %s', (pair) => {
	const fault = (effect: FaultEffect) =>
		simulator.addFault({ ...effect, pair, method: 'POST', path: /messages$/ });
	const sent = () => storedIds(pair, TOM[pair]).length - 3;

	test('rateLimited', async () => {
		fault({ kind: 'rateLimited', retryAfterSeconds: 7 });
		const { status, headers } = await sendText(pair);
		expect([
			status,
			headers.get(pair === 'apiFansly' ? 'x-ratelimit-retry-after' : 'retry-after'),
			sent(),
		]).toEqual([429, '7', 0]);
	});

	test('html', async () => {
		fault({ kind: 'html' });
		const { status, headers, body } = await sendText(pair);
		expect([status, headers.get('content-type'), sent()]).toEqual([
			502,
			'text/html; charset=UTF-8',
			0,
		]);
		expect(body).toContain('<html');
	});

	test('json', async () => {
		fault({ kind: 'json', status: 503, body: { message: 'Later' } });
		expect(await sendText(pair)).toMatchObject({ status: 503, body: { message: 'Later' } });
		expect(sent()).toBe(0);
	});

	test('reset', async () => {
		fault({ kind: 'reset' });
		await expect(sendText(pair)).rejects.toThrow();
		expect([sent(), simulator.requests.at(-1)?.status]).toEqual([0, 0]);
	});

	test('slow', async () => {
		fault({ kind: 'slow', ms: 300 });
		const answer = sendText(pair);
		await until(() => sent() === 1);
		expect(simulator.requests.at(-1)?.status).toBe(0);
		await answer;
		expect(simulator.requests.at(-1)?.status).not.toBe(0);
	});

	test('notJson', async () => {
		fault({ kind: 'notJson' });
		expect(await sendText(pair)).toMatchObject({ status: 200, body: 'OK' });
		expect(sent()).toBe(0);
	});

	test('failureInside', async () => {
		fault({ kind: 'failureInside' });
		const { status, body } = await sendText(pair);
		expect([
			status,
			at(body, ...(pair === 'apiFansly' ? ['data', 'data'] : ['data']), 'success'),
			sent(),
		]).toEqual([200, false, 0]);
	});

	test('lostAfterStoring', async () => {
		fault({ kind: 'lostAfterStoring' });
		await expect(sendText(pair)).rejects.toThrow();
		expect([sent(), simulator.requests.at(-1)?.credits]).toEqual([1, 1]);
	});

	test('storedThen500', async () => {
		fault({ kind: 'storedThen500' });
		expect([(await sendText(pair)).status, sent()]).toEqual([500, 1]);
	});

	test('halfAnswer', async () => {
		fault({ kind: 'halfAnswer' });
		await expect(sendText(pair)).rejects.toThrow();
		expect([sent(), simulator.requests.at(-1)?.status]).toEqual([
			1,
			pair === 'apiFansly' ? 201 : 200,
		]);
	});

	test.each<FaultEffect>([{ kind: 'stall' }, { kind: 'drip', ms: 1000 }])(
		'$kind',
		async (effect) => {
			fault(effect);
			const ended = sendText(pair).then(
				() => 'ended',
				() => 'broken',
			);
			await until(() => simulator.requests.at(-1)?.status !== 0);
			const later = new Promise((resolve) => setTimeout(resolve, 200, 'still open'));
			expect(await Promise.race([ended, later])).toBe('still open');
			expect([sent(), simulator.requests.at(-1)?.status]).toEqual([
				1,
				pair === 'apiFansly' ? 201 : 200,
			]);
		},
	);

	test('a drip comes to its end', async () => {
		fault({ kind: 'drip', ms: 0 });
		expect([(await sendText(pair)).status, sent()]).toEqual([pair === 'apiFansly' ? 201 : 200, 1]);
	});

	test('redirect', async () => {
		fault({ kind: 'redirect', location: 'http://127.0.0.1:9/elsewhere' });
		const { status, headers } = await sendText(pair);
		expect([status, headers.get('location'), sent()]).toEqual([
			302,
			'http://127.0.0.1:9/elsewhere',
			0,
		]);
	});

	test('a fault skips, hits so many times, leaves other requests alone and can be taken back', async () => {
		simulator.addFault({
			kind: 'json',
			status: 418,
			body: {},
			pair,
			method: 'post',
			path: /messages$/,
			skip: 1,
			times: 2,
		});
		const statuses: number[] = [];
		for (let time = 0; time < 4; time++) {
			expect((await list(pair, TOM[pair])).status).toBe(200);
			statuses.push((await sendText(pair)).status);
		}
		const ok = pair === 'apiFansly' ? 201 : 200;
		expect(statuses).toEqual([ok, 418, 418, ok]);
		fault({ kind: 'notJson' });
		simulator.clearFaults();
		expect((await sendText(pair)).status).toBe(ok);
	});
});

describe('unlockedPaid', () => {
	test('ApiFansly stores the media without a price', async () => {
		simulator.addFault({ kind: 'unlockedPaid' });
		const { status } = await send('apiFansly', {
			content: 'Pay',
			mediaIds: ['8'],
			access_type: ['ppv'],
			price: 25,
		});
		const answer = await list('apiFansly', TOM.apiFansly, '?limit=1');
		const media = at(answer.body, 'data', 'data', 'response', 'accountMedia', 0);
		expect([status, at(media, 'price')]).toEqual([201, 0]);
		expect(simulator.messages('apiFansly', LUNA.apiFansly, TOM.apiFansly).at(-1)).toMatchObject({
			price: 0,
			media: [{ locked: false }],
		});
		simulator.clearFaults();
		await send('apiFansly', { content: 'Pay', mediaIds: ['8'], access_type: ['ppv'], price: 25 });
		const paid = await list('apiFansly', TOM.apiFansly, '?limit=1');
		expect(at(paid.body, 'data', 'data', 'response', 'accountMedia', 0, 'price')).toBe(25_000);
	});

	test('OnlyFans answers that it is free', async () => {
		simulator.addFault({ kind: 'unlockedPaid' });
		const { body } = await send('ofapiOnlyFans', { text: 'Pay', mediaFiles: [1], price: 25 });
		expect(at(body, 'data')).toMatchObject({ isFree: true, price: 0 });
	});
});

describe.each(PAIRS)('quirks of %s', (pair) => {
	const size = pair === 'apiFansly' ? 10 : 100;
	const total = () => newestFirst(pair, SAM[pair]);

	test('endsWithEmptyPage', async () => {
		simulator.quirks.endsWithEmptyPage = true;
		const pages = await walk(pair, SAM[pair], size);
		expect(pages).toHaveLength(4);
		expect(pages[3]).toEqual([]);
		expect(pages.flat()).toEqual(total());
	});

	test('hasMoreWithEmptyPage', async () => {
		simulator.quirks.hasMoreWithEmptyPage = true;
		const pages = await walk(pair, SAM[pair], size, 6);
		expect(pages.map(({ length }) => length).slice(3)).toEqual([0, 0, 0]);
		expect(pages.flat()).toEqual(total());
	});

	test.each([1, 2])('repeatCursor from page %i on', async (from) => {
		simulator.quirks.repeatCursor = from;
		const pages = await walk(pair, SAM[pair], size, 5);
		expect(pages.slice(0, from)).toEqual(
			[total().slice(0, size), total().slice(size, 2 * size)].slice(0, from),
		);
		expect(pages.slice(from)).toEqual(Array.from({ length: 5 - from }, () => pages[from - 1]));
		const tail = await list(pair, SAM[pair], `?limit=${size}`);
		if (from === 1) {
			expect(
				nextQuery(pair, await list(pair, SAM[pair], `?limit=${size}&${nextQuery(pair, tail)}`)),
			).toBe(nextQuery(pair, tail));
		}
	});

	test('overlap', async () => {
		simulator.quirks.overlap = 3;
		const pages = await walk(pair, SAM[pair], size);
		expect(pages[1]?.slice(0, 3)).toEqual(pages[0]?.slice(-3));
		expect([...new Set(pages.flat())]).toEqual(total());
		expect(pages.at(-1)?.at(-1)).toBe(total().at(-1));
	});

	test('shortPages', async () => {
		simulator.quirks.shortPages = 7;
		const pages = await walk(pair, SAM[pair], size);
		expect(pages[0]).toHaveLength(7);
		expect(pages.flat()).toEqual(total());
	});
});

test('the quirk inclusiveBefore', async () => {
	simulator.quirks.inclusiveBefore = true;
	const ids = newestFirst('ofapiFansly', SAM.ofapiFansly);
	expect(
		idsIn('ofapiFansly', await list('ofapiFansly', SAM.ofapiFansly, `?limit=2&before=${ids[9]}`)),
	).toEqual([ids[9], ids[10]]);
});

test('the quirk nextPageOrigin', async () => {
	simulator.quirks.nextPageOrigin = 'http://evil.example';
	expect(at((await list('ofapiFansly', SAM.ofapiFansly)).body, '_pagination', 'next_page')).toMatch(
		/^http:\/\/evil\.example\/api\//,
	);
});

test('reset puts everything back', async () => {
	simulator.addFault({ kind: 'reset' });
	simulator.quirks.shortPages = 1;
	simulator.setBalance('ofapi', 0);
	simulator.setRateLimit('ofapi', 0);
	add('ofapiOnlyFans', { direction: 'incoming', text: 'More' });
	simulator.reset();
	expect((await list('ofapiOnlyFans', ALEX.ofapiOnlyFans)).body).toMatchObject({ data: [] });
	expect(idsIn('ofapiOnlyFans', await list('ofapiOnlyFans', SAM.ofapiOnlyFans))).toHaveLength(10);
	expect(simulator.requests).toHaveLength(2);
	expect(simulator.credits('ofapi').used).toBe(2);
});

test('keys can be chosen, and a start without a control server names none', async () => {
	const other = await startSimulator({ controlPort: false, keys: { ofapi: 'mine' } });
	const status = async (key: string) =>
		(await fetch(`${other.ofapiUrl}/api/whoami`, { headers: { authorization: `Bearer ${key}` } }))
			.status;
	expect([other.controlUrl, await status('mine'), await status(DEFAULT_KEYS.ofapi)]).toEqual([
		undefined,
		200,
		401,
	]);
	await other.close();
	await expect(status('mine')).rejects.toThrow();
});

describe('the control server', () => {
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

	test('state, requests and messages', async () => {
		await sendText('apiFansly', 'Over the wire');
		expect((await control('/state')).body).toMatchObject({
			credits: { apiFansly: { used: 1, balance: 999_999 } },
			requestCount: 1,
		});
		expect((await control('/requests')).body).toMatchObject([{ pair: 'apiFansly', status: 201 }]);
		const stored = await control(
			`/messages?pair=apiFansly&account=${LUNA.apiFansly}&chat=${TOM.apiFansly}`,
		);
		expect(at(stored.body, 3, 'text')).toBe('Over the wire');
		await control('/requests', 'DELETE');
		expect(simulator.requests).toEqual([]);
	});

	test('new chats and messages', async () => {
		const fan = { id: '300000000000009999', name: 'New Fan', username: 'newfan' };
		const chat = await control('/chats', 'POST', {
			pair: 'ofapiFansly',
			account: LUNA.ofapiFansly,
			fan,
			messages: 5,
		});
		const id = String(at(chat.body, 'id'));
		const messages = [
			{
				direction: 'incoming',
				text: 'Hi',
				tip: 5,
				createdAt: '2026-10-01T00:00:00Z',
				media: [{ type: 'video' }],
			},
		];
		const added = await control('/messages', 'POST', {
			pair: 'ofapiFansly',
			account: LUNA.ofapiFansly,
			chat: id,
			messages,
		});
		expect(added.body).toMatchObject([
			{
				text: 'Hi',
				tip: 5,
				createdAt: '2026-10-01T00:00:00.000Z',
				media: [{ type: 'video', locked: false }],
			},
		]);
		expect(idsIn('ofapiFansly', await list('ofapiFansly', id))).toHaveLength(6);
	});

	test('faults, quirks and reset', async () => {
		await control('/faults', 'POST', {
			kind: 'json',
			status: 503,
			body: { error: 'x' },
			path: 'messages$',
			times: 1,
		});
		expect([
			(await list('ofapiFansly', TOM.ofapiFansly)).status,
			(await list('ofapiFansly', TOM.ofapiFansly)).status,
		]).toEqual([503, 200]);
		await control('/faults', 'POST', { kind: 'html' });
		await control('/faults', 'DELETE');
		expect((await list('ofapiFansly', TOM.ofapiFansly)).status).toBe(200);
		expect((await control('/quirks', 'POST', { shortPages: 2 })).body).toMatchObject({
			shortPages: 2,
			overlap: 0,
		});
		expect(idsIn('ofapiFansly', await list('ofapiFansly', TOM.ofapiFansly))).toHaveLength(2);
		await control('/reset', 'POST');
		expect(idsIn('ofapiFansly', await list('ofapiFansly', TOM.ofapiFansly))).toHaveLength(3);
	});

	test.each([
		['/faults', { kind: 'explode' }],
		['/quirks', { sorcery: true }],
		['/quirks', { overlap: 'three' }],
		['/messages', { pair: 'ofapiFansly', account: 'x', chat: 'y', messages: 'z' }],
		['/chats', { pair: 'fansly' }],
	])('%s refuses %j', async (path, body) => {
		const answer = await control(path, 'POST', body);
		expect([answer.status, typeof at(answer.body, 'error')]).toEqual([400, 'string']);
		expect(at(answer.body, 'error')).not.toContain('undefined');
	});
});

describe('the command line', () => {
	function run(
		...args: string[]
	): Promise<{ code: number | null; output: string; errors: string }> {
		const cli = join(__dirname, '..', 'simulator', 'cli.ts');
		const child = spawn(process.execPath, ['--import', 'tsx', cli, ...args], {
			cwd: join(__dirname, '..', '..'),
		});
		let output = '';
		let errors = '';
		child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
		child.stdout.on('data', (chunk: Buffer) => {
			output += chunk.toString();
			if (output.includes('Ctrl-C')) child.kill('SIGINT');
		});
		return new Promise((resolve) => child.on('close', (code) => resolve({ code, output, errors })));
	}

	test('prints addresses, keys, accounts and chats, and ends on Ctrl-C', async () => {
		const { code, output } = await run(
			'--ofapi-port',
			'0',
			'--apifansly-port',
			'0',
			'--control-port',
			'0',
		);
		expect(code).toBe(0);
		for (const text of [
			...Object.values(DEFAULT_KEYS),
			...Object.values(LUNA),
			...Object.values(SAM),
		]) {
			expect(output).toContain(text);
		}
	});

	test.each([
		['a port in use', () => new URL(simulator.ofapiUrl).port, /^Port \d+ is already in use/],
		['no port', () => 'many', /^--ofapi-port must be a port number/],
	])('says in one line what is wrong: %s', async (_case, port, expected) => {
		const { code, errors } = await run(
			'--ofapi-port',
			port(),
			'--apifansly-port',
			'0',
			'--control-port',
			'0',
		);
		expect([code, errors.trim().split('\n').length]).toEqual([1, 1]);
		expect(errors).toMatch(expected);
	});
});
