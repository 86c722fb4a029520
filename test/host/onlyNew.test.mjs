import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { PAIRS } from './pairs.mjs';
import { Stand } from './stand.mjs';
import { FOLLOWER, locator, plainWebhook, workflowOf } from './workflows.mjs';

const WAIT_MS = 300_000;

/** What is listed, and how something comes into it. */
const LISTS = {
	messages: {
		parameters: (pair) => ({ resource: 'message', chat: locator(pair.shortChat) }),
		path: 'messages$',
		async add({ simulator }, pair, count) {
			const messages = Array.from({ length: count }, (_, index) => ({
				direction: 'incoming',
				text: `Hello ${index}`,
			}));
			const added = await simulator.addMessages(pair, pair.shortChat, messages);
			return added.map(({ id }) => id);
		},
	},
	transactions: {
		parameters: () => ({ resource: 'transaction' }),
		path: 'transactions$',
		async add({ simulator }, pair, count) {
			// All in one second, or nearly: a time alone tells nothing apart.
			const createdAt = new Date(Math.floor(Date.now() / 1000) * 1000).toISOString();
			const payments = Array.from({ length: count }, () => ({ amount: 5, createdAt }));
			return simulator.addPayments(pair, payments);
		},
	},
};

/** Another trigger that starts the same, beside the one that the workflow has. */
function startedAlsoBy(workflow, trigger) {
	const [{ name: first, position }] = workflow.nodes;
	const { name } = trigger;
	workflow.nodes.push({ id: name, position: [position[0], position[1] + 200], ...trigger });
	workflow.connections[name] = workflow.connections[first];
	return workflow;
}

/** The pair's node lists what is new, and two of it are the limit. */
function workflowFor(pair, { parameters }, name, trigger = plainWebhook()) {
	const follower = {
		type: pair.nodeType,
		parameters: {
			operation: 'list',
			account: locator(pair.account),
			limit: 2,
			options: { onlyNew: true },
			...parameters(pair),
		},
	};
	return startedAlsoBy(workflowOf(`${pair.name}: only new ${name}`, trigger, follower), {
		name: 'By Hand',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		parameters: {},
	});
}

describe('Only New Since Last Run', () => {
	let stand;

	before(async () => {
		stand = await Stand.open();
	});

	after(() => stand.close());

	beforeEach(() => stand.simulator.reset());

	const call = async ({ nodes }) => {
		const url = `${stand.n8n.url}/webhook/${nodes[0].webhookId}`;
		assert.equal((await fetch(url, { method: 'POST' })).status, 200);
	};

	/** One production run; gives the IDs of its items. */
	async function run(workflow) {
		await call(workflow);
		const execution = (await stand.database.executions(workflow)).at(-1);
		assert.equal(execution.error, undefined);
		return execution.items(FOLLOWER).map(({ json }) => json.id);
	}

	async function killAndStart() {
		await stand.n8n.kill();
		await stand.start();
	}

	test('five runs over growing lists, n8n killed between two and in the middle of one, bring each once', async (t) => {
		const lists = [];
		for (const pair of PAIRS)
			for (const [name, list] of Object.entries(LISTS)) {
				const workflow = await stand.activate(workflowFor(pair, list, name));
				await list.add(stand, pair, 2);
				assert.equal((await run(workflow)).length, 2);
				lists.push({ pair, name, workflow, list, added: [], brought: [] });
			}
		const arrive = async (count) => {
			for (const { pair, list, added } of lists)
				added.push(...(await list.add(stand, pair, count)));
		};
		const runAll = async () => {
			for (const { workflow, brought } of lists) brought.push(...(await run(workflow)));
		};

		await arrive(3);
		await killAndStart();
		await runAll();

		// In the editor it is as at the first time, and nothing changes.
		for (const { workflow } of lists) {
			const before = await stand.database.staticData(workflow, FOLLOWER);
			const shown = await stand.client.runWorkflow(workflow);
			assert.equal(shown.items(FOLLOWER).length, 2);
			assert.deepEqual(await stand.database.staticData(workflow, FOLLOWER), before);
		}
		await runAll();

		await arrive(25);
		for (const { name } of lists)
			await stand.simulator.addFault({ kind: 'stall', path: LISTS[name].path, times: 1 });
		await stand.simulator.forgetRequests();
		for (const { workflow } of lists) await call(workflow);
		const asked = async () =>
			(await stand.simulator.requests()).filter(({ path }) =>
				/(messages|transactions)$/.test(path),
			);
		for (const deadline = Date.now() + WAIT_MS; (await asked()).length < lists.length;)
			if (Date.now() < deadline) await sleep(20);
			else assert.fail('the lists were not asked for');
		await killAndStart();
		await runAll();

		await killAndStart();
		await arrive(1);
		await runAll();

		for (const { pair, name, workflow, added, brought } of lists) {
			assert.deepEqual(brought.sort(), added.sort());
			const { length } = JSON.stringify(await stand.database.staticData(workflow, FOLLOWER));
			t.diagnostic(
				`${pair.displayName}: ${brought.length} ${name}, ${length} characters remembered`,
			);
			await stand.client.deactivate(workflow);
		}
	});

	for (const pair of PAIRS)
		test(`${pair.displayName}: a failed run that is tried again brings what it did not bring, once`, async () => {
			const { messages } = LISTS;
			const workflow = await stand.activate(workflowFor(pair, messages, 'retry'));
			await run(workflow);
			const [first] = await messages.add(stand, pair, 1);
			await stand.simulator.addFault({
				kind: 'json',
				status: 400,
				body: {},
				path: messages.path,
				times: 1,
			});
			await call(workflow);
			const failed = (await stand.database.executions(workflow)).at(-1);
			assert.equal(failed.status, 'error');
			const { status } = await stand.client.retryExecution(failed.id);
			assert.equal(status, 'success');
			const retried = (await stand.database.executions(workflow)).at(-1);
			assert.equal(retried.mode, 'retry');
			assert.deepEqual(
				retried.items(FOLLOWER).map(({ json }) => json.id),
				[first],
			);
			assert.deepEqual(await run(workflow), []);
			assert.deepEqual(await messages.add(stand, pair, 1), await run(workflow));
			await stand.client.deactivate(workflow);
		});

	test('started every second and by a webhook too, while messages come in: each once', async () => {
		const [pair] = PAIRS;
		const { messages } = LISTS;
		const schedule = {
			name: 'Each Second',
			type: 'n8n-nodes-base.scheduleTrigger',
			typeVersion: 1.2,
			parameters: { rule: { interval: [{ field: 'seconds', secondsInterval: 1 }] } },
		};
		const workflow = await stand.activate(
			startedAlsoBy(workflowFor(pair, messages, 'often'), schedule),
		);
		// The newest two of three: what came before is not asked for.
		await run(workflow);
		const added = [];
		for (let round = 0; round < 12; round++) {
			added.push(...(await messages.add(stand, pair, 2)));
			await Promise.all([call(workflow), call(workflow), call(workflow)]);
			await sleep(400);
		}
		await run(workflow);
		await stand.client.deactivate(workflow);
		// What was handed over is counted, whichever execution did it.
		const executions = await stand.database.executions(workflow);
		assert.ok(executions.some(({ mode }) => mode === 'trigger'));
		const ids = executions.flatMap((one) => one.items(FOLLOWER).map(({ json }) => json.id));
		assert.deepEqual(ids.filter((id) => added.includes(id)).sort(), added.sort());
	});
});
