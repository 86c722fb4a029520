import fc from 'fast-check';
import type { INodeParameters } from 'n8n-workflow';
import type { PairName } from '../../pairs';
import { newFan } from '../../simulator/onlyFansState';
import { inputOf, operate, said, sent, value } from '../support/operations';
import { nodeType } from '../support/harness';
import { filledIn } from '../support/shown';
import { ProductionHost } from '../support/production';
import { LUNA, PAIRS, byId, chatOf, idsOf, simulator, useSimulator } from '../support/world';

useSimulator();

const SECOND = 1000;
const DAY = 24 * 60 * 60 * SECOND;

/** One of the lists that have Only New Since Last Run. */
interface Subject {
	name: string;
	pair: PairName;
	what: `${string}.${string}`;
	parameters: () => INodeParameters;
	/** Empties the list. */
	clear(): void;
	/** Something comes into the list at each of these times; gives the IDs, oldest first. */
	add(times: number[]): string[];
	page: number;
	/** What fails where the provider does. */
	path: RegExp;
	/** The requests for a list of so many entries, of which so many came since the last run. */
	requests(total: number, added: number): number;
}

const iso = (time: number) => new Date(time).toISOString();
const options = { onlyNew: true };

/** How many pages it takes to see an entry that is known, where the newest come first. */
const untilKnown = (page: number) => (total: number, added: number) =>
	Math.max(1, Math.ceil(Math.min(total, added + 1) / page));

function messages(pair: PairName): Subject {
	let chat = '';
	const page = pair === 'apiFansly' ? 10 : 100;
	return {
		name: `${pair}: messages`,
		pair,
		what: 'message.list',
		parameters: () => ({ chat: byId(chat), options }),
		clear: () => (chat = chatOf(pair, 0)),
		add: (times) =>
			simulator()
				.addMessages(
					pair,
					LUNA[pair].account,
					chat,
					times.map((time) => ({
						direction: 'incoming',
						text: 'Hi',
						createdAt: new Date(time),
					})),
				)
				.map(({ id }) => id),
		page,
		path: /messages$/,
		requests: untilKnown(page),
	};
}

function transactions(pair: PairName): Subject {
	const { account } = LUNA[pair];
	return {
		name: `${pair}: transactions`,
		pair,
		what: 'transaction.list',
		parameters: () => ({ options }),
		clear() {
			if (pair === 'ofapiOnlyFans') simulator().onlyFans(account).transactions = [];
			else simulator().fanslyAccount(pair, account).payments = [];
		},
		add: (times) =>
			simulator().addPayments(
				pair,
				account,
				times.map((time) => ({ amount: 5, createdAt: iso(time) })),
			),
		page: 100,
		path: /transactions$/,
		// Of ApiFansly's, those of the last day are read again: here that is all of them.
		requests:
			pair === 'apiFansly' ? (total) => Math.max(1, Math.ceil(total / 100)) : untilKnown(100),
	};
}

function fans(pair: PairName): Subject {
	let count = 0;
	const { account } = LUNA[pair];
	const isOnlyFans = pair === 'ofapiOnlyFans';
	return {
		name: `${pair}: fans`,
		pair,
		what: 'fan.list',
		parameters: () =>
			isOnlyFans
				? { which: 'latest', filters: { type: 'new' }, options }
				: { which: 'active', options },
		clear() {
			if (isOnlyFans) simulator().onlyFans(account).fans = [];
			else simulator().fanslyFans(pair, account).length = 0;
		},
		add(times) {
			const added = times.map((time) => ({
				id: isOnlyFans
					? String(700_000 + ++count)
					: String(330_000_000_000_000_000n + BigInt(++count)),
				name: 'Fan',
				username: `fan${count}`,
				subscribedAt: iso(time),
			}));
			if (isOnlyFans) {
				const state = simulator().onlyFans(account);
				state.fans = [...state.fans, ...added.map((fan) => newFan(fan, fan))].sort(
					(a, b) => Date.parse(b.subscribedAt) - Date.parse(a.subscribedAt),
				);
			} else {
				simulator().addFanslyFans(
					pair,
					account,
					added.map((fan) => ({ ...fan, status: 'active' as const })),
				);
			}
			return added.map(({ id }) => id);
		},
		page: isOnlyFans ? 50 : 100,
		path: isOnlyFans ? /fans\/latest$/ : /subscribers$/,
		requests: isOnlyFans ? untilKnown(50) : (total) => Math.max(1, Math.ceil(total / 100)),
	};
}

