import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { N8nClient } from './client.mjs';
import { HOST } from './paths.mjs';
import { freePort } from './ports.mjs';
import { start, stop } from './processes.mjs';

/** What a run has started ends with it, however it ends; and a server is ready when it is. */

const moduleAt = (name) => JSON.stringify(pathToFileURL(join(HOST, name)).href);

/** A run that starts a server which never ends and prints for ever, as n8n does, and tells its ID. */
const RUN = `
	const { start, interruption } = await import(${moduleAt('processes.mjs')});
	const { endWith } = await import(${moduleAt('command.mjs')});
	await endWith(async () => {
		const interrupted = interruption();
		const server = start('sh', ['-c', 'trap "" HUP PIPE; while true; do echo on; sleep 0.05; done']);
		console.log(await server.pid);
		setInterval(() => console.log('still here'), 50);
		return interrupted;
	});
`;

/** A program that runs that command and passes its output on. */
const spawning = (command, args) =>
	`require('node:child_process').spawn(${JSON.stringify(command)}, ${JSON.stringify(args)}, { stdio: 'inherit' })`;

function exists(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

/** Starts the run, or another program that runs it; gives its process and the server's ID. */
async function startRun({ by = (run) => run } = {}) {
	const node = [process.execPath, '--input-type=module', '--eval', RUN];
	const [command, args] = by([node[0], node.slice(1)]);
	const env = { ...process.env, npm_lifecycle_event: 'start' };
	const run = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], env });
	const [line] = await once(run.stdout.setEncoding('utf8'), 'data');
	const pid = Number(line.split('\n')[0]);
	assert.ok(exists(pid));
	return { run, pid };
}

/** Waits for it without an end of its own: a server that stays is seen by the run's limit. */
async function untilGone(pid) {
	while (exists(pid)) await sleep(20);
}

describe('whatever ends a run ends its servers', () => {
	for (const signal of ['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP'])
		test(signal, { timeout: 300_000 }, async () => {
			const { run, pid } = await startRun();
			run.kill(signal);
			await untilGone(pid);
		});

	test('SIGKILL, before the server has begun', { timeout: 300_000 }, async () => {
		const leaves = `const { start } = await import(${moduleAt('processes.mjs')});
			start('sh', ['-c', 'sleep 1000; echo ${process.pid}']);
			process.kill(process.pid, 'SIGKILL');`;
		const run = spawn(process.execPath, ['--input-type=module', '--eval', leaves]);
		await once(run, 'close');
		const processes = () => spawnSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).stdout;
		while (processes().includes(`sleep 1000; echo ${process.pid}`)) await sleep(50);
	});

	test('nobody reads its output any more', { timeout: 300_000 }, async () => {
		const { run, pid } = await startRun();
		run.stdout.destroy();
		await untilGone(pid);
	});

	/** As npm does, which runs a script by itself or with a shell in between. */
	const RUNNERS = {
		'npm is killed': (args) => [process.execPath, ['--eval', spawning(...args)]],
		'npm is killed, with a shell between': (args) => [
			process.execPath,
			['--eval', spawning('sh', ['-c', '"$@"; exit $?', 'sh', ...args.flat()])],
		],
	};
	for (const [name, by] of Object.entries(RUNNERS))
		test(name, { timeout: 300_000 }, async () => {
			const { run, pid } = await startRun({ by });
			run.kill('SIGKILL');
			await untilGone(pid);
		});

	test('a process that is stopped takes along what it started', { timeout: 300_000 }, async () => {
		const server = start('sh', ['-c', 'sleep 1000 & echo $!; wait']);
		while (server.output === '') await sleep(20);
		const pid = Number(server.output);
		await stop(server);
		await untilGone(pid);
	});
});

describe('n8n is ready', () => {
	const ANSWERS = [
		['a page that asks to wait', 200, '<html>n8n is starting up. Please wait</html>', false],
		['JSON of a 404', 404, '{"data":null}', false],
		['settings without users', 200, '{"data":null}', false],
		['its settings', 200, '{"data":{"userManagement":{}}}', true],
	];
	for (const [name, status, body, isReady] of ANSWERS)
		test(`${isReady ? '' : 'not '}by ${name}`, { timeout: 300_000 }, async () => {
			const port = await freePort();
			const code = `require('node:http').createServer((_, response) => {
				response.writeHead(${status}); response.end(${JSON.stringify(body)});
			}).listen(${port}, '127.0.0.1', () => console.log('listening'))`;
			const server = start(process.execPath, ['--eval', code]);
			while (server.output === '') await sleep(20);
			assert.equal(await new N8nClient(`http://127.0.0.1:${port}`).isReady(), isReady);
			await stop(server);
		});
});
