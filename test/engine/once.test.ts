import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type { FaultEffect, PairName } from '../simulator';
import type { OnError, RunResult } from './harness';
import { figuresTable, keepTable } from './figures';
import type { Figures } from './figures';
import { LUNA, PAIRS, send, simulator, useSimulator } from './world';

useSimulator();

/** A message is sent once or reported: the messages that the simulator stored are the judge. */

const MESSAGES = 1000;
const CHATS = 50;
const TIMEOUT = 100;

interface Trouble {
	name: string;
	/** What strikes every third request; of several, one after the other. */
	effects: FaultEffect[];
	isPaid?: boolean;
	pairs?: PairName[];
}

const LOST: FaultEffect = { kind: 'lostAfterStoring' };
const SLOW: FaultEffect = { kind: 'slow', ms: 3 * TIMEOUT };
const BUSY: FaultEffect = { kind: 'rateLimited', retryAfterSeconds: 0 };

const TROUBLES: Trouble[] = [
	{ name: 'answer lost after the message was stored', effects: [LOST] },
	{ name: 'connection lost before', effects: [{ kind: 'reset' }] },
	{ name: '500 after storing', effects: [{ kind: 'storedThen500' }] },
	{ name: 'HTML 502 before', effects: [{ kind: 'html' }] },
	{ name: '429', effects: [BUSY] },
	{ name: 'slower than the timeout', effects: [SLOW] },
	{ name: 'half an answer', effects: [{ kind: 'halfAnswer' }] },
	{ name: 'paid message stored unlocked', effects: [{ kind: 'unlockedPaid' }], isPaid: true, pairs: ['ofapiOnlyFans', 'apiFansly'] },
];

const ALL_IN_TURN: Trouble = {
	name: 'all of these in turn',
	effects: [LOST, { kind: 'reset' }, { kind: 'storedThen500' }, { kind: 'html' }, BUSY, SLOW, { kind: 'halfAnswer' }],
};

const MODES: Array<{ onError: OnError; retries: boolean }> = [
	{ onError: 'continueRegularOutput', retries: false },
	{ onError: 'continueRegularOutput', retries: true },
	{ onError: 'stopWorkflow', retries: false },
	{ onError: 'stopWorkflow', retries: true },
];

const PAID: Record<PairName, INodeParameters> = {
	ofapiOnlyFans: { price: 5, mediaFiles: '12345' },
	ofapiFansly: {},
	apiFansly: { price: 5, mediaIds: '700000000000000001', accessType: 'ppv' },
};

/** What the node says of each item: `sent` and with what message, or why not. */
type Report = Map<number, { outcome: string; messageId?: unknown; isFound?: boolean }>;

function reportOf({ items, error }: RunResult): Report {
	const report: Report = new Map();
	const delivery = error?.context.delivery as { sent: Array<{ item: number; messageId: string }>; unknown: number[]; notSent: number[] } | undefined;
	for (const { item, messageId } of delivery?.sent ?? []) report.set(item, { outcome: 'sent', messageId });
	for (const item of delivery?.unknown ?? []) report.set(item, { outcome: 'unknown' });
	for (const item of delivery?.notSent ?? []) report.set(item, { outcome: 'notSent' });
	for (const { json, pairedItem } of items) {
		const { item } = pairedItem as { item: number };
		const details = json.details as IDataObject | undefined;
		report.set(item, json.error === undefined ? { outcome: 'sent', messageId: json.id, isFound: json.note !== undefined } : { outcome: JSON.stringify(details?.outcome).replaceAll('"', ''), messageId: details?.messageId });
	}
	return report;
}

