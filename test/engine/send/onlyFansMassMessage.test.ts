import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { FaultEffect } from '../../simulator';
import { dropdown } from '../support/harness';
import { ACCOUNT, CHAT, keepsPairing, perform, refuses, state } from '../support/onlyFans';
import { inputOf, said, sent, value } from '../support/operations';
import type { BadInput } from '../support/onlyFans';
import { byId, credentialOf, jsonOf, simulator, useSimulator } from '../support/world';

useSimulator();

const MASS = `/api/${ACCOUNT}/mass-messaging`;
const COUNT = {
	method: 'GET',
	path: `/api/${ACCOUNT}/user-lists`,
	query: { limit: '50' },
	body: undefined,
};
const VIPS = '1139401260';
const TO_VIPS = { text: 'Hello!', userLists: [VIPS], maxRecipients: 7 };

const posted = () => sent().filter(({ method, path }) => method === 'POST' && path === MASS);
const massMessages = () => state().massMessages;
const retrying = (tries = 3) => ({
	settings: { retryOnFail: true, maxTries: tries, waitBetweenTries: 1 },
});

describe('Send', () => {
	test('counts first, then sends once', async () => {
		const result = await perform('massMessage', 'send', TO_VIPS);
		expect(sent()).toEqual([
			COUNT,
			{ method: 'POST', path: MASS, query: {}, body: { text: 'Hello!', userLists: [VIPS] } },
		]);
		expect(jsonOf(result)).toEqual([
			{
				id: massMessages()[0]?.id,
				date: `${massMessages()[0]?.date.slice(0, 19)}.000Z`,
				isReady: true,
				isDone: false,
				isCanceled: false,
				hasError: false,
				canUnsend: true,
				total: null,
				pending: 0,
				recipients: 7,
			},
		]);
		expect(simulator().credits('ofapi').used).toBe(2);
	});

	test('untouched, with the number', async () => {
		const [item] = jsonOf(await perform('massMessage', 'send', { ...TO_VIPS, simplify: false }));
		expect(item).toMatchObject({
			id: Number(massMessages()[0]?.id),
			total: -1,
			unsendSeconds: 1_000_000,
			recipients: 7,
		});
	});

	test('every field', async () => {
		const result = await perform('massMessage', 'send', {
			text: 'Hello!',
			userLists: value([VIPS, 'fans']),
			userIds: '={{ ["500101", 500102] }}',
			maxRecipients: 1209,
			additionalFields: {
				excludedLists: ['recent'],
				price: 6.97,
				mediaFiles: 'ofapi_media_abc123, 1234567890',
				previews: '1234567890',
				lockedText: true,
				giphyId: 'WAGC3LeqJvXglm5H7a',
				rfTag: '11, 12',
				rfPartner: '13',
				rfGuest: '={{ [14] }}',
				scheduledDate: '2099-01-01T01:00:00.000+01:00',
				saveForLater: true,
				blockBannedWords: 'risky',
			},
		});
		expect(result.error).toBeUndefined();
		expect(posted().map(({ body }) => body)).toEqual([
			{
				text: 'Hello!',
				userLists: [VIPS, 'fans'],
				userIds: ['500101', 500102],
				excludedLists: ['recent'],
				price: 6.97,
				mediaFiles: ['ofapi_media_abc123', '1234567890'],
				previews: ['1234567890'],
				lockedText: true,
				giphyId: 'WAGC3LeqJvXglm5H7a',
				rfTag: ['11', '12'],
				rfPartner: ['13'],
				rfGuest: [14],
				scheduledDate: '2099-01-01T00:00:00.000Z',
				saveForLater: true,
				blockBannedWords: 'risky',
			},
		]);
		// 7 on one list, 1200 on the other, and two more: who is excluded does not count.
		expect(jsonOf(result)[0]).toMatchObject({ recipients: 1209, date: '2099-01-01T00:00:00.000Z' });
	});

	test('a time without a zone is in the workflow’s', async () => {
		await perform(
			'massMessage',
			'send',
			{ ...TO_VIPS, additionalFields: { scheduledDate: '2099-01-01T10:00:00' } },
			{ timezone: 'Europe/Berlin' },
		);
		expect(posted()[0]?.body).toMatchObject({ scheduledDate: '2099-01-01T09:00:00.000Z' });
	});

	test('single people need no counting', async () => {
		const result = await perform('massMessage', 'send', {
			text: 'Hi',
			userIds: '500101, 500102',
			maxRecipients: 2,
		});
		expect(sent()).toEqual([
			{
				method: 'POST',
				path: MASS,
				query: {},
				body: { text: 'Hi', userIds: ['500101', '500102'] },
			},
		]);
		expect(jsonOf(result)[0]?.recipients).toBe(2);
	});

	test('a list beyond the first 50 is found, with a request for each 50', async () => {
		state().userLists = Array.from({ length: 120 }, (_, index) => ({
			id: String(2000 + index),
			name: `List ${index}`,
			usersCount: 1,
		}));
		const result = await perform('massMessage', 'send', {
			text: 'Hi',
			userLists: ['2000', '2099'],
			maxRecipients: 2,
		});
		expect(sent().map(({ query }) => query)).toEqual([
			{ limit: '50' },
			{ limit: '50', offset: '50' },
			{},
		]);
		expect(jsonOf(result)[0]?.recipients).toBe(2);
	});
});

