import { startSimulator } from '../simulator';
import type { PairName, Simulator } from '../simulator';
import { LUNA, ROOT, TOM, askAt, at, listAt } from './simulatorClient';
import type { Ask } from './simulatorClient';

/** What the providers of Fansly refuse, which the nodes never send; and what the nodes' tests build on. */

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({ controlPort: false });
});
beforeEach(() => simulator.reset());
afterAll(() => simulator.close());

type FanslyPair = Exclude<PairName, 'ofapiOnlyFans'>;

const TOM_ID = '300000000000000001';
const CREATOR_ID = '100000000000000001';
const ask = (pair: FanslyPair, path: string, options?: Ask) =>
	askAt(simulator, pair, `${ROOT[pair]}/${LUNA[pair]}/${path}`, options);
const message = (pair: FanslyPair, index: number): string =>
	simulator.messages(pair, LUNA[pair], TOM[pair])[index]?.id ?? '';
const chat = (pair: FanslyPair) => `chats/${TOM[pair]}`;

const OFAPI: Array<[string, string, string, unknown]> = [
	[
		'an acknowledgement without messages',
		'POST',
		`${chat('ofapiFansly')}/messages/ack`,
		{ messageIds: [], type: 2 },
	],
	[
		'26 messages',
		'POST',
		`${chat('ofapiFansly')}/messages/ack`,
		{ messageIds: Array.from({ length: 26 }, () => '1'), type: 2 },
	],
	[
		'an acknowledgement without a type',
		'POST',
		`${chat('ofapiFansly')}/messages/ack`,
		{ messageIds: ['1'] },
	],
	[
		'an acknowledgement of type 5',
		'POST',
		`${chat('ofapiFansly')}/messages/ack`,
		{ messageIds: ['1'], type: 5 },
	],
	[
		'message IDs as numbers',
		'POST',
		`${chat('ofapiFansly')}/messages/ack`,
		{ messageIds: [1], type: 2 },
	],
	['a reaction without a type', 'POST', `${chat('ofapiFansly')}/messages/1/reactions`, {}],
	['reaction 8', 'POST', `${chat('ofapiFansly')}/messages/1/reactions`, { type: 8 }],
	['a reaction as a text', 'DELETE', `${chat('ofapiFansly')}/messages/1/reactions`, { type: '1' }],
	['a chat without a user', 'POST', 'chats', {}],
	['a chat by another field', 'POST', 'chats', { user_id: TOM_ID, fanId: TOM_ID }],
	['101 fans a page', 'GET', 'subscribers?limit=101', undefined],
	['an unknown status', 'GET', 'subscribers?status=3,4', undefined],
	['a status of followers', 'GET', 'followers?status=active', undefined],
	['a time in milliseconds', 'GET', 'followers?last_seen_after=1788091200000', undefined],
	[
		'101 users',
		'GET',
		`users/?ids=${Array.from({ length: 101 }, (_, index) => index).join()}`,
		undefined,
	],
	['no users', 'GET', 'users/', undefined],
];

test.each(OFAPI)('OnlyFansAPI refuses %s', async (_what, method, path, body) => {
	expect(await ask('ofapiFansly', path, { method, body })).toMatchObject({
		status: 422,
		body: { error: 'VALIDATION_ERROR' },
	});
	expect(simulator.credits('ofapi').used).toBe(0);
});

test.each([
	['a message of nobody', 'POST', `${chat('ofapiFansly')}/messages/1/reactions`, { type: 1 }],
	[
		'an acknowledgement of one',
		'POST',
		`${chat('ofapiFansly')}/messages/ack`,
		{ messageIds: ['1'], type: 2 },
	],
	['a chat with nobody', 'POST', 'chats', { user_id: '1' }],
	['an unknown chat', 'GET', 'chats/1', undefined],
	['typing in one', 'POST', 'chats/1/typing', undefined],
])("OnlyFansAPI hands on the platform's 404 for %s", async (_what, method, path, body) => {
	expect(await ask('ofapiFansly', path, { method, body })).toMatchObject({
		status: 404,
		body: { error: 'FANSLY_COM_ERROR' },
	});
});

