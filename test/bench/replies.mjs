import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { endWith } from '../host/command.mjs';
import { deliverAll, messageBody, signature, signingSecret } from '../host/deliveries.mjs';
import { installHost, installRoot } from '../host/install.mjs';
import { useBuild } from '../host/lock.mjs';
import { build } from '../host/package.mjs';
import { PAIRS } from '../host/pairs.mjs';
import { Stand } from '../host/stand.mjs';
import { step } from '../host/steps.mjs';
import { locator, productionUrl, webhookWorkflow, workflowOf } from '../host/workflows.mjs';

/**
 * Replies in a second in a real n8n: the trigger and n8n's own Webhook node, each with Send and with
 * n8n's own HTTP Request node behind it, in turns.
 */

const [PAIR] = PAIRS;
const CONNECTIONS = 20;
/** Many short rounds in turns: the speed of a shared machine changes within a minute. */
const ROUNDS = 21;
const PER_ROUND = 60;
const WARM_UP = 300;
/** So many accounts and fans that no reply waits for another one's account or chat. */
const ACCOUNTS = 20;
const FANS = 400;

/** How n8n evaluates expressions, by what it takes to have it so. */
const ENGINES = {
	'n8n as it comes': {},
	'N8N_EXPRESSION_ENGINE=legacy': { N8N_EXPRESSION_ENGINE: 'legacy' },
};

const fanOf = (index) => String(700_000 + (index % FANS));
const accountOf = (index) => `acct_bench${index % ACCOUNTS}`;

/** Where the item's account, chat and text stand behind either node. */
const PLACES = {
	trigger: { account: '$json.accountId', chat: '$json.chatId', text: '$json.text' },
	webhook: {
		account: '$json.body.account_id',
		chat: '$json.body.payload.fromUser.id',
		text: '$json.body.payload.text',
	},
};

function send({ account, chat, text }) {
	return {
		type: PAIR.nodeType,
		typeVersion: 1,
		parameters: {
			resource: 'message',
			operation: 'send',
			account: locator(`={{ ${account} }}`),
			chat: locator(`={{ ${chat} }}`),
			text: `={{ ${text} }}`,
			simplify: true,
			additionalFields: {},
			options: {},
		},
	};
}

function httpRequest(stand, { account, chat, text }) {
	return {
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		credentials: { [PAIR.credentialType]: stand.credentials[PAIR.credentialType] },
		parameters: {
			method: 'POST',
			url: `=${stand.simulator.urls.ofapi}/api/{{ ${account} }}/chats/{{ ${chat} }}/messages`,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: PAIR.credentialType,
			sendBody: true,
			bodyParameters: { parameters: [{ name: 'text', value: `={{ ${text} }}` }] },
			options: {},
		},
	};
}

function webhook(name, follower) {
	const parameters = {
		httpMethod: 'POST',
		path: randomUUID(),
		responseMode: 'onReceived',
		options: {},
	};
	return workflowOf(
		name,
		{ type: 'n8n-nodes-base.webhook', typeVersion: 2.1, webhookId: randomUUID(), parameters },
		follower,
	);
}

let nextId = 5_000_000;

function delivery(url, secret) {
	const id = nextId++;
	const body = messageBody({ ...PAIR, account: accountOf(id), shortChat: fanOf(id) }, id);
	return { url, body, headers: { signature: signature(secret, body) } };
}

/** Replies in a second, up to the end of the last execution; each has to be in its chat. */
async function rate(stand, { workflow, url, secret }, count) {
	const deliveries = Array.from({ length: count }, () => delivery(url, secret));
	const startedAt = performance.now();
	const answers = await deliverAll(deliveries, CONNECTIONS);
	await stand.database.untilFinished(workflow);
	const seconds = (performance.now() - startedAt) / 1000;
	if (answers.some(({ status }) => status !== 200)) {
		throw new Error(`Not every delivery to "${workflow.name}" was accepted`);
	}
	const executions = await stand.database.executions(workflow);
	const unsuccessful = executions.find(({ status }) => status !== 'success');
	if (executions.length !== count || unsuccessful !== undefined) {
		throw new Error(
			`${executions.length} of ${count} executions of "${workflow.name}": ${JSON.stringify(unsuccessful?.error)}`,
		);
	}
	await stand.database.forgetExecutions(workflow);
	return count / seconds;
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function race(stand) {
	const runners = [];
	for (const [first, places] of Object.entries(PLACES)) {
		for (const [second, follower] of [
			['Send', send(places)],
			['HTTP Request', httpRequest(stand, places)],
		]) {
			const name = `${first === 'trigger' ? 'Trigger' : 'Webhook'} › ${second}`;
			const workflow = await stand.activate(
				first === 'trigger' ? webhookWorkflow(PAIR, name, {}, follower) : webhook(name, follower),
			);
			const isTrigger = first === 'trigger';
			runners.push({
				name,
				workflow,
				url: isTrigger
					? productionUrl(stand.n8n, workflow)
					: `${stand.n8n.url}/webhook/${workflow.nodes[0].parameters.path}`,
				secret: isTrigger ? await signingSecret(stand, PAIR, workflow) : 'unsigned',
				rates: [],
			});
		}
	}
	try {
		for (const runner of runners) await rate(stand, runner, WARM_UP);
		for (let round = 0; round < ROUNDS; round++) {
			// In turns, each round from another one on: whatever else the machine does hits all alike.
			for (let turn = 0; turn < runners.length; turn++) {
				const runner = runners[(round + turn) % runners.length];
				runner.rates.push(await rate(stand, runner, PER_ROUND));
			}
		}
	} finally {
		for (const { workflow } of runners) await stand.client.deactivate(workflow);
	}
	return runners;
}

function print(engine, runners) {
	console.log(`\n${engine}, replies in a second by round:`);
	for (const { name, rates } of runners) {
		const rounds = rates.map((one) => one.toFixed(1).padStart(6)).join(' ');
		console.log(`  ${name.padEnd(24)} ${rounds}   median ${median(rates).toFixed(1)}`);
	}
	const [triggerSend, triggerHttp, webhookSend, webhookHttp] = runners.map(({ rates }) => rates);
	// Round by round: what slowed one down has slowed down its neighbour too.
	const ratio = (ours, theirs) => median(ours.map((one, round) => one / theirs[round])).toFixed(2);
	console.log(
		`  Webhook › Send to Webhook › HTTP Request: ${ratio(webhookSend, webhookHttp)}` +
			`\n  Trigger › Send to Trigger › HTTP Request: ${ratio(triggerSend, triggerHttp)}` +
			`\n  Trigger › Send to Webhook › HTTP Request: ${ratio(triggerSend, webhookHttp)}`,
	);
}

async function main() {
	await installRoot();
	await installHost();
	await step('Build the package', () => build(useBuild));
	const stand = await Stand.open();
	try {
		for (let index = 0; index < ACCOUNTS; index++) {
			const account = { id: accountOf(index), name: 'Creator', username: `creator${index}` };
			await stand.simulator.addAccount(PAIR, { ...account, nativeId: String(600_000 + index) });
		}
		for (let index = 0; index < FANS; index++) {
			const fan = { id: fanOf(index), name: 'Fan', username: `fan${index}` };
			await stand.simulator.addChat({ ...PAIR, account: accountOf(index) }, fanOf(index), fan);
		}
		for (const [engine, settings] of Object.entries(ENGINES)) {
			await stand.restart(settings);
			print(engine, await race(stand));
		}
		return 0;
	} finally {
		await stand.close();
	}
}

await endWith(main);