const SUBJECTS = [messages, transactions, fans].flatMap((subject) => PAIRS.map(subject));

const hostOf = (subject: Subject) =>
	new ProductionHost(subject.pair, subject.what, subject.parameters());

/** A time that is the provider's second, some while ago. */
const start = () => Math.floor(Date.now() / SECOND) * SECOND - 3600 * SECOND;

/** What happens between two runs, and how the run goes. */
const step = fc.record({
	// Seconds since what came before: often none.
	arrivals: fc.array(fc.constantFrom(0, 0, 0, 1, 2), { maxLength: 40 }),
	isMany: fc.boolean(),
	kind: fc.constantFrom('plain', 'plain', 'plain', 'manual', 'failing', 'killed', 'restarted'),
	limit: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }),
});

describe.each(SUBJECTS)('$name', (subject) => {
	beforeEach(() => subject.clear());

	test('each comes once and none is lost, whatever comes between runs and however they end', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 6 }), async (steps) => {
				simulator().reset();
				subject.clear();
				const host = hostOf(subject);
				let now = start();
				let waiting: string[] = [];
				let isFirst = true;
				let all: string[] = [];
				// What a first run's limit cut off, and came in the second of the newest, may come later.
				let atTheLimit: string[] = [];
				const timeOf = new Map<string, number>();
				for (const { arrivals, isMany, kind, limit } of steps) {
					const times = arrivals.map((seconds) => (now += seconds * SECOND));
					// More than a page, a second apart.
					if (isMany) times.push(...Array.from({ length: 70 }, () => (now += SECOND)));
					const added = subject.add(times);
					for (const [index, id] of added.entries()) timeOf.set(id, times[index] ?? now);
					all = [...all, ...added];
					waiting = [...waiting, ...added];
					const parameters: INodeParameters = limit === undefined ? { returnAll: true } : { limit };
					const first = (ids: string[]) => (limit === undefined ? ids.length : limit);
					if (kind === 'manual') {
						const { items, run } = await host.run(parameters, { mode: 'manual' });
						expect(run.status).toBe('success');
						expect(items).toHaveLength(Math.min(all.length, first(all)));
						continue;
					}
					if (kind === 'failing') {
						simulator().addFault({ kind: 'json', status: 400, body: {}, path: subject.path });
						const before = host.saved;
						expect((await host.run(parameters)).error).toBeDefined();
						expect(host.saved).toBe(before);
						simulator().clearFaults();
						continue;
					}
					if (kind === 'restarted') host.restart();
					const result = await host.run(parameters, { isKilled: kind === 'killed' });
					expect(result.error).toBeUndefined();
					const got = new Set(idsOf(result));
					expect(got.size).toBe(result.items.length);
					if (isFirst) {
						expect(got.size).toBe(Math.min(waiting.length, first(waiting)));
					} else {
						const due = [...got].filter((id) => !atTheLimit.includes(String(id)));
						expect(due.sort()).toEqual([...waiting].sort());
					}
					if (kind === 'killed') {
						// What was brought comes again: nobody knows what became of it.
						host.restart();
						continue;
					}
					const cut = waiting.filter((id) => !got.has(id) && timeOf.get(id) === now);
					if (isFirst) atTheLimit = cut;
					else atTheLimit = atTheLimit.filter((id) => !got.has(id));
					isFirst = false;
					waiting = [];
				}
			}),
			{ numRuns: 12 },
		);
	});

	test('asks for no page behind what is known', async () => {
		const host = hostOf(subject);
		let total = 0;
		for (const added of [3, 0, 1, subject.page + 5, 0]) {
			subject.add(Array.from({ length: added }, (_, index) => start() + (total + index) * SECOND));
			total += added;
			simulator().requests.length = 0;
			const { items } = await host.run({ returnAll: true });
			expect(items).toHaveLength(added);
			const lists = simulator().requests.filter(({ path }) => subject.path.test(path));
			expect(lists).toHaveLength(subject.requests(total, total === 3 ? added - 1 : added));
		}
	});

	test('a page that fails keeps the mark, also where On Error is set to continue', async () => {
		const host = hostOf(subject);
		subject.add([start()]);
		await host.run();
		const added = subject.add(
			Array.from({ length: subject.page + 20 }, (_, index) => start() + (index + 1) * SECOND),
		);
		simulator().addFault({ kind: 'json', status: 400, body: {}, path: subject.path, skip: 1 });
		const failed = await host.run({}, { onError: 'continueRegularOutput' });
		expect(failed.items.map(({ json }) => Object.keys(json)[0])).toEqual(['error']);
		simulator().clearFaults();
		expect(idsOf(await host.run()).sort()).toEqual(added.sort());
	});

	test('an execution that is cancelled while it reads keeps the mark', async () => {
		const host = hostOf(subject);
		subject.add([start()]);
		await host.run();
		const added = subject.add(
			Array.from({ length: subject.page + 20 }, (_, index) => start() + (index + 1) * SECOND),
		);
		simulator().requests.length = 0;
		simulator().addFault({ kind: 'slow', ms: 300, path: subject.path, times: 1 });
		let cancel: () => void = () => undefined;
		const running = host.run({}, { onStart: (end) => (cancel = end) });
		while (simulator().requests.length < 1) await new Promise((go) => setTimeout(go, 5));
		cancel();
		expect((await running).items).toEqual([]);
		expect(idsOf(await host.run()).sort()).toEqual(added.sort());
	});

	test('two executions at once, the second with the static data of before the first', async () => {
		const host = hostOf(subject);
		subject.add([start()]);
		await host.run();
		const added = subject.add([start() + SECOND, start() + 2 * SECOND]);
		const before = host.saved;
		const both = await Promise.all([host.run(), host.run({}, { staticData: before })]);
		expect(both.flatMap(idsOf).sort()).toEqual(added.sort());
		// Its older static data, saved last by an execution that took long, change nothing either.
		host.saved = before;
		expect(idsOf(await host.run())).toEqual([]);
	});
});

