import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { FakeModel } from './fakeModel.mjs';
import { PAIRS } from './pairs.mjs';
import { Stand } from './stand.mjs';
import { locator } from './workflows.mjs';

/** n8n's own AI Agent with a pair's Send as its tool: version 2 calls tools by itself, version 3 has the engine do it. */
const AGENT_VERSIONS = [2.2, 3];
const LANGCHAIN = '@n8n/n8n-nodes-langchain';
const TOOL = 'Send_message';

const fromModel = (key) => `={{ $fromAI('${key}', '', 'string') }}`;

function agentWorkflow(pair, version, openAi) {
	const node = (name, type, typeVersion, parameters, more = {}) => ({
		id: randomUUID(),
		name,
		type,
		typeVersion,
		position: [0, 0],
		parameters,
		...more,
	});
	const options = { toolDescription: 'Send a message to a fan', descriptionType: 'manual' };
	const send = {
		resource: 'message',
		operation: 'send',
		account: locator(pair.account),
		chat: locator(fromModel('chat')),
		text: fromModel('text'),
		simplify: true,
		additionalFields: {},
	};
	const nodes = [
		node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
		node('Agent', `${LANGCHAIN}.agent`, version, { promptType: 'define', text: 'Greet the fans.' }),
		node(
			'Model',
			`${LANGCHAIN}.lmChatOpenAi`,
			1.2,
			{ model: { __rl: true, mode: 'list', value: 'gpt-4.1-mini' }, options: {} },
			{ credentials: { openAiApi: openAi } },
		),
		node(TOOL, `${pair.nodeType}Tool`, 1, { ...send, ...options }),
	];
	const connections = {
		Start: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
		Model: { ai_languageModel: [[{ node: 'Agent', type: 'ai_languageModel', index: 0 }]] },
		[TOOL]: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
	};
	return {
		name: `${pair.name}: Agent ${version}`,
		nodes,
		connections,
		settings: { executionOrder: 'v1' },
	};
}

describe("an AI agent in a real n8n calls a pair's Send", () => {
	let stand;
	let model;
	let openAi;

	before(async () => {
		model = await FakeModel.start();
		stand = await Stand.open();
		const { id, name } = await stand.client.saveCredential({
			name: 'Fake model',
			type: 'openAiApi',
			data: { apiKey: 'fake', url: model.url, header: false },
		});
		openAi = { id, name };
	});

	after(async () => {
		model?.close();
		await stand.close();
	});

	for (const pair of PAIRS) {
		for (const version of AGENT_VERSIONS) {
			test(`${pair.displayName}, Agent ${version}: three calls, one of them refused`, async () => {
				const { simulator, client } = stand;
				const chats = [pair.shortChat, pair.longChat];
				const texts = [`Hello Tom ${version}`, `Hello Ann ${version}`];
				const call = (chat, text) => ({ name: TOOL, args: { chat, text } });
				model.calls = [call(chats[0], texts[0]), call(chats[1], ''), call(chats[1], texts[1])];

				const execution = await client.runWorkflow(
					await stand.save(agentWorkflow(pair, version, openAi)),
				);
				const stored = await Promise.all(
					chats.map(async (chat) =>
						(await simulator.messages(pair, chat)).filter(({ text }) =>
							text.endsWith(` ${version}`),
						),
					),
				);
				assert.deepEqual(
					stored.map((messages) => messages.map(({ text }) => text)),
					texts.map((text) => [text]),
					execution.error,
				);

				assert.equal(model.results.length, 3);
				const [tom, refused, ann] = model.results;
				assert.ok(tom.includes(stored[0][0].id), tom);
				assert.ok(ann.includes(stored[1][0].id), ann);
				// LangChain's executor, which Agent 2 runs on, drops what a tool throws and tells the model nothing.
				if (version >= 3) assert.match(refused, /'Text'/);
				else assert.equal(refused, '');
			});
		}
	}
});
