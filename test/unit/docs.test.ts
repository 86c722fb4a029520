import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import floors from '../../.floors.json';
import { keepTable, tableIn } from '../engine/support/docsTable';

/** Every link of the documents, and every link into them from the code, leads somewhere. */

const root = resolve(__dirname, '../..');
const REPOSITORY = 'https://github.com/n8n-nodes-creator-chat/n8n-nodes-creator-chat';
const RAW = REPOSITORY.replace('github.com', 'raw.githubusercontent.com');
/** What GitHub itself serves below the repository's address. */
const GITHUB = /^\/(?:issues|security\/advisories\/new|commits\/HEAD|compare\/.*|releases.*)$/;

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const pages = ['.', 'docs'].flatMap((folder) =>
	filesIn(folder).filter((name) => extname(name) === '.md'),
);

function filesIn(folder: string): string[] {
	const entries = readdirSync(join(root, folder), { withFileTypes: true });
	return entries.filter((entry) => entry.isFile()).map(({ name }) => join(folder, name));
}

/** A page's text without what is shown as code, and without comments. */
function prose(page: string): string {
	const text = read(page)
		.replace(/^```[^]*?^```/gm, '')
		.replace(/<!--[^]*?-->/g, '');
	return text.replace(/`[^`\n]*`/g, (code) => code.replace(/[[\]()]/g, ' '));
}

/** The addresses in a page's links and pictures. */
function linksIn(page: string): string[] {
	const text = prose(page);
	const inline = [...text.matchAll(/\]\(([^()\s]+)\)/g)].map(([, link]) => link);
	const references = [...text.matchAll(/^\[[^\]]+\]: (\S+)$/gm)].map(([, link]) => link);
	return [...inline, ...references].filter((link) => link !== undefined);
}

/** The anchors that GitHub makes of a page's headings. */
function anchorsIn(page: string): string[] {
	const anchors: string[] = [];
	for (const [, heading = ''] of read(page)
		.replace(/^```[^]*?^```/gm, '')
		.matchAll(/^#{1,6} (.*)$/gm)) {
		const words = heading
			.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
			.trim()
			.toLowerCase();
		const anchor = words.replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, '').replaceAll(' ', '-');
		const repeats = anchors.filter((one) => one.replace(/-\d+$/, '') === anchor || one === anchor);
		anchors.push(repeats.length === 0 ? anchor : `${anchor}-${repeats.length}`);
	}
	return anchors;
}

/** A link as path in the repository and anchor; undefined where it leads out of the repository. */
function targetOf(link: string, page: string): { path: string; anchor?: string } | undefined {
	const [address = '', anchor] = link.split('#');
	const inside = [REPOSITORY, RAW].find(
		(start) => address === start || address.startsWith(`${start}/`),
	);
	if (inside === undefined) {
		if (/^[a-z]+:/.test(address)) return undefined;
		return {
			path: address === '' ? page : relative(root, resolve(root, dirname(page), address)),
			anchor,
		};
	}
	const rest = address.slice(inside.length).replace(/\.git$/, '');
	if (inside === REPOSITORY && GITHUB.test(rest)) return undefined;
	const path = rest.replace(/^\/(?:(?:blob|tree)\/)?HEAD\//, '');
	return {
		path: path === '' ? 'README.md' : path,
		anchor: anchor === 'readme' ? undefined : anchor,
	};
}

/** What is wrong with a link on that page; undefined when it leads somewhere. */
function problemWith(link: string, page: string): string | undefined {
	const target = targetOf(link, page);
	if (target === undefined) return undefined;
	const { path, anchor } = target;
	if (path.startsWith('..') || !existsSync(join(root, path)))
		return `${page}: ${link}: no such file`;
	if (anchor === undefined || anchor === '') return undefined;
	if (statSync(join(root, path)).isFile() && anchorsIn(path).includes(anchor)) return undefined;
	return `${page}: ${link}: no such heading`;
}

test.each(pages)('every link of %s leads somewhere', (page) => {
	expect(
		linksIn(page)
			.map((link) => problemWith(link, page))
			.filter(Boolean),
	).toEqual([]);
});

const PICTURES = join('docs', 'pictures');

test('the pages show every picture that is made for them, 1 MB together', () => {
	const pictures = filesIn(PICTURES);
	const shown = pages.flatMap((page) => linksIn(page).map((link) => targetOf(link, page)?.path));
	expect(shown.filter((path) => path?.startsWith(PICTURES)).sort()).toEqual(pictures.sort());
	const bytes = pictures.map((path) => statSync(join(root, path)).size);
	expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1_000_000);
});

test('the test itself sees what is wrong', () => {
	expect(problemWith('docs/missing.md', 'README.md')).toMatch(/no such file/);
	expect(problemWith('../../outside.md', 'docs/triggers.md')).toMatch(/no such file/);
	expect(problemWith('triggers.md#no-such-heading', 'docs/triggers.md')).toMatch(/no such heading/);
	expect(problemWith('#no-such-heading', 'README.md')).toMatch(/no such heading/);
	expect(problemWith(`${REPOSITORY}#no-such-heading`, 'README.md')).toMatch(/no such heading/);
	expect(problemWith(`${REPOSITORY}/blob/HEAD/docs/missing.md`, 'README.md')).toMatch(
		/no such file/,
	);
	expect(problemWith('triggers.md#the-item', 'docs/reliability.md')).toBeUndefined();
	expect(
		problemWith(`${REPOSITORY}/blob/HEAD/docs/triggers.md#the-item`, 'README.md'),
	).toBeUndefined();
});