describe('Send: the guard', () => {
	test.each<[string, INodeParameters & { maxRecipients: number }, number]>([
		['one too many', { userLists: [VIPS], maxRecipients: 6 }, 7],
		['a whole audience', { userLists: ['fans', VIPS], userIds: '1', maxRecipients: 1000 }, 1208],
		['people who are named', { userIds: '1, 2, 3', maxRecipients: 2 }, 3],
	])('%s: nothing is sent, and the number is said', async (_, parameters, number) => {
		const result = await perform('massMessage', 'send', { text: 'Hi', ...parameters });
		expect(posted()).toEqual([]);
		expect(massMessages()).toEqual([]);
		expect(result.error?.message).toBe(
			`Up to ${number} people would receive this, but 'Max Recipients' is ${parameters.maxRecipients} [item 0]`,
		);
		expect(result.error?.description).toContain(
			`Nothing was sent. If all of them are meant, set 'Max Recipients' to ${number} or more.`,
		);
		expect(result.error?.context.outcome).toBe('notSent');
	});

	test.each([
		['a list that is not there', ['4711', VIPS], "the list '4711'"],
		['a list that does not tell', ['1015359034'], "the list '1015359034'"],
		['two of them', ['4711', '1015359034'], "the lists '4711', '1015359034'"],
	])('%s: nothing is sent', async (_, userLists, named) => {
		const result = await perform('massMessage', 'send', {
			text: 'Hi',
			userLists,
			maxRecipients: 1_000_000,
		});
		expect([posted(), massMessages()]).toEqual([[], []]);
		expect(result.error?.message).toBe(
			`OnlyFansAPI does not say how many people are on ${named} [item 0]`,
		);
	});

	test.each<[string, FaultEffect]>([
		['a lost answer', { kind: 'reset' }],
		['a 502', { kind: 'html' }],
		['an answer that is none', { kind: 'json', status: 200, body: { data: {} } }],
	])('%s while counting: nothing is sent, and that is said', async (_, effect) => {
		simulator().addFault({ ...effect, path: /user-lists$/ });
		const result = await perform('massMessage', 'send', TO_VIPS, {
			onError: 'continueRegularOutput',
		});
		expect([posted(), massMessages()]).toEqual([[], []]);
		expect(jsonOf(result)).toEqual([
			expect.objectContaining({
				details: expect.objectContaining({ outcome: 'notSent' }) as object,
			}),
		]);
		expect(JSON.stringify(jsonOf(result))).not.toContain('not known whether');
	});

	test('the dropdown shows how many people are on each list', async () => {
		const options = await dropdown(
			{
				node: 'ofapiOnlyFans',
				credential: credentialOf('ofapiOnlyFans'),
				parameters: { resource: 'massMessage', operation: 'send', account: byId(ACCOUNT) },
			},
			'getUserLists',
		);
		expect(sent()).toEqual([COUNT]);
		expect(options).toEqual([
			{ name: 'Fans (1200)', value: 'fans' },
			{ name: 'Recent (last 24 hours) (2)', value: 'recent' },
			{ name: 'VIPs (7)', value: VIPS },
			{ name: 'Hidden size (?)', value: '1015359034' },
		]);
	});
});