describe.each(PAIRS)('%s', (pair) => {
	test('each chat of a run has its own mark; a chat that comes twice gives its news once', async () => {
		const a = chatOf(pair, 3);
		const host = new ProductionHost(pair, 'message.list', {
			chat: byId('={{ $json.chat }}'),
			options,
		});
		const items = [{ chat: a }, { chat: LUNA[pair].chat }, { chat: a }];
		const first = await host.run({}, { items });
		expect(first.items.map(inputOf)).toEqual([0, 0, 0, 1, 1, 1]);
		simulator().addMessages(pair, LUNA[pair].account, a, [{ direction: 'incoming', text: 'New' }]);
		const second = await host.run({}, { items });
		expect(second.items.map(({ json }) => json.text)).toEqual(['New']);
	});

	test('where On Error is set to stop, an item that fails keeps the marks of the others', async () => {
		const chat = chatOf(pair, 3);
		const host = new ProductionHost(pair, 'message.list', {
			chat: byId('={{ $json.chat }}'),
			options,
		});
		const items = [{ chat }, { chat: '999' }];
		expect((await host.run({}, { items })).error).toBeDefined();
		expect((await host.run({}, { items: [{ chat }] })).items).toHaveLength(3);
		const settings = { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 };
		simulator().addMessages(pair, LUNA[pair].account, chat, [
			{ direction: 'incoming', text: 'New' },
		]);
		expect((await host.run({}, { items, settings })).error).toBeDefined();
		// With continue, what worked out is handed over, and so it is known.
		const onError = 'continueRegularOutput';
		const mixed = await host.run({}, { items, onError });
		expect(mixed.items.map(({ json }) => json.text ?? 'error')).toEqual(['New', 'error']);
		expect((await host.run({}, { items: [{ chat }] })).items).toEqual([]);
	});

	test('another account, chat or filter begins anew, another time does not', async () => {
		const subject = transactions(pair);
		subject.clear();
		subject.add([start(), start() + SECOND]);
		const host = hostOf(subject);
		expect((await host.run()).items).toHaveLength(2);
		const since = iso(start() - 10 * DAY);
		expect((await host.run({ filters: { since } })).items).toEqual([]);
		if (pair === 'ofapiOnlyFans') {
			expect((await host.run({ filters: { type: 'tips' } })).items).toHaveLength(2);
			const [{ fan } = { fan: { id: '' } }] = simulator().onlyFans(LUNA[pair].account).transactions;
			expect((await host.run({ filters: { fanId: fan.id } })).items).toHaveLength(2);
		}
		const lists = new ProductionHost(pair, 'message.list', { options });
		expect((await lists.run()).items).toHaveLength(3);
		expect((await lists.run({ chat: byId(chatOf(pair, 2)) })).items).toHaveLength(2);
		expect((await lists.run()).items).toEqual([]);
	});

	test('the marked message is deleted', async () => {
		const chat = chatOf(pair, 3);
		const host = new ProductionHost(pair, 'message.list', { chat: byId(chat), options });
		await host.run();
		const [added] = simulator().addMessages(pair, LUNA[pair].account, chat, [
			{ direction: 'outgoing', text: 'Gone' },
		]);
		expect(idsOf(await host.run())).toEqual([added?.id]);
		const gone = { chat: byId(chat), messageId: added?.id ?? '' };
		expect((await operate(pair, 'message.delete', gone)).error).toBeUndefined();
		expect(idsOf(await host.run())).toEqual([]);
		const [next] = simulator().addMessages(pair, LUNA[pair].account, chat, [
			{ direction: 'incoming', text: 'Next' },
		]);
		expect(idsOf(await host.run())).toEqual([next?.id]);
	});

	test('a transaction that appears late comes once', async () => {
		const subject = transactions(pair);
		subject.clear();
		const from = start();
		subject.add(Array.from({ length: 150 }, (_, index) => from + index * 60 * SECOND - DAY / 2));
		const host = hostOf(subject);
		await host.run({ returnAll: true });
		const late = subject.add([from + 140 * 60 * SECOND - DAY / 2 + SECOND]);
		expect(idsOf(await host.run())).toEqual(late);
		expect(idsOf(await host.run())).toEqual([]);
	});

	test('after a pause of two months nothing is missing', async () => {
		const subject = transactions(pair);
		subject.clear();
		subject.add([Date.now() - 70 * DAY]);
		const host = hostOf(subject);
		if (pair === 'ofapiOnlyFans') {
			await host.run({ filters: { since: iso(Date.now() - 80 * DAY) } });
		} else await host.run();
		const added = subject.add([Date.now() - 60 * DAY, Date.now() - DAY]);
		expect(idsOf(await host.run()).sort()).toEqual(added.sort());
	});

	test('a retry brings what the failed execution did not, and puts back no static data', async () => {
		const chat = chatOf(pair, 2);
		const host = new ProductionHost(pair, 'message.list', { chat: byId(chat), options });
		await host.run();
		const old = host.saved;
		simulator().addMessages(pair, LUNA[pair].account, chat, [
			{ direction: 'incoming', text: 'New' },
		]);
		simulator().addFault({ kind: 'json', status: 400, body: {}, path: /messages$/, times: 1 });
		expect((await host.run()).error).toBeDefined();
		host.saved = JSON.stringify({ ...(JSON.parse(old) as object), 'node:Other': { is: 'new' } });
		const before = host.saved;
		const retry = { mode: 'retry' as const, staticData: old };
		expect((await host.run({}, retry)).items).toHaveLength(1);
		expect(host.saved).toBe(before);
		expect((await host.run()).items).toEqual([]);
		simulator().addMessages(pair, LUNA[pair].account, chat, [
			{ direction: 'incoming', text: 'Newer' },
		]);
		expect((await host.run()).items).toHaveLength(1);
		expect(JSON.parse(host.saved)).toHaveProperty(['node:Other']);
	});

	test('what does not go with it is refused before anything is asked for', async () => {
		const host = new ProductionHost(pair, 'message.list', { options });
		const refused = await host.run({}, { mode: 'integrated' });
		expect(said(refused)).toContain("'Only New Since Last Run' does not work in a sub-workflow");
		const which = pair === 'ofapiOnlyFans' ? 'active' : 'followers';
		const fanHost = new ProductionHost(pair, 'fan.list', { which: value(which), options });
		expect(said(await fanHost.run())).toContain('does not work with this list');
		expect(sent()).toEqual([]);
	});

	test('is not among the fields of a tool', async () => {
		const { description } = await nodeType(pair);
		const shown = (name: string) => {
			const parameters = { resource: 'message', operation: 'list', options: { onlyNew: true } };
			const filled = filledIn({ ...description, name }, parameters);
			return filled.options;
		};
		expect(shown(pair)).toEqual({ onlyNew: true });
		expect(shown(`${pair}Tool`)).toEqual({});
	});

	test('is small: one list of payments takes about a kilobyte', async () => {
		const subject = transactions(pair);
		subject.clear();
		subject.add(Array.from({ length: 400 }, (_, index) => start() + index * SECOND));
		const host = hostOf(subject);
		await host.run({ returnAll: true });
		expect(host.saved.length).toBeLessThan(1300);
	});
});

