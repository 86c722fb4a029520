import { setTimeout as sleep } from 'node:timers/promises';
import { RestError } from './client.mjs';
import {
	deliver,
	deliverAll,
	messageBody,
	PersistentProvider,
	signature,
	signingSecret,
} from './deliveries.mjs';
import { PAIRS } from './pairs.mjs';
import {
	chainOf,
	locator,
	plainWebhook,
	productionUrl,
	sendReply,
	TRIGGER,
	webhookWorkflow,
} from './workflows.mjs';

/** What goes wrong in queue mode, and what becomes of the messages then. */

const POLL_MS = 100;
const WAIT_MS = 300_000;

/** Deliveries that a provider makes at a time. */
const CONNECTIONS = 5;

/** Events that each pair's provider delivers while something breaks. */
const DELIVERIES = 40;

/** Events that each pair's provider delivers twice in the same moment. */
const REPEATS = 15;

const CHATS = 10;
const PER_CHAT = 20;

async function until(what, isSo) {
	for (const deadline = Date.now() + WAIT_MS; Date.now() < deadline; await sleep(POLL_MS))
		if (await isSo()) return;
	throw new Error(`Not within ${WAIT_MS / 1000} seconds: ${what}`);
}

/**
 * What became of the wanted texts: `sent` stand in a chat, `twice` more than once. Of those that
 * stand nowhere, `reported` are those that an execution with another end than success stands for.
 */
function fateOf(wanted, stored, isReported) {
	const times = new Map(wanted.map((text) => [text, 0]));
	for (const { text } of stored) if (times.has(text)) times.set(text, times.get(text) + 1);
	const missing = wanted.filter((text) => times.get(text) === 0);
	const reported = missing.filter(isReported);
	return {
		asked: wanted.length,
		sent: wanted.length - missing.length,
		twice: [...times.values()].filter((count) => count > 1).length,
		reported: reported.length,
		unreported: missing.length - reported.length,
	};
}

/** A Webhook node of n8n that hands a list of messages to the pair's Send. */
function batchWorkflow(pair) {
	const send = {
		resource: 'message',
		operation: 'send',
		account: locator(pair.account),
		chat: locator('={{ $json.chat }}'),
		text: '={{ $json.text }}',
		simplify: true,
		additionalFields: {},
	};
	return chainOf(`${pair.name}: 200 messages`, [
		{ name: TRIGGER, ...plainWebhook() },
		{
			name: 'Each',
			type: 'n8n-nodes-base.splitOut',
			parameters: { fieldToSplitOut: 'body.messages', options: {} },
		},
		{ name: 'Send', type: pair.nodeType, parameters: send },
	]);
}

/** Adds chats to the pair's account and starts an execution that sends 200 messages to them. */
async function startBatch(stand, pair) {
	const chats = Array.from({ length: CHATS }, (_unused, index) =>
		String(700_000_000_000_000_000n + BigInt(index)).slice(pair.name === 'ofapiOnlyFans' ? 12 : 0),
	);
	for (const chat of chats)
		await stand.simulator.addChat(pair, chat, {
			id: chat,
			name: `Fan ${chat}`,
			username: `fan${chat}`,
		});
	const messages = Array.from({ length: CHATS * PER_CHAT }, (_unused, index) => ({
		chat: chats[index % CHATS],
		text: `Message ${index}`,
	}));
	const workflow = await stand.activate(batchWorkflow(pair));
	const stored = async () =>
		(await Promise.all(chats.map((chat) => stand.simulator.messages(pair, chat)))).flat();
	const url = `${stand.n8n.url}/webhook/${workflow.nodes[0].webhookId}`;
	const { status } = await deliver(url, JSON.stringify({ messages }));
	if (status !== 200) throw new Error(`n8n answered ${status} to the list of messages`);
	return { pair, workflow, stored, wanted: messages.map(({ text }) => text) };
}

/** Has n8n run the execution again, as the user does; gives how that ended, or why it did not begin. */
async function retry(stand, { id }) {
	try {
		return (await stand.client.retryExecution(id)).status;
	} catch (error) {
		if (!(error instanceof RestError)) throw error;
		return error.message;
	}
}

/** What became of a batch, by its newest execution: when that one succeeded, nothing is reported. */
async function fateOfBatch(stand, fault, { pair, workflow, stored, wanted }) {
	const execution = (await stand.database.executions(workflow)).at(-1);
	const fate = fateOf(wanted, await stored(), () => execution.status !== 'success');
	return {
		execution,
		row: { fault, pair, ...fate, note: `${execution.status}: ${execution.error ?? ''}` },
	};
}

