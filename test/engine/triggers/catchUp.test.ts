import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { DeliveryRecord, Fault, RecordedRequest } from '../../simulator';
import { until } from '../support/deliveries';
import { loggerOf } from '../support/harness';
import { RefusedByHost, TriggerHost } from '../support/triggerHost';
import { credentialOf, LUNA, simulator, useSimulator } from '../support/world';

/** Catch Up After Downtime: what failed while n8n was down is delivered again, once, and nothing else. */

useSimulator();

const OFAPI = ['ofapiOnlyFans', 'ofapiFansly'] as const;
type OfapiPair = (typeof OFAPI)[number];

const LIST = /\/deliveries$/;
const REDELIVER = /\/redeliver$/;

const hosts: TriggerHost[] = [];
const warnings: string[] = [];

beforeEach(async () => {
	const logger = await loggerOf({
		node: 'ofapiOnlyFans',
		credential: { apiKey: '', baseUrl: '' },
		parameters: {},
	});
	jest.spyOn(logger, 'warn').mockImplementation((text) => void warnings.push(text));
	// A delivery is tried once: what fails has failed for good, and no test waits for the next try.
	Object.assign(simulator().deliverySettings, { attempts: 1, pauseAfter: 0 });
});

afterEach(async () => {
	for (const host of hosts.splice(0)) await host.close();
	warnings.length = 0;
	jest.restoreAllMocks();
});

async function trigger(
	pair: OfapiPair,
	options: INodeParameters = { catchUp: true },
): Promise<TriggerHost> {
	const host = await TriggerHost.start({
		node: `${pair}Trigger`,
		credential: credentialOf(pair),
		parameters: { events: [LUNA[pair].events.received], options },
	});
	hosts.push(host);
	await host.activate();
	return host;
}

/** The fan writes, and the provider has done with it; gives the messages' IDs. */
async function fanWrites(pair: OfapiPair, count = 1): Promise<string[]> {
	const { account, chat } = LUNA[pair];
	const ids = Array.from(
		{ length: count },
		(_, index) => simulator().fanWrites(pair, account, chat, { text: `Message ${index}` }).id,
	);
	await simulator().deliveriesSettled();
	return ids;
}

/** What the fan writes while n8n is off; it is on again at the end. */
async function missed(host: TriggerHost, pair: OfapiPair, count = 1): Promise<string[]> {
	await host.close();
	const ids = await fanWrites(pair, count);
	await host.restart();
	simulator().requests.length = 0;
	return ids;
}

/** What this test's triggers asked for: a look of an earlier one may still be under way. */
const asked = (path: RegExp): RecordedRequest[] =>
	simulator().requests.filter(
		(request) =>
			path.test(request.path) &&
			request.headers.authorization === `Bearer ${credentialOf('ofapiOnlyFans').apiKey}`,
	);
const failures = (): DeliveryRecord[] => simulator().deliveries.filter((one) => !one.succeeded);
const startedBy = (host: TriggerHost) => host.items.map(({ id }) => id).sort();
const hasStarted = (host: TriggerHost, ids: string[]) =>
	until(() => ids.every((id) => host.items.some((item) => item.id === id)));

/** Waits until a look has ended that found nothing to ask for, or was refused. */
async function looked(times = 1): Promise<void> {
	await until(() => asked(LIST).length >= times);
	await simulator().deliveriesSettled();
	await new Promise((resolve) => setTimeout(resolve, 50));
}