test('remembers as many chats as fit into 64 kB, the last ones, and takes no more than a thousand at a time', async () => {
	const pair = 'ofapiFansly';
	const host = new ProductionHost(pair, 'message.list', {
		chat: byId('={{ $json.chat }}'),
		options,
	});
	const marks = Array.from({ length: 1600 }, (_, index): [string, string] => [
		`chat${String(index).padStart(6, '0')}`,
		`${(1_700_000_000_000 + index).toString(36)}:400000000000000003`,
	]);
	host.saved = JSON.stringify({ 'node:Node': { onlyNew: Object.fromEntries(marks) } });
	const items = [{ chat: LUNA[pair].chat }];
	await host.run({}, { items });
	expect(host.saved.length).toBeLessThan(65 * 1024);
	expect(host.saved).toContain('chat001599');
	expect(host.saved).not.toContain('chat000000');
	expect((await host.run({}, { items })).items).toEqual([]);

	simulator().requests.length = 0;
	const many = Array.from({ length: 1001 }, () => ({ chat: LUNA[pair].chat }));
	expect(said(await host.run({}, { items: many }))).toContain('takes 1000 input items at most');
	expect(sent()).toEqual([]);
});

test('OnlyFans: not from the beginning, and not of pinned messages', async () => {
	for (const extra of [{ order: 'beginning' }, { pinnedOnly: true }]) {
		const host = new ProductionHost('ofapiOnlyFans', 'message.list', {
			options: { ...options, ...extra },
		});
		expect(said(await host.run())).toContain("'Only New Since Last Run' does not go with");
	}
	expect(sent()).toEqual([]);
});
