import type { IDataObject } from 'n8n-workflow';
import { pairs } from '../../pairs';
import { deliver, receivedEvent, until } from '../support/deliveries';
import { TriggerHost } from '../support/triggerHost';
import { credentialOf, simulator, useSimulator } from '../support/world';

/** Which of a trigger's registrations counts when another one was saved before or after it. */

useSimulator();

const hosts: TriggerHost[] = [];

afterEach(async () => {
	for (const host of hosts.splice(0)) await host.close();
});

describe.each(['ofapiOnlyFans', 'ofapiFansly'] as const)('%s', (pair) => {
	async function activated(): Promise<TriggerHost> {
		const host = await TriggerHost.start({
			node: `${pair}Trigger`,
			credential: credentialOf(pair),
			parameters: { events: [pairs[pair].events.received] },
		});
		hosts.push(host);
		await host.activate();
		return host;
	}

	const webhookIds = () => simulator().webhooks.map(({ id }) => id);

	function secretOf(host: TriggerHost): string {
		const { signingSecret } = host.nodeData;
		if (typeof signingSecret !== 'string') throw new Error('the node has no secret');
		return signingSecret;
	}

	/** What deliveries of a new event get, signed with each of the secrets. */
	async function answers(host: TriggerHost, id: string, secrets: string[]): Promise<number[]> {
		const statuses: number[] = [];
		for (const secret of secrets) {
			statuses.push((await deliver(host, receivedEvent(pair, id), { secret })).status);
		}
		return statuses;
	}

	describe('a delivery that was under way while the workflow was published anew', () => {
		let host: TriggerHost;
		let old: string;
		let current: string;

		beforeEach(async () => {
			host = await activated();
			old = secretOf(host);
			let free: () => void = () => undefined;
			host.betweenStartAndSave = () => new Promise<void>((resolve) => (free = resolve));
			const late = deliver(host, receivedEvent(pair, '1'), { secret: old });
			await until(() => host.executions.length === 1);
			await host.deactivate();
			await host.activate();
			current = secretOf(host);
			free();
			await late;
			host.betweenStartAndSave = () => Promise.resolve();
			// n8n has written the old copy of the static data back.
			expect(secretOf(host)).toBe(old);
		});

		test('brings no old secret back', async () => {
			expect(await answers(host, '2', [old, current])).toEqual([401, 200]);
			expect(secretOf(host)).toBe(current);
		});

		test('has no webhook made anew', async () => {
			const before = webhookIds();
			await host.activate();
			expect(webhookIds()).toEqual(before);
			expect(secretOf(host)).toBe(current);
		});

		test('leaves no webhook behind', async () => {
			await host.deactivate();
			expect(webhookIds()).toEqual([]);
		});
	});

	describe('another n8n process', () => {
		const save = (host: TriggerHost, data: IDataObject) =>
			(host.saved = JSON.stringify({ 'node:Trigger': data }));
		const theirsAfter = (data: IDataObject) => ({
			...data,
			webhookId: 'wh_theirs',
			signingSecret: 'theirs',
			registeredAt: Date.now() + 60_000,
		});

		test('has registered the node since: its secret counts, and stays', async () => {
			const host = await activated();
			const own = host.nodeData;
			const secrets = [secretOf(host), 'theirs'];
			const theirs = theirsAfter(own);
			save(host, theirs);
			expect(await answers(host, '1', secrets)).toEqual([401, 200]);
			expect(host.nodeData).toMatchObject(theirs);
			// A delivery that was under way there writes an old copy.
			save(host, own);
			expect(await answers(host, '2', secrets)).toEqual([401, 200]);
			expect(host.nodeData).toMatchObject(theirs);
		});

		test('has deleted the webhook since: no secret counts', async () => {
			const host = await activated();
			const secrets = [secretOf(host), ''];
			save(host, { registeredAt: Date.now() + 60_000 });
			expect(await answers(host, '1', secrets)).toEqual([401, 401]);
		});

		test('learns that the webhook was deleted here, and when', async () => {
			const host = await activated();
			const theirs = theirsAfter(host.nodeData);
			save(host, theirs);
			await host.deactivate();
			// Its clock is ahead.
			expect(host.nodeData).toEqual({ registeredAt: theirs.registeredAt + 1 });
			await host.activate();
			expect(host.nodeData.registeredAt).toBe(theirs.registeredAt + 2);
		});
	});

	test('what an earlier version saved, without a time, counts where nothing else is known', async () => {
		const host = await activated();
		const secret = secretOf(host);
		const { registeredAt, ...data } = host.nodeData;
		expect(registeredAt).toEqual(expect.any(Number));
		await host.deactivate();
		host.saved = JSON.stringify({ 'node:Trigger': data });
		expect(await answers(host, '1', ['wrong', secret])).toEqual([401, 200]);
	});
});