/** Where the README's links lead in the repository. */
const inReadme = () => linksIn('README.md').map((link) => targetOf(link, 'README.md')?.path);

test('the README leads to every page and to every example', () => {
	const examples = filesIn('examples').filter((path) => extname(path) === '.json');
	const wanted = [...pages.filter((page) => page !== 'README.md'), ...examples];
	expect(wanted.filter((path) => !inReadme().includes(path))).toEqual([]);
});

const below = (folder: string) =>
	readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });

test('every file of the code that a page names is there', () => {
	const files = ['nodes', 'credentials'].flatMap((folder) =>
		below(folder).map((name) => `/${folder}/${name}`),
	);
	const named = pages.flatMap((page) =>
		[...read(page).matchAll(/`([\w/*]+\.ts)`/g)].map(([, name = '']) => name),
	);
	expect(named.length).toBeGreaterThan(50);
	const isThere = (name: string) => {
		const pattern = new RegExp(`/${name.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`);
		return files.some((file) => pattern.test(file));
	};
	expect(named.filter((name) => !isThere(name) && !/^test\//.test(name))).toEqual([]);
});

test('every link from the code into the repository leads somewhere', () => {
	const folders = ['nodes', 'credentials', 'release', '.github'];
	const files = folders.flatMap((folder) => below(folder).map((name) => join(folder, name)));
	for (const path of [...files, 'package.json'].filter((one) =>
		/\.(?:ts|json|mjs|yml)$/.test(one),
	)) {
		const links = read(path).match(/https:\/\/[^\s"'`)]+/g) ?? [];
		expect(links.map((link) => problemWith(link, path)).filter(Boolean)).toEqual([]);
	}
});

test('CONTRIBUTING shows the floors that the lint holds, and every file on them', () => {
	const MARK = '<!-- floors: written by test/unit/docs.test.ts -->';
	const shared = join('nodes', 'shared');
	expect(floors.flat().sort()).toEqual(readdirSync(join(root, shared)).sort());
	const lines = floors.map((folders, index) =>
		folders.map((folder, place) => {
			const files = filesIn(join(shared, folder)).map((path) => basename(path, '.ts'));
			const number = place === 0 ? index + 1 : ' ';
			return `${number}  ${folder.padEnd(12)}${files.sort().join(' ')}`;
		}),
	);
	const picture = ['```', ...lines.reverse().flat(), '```'].join('\n');
	keepTable(picture, 'CONTRIBUTING.md', MARK);
	expect(tableIn('CONTRIBUTING.md', MARK)).toBe(picture);
});
