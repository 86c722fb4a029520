import { isDeepStrictEqual } from 'node:util';
import {
	check,
	costCheck,
	endCheck,
	ONLYFANS,
	onPair,
	readExample,
	saveExample,
	withParameters,
	withTable,
} from './exampleRuns.mjs';
import { PAIRS } from './pairs.mjs';
import { locator } from './workflows.mjs';

/** The examples for a CRM and a spreadsheet, with n8n's data tables as the store. */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const timeFrom = (milliseconds) => new Date(Date.now() + milliseconds).toISOString();

/** A fan of the simulator's, by the ID on OnlyFans. */
const fanOf = (id, name = `Fan ${id}`) => ({ id, name, username: `fan${id}` });

/** Runs the stored workflow by hand; gives how it ended, and the requests that it made. */
async function runOnce({ client, simulator }, saved) {
	await simulator.forgetRequests();
	const execution = await client.runWorkflow(saved);
	return { execution, requests: await simulator.requests() };
}

/** What stands in the row's columns, without those that n8n adds. */
const pick = (row, columns) => Object.fromEntries(columns.map((column) => [column, row[column]]));

/** Whether the table's rows are these, in whatever order, as far as the columns of the first go. */
async function rowsCheck({ client }, table, key, wanted) {
	const { rows, count } = await client.rows(table);
	const columns = Object.keys(wanted[0]);
	const sorted = (all) => all.toSorted((one, other) => one[key].localeCompare(other[key]));
	const found = sorted(rows.map((row) => pick(row, columns)));
	const isRight = count === wanted.length && isDeepStrictEqual(found, sorted(wanted));
	return check(isRight, `${count} rows in the table${isRight ? '' : `: ${JSON.stringify(found)}`}`);
}

/** Runs the fan table: all fans, and once more when one has spent more and one is new. */
async function fanTable(host) {
	const { simulator } = host;
	const { table, workflow } = await withTable(host, readExample('fan-table'));
	const saved = await saveExample(host, workflow);
	const fans = Array.from({ length: 22 }, (_, index) => ({
		...fanOf(String(510_001 + index)),
		totalSpent: index,
		expiresAt: '2026-12-01T10:00:00.000Z',
	}));
	const [, , third, ...others] = fans;
	// All whom the simulator may have as fans already.
	const known = [
		{ ...fanOf(ONLYFANS.shortChat, 'Tom Baker'), totalSpent: 120, status: 'active' },
		{ ...fanOf(ONLYFANS.longChat, 'Sam Reed'), totalSpent: 99.5, status: 'active' },
		{ ...fanOf(ONLYFANS.emptyChat, 'Alex Novak'), totalSpent: 0, status: 'expired' },
		{ ...fanOf('500104', 'Kim'), totalSpent: 0, status: 'expired' },
	];
	const row = ({ id, name, totalSpent, status = 'active', note = null }) => ({
		fanId: id,
		accountId: ONLYFANS.account,
		name,
		totalSpent,
		status,
		note,
	});
	await simulator.putFans(ONLYFANS, [...known, fans[0], third, ...others]);
	const first = await runOnce(host, saved);
	const afterFirst = await rowsCheck(host, table, 'fanId', [
		...[...known, fans[0], third, ...others].map(row),
	]);

	await simulator.putFans(ONLYFANS, [{ ...fans[0], totalSpent: 50.5 }, fans[1]]);
	const note = 'Likes the sea';
	await simulator.api(ONLYFANS, 'PUT', `/api/${ONLYFANS.account}/fans/${third.id}/notes`, {
		notes: note,
	});
	const second = await runOnce(host, saved);
	return {
		name: workflow.name,
		checks: [
			endCheck(first.execution),
			afterFirst,
			costCheck(first.requests, 2),
			endCheck(second.execution),
			await rowsCheck(host, table, 'fanId', [
				...known.map(row),
				row({ ...fans[0], totalSpent: 50.5 }),
				row(fans[1]),
				row({ ...third, note }),
				...others.map(row),
			]),
			costCheck(second.requests, 2),
		],
	};
}

/** Runs the revenue sheet on a pair: three times, with new transactions in between. */
async function revenueSheet(host, pair) {
	const { simulator } = host;
	const example = onPair(readExample('revenue-sheet'), pair);
	const { table, workflow } = await withTable(host, example);
	const account = locator(pair.account);
	const saved = await saveExample(host, withParameters(workflow, pair.nodeType, { account }));
	const tipFrom = (index) => ({
		// A Fansly ID is longer than a number can hold.
		id: `70000000000000000${index}`,
		fan: fanOf(pair.shortChat, 'Tom Baker'),
		amount: 10 * index,
		createdAt: timeFrom(index * HOUR - 2 * DAY),
		status: 'loading',
	});
	const row = ({ id, amount, status }) => ({
		transactionId: id,
		amount,
		fee: amount / 5,
		net: amount * 0.8,
		...(pair === ONLYFANS && { fanId: ONLYFANS.shortChat, status }),
	});
	const stored = [];
	const checks = [];
	for (const tips of [[1, 2, 3], [4], []]) {
		// What is on its way gets through until the next run.
		for (const tip of stored) await simulator.putTip(pair, Object.assign(tip, { status: 'done' }));
		for (const tip of tips.map(tipFrom)) {
			await simulator.putTip(pair, tip);
			stored.push(tip);
		}
		const { execution, requests } = await runOnce(host, saved);
		checks.push(
			endCheck(execution),
			await rowsCheck(host, table, 'transactionId', stored.map(row)),
			costCheck(requests, 1),
		);
	}
	return { name: workflow.name, checks };
}