describe.each(OFAPI)('%s', (pair) => {
	test('50 events that failed come with the first one after the start, each once, at no cost', async () => {
		const host = await trigger(pair);
		const before = await fanWrites(pair);
		const lost = await missed(host, pair, 50);
		const { used } = simulator().credits('ofapi');
		const after = await fanWrites(pair);
		await hasStarted(host, lost);
		await simulator().deliveriesSettled();
		expect(startedBy(host)).toEqual([...before, ...lost, ...after].sort());
		expect(asked(REDELIVER)).toHaveLength(50);
		expect(simulator().credits('ofapi').used - used).toBe(0);
		expect(warnings).toEqual([]);
	});

	test('they come at once where n8n looks after its webhooks when it starts', async () => {
		const host = await trigger(pair);
		const lost = await missed(host, pair, 3);
		await host.activate();
		await hasStarted(host, lost);
		expect(startedBy(host)).toEqual([...lost].sort());
	});

	test('it asks once: neither the next events nor what comes again make it ask anew', async () => {
		const host = await trigger(pair);
		const lost = await missed(host, pair, 3);
		await fanWrites(pair);
		await hasStarted(host, lost);
		await simulator().deliveriesSettled();
		const { length } = simulator().requests;
		await fanWrites(pair, 3);
		await looked();
		expect(simulator().requests).toHaveLength(length);
	});

	test('switched off it asks for nothing', async () => {
		const host = await trigger(pair, {});
		await missed(host, pair, 3);
		await host.activate();
		const after = await fanWrites(pair);
		await hasStarted(host, after);
		expect(asked(LIST)).toEqual([]);
		expect(startedBy(host)).toEqual(after);
	});

	test('nothing of a time in which the workflow was not active, and nothing of another webhook', async () => {
		const host = await trigger(pair);
		const other = await trigger(pair);
		await other.close();
		await missed(host, pair);
		await host.deactivate();
		await fanWrites(pair);
		await host.activate();
		expect(failures().length).toBeGreaterThanOrEqual(2);
		const after = await fanWrites(pair);
		await looked();
		expect(startedBy(host)).toEqual(after);
		expect(asked(REDELIVER)).toEqual([]);
	});

	test('an execution whose answer never reached the provider is not started again', async () => {
		const host = await trigger(pair);
		simulator().deliverySettings.timeoutMs = 100;
		let free: () => void = () => undefined;
		host.betweenStartAndSave = () => new Promise<void>((resolve) => (free = resolve));
		const taken = await fanWrites(pair);
		expect(failures()).toHaveLength(1);
		free();
		await until(() => host.nodeData.recentEvents !== undefined);
		host.betweenStartAndSave = () => Promise.resolve();
		Object.assign(simulator().deliverySettings, { timeoutMs: 10_000 });
		const lost = await missed(host, pair);
		const after = await fanWrites(pair);
		await hasStarted(host, lost);
		await until(() => asked(REDELIVER).length === 2);
		await simulator().deliveriesSettled();
		expect(startedBy(host)).toEqual([...taken, ...lost, ...after].sort());
	});
});

const pair = 'ofapiOnlyFans';

test('what the provider itself delivered at its second try is not asked for', async () => {
	Object.assign(simulator().deliverySettings, { attempts: 2, retryDelayMs: 1 });
	const host = await trigger(pair);
	// The look of this start is over, and finds nothing.
	const ids = await fanWrites(pair);
	await looked();
	simulator().deliveries.length = 0;
	let isBroken = true;
	host.betweenStartAndSave = () => {
		if (!isBroken) return Promise.resolve();
		isBroken = false;
		host.executions.pop();
		throw new RefusedByHost(503);
	};
	ids.push(...(await fanWrites(pair)));
	expect(simulator().deliveries.map(({ succeeded }) => succeeded)).toEqual([false, true]);
	await host.close();
	await host.restart();
	simulator().requests.length = 0;
	const after = await fanWrites(pair);
	await looked(2);
	expect(asked(REDELIVER)).toEqual([]);
	expect(startedBy(host)).toEqual([...ids, ...after].sort());
});

test('the tries of one event are one event', async () => {
	Object.assign(simulator().deliverySettings, { attempts: 3, retryDelayMs: 1 });
	const host = await trigger(pair);
	const lost = await missed(host, pair, 2);
	expect(failures()).toHaveLength(6);
	await fanWrites(pair);
	await hasStarted(host, lost);
	await simulator().deliveriesSettled();
	expect(asked(REDELIVER)).toHaveLength(2);
});

test('more events than fit on a page of the log', async () => {
	const host = await trigger(pair);
	const lost = await missed(host, pair, 230);
	await fanWrites(pair);
	await hasStarted(host, lost);
	await simulator().deliveriesSettled();
	expect(startedBy(host)).toHaveLength(231);
	expect(asked(REDELIVER)).toHaveLength(230);
});

