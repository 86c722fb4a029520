import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** `npm run bench`: builds the package when it is not built, then measures it. */

const root = fileURLToPath(new URL('../..', import.meta.url));

function statusOf(command, args, options = {}) {
	return spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options }).status ?? 1;
}

/** Runs bench.ts with a folder for n8n-core's settings, which would otherwise go into the home folder. */
function bench() {
	const folder = mkdtempSync(join(tmpdir(), 'creator-chat-bench-'));
	try {
		const args = [
			'--expose-gc',
			'--import',
			'tsx',
			'test/bench/bench.ts',
			...process.argv.slice(2),
		];
		return statusOf(process.execPath, args, { env: { ...process.env, N8N_USER_FOLDER: folder } });
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** In a real n8n, where that is installed: what a large file takes, and replies in a second. */
function inN8n() {
	if (!existsSync(join(root, 'test', 'host', 'node_modules', 'n8n'))) {
		console.log('\nLarge files and replies in n8n: not installed; run npm start or npm test once');
		return 0;
	}
	return (
		statusOf(process.execPath, ['test/bench/memory.mjs']) ||
		statusOf(process.execPath, ['test/bench/replies.mjs'])
	);
}

const isBuilt = existsSync(join(root, 'dist', 'nodes'));
process.exitCode =
	(isBuilt ? 0 : statusOf('npm run build', [], { shell: true })) || bench() || inN8n();
