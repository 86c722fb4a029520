import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, test } from 'node:test';
import { FakeModel } from './fakeModel.mjs';
import { PAIRS } from './pairs.mjs';
import { saveModelCredential } from './setup.mjs';
import { Stand } from './stand.mjs';
import { locator } from './workflows.mjs';

/** n8n's own AI Agent: version 2 calls tools by itself, version 3 has the engine do it. */
const AGENT_VERSIONS = [2.2, 3];
const LANGCHAIN = '@n8n/n8n-nodes-langchain';

/** What the editor's button makes of a field: the key is the name that users see. */
const fromModel = (key, type = 'string') =>
	`={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${key}', \`\`, '${type}') }}`;

/** The fields of Send that a model may fill with something that cannot be sent, by pair. */
const CHECKED = {
	ofapiOnlyFans: {
		fields: { mediaFiles: fromModel('Media_Files'), price: fromModel('Price__USD_', 'number') },
		wrong: { Media_Files: '12345', Price__USD_: 1000 },
		says: /'Price \(USD\)' has to be 0 or between 3 and (?<most>\d+) dollars/,
		right: ({ most }) => ({ Media_Files: '12345', Price__USD_: Number(most) }),
		none: { Media_Files: '', Price__USD_: 0 },
		body: { mediaFiles: ['12345'], price: 200 },
	},
	ofapiFansly: {
		fields: { mediaFiles: fromModel('Media_Files') },
		wrong: { Media_Files: '12345' },
		says: /'Media Files' has to be an ID, such as (?<example>\w+)/,
		right: ({ example }) => ({ Media_Files: example }),
		none: { Media_Files: '' },
		body: { mediaFiles: ['fansly_media_abc123'] },
	},
	apiFansly: {
		fields: { mediaIds: fromModel('Media_Files'), price: fromModel('Price__USD_', 'number') },
		wrong: { Media_Files: '700000000000000001', Price__USD_: 1000 },
		says: /'Price \(USD\)' has to be 0 or between 1 and (?<most>\d+) dollars/,
		right: ({ most }) => ({ Media_Files: '700000000000000001', Price__USD_: Number(most) }),
		none: { Media_Files: '', Price__USD_: 0 },
		body: { mediaId: '700000000000000001', price: 500 },
	},
};

/** A tool under the name that n8n gives the node on the canvas. */
function toolNode(pair, action, parameters, settings) {
	return {
		name: `${action} in ${pair.displayName.replace(' (', ' via ').replace(')', '')}`,
		type: `${pair.nodeType}Tool`,
		typeVersion: 1,
		parameters: {
			resource: 'message',
			account: locator(pair.account),
			chat: locator(fromModel('Chat')),
			descriptionType: 'auto',
			...parameters,
		},
		...settings,
	};
}

const sendTool = (pair, settings = {}) =>
	toolNode(
		pair,
		'Send a message',
		{
			operation: 'send',
			text: fromModel('Text'),
			simplify: true,
			additionalFields: CHECKED[pair.name].fields,
		},
		settings,
	);

const listTool = (pair) =>
	toolNode(pair, 'List messages', {
		operation: 'list',
		returnAll: false,
		limit: fromModel('Limit', 'number'),
		output: 'items',
		simplify: true,
		options: {},
	});

const toolName = ({ name }) => name.replaceAll(' ', '_');

function agentWorkflow(pair, version, openAi, tools) {
	const model = {
		name: 'Model',
		type: `${LANGCHAIN}.lmChatOpenAi`,
		typeVersion: 1.2,
		parameters: { model: locator('gpt-4.1-mini'), options: {} },
		credentials: { openAiApi: openAi },
	};
	const nodes = [
		{
			name: 'Start',
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			parameters: {},
		},
		{
			name: 'Agent',
			type: `${LANGCHAIN}.agent`,
			typeVersion: version,
			parameters: { promptType: 'define', text: 'Greet the fans.' },
		},
		model,
		...tools,
	];
	const to = (type) => ({ [type]: [[{ node: 'Agent', type, index: 0 }]] });
	return {
		name: `${pair.name}: Agent ${version}`,
		nodes: nodes.map((node) => ({ id: randomUUID(), position: [0, 0], ...node })),
		connections: {
			Start: to('main'),
			Model: to('ai_languageModel'),
			...Object.fromEntries(tools.map(({ name }) => [name, to('ai_tool')])),
		},
		settings: { executionOrder: 'v1' },
	};
}

