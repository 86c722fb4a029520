/**
 * Prints every text a user can see, as one list: `npm run texts`, after `npm run build`. First those
 * of nodes and credentials, then the sentences of the source, which are the errors and messages.
 * Built node files that are named (`npm run texts -- Telegram.node.js`) are printed in place of ours.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import ts from 'typescript';

const root = resolve(import.meta.dirname, '..');
const require = createRequire(import.meta.url);

/** The classes of a built file: a node, or a credential. */
const load = (path) => Object.values(require(path)).map((Type) => new Type());

const conditions = (field) =>
	Object.entries(field.displayOptions?.show ?? {})
		.filter(([name]) => name !== 'resource' && name !== 'operation')
		.map(([name, values]) => `${name}=${values.map((value) => JSON.stringify(value)).join('|')}`);

const shownFor = (field) => {
	const show = field.displayOptions?.show ?? {};
	return [show.resource, show.operation]
		.filter((values) => values !== undefined)
		.map((values) => values.join('|'))
		.join(' › ');
};

/** The lines of one field and of the fields inside of it. */
function* fieldTexts(field, depth) {
	const space = '  '.repeat(depth);
	const when = conditions(field);
	yield `${space}${field.displayName} (${field.name}, ${field.type})${
		when.length > 0 ? ` when ${when.join(', ')}` : ''
	}`;
	for (const kind of ['description', 'hint', 'placeholder', 'action']) {
		if (field[kind]) yield `${space}  ${kind}: ${field[kind]}`;
	}
	for (const button of [field.typeOptions?.multipleValueButtonText]) {
		if (button) yield `${space}  button: ${button}`;
	}
	for (const rule of field.validation ?? []) {
		yield `${space}  ${rule.type}: ${rule.properties.errorMessage ?? rule.properties.regex}`;
	}
	for (const option of [...(field.options ?? []), ...(field.modes ?? [])]) {
		if (option.values) {
			yield `${space}  ${option.displayName} (${option.name}, group)`;
			for (const inner of option.values) yield* fieldTexts(inner, depth + 2);
		} else if (option.displayName !== undefined) {
			yield* fieldTexts(option, depth + 1);
		} else {
			yield `${space}  = ${option.name} (${option.value})`;
			for (const kind of ['action', 'description']) {
				if (option[kind]) yield `${space}    ${kind}: ${option[kind]}`;
			}
		}
	}
}

/** The texts of a node or of a credential, under a heading for each operation. */
function* textsOf(thing) {
	const about = thing.description ?? thing;
	yield `# ${about.displayName} (${about.name})`;
	for (const kind of ['description', 'subtitle', 'eventTriggerDescription', 'activationMessage']) {
		if (about[kind]) yield `  ${kind}: ${about[kind]}`;
	}
	if (about.defaults) yield `  default name: ${about.defaults.name}`;
	for (const [name, help] of Object.entries(about.triggerPanel ?? {})) {
		yield `  panel ${name}: ${typeof help === 'string' ? help : JSON.stringify(help)}`;
	}
	for (const rule of thing.test?.rules ?? []) {
		yield `  test ${rule.properties.value}: ${rule.properties.message}`;
	}
	let heading;
	for (const field of about.properties) {
		const place = shownFor(field);
		if (place !== heading) yield `## ${place || 'always'}`;
		heading = place;
		yield* fieldTexts(field, 1);
	}
	yield '';
}

/** A sentence as it stands in the source: parts that are joined by `+` in one, values in braces. */
const sentence = (node) => {
	if (ts.isStringLiteralLike(node)) return node.text;
	if (ts.isTemplateExpression(node)) {
		const parts = node.templateSpans.map(
			({ expression, literal }) => `{${expression.getText()}}${literal.text}`,
		);
		return node.head.text + parts.join('');
	}
	if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
		return sentence(node.left) + sentence(node.right);
	}
	return ts.isParenthesizedExpression(node) ? sentence(node.expression) : `{${node.getText()}}`;
};

const isText = (node) =>
	ts.isStringLiteralLike(node) ||
	ts.isTemplateExpression(node) ||
	(ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken);

function* sentences(node) {
	if (ts.isImportDeclaration(node)) return;
	if (isText(node)) {
		const text = sentence(node);
		if (
			text
				.replace(/\{[^{}]*\}/g, '')
				.trim()
				.split(/\s+/).length >= 3
		)
			yield text;
		return;
	}
	const children = [];
	ts.forEachChild(node, (child) => void children.push(child));
	for (const child of children) yield* sentences(child);
}

/** `printed` are texts of fields, which are in the first part of the list already. */
function* sourceTexts(printed) {
	const files = readdirSync(join(root, 'nodes'), { recursive: true })
		.filter((name) => name.endsWith('.ts'))
		.sort();
	for (const name of files) {
		const text = readFileSync(join(root, 'nodes', name), 'utf8');
		const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
		const found = [...new Set(sentences(source))].filter((line) => !printed.has(line));
		if (found.length > 0)
			yield [`## nodes/${name}`, ...found.map((line) => `  ${line}`)].join('\n');
	}
}

const { nodes, credentials } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).n8n;
const printed = new Set();
const given = process.argv.slice(2);
const files = given.length > 0 ? given : [...nodes, ...credentials].map((file) => join(root, file));
for (const file of files) {
	for (const thing of load(resolve(file))) {
		for (const line of textsOf(thing)) {
			console.log(line);
			printed.add(line.trim().replace(/^[\w ]+: /, ''));
		}
	}
}
if (given.length === 0) {
	console.log('# Messages and errors, from the source');
	for (const lines of sourceTexts(printed)) console.log(lines);
}