async function sendAll(pair: PairName, { effects, isPaid }: Trouble, { onError, retries }: (typeof MODES)[number]): Promise<Figures> {
	const { account } = LUNA[pair];
	const chats = Array.from({ length: CHATS }, (_, index) => simulator().addChat(pair, { account, fan: { id: `70${1000 + index}`, name: 'Fan', username: `fan${index}` } }));
	const input = Array.from({ length: MESSAGES }, (_, index) => ({ chat: chats[(index * 7) % CHATS] ?? '', text: `Message number ${index}` }));
	effects.forEach((effect, index) => simulator().addFault({ ...effect, skip: 3 * index, every: 3 * effects.length }));
	const parameters = { text: '={{ $json.text }}', additionalFields: isPaid ? PAID[pair] : {}, requestOptions: { timeout: effects.includes(SLOW) ? TIMEOUT : 10_000 } };
	const settings = { retryOnFail: retries, maxTries: 3, waitBetweenTries: 0 };
	const result = await send(pair, parameters, { items: input, chat: '={{ $json.chat }}', onError, settings });

	const report = reportOf(result);
	const stored = new Map<string, Array<{ id: string; locked: boolean }>>();
	for (const chat of chats) {
		const texts = simulator().messages(pair, account, chat).map(({ id, text, media }) => {
			stored.set(text, [...(stored.get(text) ?? []), { id, locked: media.every(({ locked }) => locked) }]);
			return Number(text.replace(/\D/g, ''));
		});
		expect(texts).toEqual([...texts].sort((a, b) => a - b));
	}
	const figures: Figures = { sent: 0, found: 0, unknown: 0, notSent: 0, twice: 0, silent: 0, unlocked: 0, requests: simulator().requests.length };
	input.forEach(({ text }, index) => {
		const copies = stored.get(text) ?? [];
		const { outcome, messageId, isFound } = report.get(index) ?? { outcome: 'nothing' };
		if (copies.length > 1) figures.twice++;
		if (outcome === 'sent' && messageId === copies[0]?.id && copies.length > 0) figures.sent++;
		else if (outcome === 'unknown') figures.unknown++;
		else if (outcome === 'notSent' && copies.length === 0) figures.notSent++;
		else figures.silent++;
		if (isFound) figures.found++;
		const complained = result.items.some((item) => isComplaint(item, index));
		if (isPaid && onError !== 'stopWorkflow' && copies.some(({ locked }) => !locked)) {
			figures.unlocked++;
			expect(complained).toBe(true);
		} else {
			expect(complained).toBe(false);
		}
	});
	return figures;
}

function isComplaint({ json, pairedItem }: INodeExecutionData, index: number): boolean {
	return (pairedItem as { item: number }).item === index && typeof json.error === 'string' && json.error.includes('was sent unlocked');
}

const rows: Array<{ pair: PairName; trouble: string; figures: Figures }> = [];
afterAll(() => keepTable(figuresTable(rows)));

describe.each(PAIRS)('%s: 1,000 messages to 50 chats', (pair) => {
	const check = (figures: Figures) => {
		expect(figures).toMatchObject({ twice: 0, silent: 0 });
		expect(figures.sent + figures.unknown + figures.notSent).toBe(MESSAGES);
	};
	const troubles = TROUBLES.filter(({ pairs = PAIRS }) => pairs.includes(pair));

	test.each(troubles)('every third request: $name', async (trouble) => {
		const figures = await sendAll(pair, trouble, { onError: 'continueRegularOutput', retries: false });
		rows.push({ pair, trouble: trouble.name, figures });
		check(figures);
		expect(figures.sent).toBeGreaterThan(MESSAGES / 2);
		expect(figures.notSent).toBe(0);
		if (trouble.effects.includes(BUSY)) expect(figures.sent).toBe(MESSAGES);
		if (trouble.isPaid) expect(figures.unlocked).toBeGreaterThan(100);
	}, 120_000);

	test.each(MODES)('all of these in turn, On Error $onError, Retry On Fail $retries', async (mode) => {
		const figures = await sendAll(pair, ALL_IN_TURN, mode);
		check(figures);
		if (mode.onError === 'stopWorkflow') return;
		expect(figures.sent).toBeGreaterThan(MESSAGES / 2);
		if (!mode.retries) rows.push({ pair, trouble: ALL_IN_TURN.name, figures });
	}, 120_000);
});

