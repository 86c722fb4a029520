import { randomUUID } from 'node:crypto';

/** The names of the nodes in the workflows below. */
export const TRIGGER = 'Trigger';
export const FOLLOWER = 'Then';

export const locator = (value) => ({ __rl: true, mode: 'id', value });

const NO_OP = { type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };

/** A workflow of nodes that follow each other, the trigger first. */
export function chainOf(name, nodes) {
	const link = ({ name: node }) => ({ main: [[{ node, type: 'main', index: 0 }]] });
	return {
		name,
		nodes: nodes.map((node, index) => ({
			id: randomUUID(),
			typeVersion: 1,
			position: [240 * index, 0],
			...node,
		})),
		connections: Object.fromEntries(
			nodes.slice(1).map((node, index) => [nodes[index].name, link(node)]),
		),
		settings: { executionOrder: 'v1' },
	};
}

/** A workflow of a trigger and one node after it. */
export function workflowOf(name, trigger, follower = NO_OP) {
	return chainOf(name, [
		{ name: TRIGGER, ...trigger },
		{ name: FOLLOWER, ...follower },
	]);
}

/** A workflow that a person starts in the editor: what the pair's node does with those parameters. */
export function manualWorkflow(pair, name, parameters) {
	const trigger = { type: 'n8n-nodes-base.manualTrigger', parameters: {} };
	return workflowOf(`${pair.name}: ${name}`, trigger, {
		type: pair.nodeType,
		parameters: { account: locator(pair.account), ...parameters },
	});
}

/** n8n's own Webhook node, which answers at once; it is called at `webhook/` and its `webhookId`. */
export function plainWebhook() {
	const webhookId = randomUUID();
	const parameters = {
		httpMethod: 'POST',
		path: webhookId,
		responseMode: 'onReceived',
		options: {},
	};
	return { type: 'n8n-nodes-base.webhook', typeVersion: 2.1, webhookId, parameters };
}

/** A workflow that the pair's webhook trigger starts; by default with every fan's message. */
export function webhookWorkflow(pair, name, parameters = {}, follower) {
	const trigger = {
		type: pair.triggerType,
		typeVersion: 2,
		webhookId: randomUUID(),
		parameters: { events: [pair.events.received], ...parameters },
	};
	return workflowOf(`${pair.name}: ${name}`, trigger, follower);
}

/** A workflow that the pair's polling trigger starts, at activation and each minute. */
export function pollingWorkflow(pair, name, parameters = {}) {
	const pollTimes = { item: [{ mode: 'everyMinute' }] };
	return workflowOf(`${pair.name}: ${name}`, {
		type: pair.pollingType,
		parameters: { account: locator(pair.account), pollTimes, ...parameters },
	});
}

/** The pair's Send, to the account and the chat that the trigger's item names. */
export function sendReply(pair, text, options = {}) {
	const parameters = {
		resource: 'message',
		operation: 'send',
		account: locator('={{ $json.accountId }}'),
		chat: locator('={{ $json.chatId }}'),
		text,
		simplify: true,
		additionalFields: {},
		options,
	};
	return { type: pair.nodeType, parameters };
}

function addressOf(n8n, { nodes }, endpoint) {
	const { webhookId } = nodes.find((node) => node.webhookId !== undefined);
	return `${n8n.url}/${endpoint}/${webhookId}/webhook`;
}

/** Where the workflow's trigger is called in production. */
export const productionUrl = (n8n, workflow) => addressOf(n8n, workflow, 'webhook');

/** Where the workflow's trigger is called while it listens for a test event. */
export const testUrl = (n8n, workflow) => addressOf(n8n, workflow, 'webhook-test');
