import { randomUUID } from 'node:crypto';

/** The names of the nodes in the workflows below. */
export const TRIGGER = 'Trigger';
export const FOLLOWER = 'Then';

export const locator = (value) => ({ __rl: true, mode: 'id', value });

const NO_OP = { type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };

/** A workflow of a trigger and one node after it. */
export function workflowOf(name, trigger, follower = NO_OP) {
	return {
		name,
		nodes: [
			{ id: randomUUID(), name: TRIGGER, typeVersion: 1, position: [0, 0], ...trigger },
			{ id: randomUUID(), name: FOLLOWER, typeVersion: 1, position: [240, 0], ...follower },
		],
		connections: { [TRIGGER]: { main: [[{ node: FOLLOWER, type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
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
export function sendReply(pair, text) {
	const parameters = {
		resource: 'message',
		operation: 'send',
		account: locator('={{ $json.accountId }}'),
		chat: locator('={{ $json.chatId }}'),
		text,
		simplify: true,
		additionalFields: {},
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
