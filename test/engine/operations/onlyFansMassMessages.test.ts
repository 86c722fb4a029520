import type { INodeParameters } from 'n8n-workflow';
import { newFan } from '../../simulator';
import { ACCOUNT, keepsPairing, perform, refuses, state } from '../support/onlyFans';
import type { BadInput } from '../support/onlyFans';
import { creditsOf, said, sent, value } from '../support/operations';
import { byId, idsOf, jsonOf, simulator, useSimulator } from '../support/world';

/** Mass messages that are there: what came of them, who bought, another content. Sending: send/. */

useSimulator();

const MASS = `/api/${ACCOUNT}/mass-messaging`;
const VIPS = '1139401260';
const NEWEST = Date.parse('2026-08-31T12:00:00Z');

/** So many mass messages, an hour apart; their IDs, newest first. */
function massMessages(count: number): string[] {
	state().massMessages = Array.from({ length: count }, (_, index) => ({
		id: String(70_000_000 + index),
		body: { text: `Hello & ${index}` },
		date: new Date(NEWEST - (count - 1 - index) * 3_600_000).toISOString(),
		sentCount: 10 * index,
		viewedCount: index,
	}));
	return state()
		.massMessages.map(({ id }) => id)
		.reverse();
}

describe('Get', () => {
	test('what it holds, and how many got and saw it', async () => {
		massMessages(3);
		const result = await perform('massMessage', 'get', { messageId: '70000002' });
		expect(sent()).toEqual([{ method: 'GET', path: `${MASS}/70000002`, query: {} }]);
		expect(jsonOf(result)).toEqual([
			{
				id: '70000002',
				accountId: ACCOUNT,
				date: '2026-08-31T12:00:00.000Z',
				text: 'Hello & 2',
				isFree: true,
				sentCount: 20,
				viewedCount: 2,
				canUnsend: true,
				isCanceled: false,
			},
		]);
		const raw = await perform('massMessage', 'get', { messageId: '70000002', simplify: false });
		expect(jsonOf(raw)).toEqual([expect.objectContaining({ id: 70_000_002, mediaTypes: null })]);
		expect(creditsOf()).toBe(2);
	});

	test('an unknown one is named, items keep their origin', async () => {
		massMessages(1);
		const result = await perform('massMessage', 'get', { messageId: '99' });
		expect(result.error?.message).toBe("The message '99' was not found [item 0]");
		await keepsPairing('massMessage', 'get', { messageId: '70000000' }, { messageId: '99' });
	});
});

describe('Get Statistics', () => {
	test('newest first, with how many got and saw each', async () => {
		massMessages(2);
		const result = await perform('massMessage', 'getStatistics');
		expect(sent()).toEqual([{ method: 'GET', path: `${MASS}/overview`, query: { limit: '50' } }]);
		expect(jsonOf(result)).toEqual([
			expect.objectContaining({ id: '70000001', text: 'Hello & 1', sentCount: 10, viewedCount: 1 }),
			expect.objectContaining({ id: '70000000', date: '2026-08-31T11:00:00.000Z' }),
		]);
		const raw = await perform('massMessage', 'getStatistics', { limit: 1, simplify: false });
		expect(jsonOf(raw)).toEqual([expect.objectContaining({ responseType: 'message' })]);
	});

	test.each([0, 1, 50, 51, 120])('%i, each once', async (count) => {
		const ids = massMessages(count);
		const result = await perform('massMessage', 'getStatistics', { returnAll: true });
		expect(idsOf(result)).toEqual(ids);
		// Each page repeats the last of the one before: it begins at its time.
		expect(sent()).toHaveLength(count <= 50 ? 1 : Math.ceil((count - 1) / 49));
	});

	test('two of one second on both sides of a page: none is lost', async () => {
		const ids = massMessages(60);
		const [last, next] = [state().massMessages[10], state().massMessages[9]];
		if (last !== undefined && next !== undefined) next.date = last.date;
		expect(idsOf(await perform('massMessage', 'getStatistics', { returnAll: true }))).toEqual(ids);
	});

	test('within times and with a text, over all pages', async () => {
		const ids = massMessages(200);
		const result = await perform(
			'massMessage',
			'getStatistics',
			{
				returnAll: true,
				filters: {
					sentAfter: '2026-08-28T12:00:00Z',
					sentBefore: '2026-08-31T14:00:00',
					search: 'Hello',
				},
			},
			{ timezone: 'Europe/Berlin' },
		);
		expect(result.error).toBeUndefined();
		expect(idsOf(result)).toEqual(ids.slice(1, 72));
		const [first, ...others] = sent().map(({ query }) => query);
		expect(first).toEqual({
			limit: '50',
			query: 'Hello',
			startDate: '2026-08-27 12:00:00',
			endDate: '2026-09-01 12:00:00',
		});
		expect(others).toEqual(
			others.map(() => ({
				...first,
				endDate: expect.stringMatching(/^2026-08-\d\d \d\d:\d\d:\d\d$/) as string,
			})),
		);
	});

	test('items keep their origin', async () => {
		massMessages(2);
		await keepsPairing('massMessage', 'getStatistics', { limit: 2 }, { limit: 0 });
	});
});

