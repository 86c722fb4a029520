import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { PACKAGE } from '../test/host/package.mjs';
import { readJson, ROOT } from '../test/host/paths.mjs';

/**
 * The services whose nodes can be packed alone, since n8n verifies packages of one service only.
 * `prefix` begins the names of its nodes; `keywords` are those that no other service has.
 */
export const SERVICES = {
	onlyfansapi: {
		title: 'OnlyFans and Fansly through Fans API (formerly OnlyFansAPI)',
		prefix: 'Ofapi',
		keywords: ['onlyfans', 'onlyfansapi'],
	},
	apifansly: { title: 'Fansly through ApiFansly', prefix: 'ApiFansly', keywords: ['apifansly'] },
};

const BESIDES = ['LICENSE', 'CHANGELOG.md'];

/** The package.json of a service's package: the whole package's, with its nodes and credentials alone. */
function manifestOf(service) {
	const { title, prefix } = SERVICES[service];
	const others = Object.keys(SERVICES).filter((name) => name !== service);
	const foreign = others.flatMap((name) => SERVICES[name].keywords);
	const isOwn = (path) => basename(path).startsWith(prefix);
	return {
		...PACKAGE,
		name: `${PACKAGE.name}-${service}`,
		description: `n8n nodes for creators' chats on ${title}: messages, chats, media, fans and triggers`,
		keywords: PACKAGE.keywords.filter((word) => !foreign.includes(word)),
		n8n: {
			...PACKAGE.n8n,
			credentials: PACKAGE.n8n.credentials.filter(isOwn),
			nodes: PACKAGE.n8n.nodes.filter(isOwn),
		},
	};
}

/** The files that a compiled file names: modules and icons. */
function namedBy(path) {
	const text = readFileSync(path, 'utf8');
	const modules = [...text.matchAll(/require\("(\.[^"]+)"\)/g)].map(([, name]) => {
		const target = join(dirname(path), name);
		return existsSync(`${target}.js`) ? `${target}.js` : join(target, 'index.js');
	});
	const icons = [...text.matchAll(/["']file:([^"']+\.svg)["']/g)];
	return [...modules, ...icons.map(([, name]) => join(dirname(path), name))];
}

/** Everything that those compiled files need, themselves included, from the root of the repository. */
function neededBy(entries) {
	const needed = new Set();
	const waiting = entries.map((path) => join(ROOT, path));
	for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
		if (needed.has(path)) continue;
		needed.add(path);
		if (path.endsWith('.js')) waiting.push(...namedBy(path));
	}
	return [...needed].map((path) => relative(ROOT, path));
}

/** What stands beside the nodes: the fields of their items, for n8n's editor. */
function schemasOf(nodes) {
	const folders = new Set(nodes.map((path) => join(dirname(path), '__schema__')));
	return [...folders].flatMap((folder) =>
		readdirSync(join(ROOT, folder), { recursive: true })
			.filter((name) => name.endsWith('.json'))
			.map((name) => join(folder, name)),
	);
}

function readmeOf({ name, n8n, homepage, repository }, service) {
	const source = repository.url.replace(/^git\+|\.git$/g, '');
	const codexFiles = n8n.nodes.map((path) => join(ROOT, path.replace(/\.js$/, '.json')));
	const nodes = codexFiles.map((path) => `\`${readJson(path).node.split('.')[1]}\``).join(', ');
	return `# ${name}

[n8n](https://n8n.io) nodes for ${SERVICES[service].title}: send and list messages, work with chats, media and fans, and start a workflow when a fan writes.

This is [${PACKAGE.name}](${homepage}) with the nodes of one service: ${nodes}. The code, the version and the documentation are the same. A workflow that was made with the other package needs its nodes' types changed from \`${PACKAGE.name}.…\` to \`${name}.…\`.

- [Install](${source}/blob/HEAD/docs/install.md)
- [Credentials](${source}/blob/HEAD/docs/credentials.md)
- [Operations](${source}/blob/HEAD/docs/operations.md)
- [Triggers](${source}/blob/HEAD/docs/triggers.md)
- [Example workflows](${source}/tree/HEAD/examples)

[MIT](LICENSE)
`;
}

/** Puts a file of the repository into the folder; a node's codex file gets the name of the package. */
function putInto(folder, path, name) {
	const target = join(folder, path);
	mkdirSync(dirname(target), { recursive: true });
	if (!path.endsWith('.node.json')) return cpSync(join(ROOT, path), target);
	const codex = readFileSync(join(ROOT, path), 'utf8');
	writeFileSync(target, codex.replace(`"${PACKAGE.name}.`, `"${name}.`));
}

/** Fills an empty folder with a service's package, ready to be packed, out of the built one. */
export function fillFolder(folder, service) {
	const manifest = manifestOf(service);
	const { nodes, credentials } = manifest.n8n;
	const codexFiles = nodes.map((path) => path.replace(/\.js$/, '.json'));
	const files = [
		...neededBy(['dist/index.js', ...nodes, ...credentials]),
		...codexFiles,
		...schemasOf(nodes),
		...BESIDES,
	];
	for (const path of files) putInto(folder, path, manifest.name);
	writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
	writeFileSync(join(folder, 'README.md'), readmeOf(manifest, service));
}
