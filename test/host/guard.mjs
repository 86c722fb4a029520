import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import process from 'node:process';

/**
 * Runs a command for `start` and ends with it. When the process that started it is gone, however it
 * ended, the command and all that it started in its group are gone too: with nobody left to read its
 * output, a server would go on for ever.
 */

const [command, ...args] = process.argv.slice(2);
const ownGroup = process.platform !== 'win32';
let child;

function end() {
	if (ownGroup) process.kill(-process.pid, 'SIGKILL');
	child?.kill('SIGKILL');
	process.exit(1);
}

// The whole group gets a signal: the command ends by it, and this process with the command.
for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM']) process.on(signal, () => undefined);
process.once('disconnect', end);
// It may have gone while this process was still being loaded: nobody is told of that.
if (process.connected === false) end();

child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], windowsHide: true });
child.once('error', ({ message }) => {
	console.error(message);
	process.exit(1);
});
child.once('spawn', () => process.send?.({ pid: child.pid }, (error) => error && end()));
child.once('exit', (code, signal) => {
	if (signal === null) process.exit(code ?? 1);
	process.removeAllListeners(signal);
	process.kill(process.pid, signal);
	// A signal that Node ignores did not end it: it tells as a shell does.
	process.exit(128 + constants.signals[signal]);
});
