import type { INodeParameters } from 'n8n-workflow';
import { refuses } from '../support/onlyFans';
import { inputOf, said, sent, value } from '../support/operations';
import {
	LUNA,
	byId,
	chatOf,
	chatWith,
	idsOf,
	jsonOf,
	list,
	simulator,
	storedIds,
	useSimulator,
} from '../support/world';

/** What only OnlyFans' lists can do: begin with the chat's first message, and give pinned ones alone. */

useSimulator();

const listed = (chat: string, parameters: INodeParameters, options: INodeParameters = {}) =>
	list('ofapiOnlyFans', { ...parameters, options }, { chat });
const fromBeginning = (
	chat: string,
	parameters: INodeParameters = { returnAll: true },
	options: INodeParameters = {},
) => listed(chat, parameters, { order: 'beginning', ...options });
const oldestFirst = (chat: string) => storedIds('ofapiOnlyFans', chat).reverse();
const queries = () => sent().map(({ query }) => query);

describe('From the Beginning', () => {
	test('the first messages of a chat for one credit, oldest first', async () => {
		const chat = chatOf('ofapiOnlyFans', 1000);
		const result = await fromBeginning(chat, { limit: 5 });
		expect(result.error).toBeUndefined();
		expect(idsOf(result)).toEqual(oldestFirst(chat).slice(0, 5));
		expect(queries()).toEqual([{ limit: '5', order: 'asc' }]);
	});

	test.each([0, 1, 100, 101, 250])(
		'all of %i, each once, in the fewest requests',
		async (count) => {
			const chat = chatOf('ofapiOnlyFans', count);
			expect(idsOf(await fromBeginning(chat))).toEqual(oldestFirst(chat));
			expect(sent()).toHaveLength(Math.max(1, Math.ceil(count / 100)));
			expect(queries().every(({ order }) => order === 'asc')).toBe(true);
		},
	);

	test('goes on after a message, which costs nothing more', async () => {
		const chat = chatOf('ofapiOnlyFans', 300);
		const ids = oldestFirst(chat);
		const afterMessageId = ids[149] ?? '';
		const result = await fromBeginning(chat, { limit: 99 }, { afterMessageId });
		expect(idsOf(result)).toEqual(ids.slice(150, 249));
		expect(queries()).toEqual([{ limit: '100', order: 'asc', last_id: afterMessageId }]);
	});

	test('ends before a message', async () => {
		const chat = chatOf('ofapiOnlyFans', 300);
		const ids = oldestFirst(chat);
		const bounds = { afterMessageId: ids[9] ?? '', beforeMessageId: ids[50] ?? '' };
		expect(idsOf(await fromBeginning(chat, { returnAll: true }, bounds))).toEqual(
			ids.slice(10, 50),
		);
		expect(sent()).toHaveLength(1);
	});

	test('Sent Before ends it', async () => {
		const chat = chatOf('ofapiOnlyFans', 350);
		const stored = simulator().messages('ofapiOnlyFans', LUNA.ofapiOnlyFans.account, chat);
		const bounds = { sentBefore: stored[150]?.createdAt ?? '' };
		const found = idsOf(await fromBeginning(chat, { returnAll: true }, bounds));
		expect(found).toEqual(oldestFirst(chat).slice(0, 150));
		expect(sent()).toHaveLength(2);
		await fromBeginning(chat, { returnAll: false, limit: 5 }, bounds);
		expect(queries().at(-1)).toMatchObject({ limit: '5' });
	});

	test('loses and repeats nothing, whatever the pages do', async () => {
		const chat = chatOf('ofapiOnlyFans', 130);
		const ids = oldestFirst(chat);
		for (const quirks of [
			{ endsWithEmptyPage: true },
			{ overlap: 7 },
			{ shortPages: 13 },
			{ repeatCursor: 2 },
			{ hasMoreWithEmptyPage: true },
		]) {
			Object.assign(simulator().quirks, quirks);
			const found = idsOf(await fromBeginning(chat));
			expect([quirks, found]).toEqual([
				quirks,
				'repeatCursor' in quirks ? ids.slice(0, found.length) : ids,
			]);
			Object.assign(simulator().quirks, {
				endsWithEmptyPage: false,
				overlap: 0,
				shortPages: 0,
				repeatCursor: 0,
				hasMoreWithEmptyPage: false,
			});
		}
	});

	test('a page that fails tells after which message to go on', async () => {
		const chat = chatOf('ofapiOnlyFans', 250);
		const ids = oldestFirst(chat);
		simulator().addFault({ kind: 'json', status: 500, body: {}, skip: 1 });
		const { error } = await fromBeginning(chat);
		expect(error?.description).toContain(`set 'After Message ID' to ${ids[99]}.`);
		simulator().clearFaults();
		simulator().addFault({ kind: 'json', status: 500, body: {}, skip: 1 });
		const result = await list(
			'ofapiOnlyFans',
			{ returnAll: true, options: { order: 'beginning' } },
			{ chat, onError: 'continueRegularOutput' },
		);
		expect(result.items).toHaveLength(101);
		expect(result.items.every((item) => inputOf(item) === 0)).toBe(true);
		expect(jsonOf(result).at(-1)?.details).toMatchObject({ afterMessageId: ids[99] });
		simulator().clearFaults();
		const rest = await fromBeginning(chat, { returnAll: true }, { afterMessageId: ids[99] ?? '' });
		expect(idsOf(rest)).toEqual(ids.slice(100));
	});

	test.each(['ofapiFansly', 'apiFansly'] as const)('%s cannot, and says so', async (pair) => {
		const result = await list(pair, { options: { order: value('beginning') } });
		expect(said(result)).toContain("'Order' has to be one of newest, oldest");
		expect(sent()).toEqual([]);
	});
});

describe('Pinned Only', () => {
	const pinned = (chat: string, options: INodeParameters = {}) =>
		listed(chat, { returnAll: true }, { pinnedOnly: true, ...options });

	test('the pinned messages, over all pages and in both directions', async () => {
		const chat = chatWith(
			'ofapiOnlyFans',
			Array.from({ length: 300 }, (_, index) => ({
				direction: 'incoming',
				text: String(index),
				pinned: index % 2 === 0,
			})),
		);
		const wanted = oldestFirst(chat).filter((_, index) => index % 2 === 0);
		expect(idsOf(await pinned(chat))).toEqual([...wanted].reverse());
		expect(idsOf(await pinned(chat, { order: 'beginning' }))).toEqual(wanted);
		expect(sent()).toHaveLength(4);
		expect(queries().every(({ filter, limit }) => filter === 'pinned' && limit === '100')).toBe(
			true,
		);
	});

	test('off, all of them', async () => {
		const chat = chatOf('ofapiOnlyFans', 3);
		expect((await pinned(chat, { pinnedOnly: false })).items).toHaveLength(3);
		expect(queries()).toEqual([{ limit: '100' }]);
	});
});

const bad = (name: string, parameters: INodeParameters, names: string) => ({
	resource: 'message',
	operation: 'list',
	name,
	parameters: { chat: byId('500101'), ...parameters },
	names,
});

refuses([
	bad(
		'a time with From the Beginning',
		{ options: { order: 'beginning', sentAfter: '2026-01-01' } },
		'Sent After',
	),
	bad('a switch as a text', { options: { pinnedOnly: value('false') } }, 'Pinned Only'),
]);