test.each([
	['a like without a message', 'POST', 'messages/like', { type: 1 }, 400],
	['a like without a type', 'POST', 'messages/like', { messageId: '1' }, 400],
	['a like of nothing', 'POST', 'messages/unlike', { messageId: '1', type: 1 }, 404],
	[
		'a group without the creator',
		'POST',
		'group',
		{ users: [{ userId: TOM_ID, permissionFlags: 0 }], type: 1 },
		400,
	],
	[
		'a group with other permissions',
		'POST',
		'group',
		{
			users: [
				{ userId: CREATOR_ID, permissionFlags: 1 },
				{ userId: TOM_ID, permissionFlags: 0 },
			],
			type: 1,
		},
		400,
	],
	[
		'a group of another type',
		'POST',
		'group',
		{
			users: [
				{ userId: CREATOR_ID, permissionFlags: 0 },
				{ userId: TOM_ID, permissionFlags: 0 },
			],
			type: 2,
		},
		400,
	],
	[
		'a group with nobody',
		'POST',
		'group',
		{
			users: [
				{ userId: CREATOR_ID, permissionFlags: 0 },
				{ userId: '1', permissionFlags: 0 },
			],
			type: 1,
		},
		400,
	],
	['typing without a chat', 'POST', 'chats/typing', {}, 400],
	['typing in an unknown chat', 'POST', 'chats/typing', { chatId: '1' }, 404],
	['muting a chat instead of a fan', 'POST', 'chats/mute', { chatId: TOM.apiFansly }, 400],
	['muting nobody', 'POST', 'chats/unmute', { targetUserId: '1' }, 404],
	['hiding an unknown chat', 'POST', 'chats/1/hide', undefined, 404],
	['subscribers of no status', 'GET', 'subscribers', undefined, 400],
	['the numbers of the older edition', 'GET', 'subscribers?status=3,4', undefined, 400],
	['a search among followers', 'GET', 'followers?search=tom', undefined, 400],
	[
		'a cursor of another list',
		'GET',
		`followers?cursor=${Buffer.from('subscribers:20').toString('base64url')}`,
		undefined,
		400,
	],
	['a limit of unread chats', 'GET', 'chats/unread?limit=10', undefined, 400],
])('ApiFansly refuses %s', async (_what, method, path, body, status) => {
	expect(await ask('apiFansly', path, { method, body })).toMatchObject({
		status,
		body: { data: null },
	});
	expect(simulator.credits('apiFansly').used).toBe(0);
});

test('a reaction is in the list of messages until it is taken back', async () => {
	const id = message('ofapiFansly', 0);
	const likes = async () => {
		const { body } = await ask('ofapiFansly', `${chat('ofapiFansly')}/messages`);
		return at(
			listAt(body, 'data', 'messages').find((row) => at(row, 'id') === id),
			'likes',
		);
	};
	await ask('ofapiFansly', `${chat('ofapiFansly')}/messages/${id}/reactions`, {
		method: 'POST',
		body: { type: 5 },
	});
	expect(await likes()).toEqual([{ accountId: CREATOR_ID, type: 5 }]);
	await ask('ofapiFansly', `${chat('ofapiFansly')}/messages/${id}/reactions`, {
		method: 'DELETE',
		body: { type: 1 },
	});
	expect(await likes()).toHaveLength(1);
	await ask('ofapiFansly', `${chat('ofapiFansly')}/messages/${id}/reactions`, {
		method: 'DELETE',
		body: { type: 5 },
	});
	expect(await likes()).toEqual([]);
});

test('reading an older message leaves the newer one unread', async () => {
	const unread = () => simulator.unreadCount('ofapiFansly', LUNA.ofapiFansly, TOM.ofapiFansly);
	const acknowledge = (index: number, type: number) =>
		ask('ofapiFansly', `${chat('ofapiFansly')}/messages/ack`, {
			method: 'POST',
			body: { messageIds: [message('ofapiFansly', index)], type },
		});
	await acknowledge(0, 2);
	expect(unread()).toBe(1);
	await acknowledge(2, 1);
	expect(unread()).toBe(1);
	await acknowledge(2, 3);
	expect(unread()).toBe(0);
});

test.each(['ofapiFansly', 'apiFansly'] as const)(
	'%s: the default world has a subscriber, a former one and a follower',
	async (pair) => {
		const rows = async (path: string, list: string) => {
			const { body } = await ask(pair, path);
			return pair === 'ofapiFansly'
				? listAt(body, 'data', list)
				: listAt(body, 'data', 'data', 'response', list);
		};
		expect(await rows('subscribers?status=active', 'subscriptions')).toMatchObject([
			{ subscriberId: TOM_ID, status: 3 },
		]);
		expect(await rows('subscribers?status=expired', 'subscriptions')).toMatchObject([
			{ status: 4 },
		]);
		expect(await rows('subscribers?status=all', 'subscriptions')).toHaveLength(2);
		expect(await rows('followers', 'followers')).toHaveLength(1);
	},
);