describe('Send: once or reported', () => {
	const LOST: FaultEffect[] = [
		{ kind: 'lostAfterStoring' },
		{ kind: 'reset' },
		{ kind: 'storedThen500' },
		{ kind: 'html' },
		{ kind: 'halfAnswer' },
		{ kind: 'notJson' },
	];

	test.each(LOST)('$kind: the outcome is unknown, and no try sends again', async (effect) => {
		simulator().addFault({ ...effect, path: /mass-messaging$/ });
		const result = await perform('massMessage', 'send', TO_VIPS, retrying());
		expect(posted()).toHaveLength(1);
		expect(massMessages().length).toBeLessThanOrEqual(1);
		expect(result.error?.context.outcome).toBe('unknown');
		expect(said(result)).toContain(
			'It is not known whether the message was sent: look at the list of mass messages before you send it again.',
		);
	});

	test('the first answer is lost, later ones would come: still not sent again', async () => {
		simulator().addFault({ kind: 'lostAfterStoring', path: /mass-messaging$/, times: 1 });
		const result = await perform('massMessage', 'send', TO_VIPS, retrying());
		expect([posted().length, massMessages().length]).toEqual([1, 1]);
		expect(result.error?.context.outcome).toBe('unknown');
	});

	test('with On Error continue the outcome is in the item', async () => {
		simulator().addFault({ kind: 'lostAfterStoring', path: /mass-messaging$/, times: 1 });
		const result = await perform('massMessage', 'send', TO_VIPS, {
			onError: 'continueRegularOutput',
		});
		expect(jsonOf(result)[0]).toMatchObject({ details: { outcome: 'unknown' } });
	});

	test('one that the provider rejects was not sent, and the item says so', async () => {
		simulator().addFault({ kind: 'json', status: 422, body: {}, path: /mass-messaging$/ });
		const result = await perform('massMessage', 'send', TO_VIPS, {
			onError: 'continueRegularOutput',
		});
		expect(jsonOf(result)[0]).toMatchObject({ details: { outcome: 'notSent' } });
	});

	test('what the provider turned away is tried again', async () => {
		simulator().addFault({
			kind: 'json',
			status: 402,
			body: { error: 'INSUFFICIENT_CREDITS' },
			path: /mass-messaging$/,
			times: 1,
		});
		const result = await perform('massMessage', 'send', TO_VIPS, retrying());
		expect(result.error).toBeUndefined();
		expect([posted().length, massMessages().length]).toEqual([2, 1]);
	});

	test('a 429 is waited out', async () => {
		simulator().addFault({
			kind: 'rateLimited',
			retryAfterSeconds: 0,
			path: /mass-messaging$/,
			times: 1,
		});
		const result = await perform('massMessage', 'send', TO_VIPS);
		expect(result.error).toBeUndefined();
		expect(massMessages()).toHaveLength(1);
	});

	test('Retry On Fail sends what is left and keeps what was sent', async () => {
		simulator().addFault({
			kind: 'json',
			status: 402,
			body: {},
			path: /mass-messaging$/,
			skip: 1,
			times: 1,
		});
		const items = [{ text: 'one' }, { text: 'two' }, { text: 'three' }];
		const result = await perform(
			'massMessage',
			'send',
			{ ...TO_VIPS, text: '={{ $json.text }}' },
			{ items, ...retrying() },
		);
		expect(result.error).toBeUndefined();
		expect(massMessages().map(({ body }) => (body as IDataObject).text)).toEqual([
			'one',
			'two',
			'three',
		]);
		expect(result.items.map(inputOf)).toEqual([0, 1, 2]);
		expect(jsonOf(result).map(({ id }) => id)).toEqual(massMessages().map(({ id }) => id));
	});

	test('On Error stop: the first that cannot be sent ends it, and the error lists what was sent', async () => {
		const items = [{ most: 7 }, { most: 6 }, { most: 7 }];
		const result = await perform(
			'massMessage',
			'send',
			{ ...TO_VIPS, maxRecipients: '={{ $json.most }}' },
			{ items },
		);
		expect(massMessages()).toHaveLength(1);
		expect(result.error?.description).toContain('Sent: items 0. Not sent: items 1–2.');
		expect(result.error?.context.delivery).toMatchObject({
			sent: [{ item: 0, messageId: massMessages()[0]?.id }],
			notSent: [1, 2],
		});
	});

	test('On Error stop: when one item is refused, none is sent', async () => {
		const result = await perform(
			'massMessage',
			'send',
			{ ...TO_VIPS, text: '={{ $json.text }}' },
			{ items: [{ text: 'one' }, { text: '' }] },
		);
		expect(sent()).toEqual([]);
		expect(result.error?.message).toContain('[item 1]');
	});

	test('items keep their origin', async () => {
		await keepsPairing('massMessage', 'send', { ...TO_VIPS }, { maxRecipients: 6 });
		expect(massMessages()).toHaveLength(2);
	});
});

