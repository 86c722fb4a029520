import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';

const PAGE = join(ROOT, 'docs', 'scaling.md');
const BEGIN = '<!-- figures of queue mode: written by test/host/queue.test.mjs -->';
const END = '<!-- end of figures -->';

/** The fates of the messages, fault by fault and pair by pair, as a table in Markdown. */
export function faultTable(rows) {
	const cells = ({ fault, pair, asked, sent, twice, reported, unnamed, unreported }) => [
		fault,
		pair.displayName,
		asked,
		sent,
		twice,
		unnamed === 0 ? reported : `${reported} (${unnamed})`,
		unreported,
	];
	const lines = [
		['Fault', 'Pair', 'Asked', 'Sent', 'Twice', 'Not sent, reported', 'Lost and not reported'],
		['---', '---', '---:', '---:', '---:', '---:', '---:'],
		...rows.map(cells),
	];
	return lines.map((line) => `| ${line.join(' | ')} |`).join('\n');
}

/** Writes the table into docs/scaling.md, in the place of the one of an earlier run. */
export function writeFaultTable(rows) {
	const [before, rest] = readFileSync(PAGE, 'utf8').split(BEGIN);
	const [, after] = rest.split(END);
	writeFileSync(PAGE, `${before}${BEGIN}\n\n${faultTable(rows)}\n\n${END}${after}`);
}
