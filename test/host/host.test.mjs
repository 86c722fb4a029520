import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { handOver, replyToSecondThought, replyWithAi } from './aiReplies.mjs';
import { Database } from './database.mjs';
import { MESSAGE_FIELDS, runExamples, runWorkflow } from './examples.mjs';
import { FakeModel } from './fakeModel.mjs';
import { startN8n } from './n8n.mjs';
import { installIntoUserFolder, pack, PACKAGE, packedFiles, temporaryFolder } from './package.mjs';
import { nodeTypesOf, ONLYFANS_ONLY_KEY, PAIRS } from './pairs.mjs';
import { olderVersion } from './paths.mjs';
import { freePort } from './ports.mjs';
import { interruption, stopAll } from './processes.mjs';
import {
	credentialData,
	listAsInstalled,
	logInAsOwner,
	saveCredentials,
	saveModelCredential,
} from './setup.mjs';
import { freePorts, startSimulator } from './simulator.mjs';

const SECRET_FIELD = /token|csrf|email|sess|cookie|password/i;
const TRIGGER = 'Start';
const NODE = 'Chat';

/** A workflow of a Manual Trigger and one node of that pair. */
function workflowWith(pair, name, parameters) {
	const locator = (value) => ({ __rl: true, mode: 'id', value });
	return {
		name: `${pair.name}: ${name}`,
		nodes: [
			{
				id: 'trigger',
				name: TRIGGER,
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: 'chat',
				name: NODE,
				type: pair.nodeType,
				typeVersion: 1,
				position: [240, 0],
				parameters: {
					resource: 'message',
					account: locator(pair.account),
					simplify: true,
					...parameters,
					chat: locator(parameters.chat),
				},
			},
		],
		connections: { [TRIGGER]: { main: [[{ node: NODE, type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}

/** Every text that stands anywhere below a field whose name speaks of a secret. */
function secretsIn(value, isSecret = false) {
	if (typeof value === 'string') return isSecret && value !== '' ? [value] : [];
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, entry]) =>
		secretsIn(entry, isSecret || SECRET_FIELD.test(name)),
	);
}

/** What a stored and a listed message have in common. OnlyFans knows whole seconds only. */
function comparable({
	id,
	chatId,
	direction,
	createdAt,
	price,
	tip,
	tipAmount = tip,
	media,
	replyToId,
}) {
	const second = Math.trunc(Date.parse(createdAt) / 1000);
	const files = media.map((file) => ({ id: file.id, type: file.type }));
	return { id, chatId, direction, second, price, tipAmount, media: files, replyToId };
}

/** What did not come out right in runs of examples. */
function wrongIn(examples) {
	return examples
		.flatMap(({ checks }) => checks)
		.filter(({ passed }) => !passed)
		.map(({ text }) => text);
}

interruption().then(async (code) => {
	await stopAll();
	process.exit(code);
});

describe('the packed package in a real n8n', () => {
	const folder = temporaryFolder();
	let tarball;
	let n8n;
	let host;

	before(async () => {
		tarball = await pack(folder);
		const userFolder = join(folder, 'user');
		await installIntoUserFolder(tarball, userFolder);
		const simulator = await startSimulator(await freePorts());
		n8n = await startN8n({ userFolder, port: await freePort() });
		await logInAsOwner(n8n);
		await listAsInstalled(n8n);
		const model = await FakeModel.start();
		host = {
			client: n8n.client,
			simulator,
			model,
			url: n8n.url,
			database: new Database(userFolder),
			credentials: {
				...(await saveCredentials(n8n.client, simulator)),
				openAiApi: await saveModelCredential(n8n.client, model),
			},
		};
	});

	after(async () => {
		host?.model.close();
		await stopAll();
		rmSync(folder, { recursive: true, force: true });
	});

	beforeEach(() => host.simulator.reset());

	test('the tarball holds only what users need', async () => {
		const paths = await packedFiles(tarball);
		const besides = paths.filter((path) => !path.startsWith('dist/'));
		assert.deepEqual(besides.sort(), ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json']);
		assert.ok(paths.length > besides.length);
	});

	test('n8n lists the package as installed and loaded', async () => {
		const [installed, ...others] = await host.client.communityPackages();
		assert.deepEqual(others, []);
		assert.equal(installed.packageName, PACKAGE.name);
		assert.equal(installed.installedVersion, PACKAGE.version);
		assert.ok(!installed.failedLoading);
		assert.deepEqual(
			installed.installedNodes.map(({ type }) => type).sort(),
			PAIRS.flatMap(nodeTypesOf).sort(),
		);
	});

	for (const pair of PAIRS)
		describe(pair.displayName, () => {
			const credential = () => host.credentials[pair.credentialType];
			const testWith = (data) =>
				host.client.testCredential({
					...credential(),
					data: { ...credentialData(pair, host.simulator), ...data },
				});

			/** An older n8n tells in its own words what came of a credential's test. */
			function assertSays(message, words) {
				if (olderVersion === undefined) assert.match(message, words);
				else assert.notEqual(message, '');
			}

			test(
				'the editor gets the fields of the items before the first run',
				{ skip: olderVersion !== undefined },
				async () => {
					const [node] = nodeTypesOf(pair);
					const response = await host.client.fetch(`/schemas/${node}/1.0.0/message/list.json`);
					const { properties } = await response.json();
					assert.deepEqual(Object.keys(properties), MESSAGE_FIELDS);
				},
			);

			async function assertIcons({ iconUrl }) {
				for (const url of [iconUrl.light, iconUrl.dark]) {
					const response = await host.client.fetch(`/${url}`);
					assert.match(response.headers.get('content-type'), /svg/);
					assert.match(await response.text(), /<svg/);
				}
			}

			test('the node type is known, and its icons are served', async () => {
				const [description] = await host.client.nodeTypes([pair.nodeType]);
				assert.equal(description.name, pair.name);
				assert.equal(description.displayName, pair.displayName);
				assert.deepEqual(description.credentials, [{ name: pair.credentialType, required: true }]);
				await assertIcons(description);
			});

			test('the credential type is known, and its icons are served', async () => {
				const description = (await host.client.credentialTypes()).find(
					({ name }) => name === pair.credentialType,
				);
				assert.ok(description);
				await assertIcons(description);
			});

			test('the credential test accepts the right key', async () => {
				assert.equal((await testWith({})).status, 'OK');
			});

			test('the credential test refuses a wrong key, without showing it', async () => {
				const { status, message } = await testWith({ apiKey: 'simulator-wrong-key' });
				assert.equal(status, 'Error');
				assert.doesNotMatch(message, /simulator-wrong-key/);
				assertSays(message, /does not accept this API key/);
			});

			test('the credential test refuses a wrong base URL', async () => {
				assert.equal(
					(await testWith({ baseUrl: `http://127.0.0.1:${await freePort()}` })).status,
					'Error',
				);
				const elsewhere = await testWith({ baseUrl: host.simulator.controlUrl });
				assert.equal(elsewhere.status, 'Error');
				assertSays(elsewhere.message, /^Nothing found: enter the server's address alone/);
				const noAddress = await testWith({ baseUrl: 'no address' });
				assert.equal(noAddress.status, 'Error');
				assertSays(noAddress.message, /^The Base URL is not the address of a server alone/);
			});

			test('List with Return All gives what the simulator stores, in the fewest requests', async () => {
				const { longChat: chat } = pair;
				const workflow = workflowWith(pair, 'list', {
					operation: 'list',
					chat,
					returnAll: true,
					options: {},
				});
				const { execution, requests } = await runWorkflow(host, workflow);
				assert.equal(execution.error, undefined);
				assert.equal(execution.status, 'success');

				const items = execution.items(NODE);
				const stored = (await host.simulator.messages(pair, chat)).reverse();
				assert.deepEqual(
					items.map(({ json }) => comparable(json)),
					stored.map(comparable),
				);
				for (const { json, pairedItem } of items) {
					assert.deepEqual(Object.keys(json), MESSAGE_FIELDS);
					assert.deepEqual(pairedItem, { item: 0 });
				}
				const pages = requests.filter(({ path }) => path.includes('message'));
				assert.equal(pages.length, Math.ceil(stored.length / pair.pageSize));
				// On Fansly the creator's own ID is looked up once, to tell sent from received.
				assert.ok(requests.length - pages.length <= (pair.name === 'ofapiOnlyFans' ? 0 : 1));
				assert.ok(!execution.contains(pair.apiKey));
			});

			test('Send stores one message and gives it back', async () => {
				const { shortChat: chat } = pair;
				const text = 'Sent by n8n: 1 < 2 & "quoted"\nsecond line 🌙';
				const before = await host.simulator.messages(pair, chat);
				const workflow = workflowWith(pair, 'send', {
					operation: 'send',
					chat,
					text,
					additionalFields: {},
				});
				const { execution } = await runWorkflow(host, workflow);
				assert.equal(execution.error, undefined);
				assert.equal(execution.status, 'success');

				const [sent, ...others] = (await host.simulator.messages(pair, chat)).slice(before.length);
				assert.deepEqual(others, []);
				assert.equal(sent.text, text);
				const items = execution.items(NODE);
				assert.deepEqual(
					items.map(({ json }) => comparable(json)),
					[comparable(sent)],
				);
				assert.equal(items[0].json.text, text);
				assert.ok(!execution.contains(pair.apiKey));
			});

			test('Retry On Fail sends each message once, in order, whatever became of the answers', async () => {
				const { shortChat: chat, name } = pair;
				const texts = ['one', 'two', 'three', 'four', 'five', 'six'];
				const workflow = workflowWith(pair, 'send with retries', {
					operation: 'send',
					chat,
					text: '={{ $json.text }}',
					additionalFields: {},
				});
				workflow.pinData = { [TRIGGER]: texts.map((text) => ({ json: { text } })) };
				Object.assign(workflow.nodes[1], { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 });
				await host.simulator.addFault({
					pair: name,
					method: 'POST',
					kind: 'json',
					status: 403,
					body: { message: 'Not now.' },
					skip: 2,
					times: 1,
				});
				await host.simulator.addFault({
					pair: name,
					method: 'POST',
					kind: 'lostAfterStoring',
					skip: 3,
					times: 1,
				});

				const before = await host.simulator.messages(pair, chat);
				const { execution } = await runWorkflow(host, workflow);
				assert.equal(execution.error, undefined);
				const sent = (await host.simulator.messages(pair, chat)).slice(before.length);
				assert.deepEqual(
					sent.map(({ text }) => text),
					texts,
				);
				assert.deepEqual(
					execution.items(NODE).map(({ json }) => json.id),
					sent.map(({ id }) => id),
				);
			});

			test('an AI answers three messages in a row once, all of them', async () => {
				assert.deepEqual(wrongIn([await replyWithAi(host, pair)]), []);
			});

			test('an AI answers once what the fan writes while it is writing, too', async () => {
				assert.deepEqual(wrongIn([await replyToSecondThought(host, pair)]), []);
			});

			test('an AI keeps silent in a chat that a person has taken over', async () => {
				assert.deepEqual(wrongIn([await handOver(host, pair)]), []);
			});

			test('a failing execution shows no key either', async () => {
				const workflow = workflowWith(pair, 'list of an unknown chat', {
					operation: 'list',
					chat: '999',
					returnAll: false,
					limit: 1,
				});
				const { execution } = await runWorkflow(host, workflow);
				assert.equal(execution.status, 'error');
				assert.ok(!execution.contains(pair.apiKey));
			});

			test('the lists to choose from give accounts and chats, and no secret', async () => {
				const { nodeType, account } = pair;
				const search = { nodeType, credential: credential() };
				const accounts = await host.client.searchList({
					...search,
					field: 'account',
					methodName: 'getAccounts',
				});
				assert.ok(accounts.results.some(({ value }) => value === account));

				const parameters = {
					resource: 'message',
					operation: 'list',
					account: { __rl: true, mode: 'list', value: account },
				};
				const chats = await host.client.searchList({
					...search,
					field: 'chat',
					methodName: 'getChats',
					parameters,
				});
				const values = chats.results.map(({ value }) => value);
				assert.ok(values.includes(pair.shortChat) && values.includes(pair.longChat));
				assert.ok(chats.results.some(({ name }) => name.includes('Tom Baker')));

				const shown = JSON.stringify([accounts, chats]);
				for (const secret of [pair.apiKey, ...(await accountSecrets())])
					assert.ok(!shown.includes(secret));
				assert.doesNotMatch(shown, SECRET_FIELD);
			});

			/** The secrets that the provider itself puts beside each account. */
			async function accountSecrets() {
				const sent = (await host.simulator.requests()).find(({ path }) => /accounts$/.test(path));
				const headers = { authorization: `Bearer ${pair.apiKey}`, 'x-api-key': pair.apiKey };
				const secrets = secretsIn(
					await (await fetch(host.simulator.urls[pair.provider] + sent.path, { headers })).json(),
				);
				assert.notEqual(secrets.length, 0);
				return secrets;
			}
		});

	test('a key without access to Fansly fails in the credential for Fansly alone', async () => {
		const verdicts = {};
		for (const { name, credentialType } of PAIRS.filter(({ provider }) => provider === 'ofapi')) {
			const { type, id, data } = host.credentials[credentialType];
			const credential = { id, type, name, data: { ...data, apiKey: ONLYFANS_ONLY_KEY } };
			verdicts[name] = (await host.client.testCredential(credential)).status;
		}
		assert.deepEqual(verdicts, { ofapiOnlyFans: 'OK', ofapiFansly: 'Error' });
	});

	test('the example workflows run as described', async () => {
		const examples = await runExamples(host);
		// The revenue sheet runs on each pair.
		assert.equal(examples.length, 14 + PAIRS.length - 1);
		assert.deepEqual(wrongIn(examples), []);
	});
});
