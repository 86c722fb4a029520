import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { claim, locked } from './lock.mjs';
import { temporaryFolder } from './package.mjs';
import { HOST } from './paths.mjs';
import { nextFreePort } from './ports.mjs';

/** Two runs at once keep out of each other's way, and one that was killed is in nobody's way. */

const ROOM = { timeout: 300_000 };
const started = [];

/** Another run, with lock.mjs at hand; gives its process and the first line that it prints. */
async function otherRun(code) {
	const lock = JSON.stringify(pathToFileURL(join(HOST, 'lock.mjs')).href);
	const text = `const { claim, locked } = await import(${lock}); ${code}`;
	const run = spawn(process.execPath, ['--input-type=module', '--eval', text], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	started.push(run);
	const [line] = await once(run.stdout.setEncoding('utf8'), 'data');
	return { run, line: line.trim() };
}

async function kill({ run }) {
	const exited = once(run, 'exit');
	run.kill('SIGKILL');
	await exited;
}

const HELD = "console.log('held'); await new Promise((resolve) => setInterval(resolve, 1e9));";

describe('two runs at once', () => {
	let folder;

	before(() => {
		folder = temporaryFolder();
	});

	after(() => {
		for (const run of started) run.kill('SIGKILL');
		rmSync(folder, { recursive: true, force: true });
	});

	test('one after the other, whoever comes', ROOM, async () => {
		const name = `test-${randomUUID()}`;
		const file = join(folder, 'count');
		writeFileSync(file, '0');
		const count = `
			const { readFileSync, writeFileSync } = await import('node:fs');
			const file = ${JSON.stringify(file)};
			for (let round = 0; round < 5; round++)
				await locked('${name}', async () => {
					const before = Number(readFileSync(file, 'utf8'));
					await new Promise((resolve) => setTimeout(resolve, 20));
					writeFileSync(file, String(before + 1));
				});
			console.log('done');`;
		const runs = await Promise.all([1, 2, 3].map(() => otherRun(count)));
		// Of those that had to wait, the first line tells whom for.
		await Promise.all(runs.map(({ run }) => run.exitCode ?? once(run, 'exit')));
		assert.equal(readFileSync(file, 'utf8'), '15');
	});

	test('a run that was killed lets go of what it held', ROOM, async () => {
		const name = `test-${randomUUID()}`;
		const holder = await otherRun(`await locked('${name}', async () => { ${HELD} });`);
		await kill(holder);
		assert.equal(await locked(name, async () => 'mine'), 'mine');
	});

	test('a claim is of one run, until that one is gone', ROOM, async () => {
		const name = `test-${randomUUID()}`;
		const holder = await otherRun(`claim('${name}'); ${HELD}`);
		assert.equal(claim(name), false);
		await kill(holder);
		assert.equal(claim(name), true);
	});

	test('a port that another run has chosen and not opened yet is left to it', ROOM, async () => {
		const port = await nextFreePort(31_000);
		const ports = JSON.stringify(pathToFileURL(join(HOST, 'ports.mjs')).href);
		const code = `const { nextFreePort } = await import(${ports}); console.log(await nextFreePort(${port}));`;
		const { line } = await otherRun(code);
		assert.ok(Number(line) > port, line);
	});
});
