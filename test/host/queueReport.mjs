import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';

const PAGE = join(ROOT, 'docs', 'scaling.md');
const FAULTS = '<!-- faults: written by test/host/queue.test.mjs -->';
const SCALING = '<!-- scaling: written by test/host/scaling.mjs -->';
const END = '<!-- end of figures -->';

/** The fates of the messages, fault by fault and pair by pair, as a table in Markdown. */
function faultTable(rows) {
	const cells = ({ fault, pair, asked, sent, twice, reported, unnamed, unreported }) => [
		fault,
		pair.displayName,
		asked,
		sent,
		twice,
		unnamed === 0 ? reported : `${reported} (${unnamed})`,
		unreported,
	];
	const head = ['Fault', 'Pair', 'Asked', 'Sent', 'Twice', 'Not sent, reported', 'Not reported'];
	return markdownTable(head, 2, rows.map(cells));
}

/** A table in Markdown, of which the first columns hold words and the others figures. */
export function markdownTable(head, words, rows) {
	const rule = head.map((_unused, index) => (index < words ? '---' : '---:'));
	return [head, rule, ...rows].map((line) => `| ${line.join(' | ')} |`).join('\n');
}

/** Shows a table, and writes it into docs/scaling.md behind its mark where that is asked for. */
function keepTable(table, mark) {
	console.log(table);
	if (process.env.REGENERATE_DOCS === undefined) return;
	const [before, rest] = readFileSync(PAGE, 'utf8').split(mark);
	const after = rest.slice(rest.indexOf(END));
	writeFileSync(PAGE, `${before}${mark}\n\n${table}\n\n${after}`);
}

/** On Fansly, where the provider makes two messages of two requests: the time in which they meet. */
function windowText(rows) {
	const texts = rows
		.filter(({ pair, windows }) => windows !== undefined && pair.name !== 'ofapiOnlyFans')
		.map(({ pair, windows }) => {
			const median = windows[Math.floor(windows.length / 2)];
			return `${pair.displayName} ${median} ms, the longest ${windows.at(-1)} ms`;
		});
	return `From the read that finds no answer to the request that sends one, the median: ${texts.join('; ')}.`;
}

export const keepFaults = (rows) => keepTable(`${faultTable(rows)}\n\n${windowText(rows)}`, FAULTS);

export const keepScaling = (table) => keepTable(table, SCALING);
