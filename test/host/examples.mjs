import { isDeepStrictEqual } from 'node:util';
import { join } from 'node:path';
import { PAIRS } from './pairs.mjs';
import { readJson, ROOT } from './paths.mjs';
import { withCredentials } from './setup.mjs';

/** The ten fields of a message with Simplify on, in the order users see them. */
export const MESSAGE_FIELDS = [
	'id', 'chatId', 'direction', 'senderId', 'text', 'createdAt', 'price', 'tipAmount', 'media', 'replyToId',
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
	const cost = `${requests.length} requests, ${total(requests)} credits (the fewest possible: ${fewest})`;
	return check(requests.length === fewest && total(requests) === fewest, cost);
}

function endCheck({ status, error }) {
	return check(status === 'success', `execution ended with: ${status}${error ? ` (${error})` : ''}`);
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
			check(isDeepStrictEqual(ids, stored.map(({ id }) => id).reverse()), `${ids.length} messages listed, ${stored.length} stored`),
			check(messages.every((message) => isDeepStrictEqual(Object.keys(message), MESSAGE_FIELDS)), 'each has the ten fields'),
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

/** Runs the example workflows one after the other. */
export async function runExamples(host) {
	return [await exportHistory(host), await answerNewest(host)];
}
