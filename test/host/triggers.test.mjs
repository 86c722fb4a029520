import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { deliver, messageBody, signature, signingSecret } from './deliveries.mjs';
import { MESSAGE_FIELDS } from './examples.mjs';
import { PAIRS } from './pairs.mjs';
import { Stand } from './stand.mjs';
import { credentialData, WEBHOOK_SECRET } from './setup.mjs';
import {
	FOLLOWER,
	productionUrl,
	sendReply,
	testUrl,
	TRIGGER,
	webhookWorkflow,
} from './workflows.mjs';

const EVENT_FIELDS = [
	...MESSAGE_FIELDS,
	'event',
	'fanId',
	'fanName',
	'fanUsername',
	'fanTotalSpent',
	'previousReplyAt',
];
const OFAPI_PAIRS = PAIRS.filter(({ provider }) => provider === 'ofapi');
const API_FANSLY = PAIRS.find(({ provider }) => provider === 'apiFansly');

describe('the triggers in a real n8n', () => {
	let stand;

	before(async () => {
		stand = await Stand.open();
	});

	after(() => stand.close());

	beforeEach(() => stand.simulator.reset());

	const listed = async (pair) => (await stand.simulator.api(pair, 'GET', '/api/webhooks')).data;

	const modesOf = (executions) => executions.map(({ mode, status }) => `${mode} ${status}`).sort();

	/** Registers the active workflow where the provider has that done by hand. */
	async function connect(
		pair,
		workflow,
		{ events = [pair.events.received], secret = WEBHOOK_SECRET, signatureHeader } = {},
	) {
		if (pair.provider !== 'apiFansly') return;
		await stand.simulator.addConsoleWebhook({
			url: productionUrl(stand.n8n, workflow),
			events,
			secret,
			signatureHeader,
		});
	}

	/** Has the workflow in production while the work goes on. */
	async function whileActive(workflow, work) {
		const saved = await stand.activate(workflow);
		try {
			return await work(saved);
		} finally {
			await stand.client.deactivate(saved);
		}
	}

	/** A fan writes; gives the stored message and the answers that its deliveries got. */
	async function fanWrites(pair, text) {
		await stand.simulator.forgetDeliveries();
		const message = await stand.simulator.fanWrites(pair, pair.shortChat, { text });
		const deliveries = await stand.simulator.deliveries();
		return { message, statuses: deliveries.map(({ statusCode }) => statusCode), deliveries };
	}

	async function assertGone(pair, url) {
		// n8n deletes a test webhook after it has answered.
		for (let tries = 0; tries < 100; tries++) {
			if (!(await listed(pair)).some((webhook) => webhook.url === url)) return;
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
		assert.fail(`${url} is still registered`);
	}

	for (const pair of OFAPI_PAIRS)
		describe(`${pair.displayName} Trigger`, () => {
			const foreign = {
				endpoint_url: 'http://127.0.0.1:9/mine',
				events: [pair.events.received],
				account_scope: 'global',
				signing_secret: 'mine',
			};

			test('registers itself, starts the workflow in production and in a test, and leaves nothing behind', async () => {
				await stand.simulator.api(pair, 'POST', '/api/webhooks', foreign);
				const found = await listed(pair);
				const scope = { accountScope: 'inclusive', accounts: [pair.account] };
				await whileActive(webhookWorkflow(pair, 'life', scope), async (workflow) => {
					const [own, ...others] = (await listed(pair)).filter(
						({ id }) => !found.some((one) => one.id === id),
					);
					assert.deepEqual(others, []);
					assert.equal(own.url, productionUrl(stand.n8n, workflow));
					assert.deepEqual(own.events, [pair.events.received]);
					assert.deepEqual(
						[own.account_scope, own.account_ids, own.enabled, own.has_signing_secret],
						['inclusive', [pair.account], true, true],
					);

					const { message, statuses } = await fanWrites(pair, 'Are you there?');
					assert.deepEqual(statuses, [200]);
					const [execution, ...more] = await stand.database.executions(workflow);
					assert.deepEqual(more, []);
					assert.equal(execution.status, 'success');
					const [{ json }] = execution.items(FOLLOWER);
					assert.deepEqual(Object.keys(json), EVENT_FIELDS);
					assert.deepEqual(
						[json.id, json.chatId, json.direction, json.text, json.event, json.accountId],
						[
							message.id,
							pair.shortChat,
							'incoming',
							'Are you there?',
							pair.events.received,
							pair.account,
						],
					);
					assert.equal(json.fanId, json.senderId);
					assert.ok(
						!execution.contains(await signingSecret(stand, pair, workflow)) &&
							!execution.contains(pair.apiKey),
					);

					assert.deepEqual(await stand.client.listen(workflow, TRIGGER), {
						waitingForWebhook: true,
					});
					const urls = (await listed(pair))
						.map(({ url }) => url)
						.filter((url) => url !== foreign.endpoint_url);
					assert.deepEqual(urls, [
						productionUrl(stand.n8n, workflow),
						testUrl(stand.n8n, workflow),
					]);
					assert.deepEqual((await fanWrites(pair, 'In both')).statuses, [200, 200]);
					assert.deepEqual(modesOf(await stand.database.executions(workflow)), [
						'manual success',
						'webhook success',
						'webhook success',
					]);
					await assertGone(pair, testUrl(stand.n8n, workflow));

					assert.deepEqual((await fanWrites(pair, 'After the test')).statuses, [200]);
					assert.equal((await stand.database.executions(workflow)).length, 4);
				});
				assert.deepEqual(await listed(pair), found);
			});

			test('follows its fields when the workflow is published anew, and comes back when deleted at the provider', async () => {
				const workflow = webhookWorkflow(pair, 'changes');
				await whileActive(workflow, async () => {
					const { parameters } = workflow.nodes[0];
					Object.assign(parameters, {
						events: [pair.events.received, pair.events.sent],
						accountScope: 'exclusive',
						accounts: ['acct_other'],
					});
					const saved = await stand.activate(workflow);
					const [webhook, ...others] = await listed(pair);
					assert.deepEqual(others, []);
					assert.deepEqual(
						[webhook.events, webhook.account_scope, webhook.account_ids],
						[parameters.events, 'exclusive', ['acct_other']],
					);

					await stand.simulator.api(pair, 'DELETE', `/api/webhooks/${webhook.id}`);
					await stand.client.deactivate(saved);
					await stand.client.activate(saved);
					assert.equal((await listed(pair)).length, 1);
					assert.deepEqual((await fanWrites(pair, 'Back again')).statuses, [200]);
					assert.equal((await stand.database.executions(saved)).length, 1);
				});
				assert.deepEqual(await listed(pair), []);
			});
		});

	describe('Fansly (ApiFansly) Trigger', () => {
		const withSecret = async (webhookSecret) => {
			const data = { ...credentialData(API_FANSLY, stand.simulator), webhookSecret };
			await stand.client.saveCredential({ ...stand.credentials.apiFanslyApi, data });
		};

		test('starts the workflow in production and in a test, signed in the header that was chosen', async () => {
			const workflow = webhookWorkflow(API_FANSLY, 'by hand', {
				signatureHeader: 'x-fansly-signature',
			});
			await whileActive(workflow, async (saved) => {
				await connect(API_FANSLY, saved, { signatureHeader: 'X-Fansly-Signature' });
				const { message, statuses } = await fanWrites(API_FANSLY, 'Are you there?');
				assert.deepEqual(statuses, [200]);
				const [execution] = await stand.database.executions(saved);
				const [{ json }] = execution.items(FOLLOWER);
				assert.deepEqual(Object.keys(json), EVENT_FIELDS);
				assert.deepEqual(
					[json.id, json.chatId, json.accountId],
					[message.id, API_FANSLY.shortChat, API_FANSLY.account],
				);

				await stand.simulator.addConsoleWebhook({
					url: testUrl(stand.n8n, saved),
					events: [API_FANSLY.events.received],
					secret: WEBHOOK_SECRET,
					signatureHeader: 'X-Fansly-Signature',
				});
				await stand.client.listen(saved, TRIGGER);
				assert.deepEqual((await fanWrites(API_FANSLY, 'In both')).statuses, [200, 200]);
				assert.deepEqual(modesOf(await stand.database.executions(saved)), [
					'manual success',
					'webhook success',
					'webhook success',
				]);
			});
		});

		test('answers 401 and starts nothing when the secrets differ', async () => {
			await stand.simulator.setDelivery({ attempts: 1 });
			await whileActive(webhookWorkflow(API_FANSLY, 'wrong secret'), async (workflow) => {
				await connect(API_FANSLY, workflow, { secret: 'another-secret' });
				assert.deepEqual((await fanWrites(API_FANSLY, 'Forged?')).statuses, [401]);
				assert.deepEqual(await stand.database.executions(workflow), []);
			});
		});

		test('takes unsigned events when the credential has no secret', async () => {
			await withSecret('');
			try {
				await whileActive(webhookWorkflow(API_FANSLY, 'unsigned'), async (workflow) => {
					await connect(API_FANSLY, workflow, { secret: '' });
					assert.deepEqual((await fanWrites(API_FANSLY, 'Unsigned')).statuses, [200]);
					assert.equal((await stand.database.executions(workflow)).length, 1);
				});
			} finally {
				await withSecret(WEBHOOK_SECRET);
			}
		});
	});

	for (const pair of PAIRS)
		describe(`deliveries to ${pair.displayName} Trigger`, () => {
			test('what is forged, stale, unwanted or repeated starts nothing', async () => {
				const chosen = [pair.events.received, pair.events.sent];
				await whileActive(webhookWorkflow(pair, 'refusals', { events: chosen }), async (first) => {
					const oldSecret = await signingSecret(stand, pair, first);
					await stand.client.deactivate(first);
					await stand.client.activate(first);
					const secret = await signingSecret(stand, pair, first);
					const url = productionUrl(stand.n8n, first);
					const genuine = messageBody(pair, 700_001);
					const send = async (body, headers) => (await deliver(url, body, headers)).status;
					const signed = async (body, headers) =>
						send(body, { signature: signature(secret, body), ...headers });
					const changed = (fields) => JSON.stringify({ ...JSON.parse(genuine), ...fields });

					assert.equal(await send(genuine), 401);
					assert.equal(await send(genuine, { signature: signature('forged', genuine) }), 401);
					assert.equal(await send(genuine, { signature: '' }), 401);
					assert.equal(
						await send(genuine, { signature: signature(secret, messageBody(pair, 700_002)) }),
						401,
					);
					if (pair.provider === 'ofapi') {
						assert.notEqual(oldSecret, secret);
						assert.equal(await send(genuine, { signature: signature(oldSecret, genuine) }), 401);
					} else {
						assert.equal(
							await signed(
								changed({
									timestamp: new Date(Date.now() - 2 * 24 * 60 * 60 * 1000).toISOString(),
								}),
							),
							401,
						);
					}
					assert.equal(
						await signed(
							changed({
								event: pair.events.received.replace('messages.received', 'tips.received'),
							}),
						),
						200,
					);
					assert.equal(await signed(changed({ event: pair.events.sent })), 200);
					assert.deepEqual(await stand.database.executions(first), []);

					assert.equal(await signed(genuine), 200);
					assert.equal(await signed(genuine), 200);
					assert.equal(await signed(`${genuine}\n`), 200);
					assert.equal((await stand.database.executions(first)).length, 1);
				});
			});

			test('filters leave out what does not fit', async () => {
				const filters = {
					chatIds: pair.shortChat,
					textContains: 'custom',
					...(pair.provider === 'apiFansly' && { accountIds: pair.account }),
				};
				await whileActive(webhookWorkflow(pair, 'filters', { filters }), async (workflow) => {
					await connect(pair, workflow);
					await fanWrites(pair, 'Nothing of interest');
					await stand.simulator.fanWrites(pair, pair.longChat, {
						text: 'A CUSTOM video in another chat',
					});
					assert.deepEqual(
						(await fanWrites(pair, 'Do you make CUSTOM videos?')).statuses.at(-1),
						200,
					);
					const executions = await stand.database.executions(workflow);
					assert.deepEqual(
						executions.map((execution) => execution.items(FOLLOWER)[0].json.text),
						['Do you make CUSTOM videos?'],
					);
				});
			});

			test('an auto-reply answers the fan once, and never itself', async () => {
				const events = [pair.events.received, pair.events.sent];
				await whileActive(
					webhookWorkflow(pair, 'reply', { events }, sendReply(pair, 'Yes, I am here.')),
					async (workflow) => {
						await connect(pair, workflow, { events });
						const before = await stand.simulator.messages(pair, pair.shortChat);
						await fanWrites(pair, 'Are you there?');
						const executions = await stand.database.executions(workflow);
						const deliveries = await stand.simulator.deliveries();
						assert.deepEqual(
							deliveries.map(({ event }) => event),
							events,
						);
						assert.deepEqual(
							deliveries.map(({ statusCode }) => statusCode),
							[200, 200],
						);
						assert.equal((await stand.database.executions(workflow)).length, 1);

						const added = (await stand.simulator.messages(pair, pair.shortChat)).slice(
							before.length,
						);
						assert.deepEqual(
							added.map(({ direction, text }) => `${direction}: ${text}`),
							['incoming: Are you there?', 'outgoing: Yes, I am here.'],
						);
						assert.deepEqual(
							executions.map((execution) => execution.items(FOLLOWER)[0].json.id),
							[added[1].id],
						);
					},
				);
			});
		});
});
