import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the host: n8n is installed below it. */
export const HOST = dirname(fileURLToPath(import.meta.url));

/** The root of the repository. */
export const ROOT = join(HOST, '..', '..');

/** Where an older n8n is installed, apart from the one that everything else runs on. */
export function olderHome(version) {
	return join(HOST, 'older', version);
}

/** The variable that names the older n8n for the tests of one run. */
export const OLDER_VERSION = 'CREATOR_CHAT_N8N';

/** The older n8n that tests run on; undefined for the usual one. */
export const olderVersion = process.env[OLDER_VERSION];

/** Whether tests run on an n8n before version 2. */
export const isN8n1 = olderVersion?.startsWith('1.') === true;

/** The folder whose node_modules hold the n8n that tests run on. */
export const N8N_HOME = olderVersion === undefined ? HOST : olderHome(olderVersion);

/** What `npm start` keeps between two starts: n8n's user folder and the demo login; with the port in its name where that is another one. */
export const STATE = join(ROOT, '.n8n-host');

/** The file's JSON; undefined when there is no such file or it does not hold JSON. */
export function readJson(path) {
	try {
		return JSON.parse(readFileSync(path, 'utf8'));
	} catch {
		return undefined;
	}
}
