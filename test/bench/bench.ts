import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import '../engine/support/setup';
import { isRecord, textOf } from '../../nodes/shared/model/values';
import { svgOf } from './chart';
import { loadBareLoopToo } from './bareLoop';
import { areInstalled, loadBaseNodesToo } from './baseNodes';
import { measureAll, median } from './measure';
import type { Run } from './measure';
import { mismatchOf, rowOf, tableOf } from './report';
import type { Row } from './report';
import { startTarget } from './target';

/** `npm run bench [-- --rounds 9]`: what a list of many messages costs beside other ways to get it. */

const LOAD = { account: 'acct_LunaStar0001', messages: 20_000 };
const root = resolve(__dirname, '../..');

function versionOf(name: string): string {
	const file: unknown = JSON.parse(
		readFileSync(resolve(root, 'node_modules', name, 'package.json'), 'utf8'),
	);
	return (isRecord(file) && textOf(file.version)) || 'unknown';
}

function versions(): string {
	return `Node.js ${process.versions.node}, n8n-core ${versionOf('n8n-core')}, axios ${versionOf('axios')}`;
}

/** How many rounds were asked for. */
function roundsAskedFor(): number {
	const { values } = parseArgs({ options: { rounds: { type: 'string', default: '9' } } });
	const rounds = Number(values.rounds);
	if (!Number.isInteger(rounds) || rounds < 1) {
		throw new Error(`--rounds must be a whole number from 1, not "${values.rounds}"`);
	}
	return rounds;
}

function writeChart(rows: Row[], count: string): void {
	const svg = svgOf({
		title: `Time to list ${count} messages`,
		subtitle:
			'In proportion to a plain axios loop with keep-alive; 100 messages a request, shorter is faster',
		footer: versions(),
		rows,
		own: rows.map(({ name }) => name).filter((name) => name.startsWith('This node')),
	});
	writeFileSync(resolve(root, 'docs/benchmark.svg'), svg);
}

async function main(): Promise<void> {
	const rounds = roundsAskedFor();
	if (areInstalled) loadBaseNodesToo();
	loadBareLoopToo();
	// Imports the harness, which loads the nodes at once.
	const { clientsOf } = await import('./clients');
	const target = await startTarget(LOAD);
	console.log(`Measuring for about ${3 * rounds} seconds …\n`);
	try {
		const clients = clientsOf(target, LOAD.account, areInstalled);
		const runs = await measureAll(clients, target, rounds);
		report(
			clients.map(({ name }) => name),
			runs,
			rounds,
		);
		const { measureSending } = await import('./sending');
		console.log(`\n${await measureSending()}`);
		const { countEvaluations } = await import('./evaluations');
		console.log(`\n${await countEvaluations()}`);
		const { measureExport } = await import('./exporting');
		console.log(`\n${await measureExport('csv')}`);
	} finally {
		target.stop();
	}
}

function report(names: string[], runs: Run[][], rounds: number): void {
	const count = LOAD.messages.toLocaleString('en-US');
	const baseline = runs[0] ?? [];
	const rows = names.map((name, index) => rowOf(name, runs[index] ?? [], baseline));
	console.log(
		`${count} messages, 100 a request, from the simulator in a process of its own; medians of ${rounds} rounds\n`,
	);
	console.log(tableOf(rows));
	if (!areInstalled) {
		console.log("\nn8n's own HTTP Request node: not installed; run npm start or npm test once");
	}
	console.log(`\n${versions()}`);
	console.log(
		'Peak MB: the most by which heapUsed + external grew during the run, sampled every 5 ms after a full GC.',
	);
	const serving = median(baseline.map(({ serverMilliseconds }) => serverMilliseconds));
	console.log(`The simulator was busy for ${serving.toFixed(0)} ms of the axios run.`);

	const mismatches = names.flatMap(
		(name, index) => mismatchOf(name, runs[index] ?? [], LOAD.messages) ?? [],
	);
	for (const mismatch of mismatches) console.error(mismatch);
	if (mismatches.length > 0) process.exitCode = 1;
	// Half a chart would replace a whole one.
	else if (areInstalled) writeChart(rows, count);
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
