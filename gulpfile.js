const { existsSync } = require('node:fs');
const { mkdir, readdir, readFile, writeFile } = require('node:fs/promises');
const { join } = require('node:path');
const { dest, parallel, src } = require('gulp');

/** n8n looks for a node's icon and codex file beside its compiled class. */
const icons = () => src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));
const codex = () => src('nodes/**/*.node.json').pipe(dest('dist/nodes'));
const entry = () => src('index.js').pipe(dest('dist'));

/** The JSON schema of what `outputs.json` tells of an item: the kind of each value. */
function schemaOf(shape) {
	if (typeof shape === 'string') return { type: shape };
	if (Array.isArray(shape)) {
		return { type: 'array', items: shape.length === 0 ? {} : schemaOf(shape[0]) };
	}
	const properties = Object.entries(shape).map(([name, one]) => [name, schemaOf(one)]);
	return { type: 'object', properties: Object.fromEntries(properties) };
}

/**
 * The fields of each operation's items, as n8n's editor shows them before the first run: it looks for
 * a file of the node's version, resource and operation.
 */
async function schemas() {
	for (const pair of await readdir('nodes')) {
		const file = join('nodes', pair, 'outputs.json');
		if (!existsSync(file)) continue;
		const outputs = JSON.parse(await readFile(file, 'utf8'));
		for (const [what, shape] of Object.entries(outputs)) {
			const [resource, operation] = what.split('.');
			const folder = join('dist/nodes', pair, '__schema__/v1.0.0', resource);
			await mkdir(folder, { recursive: true });
			await writeFile(join(folder, `${operation}.json`), JSON.stringify(schemaOf(shape)));
		}
	}
}

exports.build = parallel(icons, codex, entry, schemas);
