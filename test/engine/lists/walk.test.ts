import fc from 'fast-check';
import type { INodeParameters } from 'n8n-workflow';
import type { Quirks } from '../../simulator';
import { startAnswering } from '../support/answers';
import { run } from '../support/harness';
import {
	LUNA,
	PAIRS,
	byId,
	chatOf,
	credentialOf,
	idsOf,
	jsonOf,
	list,
	messageRequests,
	simulator,
	storedIds,
	useSimulator,
} from '../support/world';

useSimulator();

const RUNS = 60;

/** A chat, what is odd about its pages, and what the user asks of it. */
const scenario = fc.record({
	length: fc.nat(45),
	// Pages of two or more: with pages of one that repeat their cursor's message nobody gets ahead.
	shortPages: fc.oneof(fc.constant(0), fc.integer({ min: 2, max: 12 })),
	overlap: fc.nat(5),
	endsWithEmptyPage: fc.boolean(),
	hasMoreWithEmptyPage: fc.boolean(),
	inclusiveBefore: fc.boolean(),
	repeatCursor: fc.oneof(
		{ weight: 4, arbitrary: fc.constant(0) },
		{ weight: 1, arbitrary: fc.integer({ min: 1, max: 4 }) },
	),
	limit: fc.option(fc.integer({ min: 1, max: 50 }), { nil: undefined }),
	isOldestFirst: fc.boolean(),
	sentAfter: fc.option(fc.nat(44), { nil: undefined }),
	sentBefore: fc.option(fc.nat(44), { nil: undefined }),
	after: fc.option(fc.nat(44), { nil: undefined }),
	before: fc.option(fc.nat(44), { nil: undefined }),
});

describe.each(PAIRS)('%s: a walk', (pair) => {
	test('loses nothing, repeats nothing and ends', async () => {
		await fc.assert(
			fc.asyncProperty(
				scenario,
				async ({
					length,
					limit,
					isOldestFirst,
					sentAfter,
					sentBefore,
					after,
					before,
					...quirks
				}) => {
					simulator().reset();
					const chat = chatOf(pair, length);
					// Newest first, as the numbers of the scenario count them.
					const stored = simulator().messages(pair, LUNA[pair].account, chat).reverse();
					Object.assign(simulator().quirks, quirks satisfies Partial<Quirks>);
					const [since, newer, older] = [sentAfter, after, before].map((index) =>
						index === undefined ? undefined : stored[index],
					);
					const latest = sentBefore === undefined ? undefined : stored[sentBefore];
					const until = since && latest && latest.createdAt <= since.createdAt ? undefined : latest;
					const options: INodeParameters = {
						order: isOldestFirst ? 'oldest' : 'newest',
						...(since && { sentAfter: since.createdAt }),
						...(until && { sentBefore: until.createdAt }),
						...(newer && { afterMessageId: newer.id }),
						...(older && { beforeMessageId: older.id }),
					};
					const result = await list(
						pair,
						{ ...(limit === undefined ? { returnAll: true } : { limit }), options },
						{ chat },
					);
					expect(result.error).toBeUndefined();

					const inside = stored.filter(
						({ id, createdAt }) =>
							(!since || createdAt > since.createdAt) &&
							(!until || createdAt < until.createdAt) &&
							(!newer || BigInt(id) > BigInt(newer.id)) &&
							(!older || BigInt(id) < BigInt(older.id)),
					);
					const expected = inside.map(({ id }) => id).slice(0, limit);
					const found = isOldestFirst ? idsOf(result).reverse() : idsOf(result);
					// Behind a cursor that repeats, nothing can be reached: then it is the beginning that counts.
					expect(found).toEqual(
						quirks.repeatCursor > 0 ? expected.slice(0, found.length) : expected,
					);
					expect(messageRequests().length).toBeLessThanOrEqual(length + 3);
				},
			),
			{ numRuns: RUNS },
		);
	});

	test('a cursor that repeats ends it after what could be reached', async () => {
		const chat = chatOf(pair, 35);
		Object.assign(simulator().quirks, { shortPages: 10, repeatCursor: 2 });
		// On OnlyFansAPI → Fansly the node goes on from the oldest message, so nothing can repeat.
		const reachable = pair === 'ofapiFansly' ? 35 : 20;
		expect(idsOf(await list(pair, { returnAll: true }, { chat }))).toEqual(
			storedIds(pair, chat).slice(0, reachable),
		);
		expect(messageRequests().length).toBeLessThanOrEqual(4);
	});

	test('an empty page that claims more, for ever, ends it', async () => {
		simulator().quirks.hasMoreWithEmptyPage = true;
		const chat = chatOf(pair, 15);
		expect(idsOf(await list(pair, { returnAll: true }, { chat }))).toEqual(storedIds(pair, chat));
		expect(messageRequests().length).toBeLessThanOrEqual(3);
	});

	test('a cancelled execution asks for no further page', async () => {
		const chat = chatOf(pair, 3000);
		simulator().addFault({ kind: 'slow', ms: 15 });
		let cancel = () => {};
		const running = list(pair, { returnAll: true }, { chat, onStart: (stop) => (cancel = stop) });
		while (messageRequests().length < 3) await new Promise((resolve) => setTimeout(resolve, 5));
		cancel();
		const asked = messageRequests().length;
		await running.catch(() => undefined);
		await new Promise((resolve) => setTimeout(resolve, 100));
		expect(messageRequests().length).toBeLessThanOrEqual(asked + 1);
	});
});