/** The simulator's banned words, one of each level. */
const BANNED = { strict: 'bannedword', risky: 'riskyword', soften: 'softword' };

describe.each(['message', 'massMessage'])('%s › Send: banned words', (resource) => {
	const ask = async (word: string, blockBannedWords?: string) => {
		const parameters =
			resource === 'message' ? { text: `so ${word}!` } : { ...TO_VIPS, text: `so ${word}!` };
		const before =
			state().massMessages.length + simulator().messages('ofapiOnlyFans', ACCOUNT, CHAT).length;
		const result = await perform(resource, 'send', {
			...parameters,
			...(blockBannedWords !== undefined && { additionalFields: { blockBannedWords } }),
		});
		const after = [
			...state().massMessages.map(({ body }) => (body as IDataObject).text),
			...simulator()
				.messages('ofapiOnlyFans', ACCOUNT, CHAT)
				.map(({ text }) => text),
		];
		return { result, sent: after.length - before, texts: after };
	};

	test.each<[string | undefined, string[]]>([
		['strict_ban', [BANNED.strict, BANNED.risky, BANNED.soften]],
		['risky', [BANNED.risky, BANNED.soften]],
		['replace_soften', [BANNED.soften]],
		[undefined, []],
	])('%s refuses %j and sends the others as they are', async (choice, refused) => {
		for (const word of Object.values(BANNED)) {
			const { result, sent: count, texts } = await ask(word, choice);
			if (refused.includes(word)) {
				expect([word, count]).toEqual([word, 0]);
				expect(result.error).toMatchObject({ httpCode: '422' });
				expect(said(result)).toContain(word);
				expect(said(result)).toContain('Nothing was done');
			} else {
				expect([word, result.error, count]).toEqual([word, undefined, 1]);
				expect(texts).toContain(`so ${word}!`);
			}
		}
	});
});

describe('List and Delete', () => {
	beforeEach(() => {
		state().massMessages.push(
			{ id: '71', body: {}, date: '2026-09-02T10:00:00.000Z' },
			{ id: '72', body: {}, date: '2026-09-03T10:00:00.000Z' },
		);
	});

	test('List: the queue in one request', async () => {
		const result = await perform('massMessage', 'list');
		expect(sent()).toEqual([{ method: 'GET', path: MASS, query: {}, body: undefined }]);
		expect(jsonOf(result)).toEqual(
			['71', '72'].map((id, index) => ({
				id,
				date: `2026-09-0${2 + index}T10:00:00.000Z`,
				isReady: true,
				isDone: false,
				isCanceled: false,
				hasError: false,
				canUnsend: true,
				total: null,
				pending: 0,
			})),
		);
		const [raw] = jsonOf(await perform('massMessage', 'list', { simplify: false }));
		expect(raw).toMatchObject({ id: 71, total: -1, isCouplePeopleMedia: false });
	});

	test('List: nothing waits', async () => {
		state().massMessages.length = 0;
		const result = await perform('massMessage', 'list');
		expect([result.error, result.items]).toEqual([undefined, []]);
	});

	test('Delete', async () => {
		const result = await perform('massMessage', 'delete', { messageId: '71' });
		expect(sent()).toEqual([{ method: 'DELETE', path: `${MASS}/71`, query: {}, body: undefined }]);
		expect(jsonOf(result)).toEqual([{ deleted: true, messageId: '71' }]);
		expect(massMessages().map(({ id }) => id)).toEqual(['72']);
	});

	test('Delete: one that is not there is named, items keep their origin', async () => {
		const result = await perform('massMessage', 'delete', { messageId: '99' });
		expect(result.error?.message).toBe("The message '99' was not found [item 0]");
		const paired = await perform(
			'massMessage',
			'delete',
			{ messageId: '={{ $json.id }}' },
			{ items: [{ id: '71' }, { id: '99' }, { id: '72' }], onError: 'continueRegularOutput' },
		);
		expect(paired.items.map((item) => [inputOf(item), item.json.error !== undefined])).toEqual([
			[0, false],
			[1, true],
			[2, false],
		]);
	});
});

