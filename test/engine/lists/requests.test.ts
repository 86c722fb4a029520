import {
	LUNA,
	PAIRS,
	chatOf,
	chatWith,
	idsOf,
	list,
	messageRequests,
	simulator,
	storedIds,
	useSimulator,
} from '../support/world';

useSimulator();

const LENGTHS = [0, 1, 9, 10, 11, 99, 100, 101, 950, 5000];

describe.each(PAIRS)('%s: requests of a list', (pair) => {
	const pageSize = LUNA[pair].pageSize;
	const requestsFor = (messages: number) => Math.max(1, Math.ceil(messages / pageSize));

	test.each(LENGTHS)('all of %i messages', async (length) => {
		const chat = chatOf(pair, length);
		const result = await list(pair, { returnAll: true }, { chat });
		expect(result.error).toBeUndefined();
		expect(idsOf(result)).toEqual(storedIds(pair, chat));
		expect(messageRequests()).toHaveLength(requestsFor(length));
	});

	test.each([1, 9, 10, 11, 50, 99, 100, 101, 250])('limit %i of 120 messages', async (limit) => {
		const chat = chatOf(pair, 120);
		const result = await list(pair, { limit }, { chat });
		const expected = storedIds(pair, chat).slice(0, limit);
		expect(idsOf(result)).toEqual(expected);
		expect(messageRequests()).toHaveLength(requestsFor(expected.length));
		const asked = messageRequests().reduce((sum, { query }) => sum + Number(query.limit), 0);
		expect(asked).toBeLessThan(limit + pageSize);
		expect(messageRequests()[0]?.query.limit).toBe(String(Math.min(limit, pageSize)));
		expect(asked).toBeGreaterThanOrEqual(expected.length);
	});

	test('one more only where the provider gives no sign of the end', async () => {
		simulator().quirks.endsWithEmptyPage = true;
		const chat = chatOf(pair, pageSize * 2);
		expect(idsOf(await list(pair, { returnAll: true }, { chat }))).toHaveLength(pageSize * 2);
		expect(messageRequests()).toHaveLength(3);
	});

	test('an empty chat costs one request, and no lookup of the creator', async () => {
		const chat = chatOf(pair, 0);
		expect(idsOf(await list(pair, { returnAll: true }, { chat }))).toEqual([]);
		expect(simulator().requests).toHaveLength(1);
	});

	test('the creator is looked up once for all items of a run', async () => {
		const items = Array.from({ length: 6 }, (_, index) => ({ index }));
		await list(pair, { limit: 2 }, { items });
		const lookups = simulator().requests.length - messageRequests().length;
		expect(messageRequests()).toHaveLength(6);
		expect(lookups).toBe(pair === 'ofapiOnlyFans' ? 0 : 1);
	});

	test('without Simplify nothing but messages is asked for', async () => {
		await list(pair, { returnAll: true, simplify: false });
		expect(simulator().requests).toHaveLength(1);
	});
});