test('empty pages that lead on, each to another place, end it', async () => {
	const server = await startAnswering(({ url }) => {
		const id = Number(new URL(url, 'http://x').searchParams.get('id') ?? 1000);
		const next = `http://localhost/x?id=${id - 1}`;
		const data = id === 1000 ? [{ id: 1000, text: 'hi', isSentByMe: true }] : [];
		return { body: { data, _pagination: { next_page: next } } };
	});
	try {
		const result = await list(
			'ofapiOnlyFans',
			{ returnAll: true },
			{ credential: { ...credentialOf('ofapiOnlyFans'), baseUrl: server.url } },
		);
		expect(idsOf(result)).toEqual(['1000']);
		expect(server.seen).toHaveLength(2);
	} finally {
		await server.close();
	}
});

/** The provider's former and current address among them: which of them its links name after the move is not told. */
test.each(['http://127.0.0.1:9', 'https://app.onlyfansapi.com', 'https://api.fansapi.com'])(
	'a link to %s is never followed, and nothing is lost by that',
	async (origin) => {
		simulator().quirks.nextPageOrigin = origin;
		const chat = chatOf('ofapiOnlyFans', 250);
		const result = await list('ofapiOnlyFans', { returnAll: true }, { chat });
		expect(result.error).toBeUndefined();
		expect(idsOf(result)).toEqual(storedIds('ofapiOnlyFans', chat));
		expect(messageRequests()).toHaveLength(3);
	},
);

describe('more messages than n8n can carry', () => {
	const TOO_MANY = 110_000;

	test('100,000 come back with where to go on', async () => {
		const chat = chatOf('ofapiOnlyFans', TOO_MANY);
		const ids = storedIds('ofapiOnlyFans', chat);
		const result = await list('ofapiOnlyFans', { returnAll: true }, { chat });
		expect(result.error).toBeUndefined();
		const messages = jsonOf(result);
		const notice = messages.pop();
		expect(messages).toHaveLength(100_000);
		expect(messages.at(-1)?.id).toBe(ids[99_999]);
		expect(notice).toEqual({
			notice: expect.stringContaining(String(ids[99_999])) as string,
			details: { beforeMessageId: ids[99_999] },
		});
		expect(messageRequests()).toHaveLength(1000);

		const rest = await list(
			'ofapiOnlyFans',
			{ returnAll: true, options: { beforeMessageId: ids[99_999] ?? '' } },
			{ chat },
		);
		expect(idsOf(rest)).toEqual(ids.slice(100_000));
	});

	test('exactly 100,000 come without a notice', async () => {
		const chat = chatOf('ofapiFansly', 100_000);
		const result = await list('ofapiFansly', { returnAll: true }, { chat });
		expect(jsonOf(result)).toHaveLength(100_000);
		expect(messageRequests()).toHaveLength(1000);
	});
});

describe('more entries of a list than n8n can carry', () => {
	const PAGE = 10_000;

	test.each([
		[100_000, []],
		[100_001, [{ notice: expect.stringContaining('100000') as string }]],
	])('of %i files the first 100,000, and a notice where some are left', async (count, notices) => {
		const server = await startAnswering(({ url }) => {
			const offset = Number(new URL(url, 'http://x').searchParams.get('offset') ?? 0);
			const length = Math.min(PAGE, count - offset);
			const list = Array.from({ length }, (_, index) => ({ id: 1 + offset + index }));
			return { body: { data: { list, hasMore: offset + length < count } } };
		});
		try {
			const result = await run({
				node: 'ofapiOnlyFans',
				credential: { ...credentialOf('ofapiOnlyFans'), baseUrl: server.url },
				parameters: {
					resource: 'media',
					operation: 'list',
					account: byId('acct_1'),
					returnAll: true,
					simplify: false,
				},
			});
			expect(result.error).toBeUndefined();
			const items = jsonOf(result);
			expect(items.slice(0, 100_000).map(({ id }) => id)).toEqual(
				Array.from({ length: 100_000 }, (_, index) => index + 1),
			);
			expect(items.slice(100_000)).toEqual(notices);
			expect(server.seen).toHaveLength(10);
		} finally {
			await server.close();
		}
	});
});
