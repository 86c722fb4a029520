import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { locked } from './lock.mjs';
import { npm } from './npm.mjs';
import { HOST, olderHome, olderVersion, readJson, ROOT } from './paths.mjs';
import { step } from './steps.mjs';

/** n8n runs on the Node that runs us when that is new enough, on one from npm otherwise. */
const ownNodeFits = Number(process.versions.node.split('.')[0]) >= 24;
const BUILT = ownNodeFits ? ['sqlite3'] : ['sqlite3', 'node'];
const STAMP = join(HOST, 'node_modules', '.installed.json');

/** The Node that runs n8n. An older n8n has no wish for a newer one. */
export const HOST_NODE =
	ownNodeFits || olderVersion !== undefined
		? process.execPath
		: join(HOST, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** Whether npm finished installing exactly what the lock file says; npm writes its record last. */
function matchesLock(folder) {
	const wanted = readJson(join(folder, 'package-lock.json'))?.packages ?? {};
	const present = readJson(join(folder, 'node_modules', '.package-lock.json'))?.packages;
	if (present === undefined) return false;
	return Object.entries(wanted).every(([path, { version, optional }]) => {
		if (path === '') return true;
		return path in present ? present[path].version === version : Boolean(optional);
	});
}

let source;

/**
 * Options for where packages come from: the registry, or npm's cache alone when it does not answer.
 * Asked once, without npm's retries: those would take many minutes to say that there is no network.
 */
function packageSource() {
	source ??= npm(
		['view', 'rimraf', 'version', '--prefer-online', '--fetch-retries=0', '--fetch-timeout=15000'],
		ROOT,
	).then(
		() => [],
		() => ['--offline'],
	);
	return source;
}

async function cleanInstall(folder) {
	await npm(['ci', ...(await packageSource())], folder);
}

/** Installs the project's own packages, unless they are there. */
export async function installRoot() {
	await locked('install', async () => {
		if (matchesLock(ROOT)) return;
		await step('Install the development packages', () => cleanInstall(ROOT));
	});
}

function lockHash() {
	return createHash('sha256')
		.update(readFileSync(join(HOST, 'package-lock.json')))
		.digest('hex');
}

/** Installs the n8n server below test/host, unless it is there. */
export async function installHost() {
	await locked('install', installMissing);
}

/** What is there is told by the stamp, which is written last. */
async function installMissing() {
	const lock = lockHash();
	const stamp = readJson(STAMP);
	const built = stamp?.lock === lock ? stamp.built : [];
	const missing = BUILT.filter((name) => !built.includes(name));
	if (missing.length === 0) return;

	const { n8n: version } = readJson(join(HOST, 'package.json')).dependencies;
	if (!matchesLock(HOST)) {
		await step(`Install n8n ${version} (2 GB, several minutes, the first time only)`, () =>
			cleanInstall(HOST),
		);
	}
	for (const name of missing) {
		const rebuild = async () =>
			npm(['rebuild', name, '--ignore-scripts=false', ...(await packageSource())], HOST);
		await step(`Set up ${name} for n8n`, rebuild);
	}
	writeFileSync(STAMP, JSON.stringify({ lock, built: [...built, ...missing] }));
}

/** The older versions of n8n that the package is tested on, with what npm needs to install each here. */
export const OLDER_VERSIONS = readJson(join(HOST, 'versions.json'));

/** Installs an older n8n below test/host/older, unless it is there. */
export async function installOlder(version) {
	await locked('install', async () => {
		const folder = olderHome(version);
		const { dependencies, overrides } = OLDER_VERSIONS[version];
		const wanted = { private: true, dependencies: { n8n: version, ...dependencies }, overrides };
		const stamp = join(folder, 'node_modules', '.installed.json');
		if (JSON.stringify(readJson(stamp)) === JSON.stringify(wanted)) return;
		mkdirSync(folder, { recursive: true });
		copyFileSync(join(HOST, '.npmrc'), join(folder, '.npmrc'));
		writeFileSync(join(folder, 'package.json'), JSON.stringify(wanted, null, 2));
		await step(`Install n8n ${version} (2 GB, several minutes, the first time only)`, async () => {
			await npm(['install', ...(await packageSource())], folder);
			await npm(
				['rebuild', 'sqlite3', '--ignore-scripts=false', ...(await packageSource())],
				folder,
			);
		});
		writeFileSync(stamp, JSON.stringify(wanted));
	});
}
