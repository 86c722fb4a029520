import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { PAIRS } from './pairs.mjs';
import { readJson, ROOT } from './paths.mjs';
import { WEBHOOK_SECRET, withCredentials } from './setup.mjs';
import { productionUrl } from './workflows.mjs';

/** The eleven fields of a message with Simplify on, in the order users see them. */
export const MESSAGE_FIELDS = [
	'id',
	'accountId',
	'chatId',
	'direction',
	'senderId',
	'text',
	'createdAt',
	'price',
	'tipAmount',
	'media',
	'replyToId',
];

const check = (passed, text) => ({ passed, text });

const total = (requests) => requests.reduce((sum, { credits }) => sum + credits, 0);

/** Imports a workflow with its credentials attached, runs it, and gives what came of it. */
export async function runWorkflow({ client, simulator, credentials }, workflow) {
	await simulator.forgetRequests();
	const saved = await client.saveWorkflow(withCredentials(workflow, credentials));
	const execution = await client.runWorkflow(saved);
	const requests = await simulator.requests();
	return { execution, requests };
}

/** The example's workflow, its node with that operation, and the pair and chat that node works on. */
function readExample(name, operation) {
	const workflow = readJson(join(ROOT, 'examples', `${name}.json`));
	const node = workflow.nodes.find(({ parameters }) => parameters.operation === operation);
	const pair = PAIRS.find(({ nodeType }) => nodeType === node.type);
	return { workflow, node, pair, chat: node.parameters.chat.value };
}

function costCheck(requests, fewest) {
	const plural = (count, noun) => `${count} ${noun}${count === 1 ? '' : 's'}`;
	const cost = `${plural(requests.length, 'request')}, ${plural(total(requests), 'credit')} (the fewest possible: ${fewest})`;
	return check(requests.length === fewest && total(requests) === fewest, cost);
}

function endCheck({ status, error }) {
	return check(
		status === 'success',
		`execution ended with: ${status}${error ? ` (${error})` : ''}`,
	);
}

/** Runs the export example; gives its messages and what came out right. */
async function exportHistory(host) {
	const { workflow, node, pair, chat } = readExample('export-chat-history', 'list');
	const { execution, requests } = await runWorkflow(host, workflow);
	const messages = execution.items(node.name).map(({ json }) => json);
	const rows = execution.items(workflow.nodes.at(-1).name);
	const stored = await host.simulator.messages(pair, chat);
	const ids = messages.map(({ id }) => id);
	return {
		name: workflow.name,
		messages,
		checks: [
			endCheck(execution),
			check(
				isDeepStrictEqual(ids, stored.map(({ id }) => id).reverse()),
				`${ids.length} messages listed, ${stored.length} stored`,
			),
			check(
				messages.every((message) => isDeepStrictEqual(Object.keys(message), MESSAGE_FIELDS)),
				'each has the eleven fields',
			),
			check(rows.length === stored.length, `${rows.length} rows for the spreadsheet`),
			costCheck(requests, Math.ceil(stored.length / pair.pageSize)),
		],
	};
}

/** Runs the answering example; gives the sent message as the simulator stored it, and what came out right. */
async function answerNewest(host) {
	const { workflow, node, pair } = readExample('answer-newest-message', 'send');
	const { chat } = readExample('answer-newest-message', 'list');
	const before = await host.simulator.messages(pair, chat);
	const { execution, requests } = await runWorkflow(host, workflow);
	const stored = (await host.simulator.messages(pair, chat)).slice(before.length);
	const newest = before.at(-1);
	return {
		name: workflow.name,
		stored,
		checks: [
			endCheck(execution),
			check(stored.length === 1, `replies stored by the simulator: ${stored.length}`),
			check(stored[0]?.text === node.parameters.text, 'with the text of the workflow'),
			check(stored[0]?.replyToId === newest.id, `as the answer to "${newest.text}"`),
			costCheck(requests, 2),
		],
	};
}

/** The workflow as n8n imports it: with an address of its own for the trigger. */
function imported(workflow) {
	const nodes = workflow.nodes.map((node) =>
		node.webhookId === undefined ? node : { ...node, webhookId: randomUUID() },
	);
	return { ...workflow, nodes };
}

/** Takes the example into production, registered by hand where the provider has that done so. */
async function activateExample({ client, simulator, credentials, url }, workflow, pair) {
	const saved = await client.saveWorkflow(withCredentials(imported(workflow), credentials));
	// Still active from an earlier start, perhaps.
	await client.deactivate(saved);
	await client.activate(saved);
	if (pair.provider === 'apiFansly') {
		await simulator.addConsoleWebhook({
			url: productionUrl({ url }, saved),
			events: [pair.events.received],
			secret: WEBHOOK_SECRET,
		});
	}
	return saved;
}

/** The executions of the workflow that have begun while the work went on. */
async function executionsDuring(database, workflow, work) {
	const before = await database.executionStates(workflow);
	await work();
	const executions = await database.executions(workflow);
	return executions.filter(({ id }) => !before.some((one) => one.id === id));
}

/** Activates an auto-reply example and has the simulated fan write; gives the conversation and what came out right. */
async function autoReply(host, name) {
	const { simulator, database } = host;
	const workflow = readJson(join(ROOT, 'examples', `${name}.json`));
	const pair = PAIRS.find(({ triggerType }) =>
		workflow.nodes.some(({ type }) => type === triggerType),
	);
	const sender = workflow.nodes.find(({ type }) => type === pair.nodeType);
	const saved = await activateExample(host, workflow, pair);
	const before = await simulator.messages(pair, pair.shortChat);
	await simulator.forgetRequests();
	const executions = await executionsDuring(database, saved, async () => {
		await simulator.fanWrites(pair, pair.shortChat, {
			text: 'Hi Luna, do you have a minute for me?',
		});
		await simulator.deliveries();
	});
	const [written, ...replies] = (await simulator.messages(pair, pair.shortChat)).slice(
		before.length,
	);
	const requests = await simulator.requests();
	const isLinked = sender.parameters.additionalFields.replyToMessageId !== undefined;
	return {
		name: workflow.name,
		conversation: [written, ...replies],
		checks: [
			check(
				executions.length === 1,
				`executions that the fan's message started: ${executions.length}`,
			),
			...executions.map(endCheck),
			check(replies.length === 1, `replies stored by the simulator: ${replies.length}`),
			check(replies[0]?.text === sender.parameters.text, 'with the text of the workflow'),
			...(isLinked
				? [check(replies[0]?.replyToId === written.id, `as the answer to "${written.text}"`)]
				: []),
			costCheck(requests, 1),
		],
	};
}

const AUTO_REPLIES = [
	'auto-reply-onlyfans',
	'auto-reply-fansly-onlyfansapi',
	'auto-reply-fansly-apifansly',
];

/** Runs the example workflows one after the other; those with a trigger stay active. */
export async function runExamples(host) {
	const results = [await exportHistory(host), await answerNewest(host)];
	for (const name of AUTO_REPLIES) results.push(await autoReply(host, name));
	return results;
}