describe.each(PAIRS)('%s: bounds stop the walk', (pair) => {
	const pageSize = LUNA[pair].pageSize;

	test('Sent After', async () => {
		const chat = chatOf(pair, pageSize * 5);
		const stored = simulator().messages(pair, LUNA[pair].account, chat);
		const bound = stored.at(-pageSize - 3);
		const result = await list(
			pair,
			{ returnAll: true, options: { sentAfter: bound?.createdAt ?? '' } },
			{ chat },
		);
		expect(idsOf(result)).toEqual(storedIds(pair, chat).slice(0, pageSize + 2));
		expect(messageRequests()).toHaveLength(2);
	});

	test('Sent Before: what is newer is passed over in the largest pages', async () => {
		const chat = chatOf(pair, pageSize * 5);
		const stored = simulator().messages(pair, LUNA[pair].account, chat);
		const bound = stored.at(-pageSize * 2 - 3);
		const options = { sentBefore: bound?.createdAt ?? '' };
		const result = await list(pair, { limit: 2, options }, { chat });
		expect(idsOf(result)).toEqual(
			storedIds(pair, chat)
				.slice(pageSize * 2 + 3)
				.slice(0, 2),
		);
		expect(messageRequests().map(({ query }) => Number(query.limit))).toEqual(
			Array(3).fill(pageSize),
		);
	});

	test('Sent Before and Sent After: nothing before or behind is fetched in small pages', async () => {
		const chat = chatOf(pair, pageSize * 5);
		const stored = simulator().messages(pair, LUNA[pair].account, chat);
		const [from, to] = [stored.at(-pageSize * 3), stored.at(-pageSize)];
		const options = { sentAfter: from?.createdAt ?? '', sentBefore: to?.createdAt ?? '' };
		const result = await list(pair, { returnAll: true, options }, { chat });
		expect(idsOf(result)).toEqual(storedIds(pair, chat).slice(pageSize, pageSize * 3 - 1));
		expect(messageRequests()).toHaveLength(3);
	});

	test('Sent Before that leaves nothing after Sent After is refused', async () => {
		const options = { sentAfter: '2026-02-01', sentBefore: '2026-02-01' };
		const result = await list(pair, { returnAll: true, options });
		expect(result.error?.message).toContain("'Sent Before' is not after 'Sent After'");
		expect(simulator().requests).toEqual([]);
	});

	test.each([
		['a year', '2026', '2026-01-01T00:00:00Z'],
		['a date without dashes', '20260131', '2026-01-31T00:00:00Z'],
		['the same as a number', '={{ 20260131 }}', '2026-01-31T00:00:00Z'],
		['seconds', '={{ 1769882400 }}', '2026-01-31T18:00:00Z'],
	])('Sent After %s', async (_, sentAfter, meant) => {
		const bound = Date.parse(meant);
		const chat = chatWith(
			pair,
			[-2, -1, 1, 2].map((minutes) => ({
				direction: 'incoming',
				text: 'hi',
				createdAt: new Date(bound + minutes * 60_000),
			})),
		);
		const result = await list(pair, { returnAll: true, options: { sentAfter } }, { chat });
		expect(idsOf(result)).toEqual(storedIds(pair, chat).slice(0, 2));
	});

	test('After Message ID', async () => {
		const chat = chatOf(pair, pageSize * 5);
		const ids = storedIds(pair, chat);
		const result = await list(
			pair,
			{ returnAll: true, options: { afterMessageId: ids[pageSize + 4] ?? '' } },
			{ chat },
		);
		expect(idsOf(result)).toEqual(ids.slice(0, pageSize + 4));
		expect(messageRequests()).toHaveLength(2);
	});

	test('After Message ID that was deleted meanwhile', async () => {
		const chat = chatOf(pair, pageSize * 5);
		const ids = storedIds(pair, chat);
		const gone = String(BigInt(ids[5] ?? '0') + 1n);
		expect(ids).not.toContain(gone);
		const result = await list(
			pair,
			{ returnAll: true, options: { afterMessageId: gone } },
			{ chat },
		);
		expect(idsOf(result)).toEqual(ids.slice(0, 5));
	});

	test('Before Message ID', async () => {
		const chat = chatOf(pair, pageSize * 3);
		const ids = storedIds(pair, chat);
		const result = await list(
			pair,
			{ limit: 5, options: { beforeMessageId: ids[pageSize] ?? '' } },
			{ chat },
		);
		expect(idsOf(result)).toEqual(ids.slice(pageSize + 1, pageSize + 6));
		// ApiFansly cannot start at a message: the page before it is passed over.
		expect(messageRequests()).toHaveLength(pair === 'apiFansly' ? 2 : 1);
	});

	test('the order changes the order alone', async () => {
		const chat = chatOf(pair, 30);
		const newest = await list(pair, { limit: 7 }, { chat });
		const oldest = await list(pair, { limit: 7, options: { order: 'oldest' } }, { chat });
		expect(idsOf(oldest)).toEqual(idsOf(newest).reverse());
	});
});
