import {
	check,
	costCheck,
	executionChecks,
	ONLYFANS,
	onPair,
	readExample,
	runDuring,
	saveExample,
	whileActive,
	withParameters,
	withTable,
} from './exampleRuns.mjs';

const WAIT = 'n8n-nodes-base.wait';
const AGENT = '@n8n/n8n-nodes-langchain.agent';

/** Seconds that the examples wait in a test: enough for a few messages in a row. */
const SECONDS = 3;

/** The name of the node at which the model is asked. */
const agentOf = ({ nodes }) => nodes.find(({ type }) => type === AGENT).name;

const isReply = ({ direction }) => direction === 'outgoing';

/** What one reply costs on OnlyFans, after `more` messages that it answers too. */
function costChecks(pair, requests, more = 0) {
	// The chat is read before the model is asked, after it, and before sending; typing is free. On
	// Fansly the creator's own ID is asked for too, once in the whole n8n.
	return pair === ONLYFANS ? [costCheck(requests, 4 + more, 5 + more)] : [];
}

/** Whether the model was asked once, and told of all these texts. */
function promptChecks(prompts, texts) {
	const told = texts.filter((text) => prompts[0]?.includes(text));
	return [
		check(prompts.length === 1, `times that the model was asked: ${prompts.length}`),
		check(told.length === texts.length, `messages of the fan that it was told of: ${told.length}`),
	];
}

function replyChecks(messages, text) {
	const replies = messages.filter(isReply);
	return [
		check(replies.length === 1, `replies stored by the simulator: ${replies.length}`),
		check(replies[0]?.text === text, 'with the text of the model'),
		check(isReply(messages.at(-1)), 'after all that the fan wrote'),
	];
}

/** Carries out the work while the example is in production with a shorter wait; it stays in n8n as it is shipped. */
async function whileReplying(host, workflow, pair, work) {
	const shorter = withParameters(workflow, WAIT, { amount: SECONDS });
	const result = await whileActive(host, shorter, pair, work);
	await saveExample(host, workflow);
	return result;
}

/** Has the fan write these texts one after the other; gives what came of it, with what the model was asked. */
async function fanWrites(host, saved, pair, texts) {
	const { simulator, model } = host;
	model.prompts = [];
	const came = await runDuring(host, saved, pair, async () => {
		for (const text of texts) await simulator.fanWrites(pair, pair.shortChat, { text });
	});
	return { ...came, prompts: model.prompts };
}

/** Runs the example that replies with AI: a fan writes three messages in a row. */
export async function replyWithAi(host, pair) {
	const workflow = onPair(readExample('auto-reply-ai'), pair);
	const texts = ['Hi Luna!', 'Are you there?', 'I had the strangest dream about a lighthouse'];
	const reply = "Yes, I'm here! Tell me about that lighthouse.";
	host.model.reply = reply;
	return whileReplying(host, workflow, pair, async (saved) => {
		const { executions, requests, messages, prompts } = await fanWrites(host, saved, pair, texts);
		const agent = agentOf(workflow);
		const answering = executions.filter((execution) => execution.items(agent).length > 0);
		return {
			name: workflow.name,
			conversation: messages,
			checks: [
				...executionChecks(executions, texts.length),
				check(answering.length === 1, `executions that reached the AI: ${answering.length}`),
				...promptChecks(prompts, texts),
				...replyChecks(messages, reply),
				...costChecks(pair, requests, texts.length - 1),
			],
		};
	});
}

/** The same, where the fan writes once more while the model is writing. */
export async function replyToSecondThought(host, pair) {
	const workflow = onPair(readExample('auto-reply-ai'), pair);
	const { simulator, model } = host;
	const texts = ['Do you like the sea?', 'Or rather the mountains?'];
	model.reply = async () => {
		if (model.prompts.length === 1) {
			await simulator.fanWrites(pair, pair.shortChat, { text: texts[1] });
			// Its execution has begun before this one ends.
			await simulator.deliveries();
			return 'The sea!';
		}
		return 'The sea, and the mountains too!';
	};
	return whileReplying(host, workflow, pair, async (saved) => {
		const { executions, messages, prompts } = await fanWrites(host, saved, pair, [texts[0]]);
		return {
			name: workflow.name,
			conversation: messages,
			checks: [
				...executionChecks(executions, texts.length),
				...promptChecks(prompts.slice(1), texts),
				...replyChecks(messages, 'The sea, and the mountains too!'),
			],
		};
	});
}

/** Runs the example with hand-over: a fan writes while a person has the chat, and after. */
export async function handOver(host, pair) {
	const example = onPair(readExample('auto-reply-ai-hand-over'), pair);
	const { client, model } = host;
	const { table, workflow } = await withTable(host, example);
	const reply = 'Of course! What would you like to know?';
	model.reply = reply;
	return whileReplying(host, workflow, pair, async (saved) => {
		await client.addRow(table, { chatId: pair.shortChat });
		const silent = await fanWrites(host, saved, pair, ['May I speak with Luna herself?']);
		await client.deleteRows(table, 'chatId', pair.shortChat);
		const after = await fanWrites(host, saved, pair, ['Thanks! One more question']);
		return {
			name: workflow.name,
			conversation: [...silent.messages, ...after.messages],
			checks: [
				...executionChecks(silent.executions, 1),
				check(
					!silent.messages.some(isReply) && silent.prompts.length === 0,
					'taken over: no reply, and the model is not asked',
				),
				costCheck(silent.requests, 0),
				...executionChecks(after.executions, 1),
				...promptChecks(after.prompts, ['One more question']),
				...replyChecks(after.messages, reply),
				...costChecks(pair, after.requests),
			],
		};
	});
}
