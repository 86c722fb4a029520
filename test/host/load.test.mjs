import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, beforeEach, describe, test } from 'node:test';
import { burst } from './burst.mjs';
import { deliverAll, deliverSigned, messageBody, signature, signingSecret } from './deliveries.mjs';
import { malformedDeliveries, refusedByN8n } from './fuzz.mjs';
import { PAIRS } from './pairs.mjs';
import { Stand } from './stand.mjs';
import { FOLLOWER, productionUrl, webhookWorkflow } from './workflows.mjs';

const MALFORMED = 2000;
const BURST = 1000;
const CONNECTIONS = 20;

/** What the node or, for a body that is no JSON, n8n answers; 200 is for an event that nobody chose. */
const ANSWERS = [200, 400, 401, 422];

/** Without n8n's sandbox for expressions, of which these workflows have none: it costs most of the time of a delivery. */
const FAST = { N8N_EXPRESSION_ENGINE: 'legacy' };

describe('many deliveries to triggers in a real n8n', () => {
	let stand;

	before(async () => {
		stand = await Stand.open(FAST);
	});

	after(() => stand.close());

	beforeEach(() => stand.simulator.reset());

	test(`${BURST} deliveries in a burst, a tenth repeated and a tenth forged: the genuine ones run once`, async () => {
		const { deliveries, forged, refused, accepted, wanted, executions, executedOnce } = await burst(
			stand,
			BURST,
		);
		assert.equal(refused, forged);
		assert.equal(accepted, deliveries - forged);
		assert.equal(executions, wanted);
		assert.ok(executedOnce);
	});

	for (const pair of PAIRS)
		test(`${pair.displayName}: a message that arrives four times at the same time starts one execution`, async () => {
			const workflow = await stand.activate(webhookWorkflow(pair, 'twins'));
			const secret = await signingSecret(stand, pair, workflow);
			const url = productionUrl(stand.n8n, workflow);
			const bodies = Array.from({ length: 100 }, (_unused, index) =>
				messageBody(pair, 710_000 + (index >> 2)),
			);
			const answers = await deliverAll(
				bodies.map((body) => ({ url, body, headers: { signature: signature(secret, body) } })),
				CONNECTIONS,
			);
			assert.deepEqual(
				answers.filter(({ status }) => status !== 200),
				[],
			);
			const ids = (await stand.database.executions(workflow)).map(
				(execution) => execution.items(FOLLOWER)[0].json.id,
			);
			assert.equal(ids.length, 25);
			assert.equal(new Set(ids).size, 25);
			await stand.client.deactivate(workflow);
		});

	for (const pair of PAIRS)
		test(`${pair.displayName}: ${MALFORMED} malformed bodies start nothing, break nothing and bring no secret to light`, async () => {
			const workflow = await stand.activate(webhookWorkflow(pair, 'fuzz'));
			const secret = await signingSecret(stand, pair, workflow);
			const url = productionUrl(stand.n8n, workflow);
			const answers = await deliverAll(
				malformedDeliveries(pair, url, secret, MALFORMED),
				CONNECTIONS,
			);
			assert.deepEqual(
				[...new Set(answers.map(({ status }) => status))].filter(
					(status) => !ANSWERS.includes(status),
				),
				[],
			);
			const refused = refusedByN8n(pair, url);
			const refusals = await deliverAll(refused, CONNECTIONS);
			assert.deepEqual(
				refusals.map(({ status }) => status),
				refused.map(({ status }) => status),
			);
			assert.deepEqual(await stand.database.executions(workflow), []);

			const shown =
				[...answers, ...refusals].map(({ text }) => text).join('\n') +
				readFileSync(stand.n8n.logFile, 'utf8');
			for (const hidden of [secret, pair.apiKey]) assert.ok(!shown.includes(hidden));
			assert.equal((await deliverSigned(url, messageBody(pair, 999_998), secret)).status, 200);
			assert.equal((await stand.database.executions(workflow)).length, 1);
			await stand.client.deactivate(workflow);
		});
});
