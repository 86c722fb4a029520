import { spawnSync } from 'node:child_process';
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	readdirSync,
	rmSync,
	symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { PackageDirectoryLoader } from 'n8n-core';
import { NodeHelpers } from 'n8n-workflow';
import type { INodeTypeDescription } from 'n8n-workflow';
import type { PairName } from '../../pairs';
import { nodeType } from '../support/harness';
import type { NodeName } from '../support/harness';

/** `npm run pack` out of the built package: the whole of it, and with the nodes of one service. */

const root = resolve(__dirname, '../../..');
const NAME = 'n8n-nodes-creator-chat';
const BESIDES = ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'];
const SERVICES: Record<string, { pairs: PairName[]; icons: string[]; foreign: RegExp }> = {
	onlyfansapi: {
		pairs: ['ofapiOnlyFans', 'ofapiFansly'],
		icons: ['fansly', 'onlyfans'],
		foreign: /\bapifansly/i,
	},
	apifansly: {
		pairs: ['apiFansly'],
		icons: ['apifansly'],
		foreign: /^onlyfans$|onlyfansapi|fansapi\.com|Ofapi/,
	},
};

interface Manifest {
	name: string;
	version: string;
	keywords: string[];
	n8n: { nodes: string[]; credentials: string[] };
}

const read = (path: string) => readFileSync(path, 'utf8');
const manifestIn = (folder: string) => JSON.parse(read(join(folder, 'package.json'))) as Manifest;
const nodesOf = (pairs: PairName[]) =>
	pairs.flatMap((pair): NodeName[] => [pair, `${pair}Trigger`, `${pair}PollingTrigger`]);
/** What n8n would call the classes in those compiled files, in lower case. */
const namesIn = (paths: string[]) =>
	paths.map((path) => path.replace(/^.*\/|\..*$/g, '').toLowerCase()).sort();
const lowerCase = (names: string[]) => names.map((name) => name.toLowerCase()).sort();

