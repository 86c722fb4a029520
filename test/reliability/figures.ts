import { pairs } from '../pairs';
import type { PairName } from '../pairs';

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

/** The table of a pair's runs, a row for each. */
export function figuresTable(
	pair: PairName,
	rows: Array<{ trouble: string; figures: Figures }>,
): string {
	const lines = rows.map(({ trouble, figures }) => {
		const { sent, found, unknown, twice, silent, unlocked, requests } = figures;
		return `| ${[trouble, sent, found, unknown, unlocked, twice, silent, requests].join(' | ')} |`;
	});
	return [
		`| ${pairs[pair].displayName}, every third request | Sent | Found in the chat | Unknown | Unlocked, reported | Twice | Not reported | Requests |`,
		'|---|---:|---:|---:|---:|---:|---:|---:|',
		...lines,
	].join('\n');
}