describe('List Buyers', () => {
	const BUYERS = `/api/${ACCOUNT}/engagement/messages/70000000/buyers`;

	function buyers(count: number): string[] {
		massMessages(1);
		state().fans = Array.from({ length: count + 1 }, (_, index) =>
			newFan({ id: String(700_000 + index), name: `Fan ${index}`, username: `fan${index}` }),
		);
		const ids = state()
			.fans.slice(0, count)
			.map(({ id }) => id);
		for (const message of state().massMessages) message.buyers = ids;
		return ids;
	}

	test('those who paid, as fans', async () => {
		buyers(1);
		const result = await perform('massMessage', 'listBuyers', { messageId: '70000000' });
		expect(sent()).toEqual([{ method: 'GET', path: BUYERS, query: { limit: '50' } }]);
		expect(jsonOf(result)).toEqual([
			expect.objectContaining({ id: '700000', accountId: ACCOUNT, name: 'Fan 0', listIds: null }),
		]);
	});

	test.each([0, 50, 51, 130])('%i, each once, in the fewest requests', async (count) => {
		const ids = buyers(count);
		const result = await perform('massMessage', 'listBuyers', {
			messageId: '70000000',
			returnAll: true,
		});
		expect(idsOf(result)).toEqual(ids);
		expect(sent().map(({ query }) => query)).toEqual(
			Array.from({ length: Math.max(1, Math.ceil(count / 50)) }, (_, page) => ({
				limit: '50',
				...(page > 0 && { offset: String(50 * page), marker: '957523925' }),
			})),
		);
	});

	test('goes on without a link while there is more', async () => {
		const ids = buyers(70);
		simulator().quirks.nextPageOrigin = 'no address';
		const result = await perform('massMessage', 'listBuyers', {
			messageId: '70000000',
			returnAll: true,
		});
		expect(idsOf(result)).toEqual(ids);
	});

	test('an unknown message is named, items keep their origin', async () => {
		buyers(1);
		const result = await perform('massMessage', 'listBuyers', { messageId: '99' });
		expect(result.error?.message).toBe("The message '99' was not found [item 0]");
		await keepsPairing('massMessage', 'listBuyers', { messageId: '70000000' }, { messageId: '99' });
	});
});