function filesIn(folder: string): string[] {
	const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

let folder: string;

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'creator-chat-pack-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs `npm run pack` with those options; `--built`, since other tests use what is built. */
function pack(...options: string[]) {
	const command = [join(root, 'release/pack.mjs'), '--built', '--output', folder, ...options];
	const env = { ...process.env, N8N_USER_FOLDER: join(folder, 'user') };
	const { status, stdout, stderr } = spawnSync(process.execPath, command, {
		cwd: root,
		env,
		encoding: 'utf8',
	});
	return { status, stdout, stderr };
}

test('two printed commands put the tarball into an n8n that npx runs', () => {
	const { status, stdout } = pack();
	expect(status).toBe(0);
	const [install = '', start] = stdout.match(/(?<=^ {2})np.*$/gm) ?? [];
	expect(start).toBe('npx n8n');
	const env = { ...process.env, npm_config_offline: 'true' };
	expect(spawnSync(install, { shell: true, cwd: folder, env, encoding: 'utf8' })).toMatchObject({
		status: 0,
	});
	const modules = join(folder, 'user', '.n8n', 'nodes', 'node_modules');
	// Nothing beside it: n8n brings n8n-workflow, and a second one would be another library.
	expect(readdirSync(modules).filter((name) => !name.startsWith('.'))).toEqual([NAME]);
	expect(manifestIn(join(modules, NAME)).n8n).toEqual(manifestIn(root).n8n);
});

test('an unknown service and an unknown option are told, and pack nothing', () => {
	const service = pack('--service', 'fansly');
	expect(service.status).toBe(1);
	expect(service.stderr).toContain('onlyfansapi and apifansly');
	const option = pack('--servcie', 'apifansly');
	expect(option.status).toBe(1);
	expect(option.stderr).toContain('Usage: npm run pack');
});

describe.each(Object.entries(SERVICES))(
	'the package of %s alone',
	(service, { pairs, icons, foreign }) => {
		const name = `${NAME}-${service}`;
		let packed: string;

		beforeAll(() => {
			expect(pack('--service', service)).toMatchObject({ status: 0 });
			packed = join(folder, service);
			mkdirSync(packed);
			const tarball = join(folder, `${name}-${manifestIn(root).version}.tgz`);
			expect(spawnSync('tar', ['-xzf', tarball, '-C', packed, '--strip-components=1']).status).toBe(
				0,
			);
		});

		test('lists its nodes and credentials alone', () => {
			const { n8n, ...manifest } = manifestIn(packed);
			const whole = manifestIn(root);
			expect(manifest).toEqual(expect.objectContaining({ name, version: whole.version }));
			expect(namesIn(n8n.credentials)).toEqual(lowerCase(pairs.map((pair) => `${pair}Api`)));
			expect(namesIn(n8n.nodes)).toEqual(lowerCase(nodesOf(pairs)));
			expect(manifest.keywords).toContain('n8n-community-node-package');
			expect(manifest.keywords.filter((word) => foreign.test(word))).toEqual([]);
		});

		test('contains only their files, each as it is in the whole package', () => {
			const files = filesIn(packed);
			expect(files.filter((path) => !path.startsWith('dist/')).sort()).toEqual(BESIDES);
			const ownIcons = icons.flatMap((icon) => [
				`dist/icons/${icon}.dark.svg`,
				`dist/icons/${icon}.svg`,
			]);
			expect(files.filter((path) => path.endsWith('.svg')).sort()).toEqual(ownIcons);
			expect(files.filter((path) => foreign.test(path))).toEqual([]);
			expect(files.filter((path) => path.endsWith('.node.js'))).toHaveLength(nodesOf(pairs).length);
			for (const path of files.filter((one) => one.startsWith('dist/'))) {
				const text = read(join(packed, path));
				expect(path).toMatch(/\.(?:js|svg|node\.json)$|\/__schema__\/.*\.json$/);
				expect({ path, found: foreign.exec(text)?.[0] }).toEqual({ path, found: undefined });
				const original = text.replaceAll(`"${name}.`, `"${NAME}.`);
				expect({ path, text: original }).toEqual({ path, text: read(join(root, path)) });
			}
			// Everything of these pairs is there: nothing was left behind that only a request would miss.
			const ownFolders = lowerCase(pairs.map((pair) => `dist/nodes/${pair}/`));
			const isOwn = (path: string) =>
				ownFolders.some((start) => path.toLowerCase().startsWith(start));
			const compiled = filesIn(join(root, 'dist'))
				.map((path) => `dist/${path}`)
				.filter((path) => /\.js$|__schema__/.test(path));
			expect(compiled.filter((path) => isOwn(path) && !files.includes(path))).toEqual([]);
		});

		test("loads in n8n's own loader, and its nodes are those of the whole package", async () => {
			mkdirSync(join(packed, 'node_modules'));
			symlinkSync(
				join(root, 'node_modules/n8n-workflow'),
				join(packed, 'node_modules/n8n-workflow'),
				'junction',
			);
			const loader = new PackageDirectoryLoader(packed);
			await loader.loadAll();
			expect(Object.keys(loader.nodeTypes).sort()).toEqual(nodesOf(pairs).sort());
			expect(Object.keys(loader.credentialTypes).sort()).toEqual(
				pairs.map((pair) => `${pair}Api`).sort(),
			);
			for (const node of nodesOf(pairs)) {
				const loaded = loader.nodeTypes[node]?.type;
				const { description } = NodeHelpers.getVersionedNodeType(loaded ?? (await nodeType(node)));
				expect(loaded).toBeDefined();
				expect(comparable(description, name)).toEqual(
					comparable((await nodeType(node)).description, NAME),
				);
				for (const icon of Object.values(Object(description.iconUrl) as Record<string, string>)) {
					expect(existsSync(join(packed, icon.replace(`icons/${name}/`, '')))).toBe(true);
				}
			}
		});

		test("passes n8n's gate as it is packed", () => {
			const eslint = join(root, 'node_modules/eslint/bin/eslint.js');
			const command = [
				eslint,
				'--config',
				join(root, 'eslint.config.mjs'),
				'--max-warnings',
				'0',
				'.',
			];
			const { status, stdout } = spawnSync(process.execPath, command, {
				cwd: packed,
				encoding: 'utf8',
			});
			expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
		});
	},
);

/** A node's description as text, the same whatever the package is called. */
function comparable(description: INodeTypeDescription, name: string): string {
	const text = JSON.stringify(description);
	return text.replaceAll(`icons/${name}/`, 'icons/').replaceAll(`"${name}.`, '"package.');
}
