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
const DELIVERIES = 24;

/** Events that each pair's provider delivers to both webhook processes in the same moment. */
const REPEATS = 60;
const PLAIN_REPEATS = 15;

/** Messages of one execution, and how many of them are sent before something breaks. */
const BATCH = 200;
const MIDDLE = 40;

async function until(what, isSo) {
	for (const deadline = Date.now() + WAIT_MS; Date.now() < deadline; await sleep(POLL_MS))
		if (await isSo()) return;
	throw new Error(`Not within ${WAIT_MS / 1000} seconds: ${what}`);
}

/**
 * What became of the wanted texts: `sent` stand in a chat, `twice` more than once. Of those that
 * stand nowhere, `reported` are those that an execution with another end than success stands for,
 * and `unnamed` those of them where n8n has lost what that execution was about.
 */
function fateOf(wanted, stored, isReported, bareFailures = 0) {
	const times = new Map(wanted.map((text) => [text, 0]));
	for (const { text } of stored) if (times.has(text)) times.set(text, times.get(text) + 1);
	const missing = wanted.filter((text) => times.get(text) === 0);
	const named = missing.filter(isReported).length;
	const unnamed = Math.min(missing.length - named, bareFailures);
	return {
		asked: wanted.length,
		sent: wanted.length - missing.length,
		twice: [...times.values()].filter((count) => count > 1).length,
		reported: named + unnamed,
		unnamed,
		unreported: missing.length - named - unnamed,
	};
}

let fans = 0;

/** So many fans who write for the first time, each in a chat of its own; gives chat and message. */
async function newFans(stand, pair, count) {
	const written = [];
	for (let index = 0; index < count; index++) {
		const number = String(++fans).padStart(5, '0');
		const chat = pair.name === 'ofapiOnlyFans' ? `7${number}` : `270000000000${number}`;
		const fan = { id: chat, name: `Fan ${number}`, username: `fan${number}` };
		await stand.simulator.addChat(pair, chat, fan);
		const message = { text: 'Are you there?', direction: 'incoming' };
		const [{ id }] = await stand.simulator.addMessages(pair, chat, [message]);
		written.push({ chat, id, answer: `Answer ${id}` });
	}
	return written;
}

/** What stands in the chats of those fans. */
async function storedFor(stand, pair, written) {
	return (
		await Promise.all(written.map(({ chat }) => stand.simulator.messages(pair, chat)))
	).flat();
}

const answering = (id) => ({ answeringMessageId: id });

/** A Webhook node of n8n that hands a list of messages to the pair's Send. */
function batchWorkflow(pair, name, options) {
	const send = {
		resource: 'message',
		operation: 'send',
		account: locator(pair.account),
		chat: locator('={{ $json.chat }}'),
		text: '={{ $json.answer }}',
		simplify: true,
		additionalFields: {},
		options,
	};
	return chainOf(`${pair.name}: ${name}`, [
		{ name: TRIGGER, ...plainWebhook() },
		{
			name: 'Each',
			type: 'n8n-nodes-base.splitOut',
			parameters: { fieldToSplitOut: 'body.messages', options: {} },
		},
		{ name: 'Send', type: pair.nodeType, parameters: send },
	]);
}

/** Starts an execution that writes to 200 fans. From the 41st on the provider stores and never answers. */
async function startBatch(stand, pair, name, options = {}) {
	const messages = await newFans(stand, pair, BATCH);
	const stalled = messages.slice(MIDDLE).map(({ chat }) => chat);
	const path = `/(${stalled.join('|')})/messages`;
	await stand.simulator.addFault({ kind: 'stall', pair: pair.name, method: 'POST', path });
	const workflow = await stand.activate(batchWorkflow(pair, name, options));
	const url = `${stand.n8n.url}/webhook/${workflow.nodes[0].webhookId}`;
	const { status } = await deliver(url, JSON.stringify({ messages }));
	if (status !== 200) throw new Error(`n8n answered ${status} to the list of messages`);
	return { pair, workflow, messages };
}

/** Waits until each batch has sent a part of its messages and waits for the next answer. */
async function untilInTheMiddle(stand, batches) {
	const isInTheMiddle = async ({ pair, messages }) =>
		(await storedFor(stand, pair, [messages[MIDDLE]])).length > 1;
	await until('each has sent a part', async () =>
		(await Promise.all(batches.map(isInTheMiddle))).every(Boolean),
	);
}

