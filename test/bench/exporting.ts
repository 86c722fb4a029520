import { fork } from 'node:child_process';
import { resolve } from 'node:path';
import { idOf, numberOf } from '../../nodes/shared/model/values';
import { messageFrom } from './target';

/** Whether a file of a million messages takes more memory than one of ten thousand does. */

const SHORT = 10_000;
const LONG = 1_000_000;
/** What the project promises. */
const MOST = 1.3;
/**
 * Room for what is in use, in megabytes. Each request of n8n's helper leaves some garbage, and V8 lets
 * it lie for as long as there is room: without a limit, that is what a peak would tell.
 */
const HEAP = 100;

/** What one export came to, in a process of its own. */
export interface Exported {
	milliseconds: number;
	messages: number;
	fileBytes: number;
	/** The most memory that the process had at one time (resident set), n8n-core included. */
	peakBytes: number;
}

async function exportOf(messages: number, format: string): Promise<Exported> {
	const execArgv = ['--import', 'tsx'];
	const limited = { execArgv: [`--max-old-space-size=${HEAP}`, ...execArgv] };
	const server = fork(resolve(__dirname, 'longServer.ts'), [String(messages)], { execArgv });
	try {
		const { url, chat } = await messageFrom(server);
		const client = fork(
			resolve(__dirname, 'exportRun.ts'),
			[idOf(url) ?? '', idOf(chat) ?? '', format],
			limited,
		);
		const told = await messageFrom(client);
		const read = (name: keyof Exported) => numberOf(told[name]) ?? NaN;
		return {
			milliseconds: read('milliseconds'),
			messages: read('messages'),
			fileBytes: read('fileBytes'),
			peakBytes: read('peakBytes'),
		};
	} finally {
		server.disconnect();
	}
}

function line({ messages, milliseconds, fileBytes, peakBytes }: Exported): string {
	const [seconds, file, peak] = [milliseconds / 1000, fileBytes / 1e6, peakBytes / 1e6].map(
		(value) => value.toFixed(1),
	);
	return `${messages.toLocaleString('en-US').padStart(9)} messages: ${seconds} s, a file of ${file} MB, peak memory ${peak} MB`;
}

/** Exports a short and a very long history; gives the lines to print. Throws where the promise is not kept. */
export async function measureExport(format: string): Promise<string> {
	const short = await exportOf(SHORT, format);
	const long = await exportOf(LONG, format);
	if (short.messages !== SHORT || long.messages !== LONG) {
		throw new Error(`The export wrote ${short.messages} and ${long.messages} messages`);
	}
	const ratio = long.peakBytes / short.peakBytes;
	const head = `Export into a ${format} file on n8n's disk, each in a process of its own with ${HEAP} MB of heap`;
	const lines = [
		head,
		line(short),
		line(long),
		`Peak memory of the long one: ${ratio.toFixed(2)} x (at most ${MOST})`,
	].join('\n');
	if (!(ratio <= MOST)) throw new Error(lines);
	return lines;
}
