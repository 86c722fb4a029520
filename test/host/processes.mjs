import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { setInterval } from 'node:timers';
import { setTimeout as sleep } from 'node:timers/promises';
import { HOST } from './paths.mjs';
import { Problem } from './problem.mjs';

const ownGroups = process.platform !== 'win32';
const KEPT_OUTPUT = 64_000;
const GRACE_MS = 40_000;
const STARTUP_MS = 600_000;
const POLL_MS = 100;
const GUARD = join(HOST, 'guard.mjs');
const running = new Set();

/** A process that ended badly; `output` holds the end of what it printed. */
export class CommandFailed extends Error {
	name = 'CommandFailed';

	constructor(command, { code, signal, output }) {
		super(`${command} ended with ${signal ?? `exit code ${code}`}`);
		this.output = output;
	}
}

function signalTree({ child }, signal) {
	if (child.pid === undefined) return;
	try {
		// A negative number means the whole group: what the process started ends with it.
		process.kill(ownGroups ? -child.pid : child.pid, signal);
	} catch (error) {
		if (error.code !== 'ESRCH') throw error;
	}
}

/**
 * Starts a process in a group of its own, which ends with this process, however that ends. `exited`
 * fulfils with `{ code, signal, output }` and never rejects; `pid` with the process's ID; `onOutput`
 * gets what is printed as it comes.
 */
export function start(
	command,
	args,
	{ cwd, env = process.env, onOutput, stdio = ['ignore', 'pipe', 'pipe'] } = {},
) {
	const child = spawn(process.execPath, [GUARD, command, ...args], {
		cwd,
		env,
		stdio: [...stdio, 'ipc'],
		detached: ownGroups,
		windowsHide: true,
	});
	const handle = { child, output: '' };
	handle.pid = new Promise((resolve) => child.once('message', ({ pid }) => resolve(pid)));
	const collect = (chunk) => {
		handle.output = (handle.output + chunk).slice(-KEPT_OUTPUT);
		onOutput?.(chunk);
	};
	child.stdout?.setEncoding('utf8').on('data', collect);
	child.stderr?.setEncoding('utf8').on('data', collect);
	running.add(handle);
	handle.exited = new Promise((resolve) => {
		const end = (code, signal) => {
			running.delete(handle);
			resolve({ code, signal, output: handle.output });
		};
		child.once('error', (error) => {
			collect(error.message);
			end(1, null);
		});
		child.once('close', end);
	});
	return handle;
}

/** Runs a process to its end and gives what it printed; throws CommandFailed when it failed. */
export async function run(command, args, options) {
	const { code, signal, output } = await start(command, args, options).exited;
	if (code !== 0) throw new CommandFailed([command, ...args].join(' '), { code, signal, output });
	return output;
}

/** Ends a process and all of its group at once, as a crash would. */
export async function kill(handle) {
	signalTree(handle, 'SIGKILL');
	await handle.exited;
}

/** Asks a process to end, insists after a while, and leaves nothing of its group behind. */
export async function stop(handle) {
	if (running.has(handle)) {
		signalTree(handle, 'SIGTERM');
		await Promise.race([handle.exited, sleep(GRACE_MS, undefined, { ref: false })]);
	}
	await kill(handle);
}

/** Stops everything that is still running, the last started first. */
export async function stopAll() {
	for (const handle of [...running].reverse()) await stop(handle);
}

/** Waits until a server that was started says it is ready; throws when it ends or takes too long. */
export async function untilReady(handle, name, isReady) {
	let ended = false;
	handle.exited.then(() => (ended = true));
	for (const deadline = Date.now() + STARTUP_MS; Date.now() < deadline; await sleep(POLL_MS)) {
		if (ended) throw new Problem(`${name} ended before it was ready: ${lastLine(handle.output)}`);
		if (await isReady()) return;
	}
	throw new Problem(`${name} was not ready after ${STARTUP_MS / 1000} seconds.`);
}

function lastLine(text) {
	return text.trim().split('\n').at(-1);
}

function exists(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === 'EPERM';
	}
}

/** The npm that runs this process, where a shell stands between the two; npm starts its scripts by one. */
function npmBehindShell() {
	const columns = ['-o', 'ppid=,comm=', '-p', String(process.ppid)];
	const { stdout } = spawnSync('ps', columns, { encoding: 'utf8' });
	const [, parent, name = ''] = /^\s*(\d+)\s+(.*?)\s*$/.exec(stdout ?? '') ?? [];
	return name.endsWith('sh') ? Number(parent) : undefined;
}

/** Fulfils when the npm or the test runner that started this process is gone without a word. */
function abandonment() {
	const { npm_lifecycle_event: script, NODE_TEST_CONTEXT: runner } = process.env;
	if (script === undefined && runner === undefined) return new Promise(() => undefined);
	const parent = process.ppid;
	const npm = npmBehindShell();
	return new Promise((resolve) => {
		const look = () => {
			if (process.ppid !== parent || !exists(npm ?? parent)) resolve();
		};
		setInterval(look, POLL_MS).unref();
	});
}

const EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

/**
 * Fulfils when the user or the system asks this process to end, or nobody is left whom it works for;
 * gives the exit code to end with.
 */
export function interruption() {
	// The listeners stay: a second Ctrl-C must not end this process before it has cleaned up.
	const asked = new Promise((resolve) => {
		for (const [signal, exitCode] of Object.entries(EXIT_CODES))
			process.on(signal, () => resolve(exitCode));
	});
	return Promise.race([asked, abandonment().then(() => EXIT_CODES.SIGHUP)]);
}

/** Fulfils when it prints and nobody reads that any more; gives the exit code to end with. */
export function silence() {
	return new Promise((resolve) => {
		for (const stream of [process.stdout, process.stderr])
			stream.on('error', () => resolve(EXIT_CODES.SIGHUP));
	});
}

// The last resort, whatever the way this process ends.
process.once('exit', () => {
	for (const handle of running) signalTree(handle, 'SIGKILL');
});