describe('Update', () => {
	const CONTENT = {
		messageId: '70000000',
		text: 'Later!',
		userLists: [VIPS],
		maxRecipients: 7,
		scheduledDate: '2099-01-01T01:00:00.000+01:00',
	};
	const changed = () => state().massMessages[0]?.body;
	beforeEach(() => massMessages(1));

	test('counts first, then replaces it, every field', async () => {
		const result = await perform('massMessage', 'update', {
			...CONTENT,
			additionalFields: {
				blockBannedWords: 'risky',
				giphyId: 'WAGC3LeqJvXglm5H7a',
				lockedText: true,
				mediaFiles: 'ofapi_media_abc123, 1234567890',
				previews: '1234567890',
				price: 6.97,
			},
		});
		expect(result.error).toBeUndefined();
		const body = {
			text: 'Later!',
			userLists: [VIPS],
			scheduledDate: '2099-01-01T00:00:00.000Z',
			blockBannedWords: 'risky',
			giphyId: 'WAGC3LeqJvXglm5H7a',
			lockedText: true,
			mediaFiles: ['ofapi_media_abc123', '1234567890'],
			previews: ['1234567890'],
			price: 6.97,
		};
		expect(sent()).toEqual([
			{ method: 'GET', path: `/api/${ACCOUNT}/user-lists`, query: { limit: '50' } },
			{ method: 'PUT', path: `${MASS}/70000000`, query: {}, body },
		]);
		expect(changed()).toEqual(body);
		expect(jsonOf(result)).toEqual([
			expect.objectContaining({
				id: '70000000',
				date: '2099-01-01T00:00:00.000Z',
				recipients: 7,
			}),
		]);
		expect(creditsOf()).toBe(2);
	});

	test('more people than allowed: nothing is changed', async () => {
		const result = await perform('massMessage', 'update', { ...CONTENT, maxRecipients: 6 });
		expect(said(result)).toContain(
			"Up to 7 people would receive this, but 'Max Recipients' is 6 [item 0]",
		);
		expect(changed()).toEqual({ text: 'Hello & 0' });
	});

	test('a lost answer is reported, and never made up for by itself', async () => {
		simulator().addFault({ kind: 'lostAfterStoring', method: 'PUT' });
		const result = await perform('massMessage', 'update', CONTENT, {
			settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
		});
		expect(said(result)).toMatch(/not known whether/);
		expect(sent().filter(({ method }) => method === 'PUT')).toHaveLength(1);
	});

	test('an unknown one is named, items keep their origin', async () => {
		const result = await perform('massMessage', 'update', { ...CONTENT, messageId: '99' });
		expect(said(result)).toContain("The message '99' was not found [item 0]");
		await keepsPairing('massMessage', 'update', CONTENT, { messageId: '99' });
	});

	const bad = (name: string, parameters: INodeParameters, names: string): BadInput => ({
		resource: 'massMessage',
		operation: 'update',
		name,
		parameters: { ...CONTENT, ...parameters },
		names,
	});

	refuses([
		bad('no time', { scheduledDate: value('') }, 'Scheduled Date'),
		bad('a time in the past', { scheduledDate: '2026-01-01' }, 'Scheduled Date'),
		bad('no text', { text: '' }, 'Text'),
		bad('nobody at all', { userLists: [] }, 'User List Names or IDs'),
		bad('no message', { messageId: value('') }, 'Message ID'),
		bad('a price without media', { additionalFields: { price: 5 } }, 'Media Files'),
	]);
});

const one = (
	operation: string,
	name: string,
	parameters: INodeParameters,
	names: string,
): BadInput => ({ resource: 'massMessage', operation, name, parameters, names });

refuses([
	one('get', 'a path', { messageId: '../me' }, 'Message ID'),
	one('listBuyers', 'no message', { messageId: value(null) }, 'Message ID'),
	one('getStatistics', 'no account', { account: byId(value('')) }, 'Account'),
	one('getStatistics', 'a time in words', { filters: { sentAfter: 'long ago-ish' } }, 'Sent After'),
	one(
		'getStatistics',
		'an end before its start',
		{ filters: { sentAfter: '2026-08-30', sentBefore: '2026-08-29' } },
		'Sent Before',
	),
]);
