import { median } from './measure';
import type { Run } from './measure';

/** What the rounds come to for one client. */
export interface Row {
	name: string;
	requests: number;
	milliseconds: number;
	/** Time in proportion to the first client's in the same round. */
	ratio: number;
	peakMegabytes: number;
}

/** Medians over the rounds. The ratio is taken round by round first: what else the machine does then weighs on both sides. */
export function rowOf(name: string, runs: Run[], baseline: Run[]): Row {
	const medianOf = (read: (run: Run, round: number) => number) => median(runs.map(read));
	return {
		name,
		requests: medianOf((run) => run.requests),
		milliseconds: medianOf((run) => run.milliseconds),
		ratio: medianOf((run, round) => run.milliseconds / (baseline[round]?.milliseconds ?? NaN)),
		peakMegabytes: medianOf((run) => run.peakBytes / 1e6),
	};
}

/** The rows under their headings, as plain text. */
export function tableOf(rows: Row[]): string {
	const cells = [
		['', 'requests', 'ms', 'x axios', 'peak MB'],
		...rows.map(({ name, requests, milliseconds, ratio, peakMegabytes }) => [
			name,
			requests.toFixed(0),
			milliseconds.toFixed(0),
			ratio.toFixed(2),
			peakMegabytes.toFixed(0),
		]),
	];
	const widths = [0, 1, 2, 3, 4].map((column) =>
		Math.max(...cells.map((row) => row[column]?.length ?? 0)),
	);
	return cells
		.map(([name = '', ...numbers]) => [
			name.padEnd(widths[0] ?? 0),
			...numbers.map((text, index) => text.padStart(widths[index + 1] ?? 0)),
		])
		.map((row) => row.join('   ').trimEnd())
		.join('\n');
}

/** What is wrong with what the client got; undefined when every run gave each message once. */
export function mismatchOf(name: string, runs: Run[], expected: number): string | undefined {
	const wrong = runs.find(
		({ messages, distinct }) => messages !== expected || distinct !== expected,
	);
	return (
		wrong &&
		`${name} gave ${wrong.messages} messages, ${wrong.distinct} of them different, instead of ${expected}`
	);
}
