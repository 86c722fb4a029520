import { isDeepStrictEqual } from 'node:util';
import { handOver, replyWithAi } from './aiReplies.mjs';
import {
	activateExample,
	check,
	costCheck,
	endCheck,
	executionChecks,
	ONLYFANS,
	readExample,
	runDuring,
	saveExample,
	whileActive,
} from './exampleRuns.mjs';
import { PAIRS } from './pairs.mjs';
import { withCredentials } from './setup.mjs';
import { runTableExamples } from './tableExamples.mjs';

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

/** Imports a workflow with its credentials attached, runs it, and gives what came of it. */
export async function runWorkflow({ client, simulator, credentials }, workflow) {
	await simulator.forgetRequests();
	const saved = await client.saveWorkflow(withCredentials(workflow, credentials));
	const execution = await client.runWorkflow(saved);
	const requests = await simulator.requests();
	return { execution, requests };
}

/** The example's workflow, its node with that operation, and the pair and chat that node works on. */
function exampleWith(name, operation) {
	const workflow = readExample(name);
	const node = workflow.nodes.find(({ parameters }) => parameters.operation === operation);
	const pair = PAIRS.find(({ nodeType }) => nodeType === node.type);
	return { workflow, node, pair, chat: node.parameters.chat.value };
}

/** Runs the export example; gives its messages and what came out right. */
async function exportHistory(host) {
	const { workflow, node, pair, chat } = exampleWith('export-chat-history', 'list');
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
	const { workflow, node, pair } = exampleWith('answer-newest-message', 'send');
	const { chat } = exampleWith('answer-newest-message', 'list');
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

/** Activates an auto-reply example and has the simulated fan write; gives the conversation and what came out right. */
async function autoReply(host, name) {
	const { simulator } = host;
	const workflow = readExample(name);
	const pair = PAIRS.find(({ triggerType }) =>
		workflow.nodes.some(({ type }) => type === triggerType),
	);
	const sender = workflow.nodes.find(({ type }) => type === pair.nodeType);
	const { saved } = await activateExample(host, workflow, pair);
	const { executions, requests, messages } = await runDuring(host, saved, pair, () =>
		simulator.fanWrites(pair, pair.shortChat, { text: 'Hi Luna, do you have a minute for me?' }),
	);
	const [written, ...replies] = messages;
	const isLinked = sender.parameters.additionalFields.replyToMessageId !== undefined;
	return {
		name: workflow.name,
		conversation: messages,
		checks: [
			...executionChecks(executions, 1),
			check(replies.length === 1, `replies stored by the simulator: ${replies.length}`),
			check(replies[0]?.text === sender.parameters.text, 'with the text of the workflow'),
			...(isLinked
				? [check(replies[0]?.replyToId === written.id, `as the answer to "${written.text}"`)]
				: []),
			costCheck(requests, 1),
		],
	};
}

/** The parameters of the example's nodes for OnlyFans, in their order. */
const onlyFansNodes = ({ nodes }) =>
	nodes.filter(({ type }) => type === ONLYFANS.nodeType).map(({ parameters }) => parameters);

const textsOf = (messages) => messages.map(({ text }) => text);

/**
 * Has the provider tell of something that a fan did, with a notice whose `user_id` is the creator's;
 * gives what came of it in the fan's chat.
 */
async function afterNotice(host, saved, event, chat, notice) {
	const about = {
		id: String(Date.now()),
		createdAt: new Date().toISOString(),
		user_id: '339543013',
		user: { id: Number(chat), username: 'fan' },
		fanData: {},
	};
	const emit = () => host.simulator.emit(ONLYFANS, event, { ...about, ...notice });
	return runDuring(host, saved, ONLYFANS, emit, chat);
}

/** Runs the welcoming example: somebody subscribes. */
async function welcome(host) {
	const workflow = readExample('welcome-new-subscriber');
	const [sender] = onlyFansNodes(workflow);
	return whileActive(host, workflow, ONLYFANS, async (saved) => {
		const { executions, requests, messages } = await afterNotice(
			host,
			saved,
			'subscriptions.new',
			ONLYFANS.emptyChat,
			{ type: 'subscribed', subType: 'new_subscriber', replacePairs: { '{PRICE}': '$9.99' } },
		);
		return {
			name: workflow.name,
			conversation: messages,
			checks: [
				...executionChecks(executions, 1),
				check(
					isDeepStrictEqual(textsOf(messages), [sender.text]),
					`messages that the fan gets: ${messages.length}`,
				),
				costCheck(requests, 1),
			],
		};
	});
}

/** Runs the thanking example: a small tip, and one that gets the offer. */
async function thankForTip(host) {
	const workflow = readExample('thank-for-tip');
	const [thanks, offer] = onlyFansNodes(workflow);
	const { price, mediaFiles } = offer.additionalFields;
	return whileActive(host, workflow, ONLYFANS, async (saved) => {
		const tip = (amountGross) =>
			afterNotice(host, saved, 'tips.received', ONLYFANS.shortChat, { type: 'tip', amountGross });
		const small = await tip(5);
		const large = await tip(25);
		const offered = large.messages.at(-1);
		const files = offered?.media.map(({ id, locked }) => ({ id, locked }));
		return {
			name: workflow.name,
			conversation: [...small.messages, ...large.messages],
			checks: [
				...executionChecks([...small.executions, ...large.executions], 2),
				check(
					isDeepStrictEqual(textsOf(small.messages), [thanks.text]),
					`messages after a tip of $5: ${small.messages.length}`,
				),
				check(
					isDeepStrictEqual(textsOf(large.messages), [thanks.text, offer.text]),
					`messages after a tip of $25: ${large.messages.length}`,
				),
				check(
					offered?.price === price && isDeepStrictEqual(files, [{ id: mediaFiles, locked: true }]),
					`the picture is locked at $${offered?.price}`,
				),
				costCheck([...small.requests, ...large.requests], 3),
			],
		};
	});
}

/** Runs the example for the team: of four chats, one has waited for hours. */
async function tellTeam(host) {
	const { simulator, client } = host;
	const workflow = readExample('unanswered-for-an-hour');
	const [waiting, recent, answered] = [ONLYFANS.shortChat, ONLYFANS.longChat, ONLYFANS.emptyChat];
	const says = (direction, hoursAgo) => ({
		direction,
		text: 'Hello?',
		createdAt: new Date(Date.now() - hoursAgo * 3_600_000).toISOString(),
	});
	await simulator.addMessages(ONLYFANS, waiting, [says('incoming', 2.5)]);
	await simulator.addMessages(ONLYFANS, recent, [says('incoming', 0.5)]);
	await simulator.addMessages(ONLYFANS, answered, [says('incoming', 3), says('outgoing', 2)]);
	await simulator.addChat(ONLYFANS, '500104', { id: '500104', name: 'Kim', username: 'kim' });
	await simulator.forgetRequests();
	const execution = await client.runWorkflow(await saveExample(host, workflow));
	const told = execution.items(workflow.nodes.at(-1).name).map(({ json }) => json.text);
	const address = `https://onlyfans.com/my/chats/chat/${waiting}/`;
	return {
		name: workflow.name,
		checks: [
			endCheck(execution),
			check(
				isDeepStrictEqual(told, [
					`Unanswered for more than an hour: 1\nTom Baker, for 2 h: ${address}`,
				]),
				`for the team: ${JSON.stringify(told)}`,
			),
			costCheck(await simulator.requests(), 1),
		],
	};
}

const AUTO_REPLIES = [
	'auto-reply-onlyfans',
	'auto-reply-fansly-onlyfansapi',
	'auto-reply-fansly-apifansly',
];

/**
 * Runs the example workflows one after the other. The auto-replies that need nothing but a
 * credential stay active; before their turn they are not, or they would reply to the others' fans.
 */
export async function runExamples(host) {
	for (const name of AUTO_REPLIES) await saveExample(host, readExample(name));
	const results = [
		await exportHistory(host),
		await tellTeam(host),
		await answerNewest(host),
		await welcome(host),
		await thankForTip(host),
		await replyWithAi(host, ONLYFANS),
		await handOver(host, ONLYFANS),
		...(await runTableExamples(host)),
	];
	for (const name of AUTO_REPLIES) results.push(await autoReply(host, name));
	return results;
}