/** Lets it happen when each batch has sent a part of its messages. */
async function inTheMiddle(stand, batches, happens) {
	await untilInTheMiddle(stand, batches);
	await happens();
	await stand.simulator.clearFaults();
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
async function fateOfBatch(stand, fault, { pair, workflow, messages }) {
	const execution = (await stand.database.executions(workflow)).at(-1);
	const fate = fateOf(
		messages.map(({ answer }) => answer),
		await storedFor(stand, pair, messages),
		() => execution.status !== 'success',
	);
	return { execution, row: { fault, pair, ...fate } };
}

/** What became of the batches, and once more after the user has had each run again. */
async function fatesOfBatches(stand, fault, batches) {
	const fates = await Promise.all(batches.map((batch) => fateOfBatch(stand, fault, batch)));
	await Promise.all(fates.map(({ execution }) => retry(stand, execution)));
	const retried = await Promise.all(
		batches.map((batch) => fateOfBatch(stand, `${fault}, then retried`, batch)),
	);
	for (const { workflow } of batches) await stand.client.deactivate(workflow);
	return [...fates, ...retried].map(({ row }) => row);
}

/**
 * The workers are killed in the middle of 200 sends of each pair, and started again. Gives what tells
 * the fates; n8n takes half a minute to find out.
 */
export async function killedWorkers(stand) {
	const batches = [];
	for (const pair of PAIRS) batches.push(await startBatch(stand, pair, 'worker killed'));
	await inTheMiddle(stand, batches, () => stand.loseWorkers());
	await stand.startWorkers();
	return () => fatesOfBatches(stand, `worker killed in ${BATCH} sends`, batches);
}

/**
 * The workers are killed in the middle of 200 sends and 200 answers of each pair, and the webhook
 * processes too, which else tell that a worker is gone. Gives what tells the fates once n8n has found
 * out by itself.
 */
export async function killedMachine(stand) {
	const plain = [];
	const answers = [];
	for (const pair of PAIRS) plain.push(await startBatch(stand, pair, 'machine lost'));
	// They hold three of the account's places by then; the answers have three more.
	await untilInTheMiddle(stand, plain);
	const options = { ...answering('={{ $json.id }}'), concurrency: 6 };
	for (const pair of PAIRS) {
		answers.push(await startBatch(stand, pair, 'machine lost, answers', options));
	}
	await inTheMiddle(stand, [...plain, ...answers], async () => {
		await Promise.all([stand.loseWorkers(), stand.loseWebhookProcesses()]);
	});
	await stand.startWorking();
	return async () => [
		...(await fatesOfBatches(stand, `all but the main killed in ${BATCH} sends`, plain)),
		...(await fatesOfBatches(stand, `all but the main killed in ${BATCH} answers`, answers)),
	];
}

/** A trigger for each pair that answers every message, with so many deliveries. */
async function autoReplies(stand, name, perPair, options = answering('={{ $json.id }}')) {
	return Promise.all(
		PAIRS.map(async (pair) => {
			const reply = sendReply(pair, '=Answer {{ $json.id }}', options);
			const workflow = await stand.activate(webhookWorkflow(pair, name, {}, reply));
			const secret = await signingSecret(stand, pair, workflow);
			const written = await newFans(stand, pair, perPair);
			const deliveries = written.map(({ chat, id }) => {
				const messageId = pair.name === 'ofapiOnlyFans' ? Number(id) : id;
				const body = messageBody({ ...pair, shortChat: chat }, messageId);
				const headers = { signature: signature(secret, body) };
				return { url: productionUrl(stand.n8n, workflow), body, headers };
			});
			return { pair, workflow, written, deliveries };
		}),
	);
}

/** What became of the answers of each pair, once all executions have ended. */
async function judge(stand, fault, replies) {
	const rows = [];
	for (const { pair, workflow, written } of replies) {
		const executions = await stand.database.executions(workflow);
		const failed = executions.filter(({ status }) => status !== 'success');
		const named = new Map(written.map(({ answer, id }) => [answer, `"${id}"`]));
		const names = [...named.values()];
		const bare = failed.filter((execution) => !names.some((name) => execution.contains(name)));
		const fate = fateOf(
			[...named.keys()],
			await storedFor(stand, pair, written),
			(answer) => failed.some((execution) => execution.contains(named.get(answer))),
			bare.length,
		);
		const chats = written.map(({ chat }) => chat);
		rows.push({ fault, pair, ...fate, executions: executions.length, chats });
		await stand.client.deactivate(workflow);
	}
	return rows;
}

/**
 * Something breaks while a provider delivers events, each again until it has arrived, and is mended.
 * Gives what tells the fates once n8n has found out what nobody works on any more.
 */
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
	return () => judge(stand, fault, replies);
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

/** Has every event delivered to each of those n8ns in the same moment. */
async function repeats(stand, fault, count, options, n8ns) {
	const replies = await autoReplies(stand, fault, count, options);
	await Promise.all(
		replies.map(async ({ workflow, deliveries }) => {
			for (const { body, headers } of deliveries) {
				const twins = n8ns.map((n8n) => ({ url: productionUrl(n8n, workflow), body, headers }));
				const answers = await deliverAll(twins, twins.length);
				if (answers.some(({ status }) => status !== 200))
					throw new Error('A delivery was not accepted');
			}
		}),
	);
	return judge(stand, fault, replies);
}

/** Every event reaches both webhook processes in the same moment; Send knows what it answers. */
export async function answeredRepeats(stand) {
	const fault = 'event at both webhook processes at once';
	const { length: earlier } = await stand.simulator.requests();
	const rows = await repeats(stand, fault, REPEATS, undefined, stand.webhookProcesses);
	const requests = (await stand.simulator.requests()).slice(earlier);
	return rows.map((row) => ({ ...row, windows: windowsOf(requests, row) }));
}

/**
 * How long a chat stood unanswered after it was first read for an answer, in milliseconds, shortest
 * first: another execution that reads it in that time sends a second answer on Fansly.
 */
function windowsOf(requests, { chats }) {
	const windows = chats.map((chat) => {
		const own = requests.filter(({ path }) => path.split('/').includes(chat));
		const read = own.find(({ method }) => method === 'GET');
		const sent = own.find(({ method }) => method === 'POST');
		if (read === undefined || sent === undefined) throw new Error(`Chat ${chat} was not answered`);
		return sent.at - read.at;
	});
	return windows.sort((a, b) => a - b);
}

/** The same, where Send does not know. */
export async function plainRepeats(stand) {
	const fault = 'the same without Answering Message ID';
	return repeats(stand, fault, PLAIN_REPEATS, {}, stand.webhookProcesses);
}

/** The same through a balancer that sends each address to one process. */
export async function repeatsByAddress(stand) {
	stand.balancer.isByAddress = true;
	try {
		const fault = 'the same, each address at one process';
		return await repeats(stand, fault, PLAIN_REPEATS, {}, [stand.n8n, stand.n8n]);
	} finally {
		stand.balancer.isByAddress = false;
	}
}
