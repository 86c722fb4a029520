import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { keepTable } from '../engine/support/docsTable';
import type { OnError, RunResult } from '../engine/support/harness';
import { LUNA, PAIRS, send, simulator, useSimulator } from '../engine/support/world';
import type { FaultEffect, PairName } from '../simulator';
import { figuresTable } from './figures';
import type { Figures } from './figures';

/** A message is sent once or reported: the messages that the simulator stored are the judge of 1,000 to 50 chats. */

const MESSAGES = 1000;
const CHATS = 50;
/** Milliseconds: no answer takes as long by itself, however busy the machine is. */
const TIMEOUT = 1000;
/** So that waiting for it takes no longer in all. */
const CONCURRENCY = 25;

interface Trouble {
	name: string;
	/** What strikes every third request; of several, one after the other. */
	effects: FaultEffect[];
	isPaid?: boolean;
	/** Whether each message is an execution of its own, all of them at once. */
	isApart?: boolean;
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
	{
		name: 'paid message stored unlocked',
		effects: [{ kind: 'unlockedPaid' }],
		isPaid: true,
		pairs: ['ofapiOnlyFans', 'apiFansly'],
	},
];

const ALL_IN_TURN: Trouble = {
	name: 'all of these in turn',
	effects: [
		LOST,
		{ kind: 'reset' },
		{ kind: 'storedThen500' },
		{ kind: 'html' },
		BUSY,
		SLOW,
		{ kind: 'halfAnswer' },
	],
};

const APART: Trouble = {
	name: '1,000 executions at once, all of these in turn',
	effects: ALL_IN_TURN.effects,
	isApart: true,
};

const MODES: Array<{ onError: OnError; retries: boolean }> = [
	{ onError: 'continueRegularOutput', retries: false },
	{ onError: 'continueRegularOutput', retries: true },
	{ onError: 'stopWorkflow', retries: false },
	{ onError: 'stopWorkflow', retries: true },
];

/** What the node says of each item: `sent` and with what message, or why not. */
type Report = Map<number, { outcome: string; messageId?: unknown; isFound?: boolean }>;

function reportOf({ items, error }: Pick<RunResult, 'items' | 'error'>): Report {
	const report: Report = new Map();
	const delivery = error?.context.delivery as
		| { sent: Array<{ item: number; messageId: string }>; unknown: number[]; notSent: number[] }
		| undefined;
	for (const { item, messageId } of delivery?.sent ?? []) {
		report.set(item, { outcome: 'sent', messageId });
	}
	for (const item of delivery?.unknown ?? []) report.set(item, { outcome: 'unknown' });
	for (const item of delivery?.notSent ?? []) report.set(item, { outcome: 'notSent' });
	for (const { json, pairedItem } of items) {
		const { item } = pairedItem as { item: number };
		const details = json.details as IDataObject | undefined;
		report.set(
			item,
			json.error === undefined
				? { outcome: 'sent', messageId: json.id, isFound: json.note !== undefined }
				: {
						outcome: JSON.stringify(details?.outcome).replaceAll('"', ''),
						messageId: details?.messageId,
					},
		);
	}
	return report;
}

/** The results of executions of one item each as one of all items. */
function together(results: RunResult[]): Pick<RunResult, 'items' | 'error'> {
	expect(results.map(({ error }) => error).filter(Boolean)).toEqual([]);
	const items = results.flatMap((result, item) =>
		result.items.map((one) => ({ ...one, pairedItem: { item } })),
	);
	return { items, error: undefined };
}