describe.each(PAIRS)('%s: order and pace', (pair) => {
	const chats = (count: number) =>
		Array.from({ length: count }, (_, index) => simulator().addChat(pair, { account: LUNA[pair].account, fan: { id: `71${1000 + index}`, name: 'Fan', username: `pace${index}` } }));
	const itemsTo = (count: number, to: string[]) => Array.from({ length: count }, (_, index) => ({ chat: to[index % to.length] ?? '', text: `Number ${index}` }));
	const sendItems = (items: IDataObject[], parameters: INodeParameters = {}) => send(pair, { text: '={{ $json.text }}', ...parameters }, { items, chat: '={{ $json.chat }}' });

	test.each([[undefined, 3], [1, 1], [5, 5]])('at most %p requests at a time', async (concurrency, most) => {
		simulator().addFault({ kind: 'slow', ms: 5 });
		const result = await sendItems(itemsTo(40, chats(10)), concurrency === undefined ? {} : { options: { concurrency } });
		expect(result.error).toBeUndefined();
		expect(simulator().maxInFlight(LUNA[pair].account)).toBe(most);
	});

	test('identical texts from two items are two messages', async () => {
		const [chat = ''] = chats(1);
		simulator().addFault({ kind: 'lostAfterStoring', method: 'POST', times: 1 });
		const result = await sendItems([{ chat, text: 'Hi' }, { chat, text: 'Hi' }]);
		expect(result.error).toBeUndefined();
		const stored = simulator().messages(pair, LUNA[pair].account, chat);
		expect(stored.map(({ text }) => text)).toEqual(['Hi', 'Hi']);
		expect(result.items.map(({ json }) => json.id)).toEqual(stored.map(({ id }) => id));
	});

	test('an older message with the same text is not taken for this one', async () => {
		const [chat = ''] = chats(1);
		simulator().addMessages(pair, LUNA[pair].account, chat, [{ direction: 'outgoing', text: 'Hi' }]);
		simulator().addFault({ kind: 'reset', method: 'POST' });
		const result = await sendItems([{ chat, text: 'Hi' }]);
		expect(result.error?.context).toMatchObject({ outcome: 'unknown' });
		expect(result.error?.description).toContain('It is not known whether the message was sent');
	});

	test('no request leaves while the provider asks to wait', async () => {
		simulator().addFault({ kind: 'rateLimited', retryAfterSeconds: 1, skip: 5, times: 1 });
		const result = await sendItems(itemsTo(30, chats(10)));
		expect(result.error).toBeUndefined();
		const { requests } = simulator();
		const turnedAway = requests.find(({ status }) => status === 429);
		if (turnedAway === undefined) throw new Error('no request was turned away');
		// Those already under way when the answer came may still arrive: at most two of three.
		const during = requests.filter(({ at }) => at > turnedAway.at && at < turnedAway.at + 1000);
		expect(during.length).toBeLessThanOrEqual(2);
		expect(requests.filter(({ status }) => status === 200 || status === 201)).toHaveLength(30);
	});

	test('a cancelled execution stops within the requests under way', async () => {
		simulator().addFault({ kind: 'slow', ms: 20 });
		let cancel = () => {};
		const running = send(pair, { text: '={{ $json.text }}' }, { items: itemsTo(200, chats(10)), chat: '={{ $json.chat }}', onStart: (stop) => (cancel = stop) });
		while (simulator().requests.length < 9) await new Promise((resolve) => setTimeout(resolve, 5));
		cancel();
		const sent = simulator().requests.length;
		await running.catch(() => undefined);
		await new Promise((resolve) => setTimeout(resolve, 300));
		expect(simulator().requests.length).toBeLessThanOrEqual(sent + 1);
	});

	test('a cancelled execution does not wait for the provider', async () => {
		simulator().addFault({ kind: 'rateLimited', retryAfterSeconds: 200 });
		let cancel = () => {};
		const running = send(pair, { text: 'hi' }, { onStart: (stop) => (cancel = stop) });
		while (simulator().requests.length < 1) await new Promise((resolve) => setTimeout(resolve, 5));
		cancel();
		await running.catch(() => undefined);
		await new Promise((resolve) => setTimeout(resolve, 300));
		expect(simulator().requests).toHaveLength(1);
	});

	test('On Error: stop tells what was sent and what was not', async () => {
		const [chat = ''] = chats(1);
		simulator().addFault({ kind: 'json', status: 403, body: { message: 'No.' }, skip: 2 });
		const result = await sendItems(itemsTo(6, [chat]));
		expect(result.error?.description).toContain('Sent: items 0–1. Not sent: items 2–5.');
		expect(result.error?.context.itemIndex).toBe(2);
		expect(simulator().requests).toHaveLength(3);
	});

	test.each([false, true])('nothing is sent when n8n cannot resolve an expression of one item, Retry On Fail %p', async (retryOnFail) => {
		const [chat = ''] = chats(1);
		const text = "={{ $json.text === 'Number 3' ? $('No such node').item.json.text : $json.text }}";
		const settings = { retryOnFail, maxTries: 3, waitBetweenTries: 0 };
		const result = await send(pair, { text }, { items: itemsTo(6, [chat]), chat: '={{ $json.chat }}', settings });
		expect(result.error).toBeDefined();
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect(simulator().requests).toEqual([]);
	});

	test('batches with an interval: each message once, also when n8n gives up in the middle and tries again', async () => {
		const [chat = ''] = chats(1);
		const text = "={{ $json.text === 'Number 3' ? $('No such node').item.json.text : $json.text }}";
		const requestOptions = { batching: { batch: { batchSize: 1, batchInterval: 20 } } };
		simulator().addFault({ kind: 'slow', ms: 100 });
		const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };
		const result = await send(pair, { text, requestOptions }, { items: itemsTo(6, [chat]), chat: '={{ $json.chat }}', settings });
		expect(result.error).toBeDefined();
		await new Promise((resolve) => setTimeout(resolve, 500));
		const texts = simulator().messages(pair, LUNA[pair].account, chat).map((message) => message.text);
		expect(texts).toEqual(['Number 0', 'Number 1', 'Number 2'].slice(0, texts.length));
	});

	test('Retry On Fail sends only the rest', async () => {
		const [chat = ''] = chats(1);
		simulator().addFault({ kind: 'json', status: 403, body: { message: 'Not now.' }, skip: 2, times: 1 });
		const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };
		const result = await send(pair, { text: '={{ $json.text }}' }, { items: itemsTo(6, [chat]), chat: '={{ $json.chat }}', settings });
		expect(result.error).toBeUndefined();
		expect(result.items.map(({ json }) => json.text)).toEqual(['Number 0', 'Number 1', 'Number 2', 'Number 3', 'Number 4', 'Number 5']);
		expect(simulator().messages(pair, LUNA[pair].account, chat)).toHaveLength(6);
		expect(simulator().requests).toHaveLength(7);
	});
});

