import { performance } from 'node:perf_hooks';
import { ONLYFANS, readExample, withTable } from '../host/exampleRuns.mjs';
import { endWith } from '../host/command.mjs';
import { installHost, installRoot } from '../host/install.mjs';
import { canMeasure, forgetPeak, MEGABYTE, memory } from '../host/largeFiles.mjs';
import { useBuild } from '../host/lock.mjs';
import { build } from '../host/package.mjs';
import { Stand } from '../host/stand.mjs';
import { step } from '../host/steps.mjs';
import { chainOf, plainWebhook } from '../host/workflows.mjs';

/**
 * A sync of 10,000 fans into one of n8n's data tables, in a real n8n: with the example's nodes, and
 * with n8n's own HTTP Request node in the place of List. Once each, a restart between them: the memory of
 * one is not to count for the next, and what is compared is far apart.
 */

const FANS = 10_000;
const PAGE = 20;
const FEWEST = FANS / PAGE;

/** Those that the simulator's account begins with. */
const KNOWN_FANS = 3;

/** Rows as fast as a data table takes them. */
const ALL_AT_ONCE = { operation: 'insert', options: { optimizeBulk: true } };

/** The pages by their next links, and the fans on them. */
function httpRequest(stand) {
	const pagination = {
		paginationMode: 'responseContainsNextURL',
		nextURL: '={{ $response.body._pagination.next_page }}',
		paginationCompleteWhen: 'other',
		completeExpression: '={{ !$response.body._pagination.next_page }}',
	};
	return [
		{
			name: 'HTTP Request',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			credentials: { [ONLYFANS.credentialType]: stand.credentials[ONLYFANS.credentialType] },
			parameters: {
				url: `${stand.simulator.urls.ofapi}/api/${ONLYFANS.account}/fans/all?limit=${PAGE}`,
				authentication: 'predefinedCredentialType',
				nodeCredentialType: ONLYFANS.credentialType,
				options: { pagination: { pagination } },
			},
		},
		{
			name: 'Split Out',
			type: 'n8n-nodes-base.splitOut',
			parameters: { fieldToSplitOut: 'data.list', options: {} },
		},
	];
}

/** Where the row's columns stand in what the provider sends. */
const COLUMNS = {
	fanId: '$json.id',
	accountId: `'${ONLYFANS.account}'`,
	name: '$json.displayName || $json.name',
	username: '$json.username',
	status: "$json.subscribedOn ? 'active' : $json.subscribedOnExpiredNow ? 'expired' : null",
	totalSpent: '$json.subscribedOnData.totalSumm',
	subscribedAt: '$json.subscribedOnData.subscribeAt',
	expiresAt: '$json.subscribedOnData.expiredAt',
	note: '$json.notice || null',
};

/** The same rows as the example makes of the common fans. */
function rowOfRaw({ parameters, ...node }) {
	const assignments = Object.entries(COLUMNS).map(([name, value]) => ({
		id: name,
		name,
		value: `={{ ${value} }}`,
		type: name === 'totalSpent' ? 'number' : 'string',
	}));
	return {
		...node,
		parameters: { mode: 'manual', assignments: { assignments }, options: parameters.options },
	};
}

/** What is measured: the nodes behind the trigger, and whether the data table is empty before. */
function clientsOf(stand, { nodes }) {
	const [list, row, save] = ['List fans', 'Make the row', 'Save the row'].map((wanted) =>
		nodes.find(({ name }) => name === wanted),
	);
	const insert = { ...save, parameters: { ...save.parameters, ...ALL_AT_ONCE } };
	return [
		{
			name: 'HTTP Request › Insert',
			nodes: [...httpRequest(stand), rowOfRaw(row), insert],
			isEmptied: true,
		},
		{ name: 'List › Insert', nodes: [list, row, insert], isEmptied: true },
		// The example as it is, on a table that has the rows already: n8n writes them one by one.
		{ name: 'List › Upsert', nodes: [list, row, save], isEmptied: false },
	];
}

/** One sync in an n8n that has just started; gives what it came to, memory in bytes. */
async function sync(stand, table, workflow) {
	const { name } = workflow;
	await stand.restart();
	await stand.simulator.forgetRequests();
	const { pid, url } = stand.n8n;
	const before = canMeasure ? memory(pid, 'VmRSS') : NaN;
	if (canMeasure) forgetPeak(pid);
	const startedAt = performance.now();
	const { path } = workflow.nodes[0].parameters;
	const answer = await fetch(`${url}/webhook/${path}`, { method: 'POST' });
	if (!answer.ok) throw new Error(`n8n answered ${answer.status} to the webhook of "${name}"`);
	await stand.database.untilFinished(workflow);
	const seconds = (performance.now() - startedAt) / 1000;
	const peak = canMeasure ? memory(pid, 'VmHWM') : NaN;

	const requests = (await stand.simulator.requests()).length;
	const [{ status }] = (await stand.database.executionStates(workflow)).slice(-1);
	const { count } = await stand.client.rows(table);
	if (status !== 'success' || count !== FANS || requests !== FEWEST)
		throw new Error(`"${name}": ${status}, ${count} rows, ${requests} requests`);
	return { name, requests, seconds, peak, growth: peak - before };
}

function print(syncs) {
	const megabytes = (bytes) => (bytes / MEGABYTE).toFixed(0);
	console.log(
		`\n${FANS.toLocaleString('en-US')} fans into a data table, ${PAGE} a request (so ${FEWEST} requests at least), each time in an n8n that has just started:`,
	);
	for (const { name, requests, seconds, peak, growth } of syncs) {
		const cells = [
			name.padEnd(22),
			`${requests} requests`,
			`${seconds.toFixed(1).padStart(6)} s (${(seconds / syncs[0].seconds).toFixed(2)} x)`,
			`peak memory ${megabytes(peak)} MB, ${megabytes(growth)} MB of it for the sync`,
		];
		console.log(`  ${cells.join('   ')}`);
	}
}

async function main() {
	await installRoot();
	await installHost();
	await step('Build the package', () => build(useBuild));
	const stand = await Stand.open();
	try {
		const fans = Array.from({ length: FANS }, (_, index) => {
			const id = String(600_001 + index);
			return { id, name: `Fan ${index}`, username: `fan${index}`, totalSpent: index % 300 };
		});
		await stand.simulator.putFans(ONLYFANS, fans.slice(KNOWN_FANS));
		const { table, workflow } = await withTable(stand, readExample('fan-table'));
		const syncs = [];
		for (const { name, nodes, isEmptied } of clientsOf(stand, workflow)) {
			const trigger = { name: 'Webhook', ...plainWebhook() };
			const active = await stand.activate(chainOf(name, [trigger, ...nodes]));
			if (isEmptied) await stand.client.deleteRows(table, 'accountId', ONLYFANS.account);
			syncs.push(await sync(stand, table, active));
			await stand.client.deactivate(active);
		}
		print(syncs);
		return 0;
	} finally {
		await stand.close();
	}
}

await endWith(main);
