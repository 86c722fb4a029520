import { createHash } from 'node:crypto';
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { BUILD_STAMP, locked, untilUnused } from './lock.mjs';
import { npm } from './npm.mjs';
import { N8N_HOME, readJson, ROOT } from './paths.mjs';
import { run } from './processes.mjs';

/** The package under test. */
export const PACKAGE = readJson(join(ROOT, 'package.json'));

/** What the build is made of, and what comes of it. */
const BUILT_FROM = ['nodes', 'credentials', 'icons', 'index.js', 'gulpfile.js', 'tsconfig.json'];
const DIST = join(ROOT, 'dist');

/** One value for all files below the paths: the same names with the same contents give the same. */
function digestOf(paths) {
	const hash = createHash('sha256');
	const add = (path) => {
		if (!existsSync(path)) return;
		if (statSync(path).isDirectory()) {
			for (const name of readdirSync(path).sort()) add(join(path, name));
		} else {
			hash
				.update(`${relative(ROOT, path)}\0`)
				.update(readFileSync(path))
				.update('\0');
		}
	};
	for (const path of paths) add(path);
	return hash.digest('hex');
}

/**
 * Compiles the package into dist/, unless what is there was compiled from just these files: another
 * run may be using it. Where it has to be compiled anew, it waits for such a run to end. `work` is
 * carried out on what is built, before another run may change it; gives what that gives.
 */
export async function build(work) {
	const sources = digestOf(BUILT_FROM.map((name) => join(ROOT, name)));
	return locked('build', async () => {
		if (
			readJson(BUILD_STAMP)?.sources !== sources ||
			readJson(BUILD_STAMP)?.dist !== digestOf([DIST])
		) {
			await untilUnused();
			await npm(['run', 'build'], ROOT);
			writeFileSync(BUILD_STAMP, JSON.stringify({ sources, dist: digestOf([DIST]) }));
		}
		return work();
	});
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
	symlinkSync(join(N8N_HOME, 'node_modules', 'n8n-workflow'), link, 'junction');
}