test('a webhook that pauses is asked again until it takes them', async () => {
	const host = await trigger(pair);
	const lost = await missed(host, pair, 2);
	const busy = { status: 409, body: { error: 'WEBHOOK_NOT_ACTIVE' } };
	simulator().addFault({ kind: 'json', ...busy, path: REDELIVER, times: 2 });
	await fanWrites(pair);
	await hasStarted(host, lost);
	expect(asked(REDELIVER)).toHaveLength(4);
	expect(warnings).toEqual([]);
});

test('of a pause only what failed before it comes: the provider keeps nothing else', async () => {
	Object.assign(simulator().deliverySettings, { pauseAfter: 20, pauseMs: 1000 });
	const host = await trigger(pair);
	const lost = await missed(host, pair, 50);
	const { length } = failures();
	expect(length).toBeLessThan(50);
	while (host.items.length === 0) {
		await fanWrites(pair);
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	await until(() => asked(REDELIVER).length === length);
	await simulator().deliveriesSettled();
	const started = startedBy(host);
	expect(lost.filter((id) => started.includes(id))).toHaveLength(length);
	expect(started).toHaveLength(length + 1);
});

const listFault = { path: LIST, method: 'GET' };
const refusedWith = (status: number): Fault => ({
	kind: 'json',
	status,
	body: { message: 'No' },
	...listFault,
});

test.each<[string, Fault]>([
	['401', refusedWith(401)],
	['403, a key without the right', refusedWith(403)],
	['404', refusedWith(404)],
	['422', refusedWith(422)],
	['500', refusedWith(500)],
	['429', { kind: 'rateLimited', retryAfterSeconds: 1, ...listFault }],
	['a page of HTML', { kind: 'html', ...listFault }],
	['what is not JSON', { kind: 'notJson', ...listFault }],
	['no answer', { kind: 'reset', ...listFault }],
	['a list that is none', { kind: 'json', status: 200, body: { data: 'none' }, ...listFault }],
])('the log cannot be had, %s: the trigger goes on, n8n’s log says so', async (_, fault) => {
	const host = await trigger(pair);
	await missed(host, pair);
	simulator().addFault(fault);
	await host.activate();
	const after = await fanWrites(pair);
	expect(startedBy(host)).toEqual(after);
	await until(() => warnings.length === 1);
	expect(warnings[0]).toMatch(/^'Trigger' could not catch up/);
	expect(asked(REDELIVER)).toEqual([]);
});

test('a log that is slow holds up neither the start nor a delivery', async () => {
	const host = await trigger(pair);
	const lost = await missed(host, pair);
	simulator().addFault({ kind: 'together', requests: 9, ...listFault });
	await host.activate();
	const after = await fanWrites(pair);
	expect(startedBy(host)).toEqual(after);
	expect(startedBy(host)).not.toEqual(expect.arrayContaining(lost));
});

test('a log without an end is left', async () => {
	const host = await trigger(pair);
	await missed(host, pair);
	const data = Array.from({ length: 100 }, () => ({ id: 1, succeeded: true }));
	simulator().addFault({ kind: 'json', status: 200, body: { data }, ...listFault });
	await fanWrites(pair);
	await looked(4);
	expect(asked(LIST)).toHaveLength(4);
	expect(asked(REDELIVER)).toEqual([]);
});

test('rows that lack something, or are older than the webhook, are passed over', async () => {
	const host = await trigger(pair);
	const [lost = ''] = await missed(host, pair);
	const [{ id, idempotencyKey } = { id: 0, idempotencyKey: '' }] = failures();
	const now = new Date().toISOString();
	const whole: IDataObject = {
		id: 999,
		idempotency_key: 'evt_1',
		succeeded: false,
		created_at: now,
	};
	const rows = [
		null,
		'row',
		{},
		...Object.keys(whole).map((name) => ({ ...whole, [name]: null })),
		{ ...whole, created_at: 'yesterday' },
		{ ...whole, created_at: '2020-01-01T00:00:00.000000Z' },
		{ ...whole, succeeded: 'no' },
		// It lacks its delivery's ID alone.
		{ id, idempotency_key: idempotencyKey, succeeded: false, created_at: now },
	];
	simulator().addFault({ kind: 'json', status: 200, body: { data: rows }, ...listFault });
	await fanWrites(pair);
	await hasStarted(host, [lost]);
	expect(asked(REDELIVER).map(({ path }) => path.split('/').at(-2))).toEqual([String(id)]);
});

test.each([404, 422])('one event that is answered %d holds up no other', async (status) => {
	const host = await trigger(pair);
	const lost = await missed(host, pair, 3);
	const body = { message: 'No' };
	simulator().addFault({ kind: 'json', status, body, path: REDELIVER, times: 1 });
	await fanWrites(pair);
	await until(() => asked(REDELIVER).length === 3 && host.items.length === 3);
	const started = startedBy(host);
	expect(lost.filter((id) => started.includes(id))).toHaveLength(2);
	expect(warnings).toEqual([]);
});

test('a look that broke off goes on with the first event ten minutes later', async () => {
	const host = await trigger(pair);
	const lost = await missed(host, pair, 3);
	simulator().addFault({ kind: 'reset', path: REDELIVER, skip: 1, times: 1 });
	await fanWrites(pair);
	await until(() => warnings.length === 1);
	await simulator().deliveriesSettled();
	const { length } = asked(LIST);
	await fanWrites(pair);
	expect(asked(LIST)).toHaveLength(length);

	const now = Date.now.bind(Date);
	jest.spyOn(Date, 'now').mockImplementation(() => now() + 11 * 60_000);
	await fanWrites(pair);
	await hasStarted(host, lost);
	await simulator().deliveriesSettled();
	expect(new Set(startedBy(host)).size).toBe(startedBy(host).length);
});

test('after ten minutes without an event it looks again: n8n may have been out of reach', async () => {
	const host = await trigger(pair);
	await fanWrites(pair);
	await looked();
	host.betweenStartAndSave = () => {
		host.executions.pop();
		throw new RefusedByHost(502);
	};
	const lost = await fanWrites(pair);
	host.betweenStartAndSave = () => Promise.resolve();
	const now = Date.now.bind(Date);
	jest.spyOn(Date, 'now').mockImplementation(() => now() + 11 * 60_000);
	await fanWrites(pair);
	await hasStarted(host, lost);
});

test('an event that fails whenever it is delivered again is given up after three times', async () => {
	const host = await trigger(pair);
	const [bad] = await missed(host, pair);
	const [{ idempotencyKey } = { idempotencyKey: '' }] = failures();
	host.betweenStartAndSave = () => {
		if (host.executions.at(-1)?.[0]?.json.id !== bad) return Promise.resolve();
		host.executions.pop();
		throw new RefusedByHost(500);
	};
	const tries: number[] = [];
	for (let start = 1; start <= 5; start++) {
		const good = await missed(host, pair);
		await fanWrites(pair);
		await hasStarted(host, good);
		await simulator().deliveriesSettled();
		const ofBad = simulator().deliveries.filter((one) => one.idempotencyKey === idempotencyKey);
		tries.push(ofBad.length);
	}
	expect(tries).toEqual([2, 3, 4, 4, 4]);
	expect(startedBy(host)).not.toContain(bad);
});

test('another n8n process that has begun a look since is left to it', async () => {
	const host = await trigger(pair);
	await missed(host, pair);
	simulator().addFault({ kind: 'together', requests: 9, ...listFault });
	await fanWrites(pair);
	await until(() => asked(LIST).length === 1);
	// The other process has the same data, and a memory of its own.
	const caughtUpAt = host.nodeData.caughtUpAt;
	await host.close();
	await host.restart();
	host.saved = JSON.stringify({ 'node:Trigger': { ...host.nodeData, caughtUpAt } });
	await fanWrites(pair);
	expect(asked(LIST)).toHaveLength(1);
});

test('testing in the editor catches up on nothing', async () => {
	const host = await trigger(pair);
	await host.deactivate();
	await host.close();
	await host.restart();
	await host.listen();
	const written = await fanWrites(pair);
	expect(startedBy(host)).toEqual(written);
	await host.stopListening();
	expect(asked(LIST)).toEqual([]);
});
