import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, beforeEach, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
	deliver,
	deliverAll,
	messageBody,
	PersistentProvider,
	signature,
	signingSecret,
} from './deliveries.mjs';
import { PAIRS } from './pairs.mjs';
import { isN8n1, olderVersion } from './paths.mjs';
import { Stand } from './stand.mjs';
import { pollingWorkflow, productionUrl, TRIGGER, webhookWorkflow } from './workflows.mjs';

const WAIT_MS = 300_000;
const OFAPI_PAIRS = PAIRS.filter(({ provider }) => provider === 'ofapi');

/** With it off, n8n looks after a workflow's webhooks at each start, as it did before version 2.41. */
const LOOKS_AFTER_WEBHOOKS = { N8N_USE_WORKFLOW_PUBLICATION_SERVICE: 'false' };

/** A server on this machine that answers nobody before it is opened; `waiting` counts who asks. */
async function startGate() {
	const gate = { waiting: 0 };
	const opened = new Promise((resolve) => (gate.open = resolve));
	const server = createServer(async (_request, response) => {
		gate.waiting++;
		await opened;
		response.end('{}');
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	gate.url = `http://127.0.0.1:${server.address().port}/`;
	gate.close = () => server.close();
	return gate;
}

describe('triggers when n8n ends and starts again', () => {
	let stand;

	before(async () => {
		stand = await Stand.open();
	});

	after(() => stand.close());

	beforeEach(() => stand.simulator.reset());

	async function until(what, isSo) {
		for (const deadline = Date.now() + WAIT_MS; Date.now() < deadline; await sleep(20))
			if (await isSo()) return;
		throw new Error(`Not within ${WAIT_MS / 1000} seconds: ${what}`);
	}

	/** The IDs of the messages that the trigger handed over in executions with one of those states. */
	async function handedOver(workflow, statuses = ['success'], abandoned = []) {
		const executions = await stand.database.executions(workflow, abandoned);
		return executions
			.filter(({ status }) => statuses.includes(status))
			.flatMap((execution) => execution.items(TRIGGER).map(({ json }) => json.id));
	}

	async function activateAll(workflowFor) {
		const active = [];
		for (const pair of PAIRS)
			active.push({ pair, workflow: await stand.activate(workflowFor(pair)) });
		return active;
	}

	async function deactivateAll(active) {
		for (const { workflow } of active) await stand.client.deactivate(workflow);
	}

	test('what was delivered before starts nothing when it is delivered again, after an orderly end and after a kill', async () => {
		const active = await activateAll((pair) => webhookWorkflow(pair, 'repeats'));
		const deliverEach = async (ids) => {
			for (const { pair, workflow } of active) {
				const secret = await signingSecret(stand, pair, workflow);
				const deliveries = ids
					.map((id) => messageBody(pair, id))
					.map((body) => ({
						url: productionUrl(stand.n8n, workflow),
						body,
						headers: { signature: signature(secret, body) },
					}));
				// Of notes that n8n writes at the same time, an older one may be written last.
				for (const { status } of await deliverAll(deliveries, 1)) assert.equal(status, 200);
			}
		};
		const assertExecuted = async (ids) => {
			for (const { workflow } of active)
				assert.deepEqual((await handedOver(workflow)).sort(), ids.map(String));
		};
		try {
			await deliverEach([1, 2, 3]);
			await assertExecuted([1, 2, 3]);
			for (const { workflow } of active)
				assert.equal(
					(await stand.database.staticData(workflow, TRIGGER)).recentEvents.length > 0,
					true,
				);

			await stand.restart();
			await deliverEach([3, 2, 1, 4]);
			await assertExecuted([1, 2, 3, 4]);

			await stand.n8n.kill();
			await stand.start();
			await deliverEach([4, 3, 2, 1, 5]);
			await assertExecuted([1, 2, 3, 4, 5]);
		} finally {
			await deactivateAll(active);
		}
	});

	test('n8n killed in the middle of deliveries: each message that the provider delivers again runs once', async (t) => {
		const perPair = 20;
		const active = await activateAll((pair) => webhookWorkflow(pair, 'killed'));
		const deliveries = [];
		for (let index = 0; index < perPair; index++) {
			for (const { pair, workflow } of active) {
				const body = messageBody(pair, 1000 + index);
				const headers = { signature: signature(await signingSecret(stand, pair, workflow), body) };
				deliveries.push({
					workflow,
					id: String(1000 + index),
					url: productionUrl(stand.n8n, workflow),
					body,
					headers,
				});
			}
		}
		const provider = new PersistentProvider(5);
		const delivered = provider.deliverAll(deliveries);
		await until('twelve deliveries have arrived', () => provider.arrived >= 12);
		await stand.n8n.kill();
		assert.ok(
			provider.arrived < deliveries.length,
			'everything had been delivered before the kill',
		);
		const waiting = await stand.database.query(
			"SELECT id FROM execution_entity WHERE status = 'new'",
		);
		const underWay = await stand.database.unfinished();
		await stand.start();
		await delivered;
		const abandoned = olderVersion === undefined ? [] : await stand.database.abandoned(underWay);
		for (const { pair, workflow } of active) {
			const executions = await stand.database.executions(workflow, abandoned);
			const cutOff = executions.filter(
				({ id, status }) => status === 'crashed' || abandoned.includes(id),
			);
			// What n8n had stored and not begun it runs itself at its next start, and nobody could have told the provider.
			const resumed = executions.filter(({ id }) => waiting.some((one) => one.id === id));
			const done = await handedOver(workflow, ['success'], abandoned);
			const ids = deliveries
				.filter((delivery) => delivery.workflow === workflow)
				.map(({ id }) => id);
			const lost = ids.filter(
				(id) => !done.includes(id) && !cutOff.some((execution) => execution.contains(`"${id}"`)),
			);
			const repeated = done.filter(
				(id, index) =>
					done.indexOf(id) !== index && !resumed.some((execution) => execution.contains(`"${id}"`)),
			);
			// An older n8n may forget what an execution was about, and shows it all the same.
			const isNamed = (execution) => ids.some((id) => execution.contains(`"${id}"`));
			const bare = executions.filter(
				(execution) => !execution.isWhole || (cutOff.includes(execution) && !isNamed(execution)),
			);
			const unreported = lost.slice(bare.length);
			assert.deepEqual(repeated, []);
			// n8n 1 answers before it has stored the execution: docs/triggers.md.
			if (!isN8n1) assert.deepEqual(unreported, []);
			else t.diagnostic(`${pair.displayName}: ${unreported.length} lost between answer and store`);
			t.diagnostic(
				`${pair.displayName}: ${new Set(done).size} of ${perPair} executed; ${cutOff.length} executions that the kill cut off stand as "crashed", or in an older n8n as "running" for good; ${resumed.length} begun anew by n8n`,
			);
		}
		t.diagnostic(
			`${provider.turnedAway} deliveries came while n8n answers everything with 200 and "n8n is starting up"`,
		);
		await deactivateAll(active);
	});

	test('a provider that hangs up while n8n has no slot free: the message runs once', async () => {
		await stand.restart({ N8N_CONCURRENCY_PRODUCTION_LIMIT: '1' });
		for (const pair of PAIRS) {
			const gate = await startGate();
			const workflow = await stand.activate(
				webhookWorkflow(
					pair,
					'slow',
					{},
					{
						type: 'n8n-nodes-base.httpRequest',
						typeVersion: 4,
						parameters: { url: gate.url, options: {} },
					},
				),
			);
			const headersFor = async (body) => ({
				signature: signature(await signingSecret(stand, pair, workflow), body),
			});
			const [first, second] = [messageBody(pair, 1), messageBody(pair, 2)];
			const states = async () =>
				(await stand.database.executionStates(workflow)).map(({ status }) => status);
			try {
				assert.equal(
					(await deliver(productionUrl(stand.n8n, workflow), first, await headersFor(first)))
						.status,
					200,
				);
				await until('the only slot is busy', () => gate.waiting === 1);
				const statuses = [];
				for (let count = 0; count < 3; count++) {
					const before = (await states()).length;
					const provider = new AbortController();
					let isAnswered = false;
					const answer = deliver(
						productionUrl(stand.n8n, workflow),
						second,
						await headersFor(second),
						provider.signal,
					).finally(() => (isAnswered = true));
					await until(
						'n8n has answered or stored an execution',
						async () => isAnswered || (await states()).length > before,
					);
					provider.abort();
					statuses.push((await answer).status);
				}
				assert.deepEqual(await states(), ['running', 'new']);
				// n8n 1 does not wait for a free slot before it answers.
				assert.ok(statuses[0] === 0 || isN8n1);
				assert.deepEqual(statuses.slice(1), [200, 200]);
				gate.open();
				assert.deepEqual((await handedOver(workflow)).sort(), ['1', '2']);
				assert.equal(
					(await deliver(productionUrl(stand.n8n, workflow), second, await headersFor(second)))
						.status,
					200,
				);
				assert.deepEqual(await states(), ['success', 'success']);
			} finally {
				gate.open();
				await stand.client.deactivate(workflow);
				gate.close();
			}
		}
		await stand.restart();
	});

	test('polling: nothing lost and nothing twice, whether written before n8n ends, while it is off or after', async () => {
		const active = await activateAll((pair) => pollingWorkflow(pair, 'polls'));
		const written = new Map(PAIRS.map((pair) => [pair, []]));
		const write = async (text) => {
			for (const pair of PAIRS) {
				for (const chat of [pair.shortChat, pair.longChat, pair.shortChat])
					written.get(pair).push((await stand.simulator.fanWrites(pair, chat, { text })).id);
			}
		};
		const assertAll = async () => {
			for (const { pair, workflow } of active) {
				await until(
					`${pair.name} has executed`,
					async () => (await handedOver(workflow)).length >= written.get(pair).length,
				);
				assert.deepEqual((await handedOver(workflow)).sort(), [...written.get(pair)].sort());
			}
		};
		const pollAgain = async () => {
			await deactivateAll(active);
			for (const { workflow } of active) await stand.client.activate(workflow);
		};
		await assertAll();
		await write('Before');
		await pollAgain();
		await assertAll();
		await stand.n8n.kill();
		await write('Off');
		await stand.start();
		await assertAll();
		await write('After');
		await pollAgain();
		await assertAll();
		await stand.restart();
		await write('Restarted');
		await pollAgain();
		await assertAll();
		await deactivateAll(active);
	});

	test('polling: nothing lost and nothing twice when n8n is killed while it reads', async (t) => {
		const active = await activateAll((pair) => pollingWorkflow(pair, 'killed while reading'));
		const written = new Map();
		for (const pair of PAIRS) {
			const first = await stand.simulator.fanWrites(pair, pair.shortChat, { text: 'One' });
			const second = await stand.simulator.fanWrites(pair, pair.longChat, { text: 'Two' });
			written.set(pair, [first.id, second.id]);
		}
		await stand.n8n.stop();
		await stand.simulator.forgetRequests();
		await stand.simulator.addFault({ kind: 'slow', ms: 20_000, method: 'GET', path: '/messages$' });
		await stand.start();
		await until('every pair is asked for messages', async () => {
			const asked = (await stand.simulator.requests()).filter(
				({ method, path }) => method === 'GET' && path.endsWith('/messages'),
			);
			return PAIRS.every(({ name }) => asked.some(({ pair }) => pair === name));
		});
		await stand.n8n.kill();
		await stand.simulator.clearFaults();
		// n8n takes up a publication that it did not finish when two minutes have passed: let them have passed.
		if (olderVersion === undefined)
			await stand.database.execute(
				"UPDATE workflow_publication_outbox SET updatedAt = '2000-01-01 00:00:00.000'",
			);
		await stand.start();
		for (const { pair, workflow } of active) {
			await until(
				`${pair.name} has executed`,
				async () => (await handedOver(workflow)).length >= 2,
			);
			assert.deepEqual((await handedOver(workflow)).sort(), [...written.get(pair)].sort());
			const now = [
				await stand.simulator.unread(pair, pair.shortChat),
				await stand.simulator.unread(pair, pair.longChat),
			];
			const leftRead = now.filter((count) => count === 0).length;
			// OnlyFans marks a chat as read when it is listed: one that was being listed cannot be marked as unread again by a dead n8n.
			assert.ok(leftRead <= (pair.name === 'ofapiOnlyFans' ? 1 : 0));
			t.diagnostic(`${pair.displayName}: ${leftRead} of 2 chats left marked as read`);
		}
		await deactivateAll(active);
	});

	/** Fans write while n8n is off, and the provider gives up; gives the IDs of what they wrote, by pair. */
	async function writeWhileOff(count) {
		await stand.n8n.stop();
		const lost = new Map(OFAPI_PAIRS.map((pair) => [pair, []]));
		for (const pair of OFAPI_PAIRS) {
			for (let index = 0; index < count; index++) {
				const message = { text: `While n8n was off, ${index}` };
				lost.get(pair).push((await stand.simulator.fanWrites(pair, pair.shortChat, message)).id);
			}
		}
		// Two workflows of each pair are told, one of them with the option off.
		const failed = (await stand.simulator.deliveries()).filter(({ succeeded }) => !succeeded);
		assert.equal(failed.length, 2 * count * OFAPI_PAIRS.length);
		await stand.simulator.forgetRequests();
		return lost;
	}

	/** Each of the messages started one execution, and nothing else did. */
	async function assertCaughtUp(t, workflow, ids) {
		const states = async () => (await stand.database.executionStates(workflow)).length;
		await until(`${workflow.name} has caught up`, async () => (await states()) >= ids.length);
		await stand.simulator.deliveries();
		const done = (await handedOver(workflow)).sort();
		if (olderVersion === undefined || isN8n1) return assert.deepEqual(done, [...ids].sort());
		// What runs while n8n 2.8 starts, it may show as crashed, without its items.
		assert.equal(await states(), ids.length);
		assert.equal(new Set(done).size, done.length);
		assert.deepEqual(
			done.filter((id) => !ids.includes(id)),
			[],
		);
		t.diagnostic(`${workflow.name}: ${ids.length - done.length} of ${ids.length} shown as crashed`);
	}

	for (const [name, settings] of [
		['with the first event after the start', {}],
		['at the start, where n8n looks after webhooks then', LOOKS_AFTER_WEBHOOKS],
	])
		test(`catching up: 50 events that failed while n8n was off come ${name}, each once`, async (t) => {
			await stand.restart(settings);
			await stand.simulator.setDelivery({ attempts: 1, pauseAfter: 0 });
			const active = [];
			const silent = [];
			for (const pair of OFAPI_PAIRS) {
				const options = { catchUp: true };
				const workflow = await stand.activate(
					webhookWorkflow(pair, `catches up ${name}`, { options }),
				);
				active.push({ pair, workflow });
				silent.push(await stand.activate(webhookWorkflow(pair, `does not ${name}`)));
			}
			const written = new Map(OFAPI_PAIRS.map((pair) => [pair, []]));
			const writeOne = async () => {
				for (const pair of OFAPI_PAIRS) {
					const message = { text: 'While n8n is on' };
					const { id } = await stand.simulator.fanWrites(pair, pair.shortChat, message);
					written.get(pair).push(id);
				}
				await stand.simulator.deliveries();
			};
			await writeOne();
			const lost = await writeWhileOff(50);
			await stand.start(settings);
			const askedAtStart = await stand.simulator.requests();
			if (settings !== LOOKS_AFTER_WEBHOOKS) await writeOne();
			for (const { pair, workflow } of active)
				await assertCaughtUp(t, workflow, [...written.get(pair), ...lost.get(pair)]);
			for (const [index, workflow] of silent.entries())
				await assertCaughtUp(t, workflow, written.get(OFAPI_PAIRS[index]));
			const redelivered = (await stand.simulator.requests()).filter(({ path }) =>
				path.endsWith('/redeliver'),
			);
			assert.equal(redelivered.length, 50 * OFAPI_PAIRS.length);
			t.diagnostic(
				`${askedAtStart.length} requests by the time n8n had started, ${redelivered.length} to deliver again`,
			);
			await deactivateAll(active);
			for (const workflow of silent) await stand.client.deactivate(workflow);
			await stand.restart();
		});

	test('an n8n that looks after webhooks at its start repairs those of the triggers', async () => {
		const listed = async () => (await stand.simulator.api(PAIRS[0], 'GET', '/api/webhooks')).data;
		const comparable = ({
			url,
			events,
			enabled,
			account_scope: scope,
			has_signing_secret: isSigned,
		}) => ({ url, events, enabled, scope, isSigned });
		const allOn = async () =>
			(await listed()).filter(({ enabled }) => enabled).length === OFAPI_PAIRS.length;
		await stand.restart(LOOKS_AFTER_WEBHOOKS);
		const active = [];
		for (const pair of OFAPI_PAIRS)
			active.push({ pair, workflow: await stand.activate(webhookWorkflow(pair, 'repaired')) });
		const registered = await listed();

		for (const [index, { pair }] of active.entries()) {
			const change = {
				endpoint_url: registered[index].url,
				events: [pair.events.sent],
				account_scope: 'global',
				enabled: false,
			};
			await stand.simulator.api(pair, 'PUT', `/api/webhooks/${registered[index].id}`, change);
		}
		await stand.restart(LOOKS_AFTER_WEBHOOKS);
		await until('the webhooks are repaired', allOn);
		assert.deepEqual(await listed(), registered);

		for (const { id } of registered)
			await stand.simulator.api(PAIRS[0], 'DELETE', `/api/webhooks/${id}`);
		await stand.restart(LOOKS_AFTER_WEBHOOKS);
		await until('the webhooks are there again', allOn);
		const sorted = (webhooks) =>
			webhooks.map(comparable).sort((a, b) => a.url.localeCompare(b.url));
		assert.deepEqual(sorted(await listed()), sorted(registered));
		for (const { pair, workflow } of active) {
			await stand.simulator.fanWrites(pair, pair.shortChat, { text: 'Back again' });
			assert.ok((await stand.simulator.deliveries()).every(({ statusCode }) => statusCode === 200));
			assert.equal((await stand.database.executions(workflow)).length, 1);
		}
		await deactivateAll(active);
		assert.deepEqual(await listed(), []);
	});
});
