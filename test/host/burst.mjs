import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { endWith } from './command.mjs';
import { deliverAll, messageBody, signature, signingSecret } from './deliveries.mjs';
import { PAIRS } from './pairs.mjs';
import { installHost, installRoot } from './install.mjs';
import { useBuild } from './lock.mjs';
import { build } from './package.mjs';
import { seededRandom, shuffled } from './random.mjs';
import { Stand } from './stand.mjs';
import { step } from './steps.mjs';
import { FOLLOWER, productionUrl, webhookWorkflow, workflowOf } from './workflows.mjs';

const CONNECTIONS = 20;
const [PAIR] = PAIRS;

/** A delivery of a fan's message, rightly signed. */
function genuine(url, secret, id) {
	const body = messageBody(PAIR, id);
	return {
		id: String(id),
		isForged: false,
		url,
		body,
		headers: { signature: signature(secret, body) },
	};
}

/** So many deliveries in a random order: a tenth repeats others, a tenth is forged, and every other message is new. */
function mixture(url, secret, count) {
	const tenth = Math.floor(count / 10);
	const once = Array.from({ length: count - 2 * tenth }, (_unused, index) =>
		genuine(url, secret, 1_000_000 + index),
	);
	const repeated = once.slice(0, tenth);
	const forged = Array.from({ length: tenth }, (_unused, index) => ({
		...genuine(url, 'forged', 2_000_000 + index),
		isForged: true,
	}));
	return shuffled([...once, ...repeated, ...forged], seededRandom(count));
}

/**
 * Has so many deliveries made at the active trigger, a tenth repeated, a tenth forged, about 20 at a
 * time; gives how many were to start the workflow and what came of all of them.
 */
export async function burst(stand, count) {
	const workflow = await stand.activate(webhookWorkflow(PAIR, 'burst'));
	try {
		const deliveries = mixture(
			productionUrl(stand.n8n, workflow),
			await signingSecret(stand, PAIR, workflow),
			count,
		);
		const answers = await deliverAll(deliveries, CONNECTIONS);
		const executions = await stand.database.executions(workflow);
		const executed = executions
			.filter(({ status }) => status === 'success')
			.flatMap((execution) => execution.items(FOLLOWER))
			.map(({ json }) => json.id);
		const wanted = new Set(deliveries.filter(({ isForged }) => !isForged).map(({ id }) => id));
		return {
			deliveries: count,
			forged: deliveries.filter(({ isForged }) => isForged).length,
			refused: answers.filter(({ status }, index) => deliveries[index].isForged && status === 401)
				.length,
			accepted: answers.filter(({ status }, index) => !deliveries[index].isForged && status === 200)
				.length,
			wanted: wanted.size,
			executions: executions.length,
			executedOnce:
				[...wanted].filter((id) => executed.includes(id)).length === wanted.size &&
				new Set(executed).size === executed.length,
		};
	} finally {
		await stand.client.deactivate(workflow);
	}
}

/** n8n's own Webhook node, which answers at once as the trigger does. */
function rivalWorkflow() {
	const parameters = {
		httpMethod: 'POST',
		path: randomUUID(),
		responseMode: 'onReceived',
		options: {},
	};
	return workflowOf('Webhook node', {
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2.1,
		webhookId: randomUUID(),
		parameters,
	});
}

/** Never the same twice, also after n8n was started anew: a repeat would be dropped, and count as fast. */
let nextId = 3_000_000;

/** Deliveries in a second, up to the last answer and up to the end of the last execution. */
async function rate(stand, workflow, deliveries) {
	const startedAt = performance.now();
	const answers = await deliverAll(deliveries, CONNECTIONS);
	const answeredAt = performance.now();
	await stand.database.untilFinished(workflow);
	const finishedAt = performance.now();
	if (answers.some(({ status }) => status !== 200))
		throw new Error(`Not every delivery to "${workflow.name}" was accepted`);
	return {
		answered: (deliveries.length * 1000) / (answeredAt - startedAt),
		executed: (deliveries.length * 1000) / (finishedAt - startedAt),
	};
}

function median(numbers) {
	const sorted = [...numbers].sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)];
}

/**
 * The trigger's throughput beside that of n8n's own Webhook node, with the same bodies and the same
 * node behind both, in turns. Gives deliveries in a second by round, and the ratio of the medians.
 */
export async function race(stand, { rounds, perRound, warmUp }) {
	const trigger = await stand.activate(webhookWorkflow(PAIR, 'race'));
	const rival = await stand.activate(rivalWorkflow());
	const rivalUrl = `${stand.n8n.url}/webhook/${rival.nodes[0].parameters.path}`;
	const secret = await signingSecret(stand, PAIR, trigger);
	const batch = (url, count) => Array.from({ length: count }, () => genuine(url, secret, nextId++));
	const triggerRates = [];
	const rivalRates = [];
	const turn = async (count) => ({
		rival: await rate(stand, rival, batch(rivalUrl, count)),
		trigger: await rate(stand, trigger, batch(productionUrl(stand.n8n, trigger), count)),
	});
	try {
		await turn(warmUp);
		for (let round = 0; round < rounds; round++) {
			const rates = await turn(perRound);
			triggerRates.push(rates.trigger);
			rivalRates.push(rates.rival);
		}
	} finally {
		await stand.client.deactivate(trigger);
		await stand.client.deactivate(rival);
	}
	const ratio = (measure) =>
		median(triggerRates.map((rates) => rates[measure])) /
		median(rivalRates.map((rates) => rates[measure]));
	return { triggerRates, rivalRates, answered: ratio('answered'), executed: ratio('executed') };
}

/** The ways that n8n can run expressions, by what it takes to have it so. */
const ENGINES = {
	'n8n as it comes: a sandbox for every delivery, except for the Webhook node': {},
	'n8n with the same sandbox for both': {
		N8N_EXPRESSION_ENGINE_ALLOW_WEBHOOK_ISOLATE_SKIP: 'false',
	},
	'n8n with a sandbox only where there is an expression': {
		N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true',
	},
};

const RACE = { rounds: 3, perRound: 300, warmUp: 60 };

/** Which messages start the workflow does not depend on how n8n runs expressions; this way takes the least time. */
const FAST = { N8N_EXPRESSION_ENGINE: 'legacy' };

function printRace(name, { triggerRates, rivalRates, answered, executed }) {
	const line = (rates) => rates.map((rate) => rate.executed.toFixed(0).padStart(4)).join(' ');
	console.log(`\n${name}, deliveries in a second by round:`);
	console.log(`  trigger       ${line(triggerRates)}\n  Webhook node  ${line(rivalRates)}`);
	console.log(
		`  ratio of the medians: ${answered.toFixed(2)} until all were answered, ${executed.toFixed(2)} until all were executed`,
	);
}

/** Prints what came of 10,000 deliveries, then the races; gives the exit code. */
async function main([count = '10000']) {
	await installRoot();
	await installHost();
	await step('Build the package', () => build(useBuild));
	const stand = await Stand.open(FAST);
	try {
		const result = await burst(stand, Number(count));
		console.log(result);
		for (const [name, settings] of Object.entries(ENGINES)) {
			await stand.restart(settings);
			printRace(name, await race(stand, RACE));
		}
		const isExact =
			result.executedOnce &&
			result.executions === result.wanted &&
			result.refused === result.forged;
		return isExact ? 0 : 1;
	} finally {
		await stand.close();
	}
}

if (process.argv[1] === fileURLToPath(import.meta.url))
	await endWith(() => main(process.argv.slice(2)));
