import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npm } from './npm.mjs';
import { HOST, readJson, ROOT } from './paths.mjs';
import { run } from './processes.mjs';

/** The package under test. */
export const PACKAGE = readJson(join(ROOT, 'package.json'));

/** Compiles the package into dist/. */
export async function build() {
	await npm(['run', 'build'], ROOT);
}

/** A fresh folder in the system's temporary one. */
export function temporaryFolder() {
	return mkdtempSync(join(tmpdir(), 'creator-chat-'));
}

/** Packs the package in `source` as it would be published; gives the tarball's path. */
export async function pack(folder, source = ROOT) {
	await npm(['pack', '--pack-destination', folder], source);
	const { name, version } = readJson(join(source, 'package.json'));
	return join(folder, `${name}-${version}.tgz`);
}

/** Every file in the tarball, without the `package/` that npm puts before each. */
export async function packedFiles(tarball) {
	const listing = await run('tar', ['-tzf', tarball]);
	return listing
		.trim()
		.split('\n')
		.map((path) => path.trim().replace(/^package\//, ''));
}

/**
 * Unpacks the tarball where n8n keeps community packages, the way its own installer does (which
 * would ask the registry for it), replacing an older one.
 */
export async function installIntoUserFolder(tarball, userFolder) {
	const nodes = join(userFolder, '.n8n', 'nodes');
	const target = join(nodes, 'node_modules', PACKAGE.name);
	rmSync(target, { recursive: true, force: true });
	mkdirSync(target, { recursive: true });
	await run('tar', ['-xzf', tarball, '-C', target, '--strip-components=1']);
	const ledger = {
		name: 'installed-nodes',
		private: true,
		dependencies: { [PACKAGE.name]: PACKAGE.version },
	};
	writeFileSync(join(nodes, 'package.json'), JSON.stringify(ledger, null, 2));
	linkWorkflowLibrary(userFolder);
}

/** The user folder may lie inside the repository, whose n8n-workflow must not shadow the server's own. */
function linkWorkflowLibrary(userFolder) {
	const modules = join(userFolder, 'node_modules');
	const link = join(modules, 'n8n-workflow');
	mkdirSync(modules, { recursive: true });
	rmSync(link, { recursive: true, force: true });
	symlinkSync(join(HOST, 'node_modules', 'n8n-workflow'), link, 'junction');
}
