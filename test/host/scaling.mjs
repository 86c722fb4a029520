import { readdirSync, readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { endWith } from './command.mjs';
import { deliverAll, messageBody, signature, signingSecret } from './deliveries.mjs';
import { installHost, installRoot } from './install.mjs';
import { useBuild } from './lock.mjs';
import { build } from './package.mjs';
import { PAIRS } from './pairs.mjs';
import { Problem } from './problem.mjs';
import { QueueStand } from './queue.mjs';
import { keepScaling, markdownTable } from './queueReport.mjs';
import { missingServers } from './servers.mjs';
import { Stand } from './stand.mjs';
import { step } from './steps.mjs';
import { productionUrl, sendReply, webhookWorkflow } from './workflows.mjs';

/**
 * `node test/host/scaling.mjs`: executions in a second of Trigger › Send, with one process and with
 * several, and the time of a core that each kind of process takes for one. Sender, simulator and n8n
 * share the machine's cores.
 */

const CONNECTIONS = 20;
const WARM_UP = 40;
const COUNT = 200;
const [PAIR] = PAIRS;

/** How n8n runs expressions: as it comes in a sandbox, and without one. */
const ENGINES = { 'as n8n comes': undefined, legacy: 'legacy' };

/** What the system counts a process's time in: a hundredth of a second. */
const TICK_MS = 10;

function statOf(pid) {
	const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
	// The name stands in brackets and may hold blanks.
	const [, parent, ...rest] = text.slice(text.lastIndexOf(')') + 2).split(' ');
	const [user, system, usersOfChildren, systemOfChildren] = rest.slice(9, 13).map(Number);
	return { parent: Number(parent), ticks: user + system + usersOfChildren + systemOfChildren };
}

/** The time of a core that the process has taken, with its children that are there or have ended. */
function coreTime(pid) {
	const children = readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.flatMap((name) => {
			try {
				const { parent, ticks } = statOf(name);
				return parent === pid ? [ticks] : [];
			} catch {
				// Ended meanwhile.
				return [];
			}
		});
	return children.reduce((sum, ticks) => sum + ticks, statOf(pid).ticks) * TICK_MS;
}

let nextId = 5_000_000;

/** Deliveries of new messages; gives how long it took until all were executed. */
async function deliverAndExecute(stand, workflow, secret, count) {
	const deliveries = Array.from({ length: count }, () => {
		const body = messageBody(PAIR, nextId++);
		const headers = { signature: signature(secret, body) };
		return { url: productionUrl(stand.n8n, workflow), body, headers };
	});
	const startedAt = performance.now();
	const answers = await deliverAll(deliveries, CONNECTIONS);
	if (answers.some(({ status }) => status !== 200)) throw new Error('A delivery was not accepted');
	await stand.database.untilFinished(workflow);
	return performance.now() - startedAt;
}

/** Executions in a second, and for each the milliseconds of a core by kind of process. */
async function measure(stand, processes) {
	const reply = sendReply(PAIR, 'Thank you');
	const workflow = await stand.activate(webhookWorkflow(PAIR, 'scaling', {}, reply));
	const secret = await signingSecret(stand, PAIR, workflow);
	await deliverAndExecute(stand, workflow, secret, WARM_UP);
	const times = () =>
		Object.entries(processes).map(([kind, pids]) => [
			kind,
			pids.reduce((sum, pid) => sum + coreTime(pid), 0),
		]);
	const before = Object.fromEntries(times());
	const took = await deliverAndExecute(stand, workflow, secret, COUNT);
	const each = times().map(([kind, time]) => [kind, (time - before[kind]) / COUNT]);
	await stand.client.deactivate(workflow);
	return { perSecond: (COUNT * 1000) / took, each: Object.fromEntries(each) };
}

async function oneProcess(settings) {
	const stand = await Stand.open(settings);
	try {
		return await measure(stand, { main: [stand.n8n.pid] });
	} finally {
		await stand.close();
	}
}

async function measureQueue(stand) {
	const pids = (processes) => processes.map(({ pid }) => pid);
	return measure(stand, {
		main: [stand.main.pid],
		webhook: pids(stand.webhookProcesses),
		worker: pids(stand.workers),
		postgres: [await stand.postgres.process.pid],
		redis: [await stand.redis.process.pid],
	});
}

/** One process, then queue mode with 1, 2 and 3 workers, then with a second webhook process. */
async function measureEngine(name, engine) {
	const settings = { N8N_EXPRESSION_ENGINE: engine };
	const rows = [];
	const add = (processes, measured) => {
		rows.push({ name, processes, ...measured, ratio: measured.perSecond / rows[0]?.perSecond });
		console.log(rows.at(-1));
	};
	add('one process', await oneProcess(settings));
	const stand = await QueueStand.open({ settings, workers: 1, webhookProcesses: 1 });
	const addQueue = async () => {
		const processes = `${stand.workers.length} + ${stand.webhookProcesses.length}`;
		add(processes, await measureQueue(stand));
	};
	try {
		await addQueue();
		await stand.startWorker();
		await addQueue();
		await stand.startWorker();
		await addQueue();
		await stand.startWebhookProcess();
		await addQueue();
	} finally {
		await stand.close();
	}
	return rows;
}

const KINDS = ['main', 'webhook', 'worker', 'postgres', 'redis'];

function tableOf(rows) {
	const head = ['Expressions', 'Workers + webhook processes', 'Executions a second', 'Ratio'];
	const kinds = ['Main', 'Webhook', 'Worker', 'Postgres', 'Redis'].map((kind) => `${kind}, ms`);
	const line = ({ name, processes, perSecond, ratio, each }) => [
		name,
		processes,
		perSecond.toFixed(1),
		Number.isNaN(ratio) ? '1' : ratio.toFixed(2),
		...KINDS.map((kind) => each[kind]?.toFixed(1) ?? ''),
	];
	return markdownTable([...head, ...kinds], 2, rows.map(line));
}

async function main() {
	const missing = missingServers();
	if (missing.length > 0) throw new Problem(`This machine does not have ${missing.join(' and ')}.`);
	await installRoot();
	await installHost();
	await step('Build the package', () => build(useBuild));
	const rows = [];
	for (const [name, engine] of Object.entries(ENGINES))
		rows.push(...(await measureEngine(name, engine)));
	keepScaling(tableOf(rows));
	return 0;
}

await endWith(main);
