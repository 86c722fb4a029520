import type { IDataObject } from 'n8n-workflow';
import type { CommonMessage } from '../model/message';

/** A kind of file that messages are written into, one after the other. */
export interface FileFormat {
	extension: string;
	mimeType: string;
	/** What the file begins with. */
	head: string;
	/** One message, with the end of its line. */
	line(message: IDataObject): string;
}

/** The columns: the common message's eleven fields in their order, and the fan of the chat. */
const COLUMNS = [
	'id',
	'accountId',
	'chatId',
	'direction',
	'senderId',
	'text',
	'createdAt',
	'price',
	'tipAmount',
	'media',
	'replyToId',
	'fanName',
] satisfies Array<keyof (CommonMessage & { fanName: string | null })>;

/**
 * The byte order mark: Excel takes a file without it for one in the old code page of the computer.
 */
const BOM = '\uFEFF';

/** What a spreadsheet takes for the beginning of a formula. Fans write these texts. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/**
 * The same behind what ends a cell where `;` or a tab separates: there the quotes around the cell
 * are text, since they do not stand at its beginning. A `;-)` is no formula. The formula's sign may
 * be missing, so that a long run of line breaks is passed over once and not from each of them.
 */
const FORMULA_INSIDE = /([;\t\r\n][\s"]*)([=+\-@＝＋－＠](?!\)))?/g;

const SPECIAL = /[",;\t\r\n]/;

/**
 * One cell as RFC 4180 has it. What a spreadsheet would run gets an apostrophe in front; lists are
 * JSON, and what is missing or an empty list is an empty cell.
 */
export function csvCell(value: unknown): string {
	if (value === null || value === undefined) return '';
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	if (Array.isArray(value) && value.length === 0) return '';
	const text = typeof value === 'string' ? value : JSON.stringify(value);
	const safe = `${FORMULA.test(text) ? "'" : ''}${text.replace(
		FORMULA_INSIDE,
		(found, before: string, sign?: string) => (sign === undefined ? found : `${before}'${sign}`),
	)}`;
	return SPECIAL.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** For spreadsheets: the common message's eleven fields and the fan under their names, UTF-8. */
export const csv: FileFormat = {
	extension: 'csv',
	mimeType: 'text/csv',
	head: `${BOM}${COLUMNS.join(',')}\r\n`,
	line: (message) => `${COLUMNS.map((column) => csvCell(message[column])).join(',')}\r\n`,
};

/** For programs: one JSON object a line. */
export const jsonLines: FileFormat = {
	extension: 'jsonl',
	mimeType: 'application/x-ndjson',
	head: '',
	line: (message) => `${JSON.stringify(message)}\n`,
};