/** Runs the label by spend: of three fans, two have spent enough; one of them has a name already. */
async function labelBySpend(host) {
	const { simulator } = host;
	const workflow = readExample('label-by-spend');
	const saved = await saveExample(host, workflow);
	const settings = workflow.nodes.find(({ name }) => name === 'Settings').parameters;
	const list = settings.assignments.assignments.find(({ name }) => name === 'listId').value;
	const spend = { 520001: 250, 520002: 100, 520003: 99 };
	const ids = Object.keys(spend);
	await simulator.putFans(ONLYFANS, [
		// The others would have spent enough too.
		...[ONLYFANS.shortChat, ONLYFANS.longChat].map((id) => ({ id, totalSpent: 20 })),
		...ids.map((id) => ({ ...fanOf(id), totalSpent: spend[id] })),
	]);
	const api = (method, path, body) =>
		simulator.api(ONLYFANS, method, `/api/${ONLYFANS.account}${path}`, body);
	await api('PUT', '/fans/520002/custom-name', { custom_name: 'Kim from Kiel' });

	const first = await runOnce(host, saved);
	const second = await runOnce(host, saved);
	const { data: fans } = await api('GET', `/users/list?ids=${ids.join()}`);
	const names = ids.map((id) => fans[id].displayName);
	const { data: listed } = await api('GET', `/user-lists/${list}/users?limit=100`);
	const members = listed.list.map(({ id }) => String(id)).sort();
	const writing = second.requests.filter(({ method }) => method !== 'GET');
	return {
		name: workflow.name,
		checks: [
			endCheck(first.execution),
			// One page of fans, two names, and one request for the list.
			costCheck(first.requests, 4),
			check(
				isDeepStrictEqual(names, ['🐳 Fan 520001', '🐳 Kim from Kiel', '']),
				`names that the creator sees: ${JSON.stringify(names)}`,
			),
			check(
				isDeepStrictEqual(members, ids.slice(0, 2)),
				`fans on the list: ${JSON.stringify(members)}`,
			),
			endCheck(second.execution),
			check(
				writing.length === 0,
				`requests of the second run that change something: ${writing.length}`,
			),
			costCheck(second.requests, 1),
		],
	};
}

/** Runs the win-back: of three subscribers, one leaves in two days, and later once more. */
async function winBack(host) {
	const { simulator } = host;
	const { table, workflow } = await withTable(host, readExample('win-back'));
	const saved = await saveExample(host, workflow);
	const [leaving, later, renewing] = [ONLYFANS.shortChat, ONLYFANS.longChat, ONLYFANS.emptyChat];
	const ends = (id, days, isSetToExpire = true) => ({
		id,
		status: 'active',
		expiresAt: timeFrom(days * DAY),
		isSetToExpire,
	});
	const leavers = [ends(leaving, 2), ends(leaving, 2.5)];
	await simulator.putFans(ONLYFANS, [leavers[0], ends(later, 10), ends(renewing, 2, false)]);
	const before = await simulator.messages(ONLYFANS, leaving);
	const runs = [await runOnce(host, saved), await runOnce(host, saved)];
	// The fan came back, and is about to leave again.
	await simulator.putFans(ONLYFANS, [leavers[1]]);
	runs.push(await runOnce(host, saved));

	const messages = (await simulator.messages(ONLYFANS, leaving)).slice(before.length);
	const sent = runs.map(({ requests }) =>
		requests.filter(({ method }) => method === 'POST').map(({ path }) => path),
	);
	const path = `/api/${ONLYFANS.account}/chats/${leaving}/messages`;
	return {
		name: workflow.name,
		conversation: messages,
		checks: [
			...runs.map(({ execution }) => endCheck(execution)),
			check(
				isDeepStrictEqual(sent, [[path], [], [path]]),
				`messages sent in each run: ${sent.map(({ length }) => length).join(', ')}`,
			),
			check(
				messages.every(({ text }) => text.startsWith('Hey Tom Baker! Your subscription ends on ')),
				'with the name and the day',
			),
			await rowsCheck(
				host,
				table,
				'expiresAt',
				leavers.map(({ expiresAt }) => ({
					fanId: leaving,
					accountId: ONLYFANS.account,
					name: 'Tom Baker',
					expiresAt: `${expiresAt.slice(0, 19)}.000Z`,
				})),
			),
			...runs.map(({ requests }, index) => costCheck(requests, sent[index].length + 1)),
		],
	};
}

/** Runs the examples one after the other. */
export async function runTableExamples(host) {
	const results = [await winBack(host), await fanTable(host)];
	for (const pair of PAIRS) results.push(await revenueSheet(host, pair));
	return [...results, await labelBySpend(host)];
}
