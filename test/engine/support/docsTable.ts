import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const END = '<!-- end of figures -->';

/** The text between a page's mark and its end; `page` from the root of the repository. */
export function tableIn(page: string, mark: string): string {
	const [, rest = ''] = readFileSync(resolve(__dirname, '../../..', page), 'utf8').split(mark);
	return (rest.split(END)[0] ?? '').trim();
}

/**
 * Prints a table, and writes it into its page behind the mark where that is asked for:
 * `REGENERATE_DOCS=1 npm test -- engine reliability`.
 */
export function keepTable(table: string, page: string, mark: string): void {
	process.stdout.write(`\n${table}\n\n`);
	if (process.env.REGENERATE_DOCS === undefined) return;
	const file = resolve(__dirname, '../../..', page);
	const [before = '', rest = ''] = readFileSync(file, 'utf8').split(mark);
	const [, ...after] = rest.split(END);
	writeFileSync(file, `${before}${mark}\n\n${table}\n\n${END}${after.join(END)}`);
}
