import { join } from 'node:path';
import { missingBrowser } from '../editor/browser.mjs';
import { endWith } from './command.mjs';
import { installHost, installOlder, installRoot, OLDER_VERSIONS } from './install.mjs';
import { useBuild } from './lock.mjs';
import { npmInvocation } from './npm.mjs';
import { build } from './package.mjs';
import { HOST, OLDER_VERSION, ROOT } from './paths.mjs';
import { Problem } from './problem.mjs';
import { interruption, start } from './processes.mjs';
import { missingServers } from './servers.mjs';
import { duration, mark, step, style } from './steps.mjs';

const script = (...args) => npmInvocation(['run', ...args]);

const needsBuild = true;

const HOST_TESTS = [
	'processes',
	'lock',
	'host',
	'triggers',
	'agent',
	'restart',
	'onlyNew',
	'load',
	'media',
	'compose',
].map((name) => join(HOST, `${name}.test.mjs`));

/** Each of these files has an n8n of its own running: two at a time would be in each other's way. */
const ONE_AFTER_ANOTHER = ['--test', '--test-concurrency=1', '--test-reporter=spec'];

/** Three files that mostly wait; where they write their tables into one page, they take turns. */
const RELIABILITY_WORKERS = [
	process.env.REGENERATE_DOCS === undefined ? '--maxWorkers=3' : '--runInBand',
];

/** The stages of a whole run, in order. */
const WHOLE_RUN = {
	// First: lint looks at what is packed too, and the tests' types at what is built.
	build: { work: async () => void (await build(useBuild)) },
	lint: { command: script('lint'), needsBuild },
	types: { command: script('types'), needsBuild },
	jest: { command: script('jest', '--', 'test/unit/', 'test/engine/'), needsBuild },
	// Apart: 1,000 messages for every fault take minutes, and most of it is waiting.
	reliability: {
		command: script('jest', '--', 'test/reliability/', ...RELIABILITY_WORKERS),
		needsBuild,
	},
	host: {
		command: [process.execPath, ...ONE_AFTER_ANOTHER, ...HOST_TESTS],
		needsBuild,
		needsHost: true,
	},
	queue: {
		command: [process.execPath, ...ONE_AFTER_ANOTHER, join(HOST, 'queue.test.mjs')],
		needsBuild,
		needsHost: true,
		missing: missingServers,
	},
	editor: {
		command: [
			process.execPath,
			...ONE_AFTER_ANOTHER,
			join(ROOT, 'test', 'editor', 'editor.test.mjs'),
		],
		needsBuild,
		needsHost: true,
		missing: missingBrowser,
	},
};

/** What is tested on older versions of n8n too. */
const TESTED_ON_OLDER = ['host', 'triggers', 'restart', 'media'].map((name) =>
	join(HOST, `${name}.test.mjs`),
);

/** What can be asked for by name: parts of the whole run, and the older versions of n8n. */
const PARTS = {
	hosts: {
		work: () => testOnOlder(),
		needsBuild,
	},
	unit: { command: script('jest', '--', 'test/unit/'), needsBuild },
	engine: { command: script('jest', '--', 'test/engine/'), needsBuild },
};

const STAGES = { ...WHOLE_RUN, ...PARTS };

const USAGE = `Usage: npm test -- [stage …]\n\nStages, all of them when none is named: ${Object.keys(WHOLE_RUN).join(', ')}.\nBesides: ${Object.keys(PARTS).join(', ')}.`;

/** Runs a stage with its output shown; gives its exit code. */
async function runStage(name) {
	const startedAt = Date.now();
	console.log(`\n${style('bold', `── ${name}`)}`);
	const code = await codeOf(STAGES[name]);
	durations.set(name, Date.now() - startedAt);
	console.log(`${mark(code === 0)} ${name} ${style('dim', `(${durationOf(name)})`)}`);
	return code;
}

async function codeOf({ work, command }) {
	if (work !== undefined) return (await work()) ?? 0;
	return codeOfCommand(command);
}

async function codeOfCommand([program, ...args], env = process.env) {
	const stdio = ['ignore', 'inherit', 'inherit'];
	return (await start(program, args, { cwd: ROOT, env, stdio }).exited).code ?? 1;
}

/** The host tests on one older version of n8n after the other; gives the exit code. */
async function testOnOlder() {
	let code = 0;
	for (const version of Object.keys(OLDER_VERSIONS)) {
		await installOlder(version);
		console.log(`\n${style('bold', `n8n ${version}`)}`);
		const command = [process.execPath, ...ONE_AFTER_ANOTHER, ...TESTED_ON_OLDER];
		code = Math.max(
			code,
			await codeOfCommand(command, { ...process.env, [OLDER_VERSION]: version }),
		);
	}
	return code;
}

const durations = new Map();
const durationOf = (name) => duration(durations.get(name));

/** How long each stage took, and all of them together. */
function printDurations() {
	const total = [...durations.values()].reduce((sum, each) => sum + each, 0);
	const each = [...durations.keys()].map((name) => `${name} ${durationOf(name)}`);
	console.log(`\n${[...each, `together ${duration(total)}`].join(', ')}`);
}

/** Installs and builds what those stages stand on. */
async function prepare(names) {
	await installRoot();
	if (names.some((name) => STAGES[name].needsHost)) await installHost();
	if (names.some((name) => STAGES[name].needsBuild) && !names.includes('build')) {
		await step('Build the package', () => build(useBuild));
	}
}

async function run(names) {
	await prepare(names);
	try {
		for (const name of names) {
			const code = await runStage(name);
			if (code !== 0) return code;
		}
		return 0;
	} finally {
		printDurations();
	}
}

/** What the stage needs and this machine does not have: Debian's names of the packages. */
function missingFor(name) {
	return STAGES[name].missing?.() ?? [];
}

/** What to do about programs that this machine does not have. */
function installAdvice(missing) {
	return `this machine does not have ${missing.join(' and ')} (on Debian: apt-get install ${missing.join(' ')})`;
}

/** The named stages, each of which has to run. */
function demanded(names) {
	const unknown = names.find((name) => !Object.hasOwn(STAGES, name));
	if (unknown !== undefined) throw new Problem(`There is no stage "${unknown}".\n\n${USAGE}`);
	const impossible = names.find((name) => missingFor(name).length > 0);
	if (impossible !== undefined)
		throw new Problem(`Stage ${impossible} cannot run: ${installAdvice(missingFor(impossible))}.`);
	return names;
}

/** The stages of a whole run; those that miss a program are left out, which is said at its end. */
async function runWhole() {
	const names = Object.keys(WHOLE_RUN);
	const skipped = names.filter((name) => missingFor(name).length > 0);
	const code = await run(names.filter((name) => !skipped.includes(name)));
	for (const name of skipped)
		console.log(`\n${style('yellow', `– ${name} SKIPPED`)}: ${installAdvice(missingFor(name))}.`);
	return code;
}

/** Runs the named stages, or all of them, up to the first that fails, whose exit code it ends with. */
export async function main(args) {
	const work = async () => (args.length === 0 ? runWhole() : run(demanded(args)));
	await endWith(() => Promise.race([work(), interruption()]));
}
