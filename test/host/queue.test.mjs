import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { deliver, messageBody, signature, signingSecret } from './deliveries.mjs';
import { runWorkflow } from './examples.mjs';
import { PAIRS } from './pairs.mjs';
import { QueueStand } from './queue.mjs';
import {
	answeredRepeats,
	killedMachine,
	killedWebhookProcess,
	killedWorkers,
	plainRepeats,
	postgresRestarted,
	redisRestarted,
	repeatsByAddress,
} from './queueFaults.mjs';
import { keepFaults } from './queueReport.mjs';
import { WEBHOOK_SECRET } from './setup.mjs';
import {
	chainOf,
	FOLLOWER,
	locator,
	manualWorkflow,
	plainWebhook,
	pollingWorkflow,
	productionUrl,
	sendReply,
	TRIGGER,
	webhookWorkflow,
} from './workflows.mjs';

const FILE_SIZE = 2_000_000;

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

describe('the packed package in queue mode: two workers, two webhook processes', () => {
	let stand;

	before(async () => {
		stand = await QueueStand.open();
	});

	after(() => stand?.close());

	/** How many workers say that they ran the execution. */
	function workersOf({ id }) {
		const started = new RegExp(`started execution ${id}\\b`);
		return stand.workers.filter(({ logFile }) => started.test(readFileSync(logFile, 'utf8')))
			.length;
	}

	/** Runs the pair's node as the editor does; gives the execution, which a worker ran, and the requests. */
	async function runOnWorker(pair, name, parameters) {
		const { execution, requests } = await runWorkflow(
			stand,
			manualWorkflow(pair, name, parameters),
		);
		assert.equal(execution.error, undefined);
		assert.equal(execution.status, 'success');
		assert.equal(workersOf(execution), 1);
		return { execution, requests };
	}

	/** The bytes of an item's file, as the main process gives them to the editor. */
	async function bytesOf({ binary }) {
		const response = await stand.client.fetch(
			`/rest/binary-data?id=${encodeURIComponent(binary.data.id)}&action=download`,
		);
		return Buffer.from(await response.arrayBuffer());
	}

	const listAll = ({ longChat }) => ({
		resource: 'message',
		operation: 'list',
		chat: locator(longChat),
		returnAll: true,
		simplify: true,
		options: {},
	});

	for (const pair of PAIRS)
		describe(pair.displayName, () => {
			test('List gives what the provider stores, in the fewest requests', async () => {
				const { execution, requests } = await runOnWorker(pair, 'list', listAll(pair));
				const stored = await stand.simulator.messages(pair, pair.longChat);
				assert.deepEqual(
					execution.items(FOLLOWER).map(({ json }) => json.id),
					stored.map(({ id }) => id).reverse(),
				);
				const pages = requests.filter(({ path }) => path.includes('message'));
				assert.equal(pages.length, Math.ceil(stored.length / pair.pageSize));
			});

			test('Send stores one message and gives it back', async () => {
				const chat = pair.shortChat;
				const earlier = await stand.simulator.messages(pair, chat);
				const { execution } = await runOnWorker(pair, 'send', {
					resource: 'message',
					operation: 'send',
					chat: locator(chat),
					text: 'Sent by a worker',
					simplify: true,
					additionalFields: {},
				});
				const sent = (await stand.simulator.messages(pair, chat)).slice(earlier.length);
				assert.deepEqual(
					sent.map(({ text }) => text),
					['Sent by a worker'],
				);
				assert.deepEqual(
					execution.items(FOLLOWER).map(({ json }) => json.id),
					sent.map(({ id }) => id),
				);
			});

			test('an export to a file, written by a worker, is read by the main process', async () => {
				const { execution } = await runOnWorker(pair, 'export', {
					...listAll(pair),
					output: 'file',
					fileFormat: 'jsonl',
					binaryProperty: 'data',
				});
				const stored = await stand.simulator.messages(pair, pair.longChat);
				const rows = (await bytesOf(execution.items(FOLLOWER)[0]))
					.toString('utf8')
					.trim()
					.split('\n');
				assert.deepEqual(
					rows.map((row) => JSON.parse(row).id),
					stored.map(({ id }) => id).reverse(),
				);
			});

			test('polling: what fans write is read by the main process and executed by a worker, once', async () => {
				const workflow = await stand.activate(pollingWorkflow(pair, 'polls'));
				const { id } = await stand.simulator.fanWrites(pair, pair.shortChat, {
					text: 'Anybody there?',
				});
				// A poll at each activation: the second one has nothing new.
				for (let round = 0; round < 2; round++) {
					await stand.client.deactivate(workflow);
					await stand.client.activate(workflow);
				}
				await stand.client.deactivate(workflow);
				const executions = await stand.database.executions(workflow);
				assert.deepEqual(
					executions.flatMap((execution) => execution.items(TRIGGER).map(({ json }) => json.id)),
					[id],
				);
				assert.equal(workersOf(executions[0]), 1);
			});
		});

	/** A file goes from the provider into n8n, and from a caller through a webhook process to the provider. */
	function mediaTests(mode) {
		for (const pair of PAIRS)
			test(`${pair.displayName}: media down and up`, async () => {
				const file = await stand.simulator.addFile(pair, FILE_SIZE);
				const { execution } = await runOnWorker(pair, 'download', {
					resource: 'media',
					operation: 'download',
					cdnUrl: file.url,
					binaryPropertyName: 'data',
				});
				const [item] = execution.items(FOLLOWER);
				assert.equal(item.binary.data.data, mode);
				assert.equal(sha256(await bytesOf(item)), file.sha256);

				const upload = {
					resource: 'media',
					operation: 'upload',
					account: locator(pair.account),
					binaryPropertyName: 'data',
				};
				const workflow = chainOf(`${pair.name}: upload`, [
					{ name: TRIGGER, ...plainWebhook() },
					{ name: FOLLOWER, type: pair.nodeType, parameters: upload },
				]);
				const saved = await stand.activate(workflow);
				const form = new FormData();
				const bytes = Buffer.alloc(FILE_SIZE, 'creator');
				form.append('data', new Blob([bytes], { type: 'video/mp4' }), 'clip.mp4');
				const url = `${stand.n8n.url}/webhook/${workflow.nodes[0].webhookId}`;
				assert.equal((await fetch(url, { method: 'POST', body: form })).status, 200);
				const uploading = (await stand.database.executions(saved)).at(-1);
				await stand.client.deactivate(saved);
				assert.equal(uploading.error, undefined);
				assert.equal(uploading.items(TRIGGER)[0].binary.data.data, mode);
				assert.equal((await stand.simulator.uploads()).at(-1).file.sha256, sha256(bytes));
			});
	}

	describe('binary data in the database, as n8n comes in queue mode', () => mediaTests('database'));

	describe('webhook triggers', () => {
		for (const pair of PAIRS)
			test(`${pair.displayName}: both webhook processes take deliveries, and what one took the other does not start again`, async () => {
				const workflow = await stand.activate(
					webhookWorkflow(pair, 'both', {}, sendReply(pair, '=Answer to {{ $json.id }}')),
				);
				if (pair.provider === 'apiFansly')
					await stand.simulator.addConsoleWebhook({
						url: productionUrl(stand.n8n, workflow),
						events: [pair.events.received],
						secret: WEBHOOK_SECRET,
					});
				const registered =
					pair.provider === 'ofapi'
						? (await stand.simulator.api(pair, 'GET', '/api/webhooks')).data.map(({ url }) => url)
						: undefined;
				assert.deepEqual(registered ?? [productionUrl(stand.n8n, workflow)], [
					productionUrl(stand.n8n, workflow),
				]);

				stand.balancer.handed.clear();
				await stand.simulator.forgetDeliveries();
				const written = [];
				for (const text of ['one', 'two', 'three', 'four'])
					written.push(await stand.simulator.fanWrites(pair, pair.shortChat, { text }));
				const deliveries = await stand.simulator.deliveries();
				assert.deepEqual(
					deliveries.map(({ statusCode }) => statusCode),
					[200, 200, 200, 200],
				);
				assert.deepEqual([...stand.balancer.handed.values()], [2, 2]);
				const ids = () =>
					stand.database
						.executions(workflow)
						.then((executions) =>
							executions.map((execution) => execution.items(TRIGGER)[0].json.id),
						);
				assert.deepEqual((await ids()).sort(), written.map(({ id }) => id).sort());

				const body = messageBody(pair, 900_001);
				const headers = { signature: signature(await signingSecret(stand, pair, workflow), body) };
				for (const { url } of [...stand.webhookProcesses, ...stand.webhookProcesses]) {
					assert.equal(
						(await deliver(productionUrl({ url }, workflow), body, headers)).status,
						200,
					);
					await stand.database.untilFinished(workflow);
				}
				assert.equal((await ids()).filter((id) => id === '900001').length, 1);
				const answers = (await stand.simulator.messages(pair, pair.shortChat)).filter(({ text }) =>
					text.startsWith('Answer to '),
				);
				assert.deepEqual(
					answers.map(({ text }) => text).sort(),
					[...written.map(({ id }) => id), '900001'].map((id) => `Answer to ${id}`).sort(),
				);
				await stand.client.deactivate(workflow);
			});
	});

	describe('faults', () => {
		const rows = [];
		let tellOfKilledWorkers;

		before(async () => {
			tellOfKilledWorkers = await killedWorkers(stand);
		});

		/** Keeps what became of the messages of each pair. None may be lost without a trace. */
		function keep(fates) {
			rows.push(...fates);
			assert.deepEqual(fates.filter(({ unreported }) => unreported > 0).map(inShort), []);
		}

		const inShort = ({ pair, ...fate }) => ({ pair: pair.name, ...fate });
		const assertNoneTwice = (fates) =>
			assert.deepEqual(fates.filter(({ twice }) => twice > 0).map(inShort), []);
		const assertAllSent = (fates) =>
			assert.deepEqual(fates.filter(({ asked, sent }) => sent < asked).map(inShort), []);

		after(() => {
			keepFaults(rows);
		});

		test('an event reaches both webhook processes at once: on OnlyFans it is answered once; on Fansly it is counted', async () => {
			const fates = await answeredRepeats(stand);
			keep(fates);
			assertAllSent(fates);
			assertNoneTwice(fates.filter(({ pair }) => pair.name === 'ofapiOnlyFans'));
			for (const { executions, asked } of fates) assert.ok(executions > asked, 'no two at once');
		});

		test('the same where Send does not know what it answers', async () => {
			const fates = await plainRepeats(stand);
			keep(fates);
			assertAllSent(fates);
		});

		test('the same through a balancer that sends each address to one webhook process: one execution', async () => {
			const fates = await repeatsByAddress(stand);
			keep(fates);
			assertAllSent(fates);
			assertNoneTwice(fates);
			for (const { executions, asked } of fates) assert.equal(executions, asked);
		});

		test('workers are killed in the middle of 200 sends: nothing twice, and what was not sent is in an execution that failed', async () => {
			const fates = await tellOfKilledWorkers();
			keep(fates);
			assertNoneTwice(fates);
		});

		test('Redis, Postgres, a webhook process or all but the main end: nothing is lost without a trace once n8n has looked', async () => {
			const happened = [
				await redisRestarted(stand),
				await killedWebhookProcess(stand),
				await postgresRestarted(stand),
				await killedMachine(stand),
			];
			await stand.recover();
			const fates = [];
			for (const tell of happened) fates.push(await tell());
			keep(fates.flat());
			const [redis, webhookProcess, postgres, machine] = fates;
			assertAllSent([...redis, ...webhookProcess]);
			assertNoneTwice([...redis, ...postgres]);
			// Taken, not answered and delivered again: on Fansly both executions may send at once.
			assertNoneTwice(webhookProcess.filter(({ pair }) => pair.name === 'ofapiOnlyFans'));
			// n8n has the whole execution run again: only an answer is known to have been sent.
			assertNoneTwice(machine.filter(({ fault }) => !fault.includes('sends, then retried')));
			assertAllSent(machine.filter(({ fault }) => fault.endsWith('retried')));
		});
	});

	describe('binary data on a disk that all processes share', () => {
		before(async () => {
			await Promise.all([stand.loseWorkers(), stand.loseWebhookProcesses()]);
			const onDisk = { N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem' };
			await Promise.all([stand.startWorker(onDisk), stand.startWebhookProcess(onDisk)]);
		});

		mediaTests('filesystem-v2');
	});
});