async function sendAll(
	pair: PairName,
	{ effects, isPaid, isApart }: Trouble,
	{ onError, retries }: (typeof MODES)[number],
): Promise<Figures> {
	const { account } = LUNA[pair];
	const chats = Array.from({ length: CHATS }, (_, index) =>
		simulator().addChat(pair, {
			account,
			fan: { id: `70${1000 + index}`, name: 'Fan', username: `fan${index}` },
		}),
	);
	const input = Array.from({ length: MESSAGES }, (_, index) => ({
		chat: chats[(index * 7) % CHATS] ?? '',
		text: `Message number ${index}`,
	}));
	effects.forEach((effect, index) =>
		simulator().addFault({ ...effect, skip: 3 * index, every: 3 * effects.length }),
	);
	const parameters = {
		text: '={{ $json.text }}',
		additionalFields: isPaid ? LUNA[pair].paid : {},
		...(effects.includes(SLOW)
			? { requestOptions: { timeout: TIMEOUT }, options: { concurrency: CONCURRENCY } }
			: { requestOptions: { timeout: 60_000 } }),
	};
	const settings = { retryOnFail: retries, maxTries: 3, waitBetweenTries: 1 };
	const sendItems = (items: typeof input) =>
		send(pair, parameters, { items, chat: '={{ $json.chat }}', onError, settings });
	const result = isApart
		? together(await Promise.all(input.map((item) => sendItems([item]))))
		: await sendItems(input);

	const report = reportOf(result);
	const stored = new Map<string, Array<{ id: string; locked: boolean }>>();
	for (const chat of chats) {
		const texts = simulator()
			.messages(pair, account, chat)
			.map(({ id, text, media }) => {
				stored.set(text, [
					...(stored.get(text) ?? []),
					{ id, locked: media.every(({ locked }) => locked) },
				]);
				return Number(text.replace(/\D/g, ''));
			});
		if (!isApart) expect(texts).toEqual([...texts].sort((a, b) => a - b));
	}
	const figures: Figures = {
		sent: 0,
		found: 0,
		unknown: 0,
		notSent: 0,
		twice: 0,
		silent: 0,
		unlocked: 0,
		requests: simulator().requests.length,
	};
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
	return (
		(pairedItem as { item: number }).item === index &&
		typeof json.error === 'string' &&
		json.error.includes('was sent unlocked')
	);
}

/** The tests of one pair, and its table in docs/reliability.md. */
export function testThousandMessages(pair: PairName): void {
	useSimulator();

	const rows: Array<{ trouble: string; figures: Figures }> = [];
	afterAll(() =>
		keepTable(
			figuresTable(pair, rows),
			'docs/reliability.md',
			`<!-- figures of ${pair}: written by test/reliability -->`,
		),
	);

	const check = (figures: Figures) => {
		expect(figures).toMatchObject({ twice: 0, silent: 0 });
		expect(figures.sent + figures.unknown + figures.notSent).toBe(MESSAGES);
	};
	const troubles = TROUBLES.filter(({ pairs = PAIRS }) => pairs.includes(pair));

	test.each(troubles)('every third request: $name', async (trouble) => {
		const figures = await sendAll(pair, trouble, {
			onError: 'continueRegularOutput',
			retries: false,
		});
		rows.push({ trouble: trouble.name, figures });
		check(figures);
		expect(figures.sent).toBeGreaterThan(MESSAGES / 2);
		expect(figures.notSent).toBe(0);
		if (trouble.effects.includes(BUSY)) expect(figures.sent).toBe(MESSAGES);
		if (trouble.isPaid) expect(figures.unlocked).toBeGreaterThan(100);
	});

	test(APART.name, async () => {
		const mode = { onError: 'continueRegularOutput' as const, retries: false };
		const figures = await sendAll(pair, APART, mode);
		rows.push({ trouble: APART.name, figures });
		check(figures);
		expect(figures.sent).toBeGreaterThan(MESSAGES / 2);
	});

	test.each(MODES)(
		'all of these in turn, On Error $onError, Retry On Fail $retries',
		async (mode) => {
			const figures = await sendAll(pair, ALL_IN_TURN, mode);
			check(figures);
			if (mode.onError === 'stopWorkflow') return;
			expect(figures.sent).toBeGreaterThan(MESSAGES / 2);
			if (!mode.retries) rows.push({ trouble: ALL_IN_TURN.name, figures });
		},
	);
}
