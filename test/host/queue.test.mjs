import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, before, beforeEach, describe, test } from 'node:test';
import { deliver, messageBody, signature, signingSecret } from './deliveries.mjs';
import { runWorkflow } from './examples.mjs';
import { PAIRS } from './pairs.mjs';
import { QueueStand } from './queue.mjs';
import {
	killedWebhookProcess,
	killedWorker,
	postgresRestarted,
	redisRestarted,
	simultaneousRepeats,
} from './queueFaults.mjs';
import { faultTable, writeFaultTable } from './queueReport.mjs';
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

	beforeEach(() => stand.simulator.reset());

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

		/** Lets it happen; gives what became of the messages of each pair. None may be lost without a trace. */
		async function fatesAfter(happens) {
			const fates = await happens(stand);
			rows.push(...fates);
			assert.deepEqual(
				fates.filter(({ unreported }) => unreported > 0),
				[],
			);
			return fates;
		}

		const assertNoneTwice = (fates) =>
			assert.deepEqual(
				fates.filter(({ twice }) => twice > 0),
				[],
			);

		after(() => {
			console.log(faultTable(rows));
			if (process.env.REGENERATE_DOCS !== undefined) writeFaultTable(rows);
		});

		test('a worker is killed in the middle of 200 sends: nothing twice, and what was not sent is in an execution that failed', async () => {
			const fates = await fatesAfter(killedWorker);
			assertNoneTwice(fates.filter(({ isRetry }) => !isRetry));
		});

		test('Redis is restarted: everything is sent, once', async () => {
			const fates = await fatesAfter(redisRestarted);
			assertNoneTwice(fates);
			for (const { asked, sent } of fates) assert.equal(sent, asked);
		});

		test('Postgres is restarted: nothing twice, and what was not sent is in an execution that failed', async () => {
			assertNoneTwice(await fatesAfter(postgresRestarted));
		});

		test('a webhook process is killed between accept and answer: everything is sent', async () => {
			for (const { asked, sent } of await fatesAfter(killedWebhookProcess))
				assert.equal(sent, asked);
		});

		test('an event reaches both webhook processes at once: it is answered, how often is counted', async () => {
			for (const { asked, sent } of await fatesAfter(simultaneousRepeats))
				assert.equal(sent, asked);
		});
	});

	describe('binary data on a disk that all processes share', () => {
		before(() => stand.restartWorking({ N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem' }));

		mediaTests('filesystem-v2');
	});
});