/** Every worker is killed in the middle of 200 sends of each pair, and started again; then the user retries. */
export async function killedWorker(stand) {
	await stand.simulator.addFault({ kind: 'slow', ms: 150, method: 'POST' });
	const batches = [];
	for (const pair of PAIRS) batches.push(await startBatch(stand, pair));
	const isInTheMiddle = async ({ stored }) => (await stored()).length >= 40;
	await until('each pair has sent a part', async () =>
		(await Promise.all(batches.map(isInTheMiddle))).every(Boolean),
	);
	const killed = stand.workers;
	await Promise.all(killed.map((worker) => stand.kill(worker)));
	await Promise.all(killed.map(() => stand.startWorker()));
	const rows = [];
	for (const batch of batches) {
		const { execution, row } = await fateOfBatch(stand, 'worker killed in 200 sends', batch);
		rows.push(row);
		await stand.simulator.clearFaults();
		const retried = await retry(stand, execution);
		const { row: after } = await fateOfBatch(stand, 'the same, and the user retries', batch);
		rows.push({ ...after, isRetry: true, note: `retry: ${retried}, ${after.note}` });
		await stand.client.deactivate(batch.workflow);
	}
	return rows;
}

/** A trigger for each pair that answers every message, with deliveries of so many. */
async function autoReplies(stand, name, perPair) {
	const replies = [];
	for (const pair of PAIRS) {
		const workflow = await stand.activate(
			webhookWorkflow(pair, name, {}, sendReply(pair, '=Answer {{ $json.id }}')),
		);
		const secret = await signingSecret(stand, pair, workflow);
		const ids = Array.from({ length: perPair }, (_unused, index) => 800_000_000_000_000 + index);
		const deliveries = ids.map((id) => {
			const body = messageBody(pair, id);
			return {
				url: productionUrl(stand.n8n, workflow),
				body,
				headers: { signature: signature(secret, body) },
			};
		});
		replies.push({ pair, workflow, deliveries, wanted: ids.map((id) => `Answer ${id}`) });
	}
	return replies;
}

/** What became of the answers of each pair, once all executions have ended. */
async function judge(stand, fault, replies) {
	const rows = [];
	for (const { pair, workflow, wanted } of replies) {
		const executions = await stand.database.executions(workflow);
		const failed = executions.filter(({ status }) => status !== 'success');
		const stored = await stand.simulator.messages(pair, pair.shortChat);
		const note = `${executions.length} executions, ${failed.length} not successful`;
		const isReported = (text) =>
			failed.some((execution) => execution.contains(`"${text.replace('Answer ', '')}"`));
		rows.push({ fault, pair, ...fateOf(wanted, stored, isReported), note });
		await stand.client.deactivate(workflow);
	}
	return rows;
}

/** Something breaks while a provider delivers events, each again until it has arrived, and is mended. */
async function whileDelivering(stand, fault, { breaks, mend }) {
	const replies = await autoReplies(stand, fault, DELIVERIES);
	// In turns, so that every pair is in the middle of its deliveries.
	const deliveries = replies[0].deliveries.flatMap((_unused, index) =>
		replies.map((one) => one.deliveries[index]),
	);
	const provider = new PersistentProvider(CONNECTIONS);
	const delivered = provider.deliverAll(deliveries);
	await until('a third has arrived', () => provider.arrived >= deliveries.length / 3);
	await breaks();
	if (provider.arrived === deliveries.length)
		throw new Error('Everything had been delivered before');
	await mend();
	await delivered;
	return judge(stand, fault, replies);
}

/** Redis ends and starts again on what it has stored. */
export async function redisRestarted(stand) {
	const { redis } = stand;
	return whileDelivering(stand, 'Redis restarted', {
		breaks: () => redis.stop(),
		mend: () => redis.start(),
	});
}

/** Postgres ends and starts again; its clients are cut off. */
export async function postgresRestarted(stand) {
	const { postgres } = stand;
	return whileDelivering(stand, 'Postgres restarted', {
		breaks: () => postgres.stop(),
		mend: () => postgres.start(),
	});
}

/** Killed with deliveries that it has taken and not answered; the provider makes them again. */
export async function killedWebhookProcess(stand) {
	return whileDelivering(stand, 'webhook process killed', {
		breaks: () => stand.kill(stand.webhookProcesses[0]),
		mend: () => stand.startWebhookProcess(),
	});
}

/** Every event reaches both webhook processes in the same moment. */
export async function simultaneousRepeats(stand) {
	const replies = await autoReplies(stand, 'repeat at both at once', REPEATS);
	for (const { workflow, deliveries } of replies) {
		for (const { body, headers } of deliveries) {
			const both = stand.webhookProcesses.map(({ url }) => ({
				url: productionUrl({ url }, workflow),
				body,
				headers,
			}));
			const answers = await deliverAll(both, both.length);
			if (answers.some(({ status }) => status !== 200))
				throw new Error('A delivery was not accepted');
		}
	}
	return judge(stand, 'repeat at both processes at once', replies);
}