test('the Idempotency-Key is the same for an item whatever is retried, and differs between items', async () => {
	simulator().addFault({ kind: 'lostAfterStoring', every: 2 });
	const result = await send('ofapiOnlyFans', { text: 'Hi' }, { items: [{}, {}, {}] });
	expect(result.error).toBeUndefined();
	const keys = simulator().requests.map(({ headers }) => headers['idempotency-key']);
	expect(new Set(keys).size).toBe(3);
	expect(keys.length).toBeGreaterThan(3);
	for (const key of keys) expect(key).toMatch(/^[\x20-\x7e]{1,255}$/);
});

test.each<PairName>(['ofapiFansly', 'apiFansly'])('%s: a lookup of the creator that did not work is tried again when a message has to be found', async (pair) => {
	simulator().addFault({ kind: 'html', path: /\/(?:accounts|me)$/, times: 1 });
	simulator().addFault({ kind: 'lostAfterStoring', method: 'POST' });
	const result = await send(pair, { text: '={{ $json.text }}' }, { items: [{ text: 'one' }, { text: 'two' }], onError: 'continueRegularOutput' });
	expect(result.items[0]?.json).toMatchObject({ details: { outcome: 'unknown' } });
	expect(result.items[1]?.json).toMatchObject({ text: 'two', direction: 'outgoing' });
	expect(simulator().messages(pair, LUNA[pair].account, LUNA[pair].chat).slice(-2).map(({ text }) => text)).toEqual(['one', 'two']);
});

describe.each<PairName>(['ofapiOnlyFans', 'apiFansly'])('%s: paid messages', (pair) => {
	const paid = (options: INodeParameters = {}) => send(pair, { text: 'Look', additionalFields: PAID[pair], options });
	const stored = () => simulator().messages(pair, LUNA[pair].account, LUNA[pair].chat);

	test('locked at its price: as sent', async () => {
		const result = await paid();
		expect(result.error).toBeUndefined();
		expect(result.items[0]?.json).toMatchObject({ price: 5, text: 'Look' });
		expect(simulator().requests).toHaveLength(pair === 'apiFansly' ? 2 : 1);
	});

	test('unlocked: named, loudly', async () => {
		simulator().addFault({ kind: 'unlockedPaid' });
		const result = await paid();
		const id = stored().at(-1)?.id ?? '';
		expect(result.error?.message).toContain(`The paid message ${id} was sent unlocked`);
		expect(result.error?.context).toMatchObject({ outcome: 'sent', messageId: id });
	});

	test('unlocked: deleted at once for those who want that', async () => {
		const before = stored().length;
		simulator().addFault({ kind: 'unlockedPaid' });
		const result = await paid({ deleteUnlocked: true });
		expect(result.error?.description).toContain('It was deleted at once');
		expect(stored()).toHaveLength(before);
	});

	test('unlocked: not sent again by Retry On Fail', async () => {
		const before = stored().length;
		simulator().addFault({ kind: 'unlockedPaid' });
		const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };
		const result = await send(pair, { text: 'Look', additionalFields: PAID[pair] }, { settings });
		expect(result.error?.message).toContain('was sent unlocked');
		expect(stored()).toHaveLength(before + 1);
	});

	test('the check can be turned off', async () => {
		simulator().addFault({ kind: 'unlockedPaid' });
		const result = await paid({ checkPaid: false });
		expect(result.error).toBeUndefined();
		expect(simulator().requests).toHaveLength(1);
	});
});

test('a paid message whose lock cannot be seen is reported, and looked at again by Retry On Fail', async () => {
	simulator().addFault({ kind: 'html', method: 'GET', times: 1 });
	const once = await send('apiFansly', { text: 'Look', additionalFields: PAID.apiFansly });
	expect(once.error?.message).toContain('whether it is locked could not be seen');
	expect(once.error?.context.outcome).toBe('sent');

	simulator().reset();
	simulator().addFault({ kind: 'html', method: 'GET', times: 1 });
	const settings = { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 };
	const again = await send('apiFansly', { text: 'Look', additionalFields: PAID.apiFansly }, { settings });
	expect(again.error).toBeUndefined();
	expect(simulator().requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
});