describe("an AI agent in a real n8n calls a pair's operations", () => {
	let stand;
	let model;
	let openAi;

	before(async () => {
		model = await FakeModel.start();
		stand = await Stand.open();
		const { id, name } = await saveModelCredential(stand.client, model);
		openAi = { id, name };
	});

	beforeEach(() => stand.simulator.reset());

	after(async () => {
		model?.close();
		await stand.close();
	});

	async function runAgent(pair, version, tools, turns) {
		model.turns = turns;
		const workflow = await stand.save(agentWorkflow(pair, version, openAi, tools));
		const execution = await stand.client.runWorkflow(workflow);
		assert.equal(execution.error, undefined);
		assert.deepEqual(
			execution.items('Agent').map(({ json }) => json.output),
			['Done.'],
		);
	}

	const posts = async () =>
		(await stand.simulator.requests()).filter(({ method }) => method === 'POST');

	for (const pair of PAIRS) {
		const { wrong, says, right, none, body } = CHECKED[pair.name];
		const send = (args) => ({ name: toolName(sendTool(pair)), args });
		const textsIn = async (chat) =>
			(await stand.simulator.messages(pair, chat)).map(({ text }) => text);

		for (const version of AGENT_VERSIONS) {
			test(`${pair.displayName}, Agent ${version}: three calls at once, one of them refused`, async () => {
				const { simulator } = stand;
				const [tom, ann] = [pair.shortChat, pair.longChat];
				const counts = [(await textsIn(tom)).length, (await textsIn(ann)).length];
				await runAgent(
					pair,
					version,
					[sendTool(pair)],
					[
						[
							send({ Chat: tom, Text: 'Hello Tom', ...none }),
							send({ Chat: ann, Text: '', ...none }),
							send({ Chat: ann, Text: 'Hello Ann', ...none }),
						],
					],
				);
				assert.deepEqual((await textsIn(tom)).slice(counts[0]), ['Hello Tom']);
				assert.deepEqual((await textsIn(ann)).slice(counts[1]), ['Hello Ann']);

				assert.equal(model.results.length, 3);
				const [toTom, refused, toAnn] = model.results;
				const newest = async (chat) => (await simulator.messages(pair, chat)).at(-1).id;
				assert.ok(toTom.includes(await newest(tom)), toTom);
				assert.ok(toAnn.includes(await newest(ann)), toAnn);
				// LangChain's executor, which Agent 2 runs on, drops what a tool throws and tells the model nothing.
				if (version >= 3) assert.match(refused, /'Text'/);
				else assert.equal(refused, '');
			});

			test(`${pair.displayName}, Agent ${version}: lists, writes, is refused, reads why and does better`, async () => {
				// What Agent 3 is told anyway, Agent 2 is told with On Error set to continue.
				const settings = version >= 3 ? {} : { onError: 'continueRegularOutput' };
				const list = listTool(pair);
				const chat = pair.shortChat;
				const before = await stand.simulator.messages(pair, chat);
				await runAgent(
					pair,
					version,
					[list, sendTool(pair, settings)],
					[
						[{ name: toolName(list), args: { Chat: chat, Limit: 2 } }],
						([listed]) => [send({ Chat: chat, Text: `You said: ${newestText(listed)}`, ...none })],
						[send({ Chat: chat, Text: 'For you', ...wrong })],
						(results) => [
							send({ Chat: chat, Text: 'For you', ...right(results[2].match(says)?.groups ?? {}) }),
						],
					],
				);

				// What the model was offered: the operations by name, their fields by type.
				const offered = new Map(model.tools.map((tool) => [tool.name, tool]));
				assert.deepEqual([...offered.keys()].sort(), [toolName(list), toolName(sendTool(pair))]);
				const { description, parameters } = offered.get(toolName(list));
				assert.equal(description, list.name);
				assert.equal(parameters.properties.Limit.type, 'number');
				assert.equal(parameters.properties.Chat.type, 'string');

				// What it was told.
				const [listed, written, refused, paid] = model.results;
				assert.deepEqual(
					messagesIn(listed).map(({ id }) => id),
					before
						.slice(-2)
						.map(({ id }) => id)
						.reverse(),
				);
				const after = await stand.simulator.messages(pair, chat);
				assert.deepEqual(
					after.slice(before.length).map(({ text }) => text),
					[`You said: ${before.at(-1).text}`, 'For you'],
				);
				const [first, second] = after.slice(before.length);
				assert.ok(written.includes(first.id), written);
				assert.match(refused, says);
				assert.match(refused, /Nothing was sent/);
				assert.ok(paid.includes(second.id), paid);

				// What left: nothing of what was refused.
				const [plain, priced, ...others] = await posts();
				assert.deepEqual(others, []);
				assert.ok(!plain.body.price, JSON.stringify(plain.body));
				for (const [field, value] of Object.entries(body)) {
					assert.deepEqual(priced.body[field], value);
				}
			});
		}
	}
});

/** The items in what a tool gave. */
function messagesIn(result) {
	const parsed = JSON.parse(result);
	const items = Array.isArray(parsed) ? parsed : [parsed];
	return items.flatMap((item) => item.response ?? item);
}

function newestText(result) {
	return messagesIn(result)[0].text;
}
