import { Instrumenter } from '@stryker-mutator/instrumenter';
import {
	cpSync,
	existsSync,
	mkdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { constants, cpus, setPriority } from 'node:os';
import { basename, join, relative } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { endWith } from '../host/command.mjs';
import { temporaryFolder } from '../host/package.mjs';
import { HOST, ROOT } from '../host/paths.mjs';
import { Problem } from '../host/problem.mjs';
import { interruption, run, start, stop } from '../host/processes.mjs';
import { seededRandom, shuffled } from '../host/random.mjs';
import { duration, step } from '../host/steps.mjs';
import { FURTHER_SUBJECTS, SOURCES, SUBJECTS, TESTS } from './subjects.mjs';

const USAGE = `Usage: npm run mutate -- [file …] [options]

Changes the code in one place at a time and runs the tests of its subject: a change that no test
notices is a gap in the tests. Without names: ${Object.keys(SUBJECTS).join(', ')}.
By name also: ${Object.keys(FURTHER_SUBJECTS).join(', ')}.

  --count 120     mutants in all, evenly over the files
  --seed 1        another sample
  --line 93       all mutants of this line, of the one file named
  --jobs ${cpus().length}        mutants at a time
  --help          show this`;

/** What a run of the tests may take beyond its time without a mutant: the end of a test that hangs, and more. */
const PATIENCE_MS = 90_000;
const WIDEST = 100;

/** How the package is built, without a look at types, which the mutants' switches break. */
const BUILD = [
	['typescript/bin/tsc', '--noCheck'],
	['gulp/bin/gulp.js', 'build', '--silent'],
];

function readOptions(args) {
	const text = { type: 'string' };
	const { values, positionals } = parseArgs({
		args,
		allowPositionals: true,
		options: {
			count: { ...text, default: '120' },
			seed: { ...text, default: '1' },
			line: text,
			jobs: { ...text, default: String(cpus().length) },
			help: { type: 'boolean', default: false },
		},
	});
	const all = { ...SUBJECTS, ...FURTHER_SUBJECTS };
	const unknown = positionals.find((name) => !Object.hasOwn(all, name));
	if (unknown !== undefined) throw new Problem(`There is no subject "${unknown}".\n\n${USAGE}`);
	if (values.line !== undefined && positionals.length !== 1)
		throw new Problem('--line wants the name of one file.');
	const { count, seed, line, jobs } = values;
	return {
		names: positionals.length > 0 ? positionals : Object.keys(SUBJECTS),
		count: Number(count),
		seed: Number(seed),
		line: line && Number(line),
		jobs: Number(jobs),
		help: values.help,
	};
}

/** The tests of a subject that the copy of the package has. */
function testsOf(name, folder) {
	const tests = { ...SUBJECTS, ...FURTHER_SUBJECTS }[name].filter((test) =>
		existsSync(join(folder, TESTS, `${test}.test.ts`)),
	);
	if (tests.length === 0)
		throw new Problem(`${name} has no tests: name them in test/mutation/subjects.mjs.`);
	return tests;
}

/** Copies the package, with the packages that it stands on behind a link. */
function copyPackage(folder) {
	const left = [
		join(ROOT, 'node_modules'),
		join(HOST, 'node_modules'),
		join(ROOT, '.git'),
		join(ROOT, 'dist'),
		join(ROOT, '.n8n-host'),
	];
	cpSync(ROOT, folder, { recursive: true, filter: (path) => !left.includes(path) });
	symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
	mkdirSync(join(folder, 'tmp'));
}

const SILENT = Object.fromEntries(
	['trace', 'debug', 'info', 'warn', 'error', 'fatal'].flatMap((level) => [
		[level, () => {}],
		[`is${level[0].toUpperCase()}${level.slice(1)}Enabled`, () => false],
	]),
);

/** Puts all mutants of those files into the copy, each behind a switch in the environment; gives them by file. */
async function instrument(folder, names) {
	const files = names.map((name) => ({ name: join(folder, SOURCES, `${name}.ts`), mutate: true }));
	for (const file of files) file.content = readFileSync(file.name, 'utf8');
	const instrumented = await new Instrumenter(SILENT).instrument(files, {
		plugins: null,
		excludedMutations: [],
		ignorers: [],
	});
	for (const { name, content } of instrumented.files) writeFileSync(name, content);
	return new Map(
		names.map((name, index) => [
			name,
			instrumented.mutants
				.filter(({ fileName }) => fileName === files[index].name)
				.map((mutant) => described(mutant, name, files[index].content)),
		]),
	);
}

function described(
	{ id, location: { start: from, end: to }, replacement, mutatorName },
	name,
	content,
) {
	const lines = content.split('\n').slice(from.line, to.line + 1);
	lines.push((lines.pop() ?? '').slice(0, to.column));
	lines[0] = lines[0].slice(from.column);
	return {
		id,
		name,
		line: from.line + 1,
		kind: mutatorName,
		original: shortened(lines.join('\n')),
		replacement: shortened(replacement),
	};
}

function shortened(code) {
	const squeezed = code.replace(/\s+/g, ' ');
	return squeezed.length > WIDEST ? `${squeezed.slice(0, WIDEST - 1)}…` : squeezed;
}

/** The same mutants for the same seed, evenly over the files; what a small file lacks comes from the others. */
function sample(mutants, { count, seed, line }) {
	if (line !== undefined)
		return [...mutants.values()].flat().filter((mutant) => mutant.line === line);
	const queues = [...mutants.values()].map((list) => shuffled(list, seededRandom(seed)));
	const chosen = [];
	for (
		let round = 0;
		chosen.length < count && queues.some((queue) => queue.length > round);
		round++
	) {
		chosen.push(...queues.flatMap((queue) => queue.slice(round, round + 1)));
	}
	return chosen.slice(0, count).sort((a, b) => Number(a.id) - Number(b.id));
}

/** Runs a subject's tests up to the first that fails, with that mutant at work; gives what came of it. */
async function runTests(folder, tests, mutantId, limit) {
	const jest = [
		join(folder, 'node_modules/jest/bin/jest.js'),
		'--config=test/mutation/jest.config.cjs',
		`--cacheDirectory=${join(folder, 'tmp/jest')}`,
		'--runInBand',
		'--bail',
		'--runTestsByPath',
	];
	const temporary = join(folder, 'tmp');
	const handle = start(
		process.execPath,
		[...jest, ...tests.map((test) => join(TESTS, `${test}.test.ts`))],
		{
			cwd: folder,
			env: {
				...process.env,
				TMPDIR: temporary,
				MUTATION_TESTS: tests.join(','),
				__STRYKER_ACTIVE_MUTANT__: mutantId,
			},
		},
	);
	const timer = new AbortController();
	const result = await Promise.race([
		handle.exited,
		sleep(limit, undefined, { signal: timer.signal }),
	]);
	timer.abort();
	if (result === undefined) {
		await stop(handle);
		return { verdict: 'timeout', output: handle.output };
	}
	return { verdict: result.code === 0 ? 'survived' : 'killed', output: result.output };
}

const failureIn = (output) =>
	/First failure: (.*)/.exec(output)?.[1] ?? 'a test file that did not load';

/** How long each subject's tests take as the code is; throws when one of them fails. */
async function timeWithoutMutants(folder, names) {
	const times = new Map();
	for (const name of names) {
		const startedAt = performance.now();
		const { verdict, output } = await step(`${name} without a mutant`, () =>
			runTests(folder, testsOf(name, folder), '', 600_000),
		);
		if (verdict !== 'survived')
			throw new Problem(
				`The tests of ${name} fail without any mutant: ${failureIn(output)}\n${output}`,
			);
		times.set(name, performance.now() - startedAt);
	}
	return times;
}

async function judgeAll(folder, chosen, times, jobs) {
	const results = [];
	let next = 0;
	const work = async () => {
		while (next < chosen.length) {
			const mutant = chosen[next++];
			const { verdict, output } = await runTests(
				folder,
				testsOf(mutant.name, folder),
				mutant.id,
				2 * times.get(mutant.name) + PATIENCE_MS,
			);
			results.push({ ...mutant, verdict });
			const by = verdict === 'killed' ? `, by: ${failureIn(output)}` : '';
			console.log(
				`${String(results.length).padStart(4)}/${chosen.length} ${verdict.padEnd(8)} ${place(mutant)}${by}`,
			);
		}
	};
	await Promise.all(Array.from({ length: jobs }, work));
	return results.sort((a, b) => Number(a.id) - Number(b.id));
}

const place = ({ name, line, kind, original, replacement }) =>
	`${name}.ts:${line} ${kind}: ${original} → ${replacement}`;

/** The results as a table, a row for each file and one for all. */
function table(results, names) {
	const row = (title, rows) => {
		const [killed, survived, timeout] = ['killed', 'survived', 'timeout'].map(
			(verdict) => rows.filter((one) => one.verdict === verdict).length,
		);
		return `| ${[title, rows.length, killed, survived, timeout, `${((100 * (killed + timeout)) / rows.length).toFixed(0)} %`].join(' | ')} |`;
	};
	const byFile = names
		.map((name) => [name, results.filter((result) => result.name === name)])
		.filter(([, rows]) => rows.length > 0);
	return [
		'| File | Mutants | Killed | Survived | Timeout | Score |',
		'|---|---:|---:|---:|---:|---:|',
		...byFile.map(([name, rows]) => row(`${name}.ts`, rows)),
		row('all', results),
	].join('\n');
}

async function mutate(options) {
	const folder = join(temporaryFolder(), basename(ROOT));
	const startedAt = Date.now();
	try {
		copyPackage(folder);
		const mutants = await instrument(folder, options.names);
		const chosen = sample(mutants, options);
		if (chosen.length === 0) throw new Problem('There is no mutant there.');
		await step(
			`Build the package with ${[...mutants.values()].flat().length} mutants in ${relative('', folder)}`,
			async () => {
				for (const [tool, ...args] of BUILD)
					await run(process.execPath, [join(folder, 'node_modules', tool), ...args], {
						cwd: folder,
					});
			},
		);
		const times = await timeWithoutMutants(folder, options.names);
		const results = await judgeAll(folder, chosen, times, options.jobs);
		const survivors = results.filter(({ verdict }) => verdict === 'survived');
		console.log(
			`\n${table(results, options.names)}\n\nSurvivors:\n${survivors.map((mutant) => `- ${place(mutant)}`).join('\n')}\n\nSeed ${options.seed}, ${duration(Date.now() - startedAt)}.`,
		);
		return 0;
	} finally {
		rmSync(join(folder, '..'), { recursive: true, force: true });
	}
}

async function main(args) {
	const options = readOptions(args);
	if (options.help) {
		console.log(USAGE);
		return 0;
	}
	// A long run in the background: whatever else is to do goes first.
	setPriority(constants.priority.PRIORITY_LOW);
	return await Promise.race([mutate(options), interruption()]);
}

await endWith(() => main(process.argv.slice(2)));
