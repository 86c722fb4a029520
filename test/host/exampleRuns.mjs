import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { nodeTypesOf, PAIRS } from './pairs.mjs';
import { readJson, ROOT } from './paths.mjs';
import { WEBHOOK_SECRET, withCredentials } from './setup.mjs';
import { productionUrl } from './workflows.mjs';

/** The pair that the examples are made for, where they do not say otherwise. */
export const ONLYFANS = PAIRS.find(({ name }) => name === 'ofapiOnlyFans');

/** The workflow of `examples/<name>.json`. */
export function readExample(name) {
	return readJson(join(ROOT, 'examples', `${name}.json`));
}

/** The workflow with its nodes for OnlyFans replaced by another pair's, as a person would do it. */
export function onPair(workflow, pair) {
	if (pair === ONLYFANS) return workflow;
	const replaced = (node) => {
		const index = nodeTypesOf(ONLYFANS).indexOf(node.type);
		if (index < 0) return node;
		const events = node.parameters.events && [pair.events.received];
		return {
			...node,
			type: nodeTypesOf(pair)[index],
			parameters: { ...node.parameters, ...(events && { events }) },
		};
	};
	return {
		...workflow,
		name: `${workflow.name}: ${pair.displayName}`,
		nodes: workflow.nodes.map(replaced),
	};
}

const DATA_TABLE = 'n8n-nodes-base.dataTable';

/** The example's data table as its note has it made, empty: each column is told as `**name** (Type)`. */
async function tableOf({ client }, { name, nodes }) {
	const note = nodes.find(({ type }) => type === 'n8n-nodes-base.stickyNote').parameters.content;
	const columns = [...note.matchAll(/\*\*(\w+)\*\* \((String|Number|Date|Boolean)\)/g)];
	return client.newDataTable(
		name,
		Object.fromEntries(columns.map(([, column, type]) => [column, type.toLowerCase()])),
	);
}

/** The example with the data table that it asks for, chosen in its nodes; gives both. */
export async function withTable(host, workflow) {
	const table = await tableOf(host, workflow);
	const dataTableId = { __rl: true, mode: 'list', value: table.id };
	return { table, workflow: withParameters(workflow, DATA_TABLE, { dataTableId }) };
}

/** The workflow with some of the parameters of the nodes of that type changed. */
export function withParameters(workflow, type, parameters) {
	const nodes = workflow.nodes.map((node) =>
		node.type === type ? { ...node, parameters: { ...node.parameters, ...parameters } } : node,
	);
	return { ...workflow, nodes };
}

/** A line of the report on an example. */
export const check = (passed, text) => ({ passed, text });

const plural = (count, noun) => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** Whether the requests are as many, and cost as much, as they have to. */
export function costCheck(sent, credits, requests = credits) {
	const cost = sent.reduce((sum, request) => sum + request.credits, 0);
	return check(
		sent.length === requests && cost === credits,
		`${plural(sent.length, 'request')}, ${plural(cost, 'credit')} (the fewest possible: ${requests}, ${credits})`,
	);
}

/** Whether an execution came to its end. */
export function endCheck({ status, error }) {
	return check(
		status === 'success',
		`execution ended with: ${status}${error ? ` (${error})` : ''}`,
	);
}

/** How many executions there were, and that each came to its end. */
export function executionChecks(executions, count) {
	return [
		check(executions.length === count, `executions that it started: ${executions.length}`),
		...executions.map(endCheck),
	];
}

/** The workflow as n8n imports it: with addresses of its own. */
function imported(workflow) {
	const nodes = workflow.nodes.map((node) =>
		node.webhookId === undefined ? node : { ...node, webhookId: randomUUID() },
	);
	return { ...workflow, nodes };
}

/** Imports the example with its credentials attached; gives it as n8n stored it, out of production. */
export async function saveExample({ client, credentials }, workflow) {
	const saved = await client.saveWorkflow(withCredentials(imported(workflow), credentials));
	// Still active from an earlier start, perhaps.
	await client.deactivate(saved);
	return saved;
}

/**
 * Takes the example into production, registered by hand where the provider has that done so. Gives
 * it as n8n stored it, and what takes it out of production again.
 */
export async function activateExample(host, workflow, pair) {
	const { client, simulator, url } = host;
	const saved = await saveExample(host, workflow);
	await client.activate(saved);
	const webhook =
		pair.provider === 'apiFansly' &&
		(await simulator.addConsoleWebhook({
			url: productionUrl({ url }, saved),
			events: [pair.events.received],
			secret: WEBHOOK_SECRET,
		}));
	const deactivate = async () => {
		await client.deactivate(saved);
		if (webhook) await simulator.removeConsoleWebhook(webhook);
	};
	return { saved, deactivate };
}

/** What is done while the example is in production; gives what that gives. */
export async function whileActive(host, workflow, pair, work) {
	const { saved, deactivate } = await activateExample(host, workflow, pair);
	try {
		return await work(saved);
	} finally {
		await deactivate();
	}
}

/**
 * What comes of the work and of the executions of the workflow that it starts: these, the requests
 * that they made, and the messages that are new in the pair's short chat or in another one.
 */
export async function runDuring(
	{ simulator, database },
	workflow,
	pair,
	work,
	chat = pair.shortChat,
) {
	const before = await database.executionStates(workflow);
	const known = await simulator.messages(pair, chat);
	await simulator.forgetRequests();
	await work();
	await simulator.deliveries();
	const executions = await database.executions(workflow);
	return {
		executions: executions.filter(({ id }) => !before.some((one) => one.id === id)),
		requests: await simulator.requests(),
		messages: (await simulator.messages(pair, chat)).slice(known.length),
	};
}