const one = (name: string, parameters: INodeParameters, names: string): BadInput => ({
	resource: 'massMessage',
	operation: 'send',
	name,
	parameters: { ...TO_VIPS, ...parameters },
	names,
});
const extra = (name: string, additionalFields: INodeParameters, names: string) =>
	one(name, { additionalFields }, names);

refuses([
	one('no number of recipients', { maxRecipients: 0 }, 'Max Recipients'),
	one('a negative number of recipients', { maxRecipients: -1 }, 'Max Recipients'),
	one('a fraction of a recipient', { maxRecipients: 1.5 }, 'Max Recipients'),
	one('recipients in words', { maxRecipients: value('all') }, 'Max Recipients'),
	one('nobody at all', { userLists: [] }, 'User List Names or IDs'),
	one('no text', { text: '' }, 'Text'),
	one('no account', { account: byId(value('')) }, 'Account'),
	one('a list that is a path', { userLists: value(['a/b']) }, 'User List Names or IDs'),
	one('a list twice', { userLists: value(['fans', 'fans']) }, 'User List Names or IDs'),
	one('a user name as the ID', { userIds: 'luna' }, 'User IDs'),
	one(
		'a user ID that is too long a number',
		{ userIds: '={{ [900719925474099355] }}' },
		'User IDs',
	),
	extra('a price too low', { price: 2.99, mediaFiles: '1' }, 'Price (USD)'),
	extra('a price too high', { price: 201, mediaFiles: '1' }, 'Price (USD)'),
	extra('a price without media', { price: 5 }, 'Media Files'),
	extra('media of Fansly', { mediaFiles: 'fansly_media_1' }, 'Media Files'),
	extra('previews that are not attached', { price: 5, mediaFiles: '1', previews: '2' }, 'Previews'),
	extra('previews of every file', { price: 5, mediaFiles: '1', previews: '1' }, 'Previews'),
	extra('locked text without a price', { lockedText: true }, 'Locked Text'),
	extra('a GIF in words', { giphyId: 'hello world' }, 'Giphy ID'),
	extra(
		'an excluded list that is an object',
		{ excludedLists: value([{ a: 1 }]) },
		'Excluded List Names or IDs',
	),
	extra('a time in the past', { scheduledDate: '2020-01-01T00:00:00' }, 'Scheduled Date'),
	extra('a time in words', { scheduledDate: 'tomorrow-ish' }, 'Scheduled Date'),
	extra('saving in words', { saveForLater: value('perhaps') }, 'Save for Later'),
	extra('banned words unknown', { blockBannedWords: value('maybe') }, 'Block Banned Words'),
	{
		resource: 'massMessage',
		operation: 'delete',
		name: 'no message',
		parameters: { messageId: value('') },
		names: 'Message ID',
	},
	{
		resource: 'massMessage',
		operation: 'delete',
		name: 'a path',
		parameters: { messageId: '1/2' },
		names: 'Message ID',
	},
	{
		resource: 'massMessage',
		operation: 'list',
		name: 'no account',
		parameters: { account: byId(value('')) },
		names: 'Account',
	},
]);
