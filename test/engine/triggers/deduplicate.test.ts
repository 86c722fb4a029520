import {
	deliver,
	deliverAndHangUp,
	listeningHost,
	receivedEvent,
	until,
} from '../support/deliveries';
import { RefusedByHost } from '../support/triggerHost';
import type { TriggerHost } from '../support/triggerHost';
import { PAIRS } from '../support/world';

/** What a trigger remembers of the events that it has had, and for how long. */

const DAY = 24 * 60 * 60 * 1000;
const MARK_LENGTH = 10;

const hosts: TriggerHost[] = [];

async function listening(...given: Parameters<typeof listeningHost>): Promise<TriggerHost> {
	const host = await listeningHost(...given);
	hosts.push(host);
	return host;
}

/** The same node in another process, which knows what is saved and nothing else. */
async function elsewhere(before: TriggerHost): Promise<TriggerHost> {
	const host = await listening('ofapiOnlyFans');
	host.saved = before.saved;
	return host;
}

afterEach(async () => {
	jest.restoreAllMocks();
	for (const host of hosts.splice(0)) await host.close();
});

const event = (id: number) => receivedEvent('ofapiOnlyFans', String(id));
const idsOf = (host: TriggerHost) => host.items.map(({ id }) => Number(id));

/** The marks that are saved, in order. */
function savedMarks(host: TriggerHost): string[] {
	const saved = host.nodeData.recentEvents;
	if (typeof saved !== 'string') throw new Error('no marks are saved');
	expect(saved.length % MARK_LENGTH).toBe(0);
	return saved.match(/.{10}/g) ?? [];
}

/** Writes the marks of so many other events into the saved data, as another process would. */
function saveOthers(host: TriggerHost, count: number, more = ''): void {
	const marks = Array.from(
		{ length: count },
		(_, index) => `x${String(index).padStart(MARK_LENGTH - 1, '0')}`,
	);
	host.saved = JSON.stringify({
		'node:Trigger': { ...host.nodeData, recentEvents: marks.join('') + more },
	});
}

/** Has n8n wait before it answers; gives what ends the wait, with an error where one is given. */
function busy(host: TriggerHost): (error?: Error) => void {
	let free: (error?: Error) => void = () => undefined;
	const wait = new Promise<Error | undefined>((resolve) => (free = resolve));
	host.betweenStartAndSave = async () => {
		const error = await wait;
		if (error === undefined) return;
		host.executions.pop();
		throw error;
	};
	return free;
}

const done = () => Promise.resolve();

describe.each(PAIRS)('%s: a provider that hangs up', (pair) => {
	test('while n8n is at work has started the one execution, however often it delivers again', async () => {
		const host = await listening(pair);
		const free = busy(host);
		expect(await deliverAndHangUp(host, receivedEvent(pair, '1'))).toBeUndefined();
		for (let count = 0; count < 2; count++) {
			expect(await deliverAndHangUp(host, receivedEvent(pair, '1'))).toBe(200);
		}
		free();
		await until(() => host.nodeData.recentEvents !== undefined);
		await deliver(host, receivedEvent(pair, '1'));
		expect(host.items.map(({ id }) => id)).toEqual(['1']);
	});
});

test('an execution that n8n created after the provider hung up is remembered across a restart', async () => {
	const host = await listening('ofapiOnlyFans');
	const free = busy(host);
	await deliverAndHangUp(host, event(1));
	free();
	await until(() => host.nodeData.recentEvents !== undefined);
	const after = await elsewhere(host);
	await deliver(after, event(1));
	expect(after.executions).toEqual([]);
});

test.each([400, 404, 500, 503])(
	'n8n answers %d, heard or not: the event may come again',
	async (status) => {
		for (const send of [deliver, deliverAndHangUp]) {
			const host = await listening('ofapiOnlyFans');
			const free = busy(host);
			const sent = send(host, event(1));
			await until(() => host.executions.length === 1 && (send === deliver || host.hangUps === 1));
			free(new RefusedByHost(status));
			await sent;
			await until(() => host.executions.length === 0);
			host.betweenStartAndSave = done;
			await deliver(host, event(1));
			expect(idsOf(host)).toEqual([1]);
		}
	},
);

test('an error in between leaves no trace in what is saved', async () => {
	const host = await listening('ofapiOnlyFans');
	busy(host)(new RefusedByHost(500));
	expect((await deliver(host, event(1))).status).toBe(500);
	host.betweenStartAndSave = done;
	await deliver(host, event(2));
	expect(savedMarks(host)).toHaveLength(1);
	const after = await elsewhere(host);
	for (const id of [1, 2]) await deliver(after, event(id));
	expect(idsOf(after)).toEqual([1]);
});

