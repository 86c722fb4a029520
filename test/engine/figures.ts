import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { PairName } from '../simulator';

/** What became of the messages of one run, counted against what the simulator stored. */
export interface Figures {
	/** Reported as sent, and stored once under the reported ID. */
	sent: number;
	/** Of these, found in the chat after the answer was lost. */
	found: number;
	/** Reported as unknown. */
	unknown: number;
	/** Reported as not sent, and not stored. */
	notSent: number;
	/** Stored more than once. */
	twice: number;
	/** Stored or not, but reported otherwise or not at all. */
	silent: number;
	/** Paid messages that were stored unlocked, each of them reported. */
	unlocked: number;
	requests: number;
}

const PAIR_NAMES: Record<PairName, string> = {
	ofapiOnlyFans: 'OnlyFansAPI → OnlyFans',
	ofapiFansly: 'OnlyFansAPI → Fansly',
	apiFansly: 'ApiFansly → Fansly',
};

export function figuresTable(rows: Array<{ pair: PairName; trouble: string; figures: Figures }>): string {
	const lines = rows.map(({ pair, trouble, figures }) => {
		const { sent, found, unknown, twice, silent, unlocked, requests } = figures;
		return `| ${[PAIR_NAMES[pair], trouble, sent, found, unknown, unlocked, twice, silent, requests].join(' | ')} |`;
	});
	return [
		'| Pair | Every third request | Sent | Found in the chat | Unknown | Unlocked, reported | Twice | Not reported | Requests |',
		'|---|---|---:|---:|---:|---:|---:|---:|---:|',
		...lines,
	].join('\n');
}

const END = '<!-- end of figures -->';

/** The text between a page's mark and its end; `page` from the root of the repository. */
export function tableIn(page: string, mark: string): string {
	const [, rest = ''] = readFileSync(resolve(__dirname, '../..', page), 'utf8').split(mark);
	return (rest.split(END)[0] ?? '').trim();
}

/**
 * Prints a table, and writes it into its page behind the mark where that is asked for:
 * `REGENERATE_DOCS=1 npm test -- engine`.
 */
export function keepTable(table: string, page = 'docs/reliability.md', mark = '<!-- figures: written by test/engine/once.test.ts -->'): void {
	process.stdout.write(`\n${table}\n\n`);
	if (process.env.REGENERATE_DOCS === undefined) return;
	const file = resolve(__dirname, '../..', page);
	const [before = '', rest = ''] = readFileSync(file, 'utf8').split(mark);
	const [, ...after] = rest.split(END);
	writeFileSync(file, `${before}${mark}\n\n${table}\n\n${END}${after.join(END)}`);
}
