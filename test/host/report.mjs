import { MESSAGE_FIELDS } from './examples.mjs';
import { mark, style } from './steps.mjs';

const ROWS = 3;
const WIDEST = 24;

function cell(value) {
	const text = Array.isArray(value) ? `[${value.length}]` : String(value).replaceAll('\n', ' ');
	return text.length > WIDEST ? `${text.slice(0, WIDEST - 1)}…` : text;
}

/** The records as a table with a column for each field, cells cut to a readable width. */
function table(records, fields) {
	const rows = [fields, ...records.map((record) => fields.map((field) => cell(record[field])))];
	const widths = fields.map((_field, column) => Math.max(...rows.map((row) => row[column].length)));
	return rows.map(
		(row) =>
			`    ${row
				.map((text, column) => text.padEnd(widths[column]))
				.join('  ')
				.trimEnd()}`,
	);
}

function printChecks(checks) {
	for (const { passed, text } of checks) console.log(`  ${mark(passed)} ${text}`);
}

function printRecords(records, fields) {
	if (records.length === 0) return;
	const [head, ...rows] = table(records.slice(0, ROWS), fields);
	console.log([style('dim', head), ...rows].join('\n'));
	if (records.length > ROWS) console.log(style('dim', `    … and ${records.length - ROWS} more`));
}

function printConversation(messages) {
	for (const { direction, text } of messages)
		console.log(`    ${direction === 'incoming' ? 'fan  ' : 'reply'}  ${text}`);
}

function heading(text) {
	console.log(`\n${style('bold', text)}`);
}

/** Prints what came of the demo; gives whether all of it came out right. */
export function printReport(credentialChecks, examples) {
	heading('Credentials, tested by n8n');
	printChecks(credentialChecks);
	for (const { name, messages = [], stored = [], conversation = [], checks } of examples) {
		heading(`Example: ${name}`);
		printRecords(messages, MESSAGE_FIELDS);
		printRecords(stored, ['id', 'chatId', 'direction', 'text', 'createdAt', 'replyToId']);
		printConversation(conversation);
		printChecks(checks);
	}
	return [...credentialChecks, ...examples.flatMap(({ checks }) => checks)].every(
		({ passed }) => passed,
	);
}

/** Prints where the open n8n is and how to log in. */
export function printAddress(url, simulator, { email, password }) {
	heading('n8n is open, with the simulator behind it');
	console.log(`  n8n        ${style('cyan', url)}`);
	console.log(`  e-mail     ${email}`);
	console.log(`  password   ${password}`);
	console.log(`  simulator  ${simulator.controlUrl}/state`);
	console.log('\nPress Ctrl-C to stop.');
}