test.each([200, 399])(
	'an answer of %d means that the execution exists, also where the save failed',
	async (status) => {
		const host = await listening('ofapiOnlyFans');
		host.isSaving = false;
		host.betweenStartAndSave = () =>
			status === 200 ? Promise.resolve() : Promise.reject(new RefusedByHost(status));
		expect((await deliver(host, event(1))).status).toBe(status);
		Object.assign(host, { isSaving: true, betweenStartAndSave: done });
		for (const id of [1, 2]) await deliver(host, event(id));
		expect(idsOf(host)).toEqual([1, 2]);
		const after = await elsewhere(host);
		for (const id of [1, 2]) await deliver(after, event(id));
		expect(after.executions).toEqual([]);
	},
);

test('the static data are written once more, not without end', async () => {
	const host = await listening('ofapiOnlyFans');
	const changes: unknown[] = [];
	host.betweenStartAndSave = async ({ staticData }) => {
		await new Promise((resolve) => setTimeout(resolve, 50));
		changes.push(staticData.__dataChanged);
		staticData.__dataChanged = false;
		await new Promise((resolve) => setTimeout(resolve, 50));
		changes.push(staticData.__dataChanged);
	};
	await deliver(host, event(1));
	expect(changes).toEqual([true, false]);
});

test('what another process has saved meanwhile is known at once', async () => {
	const here = await listening('ofapiOnlyFans');
	await deliver(here, event(1));
	const there = await elsewhere(here);
	await deliver(there, event(2));
	here.saved = there.saved;
	for (const id of [1, 2, 3]) await deliver(here, event(id));
	expect(idsOf(here)).toEqual([1, 3]);
	expect(savedMarks(here)).toHaveLength(3);
	expect(savedMarks(here).slice(0, 2)).toEqual(savedMarks(there));
});

test('the last 1,000 are saved', async () => {
	const host = await listening('ofapiOnlyFans');
	await deliver(host, event(1));
	const [first] = savedMarks(host);
	saveOthers(host, 999);
	await deliver(host, event(2));
	expect(savedMarks(host)).toHaveLength(1000);
	expect(savedMarks(host)).not.toContain(first);
	expect(savedMarks(host)[0]).toBe('x000000000');
});

test.each([
	[19_998, [1, 2]],
	[19_999, [1, 2, 1]],
])('the last 20,000 are remembered: after one and %d others', async (others, executed) => {
	const host = await listening('ofapiOnlyFans');
	await deliver(host, event(1));
	saveOthers(host, others);
	await deliver(host, event(2));
	await deliver(host, event(2));
	await deliver(host, event(1));
	expect(idsOf(host)).toEqual(executed);
});

test.each<[string, unknown]>([
	['no text', { list: [1] }],
	['a number', 5],
	['nothing', null],
])('saved data that are %s are as good as none', async (_name, recentEvents) => {
	const host = await listening('ofapiOnlyFans');
	host.saved = JSON.stringify({ 'node:Trigger': { ...host.nodeData, recentEvents } });
	expect((await deliver(host, event(1))).status).toBe(200);
	expect(savedMarks(host)).toHaveLength(1);
});

test('half a mark at the end is left out', async () => {
	const host = await listening('ofapiOnlyFans');
	saveOthers(host, 2, 'half');
	await deliver(host, event(1));
	expect(savedMarks(host).slice(0, -1)).toEqual(['x000000000', 'x000000001']);
	expect(savedMarks(host)).toHaveLength(3);
});

test('what a workflow remembers here is given up when it is not called for a day', async () => {
	const now = Date.now();
	const clock = jest.spyOn(Date, 'now').mockReturnValue(now);
	const [idle, used, other] = [
		await listening('ofapiOnlyFans'),
		await listening('ofapiOnlyFans'),
		await listening('ofapiOnlyFans'),
	];
	const forget = (host: TriggerHost) =>
		(host.saved = JSON.stringify({ 'node:Trigger': { ...host.nodeData, recentEvents: '' } }));
	for (const host of [idle, used]) await deliver(host, event(1));
	clock.mockReturnValue(now + 60_000);
	await deliver(used, event(2));
	clock.mockReturnValue(now + DAY + 60_000);
	await deliver(other, event(1));
	// Only what is saved tells them apart now, and that is gone too.
	for (const host of [idle, used]) {
		forget(host);
		await deliver(host, event(1));
	}
	expect([idsOf(idle), idsOf(used)]).toEqual([
		[1, 1],
		[1, 2],
	]);
});
