import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * `npm run bench`: builds the package when it is not built, then measures it. `npm run bench -- sync`
 * measures one part alone; `--rounds 9` is for the first part.
 */

const root = fileURLToPath(new URL('../..', import.meta.url));

function statusOf(command, args, options = {}) {
	return spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options }).status ?? 1;
}

/** Runs bench.ts with a folder for n8n-core's settings, which would otherwise go into the home folder. */
function bench(options) {
	const folder = mkdtempSync(join(tmpdir(), 'creator-chat-bench-'));
	try {
		const args = ['--expose-gc', '--import', 'tsx', 'test/bench/bench.ts', ...options];
		return statusOf(process.execPath, args, { env: { ...process.env, N8N_USER_FOLDER: folder } });
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Measures in a real n8n, where that is installed. */
function inN8n(name) {
	if (existsSync(join(root, 'test', 'host', 'node_modules', 'n8n')))
		return statusOf(process.execPath, [`test/bench/${name}.mjs`]);
	console.log(`\nPart ${name}, in a real n8n: not installed; run npm start or npm test once`);
	return 0;
}

/** On n8n's engine alone: `lists`; in a real n8n: large files, replies in a second, a sync of fans. */
const PARTS = {
	lists: bench,
	memory: () => inN8n('memory'),
	replies: () => inN8n('replies'),
	sync: () => inN8n('sync'),
};

/** The parts that were asked for, all of them where none was, up to the first that fails; gives its exit code. */
function measure([first = '', ...others]) {
	const isPart = first !== '' && !first.startsWith('-');
	if (isPart && !Object.hasOwn(PARTS, first)) {
		console.error(`There is no part "${first}": choose ${Object.keys(PARTS).join(', ')}.`);
		return 1;
	}
	const names = isPart ? [first] : Object.keys(PARTS);
	const options = isPart ? others : [first, ...others].filter(Boolean);
	return names.reduce((status, name) => status || PARTS[name](options), 0);
}

const isBuilt = existsSync(join(root, 'dist', 'nodes'));
process.exitCode =
	(isBuilt ? 0 : statusOf('npm run build', [], { shell: true })) || measure(process.argv.slice(2));
