import { basename } from 'node:path';
import { Problem } from './problem.mjs';
import { CommandFailed, run } from './processes.mjs';

const NO_NETWORK =
	/\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ENOTCACHED|ERR_SOCKET_TIMEOUT)\b/;

/** The command and arguments that run npm: the one that runs us, or the one on the PATH. */
export function npmInvocation(args) {
	const cli = process.env.npm_execpath ?? '';
	return basename(cli) === 'npm-cli.js' ? [process.execPath, cli, ...args] : ['npm', ...args];
}

/** Without what the npm that runs us tells its scripts about the root package. */
function cleanEnvironment() {
	const about = ['npm_config_local_prefix', 'npm_package_json', 'INIT_CWD'];
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !about.includes(name)));
}

function lastLine(output) {
	const lines = output
		.split('\n')
		.filter((line) => line.trim() !== '' && !line.includes('A complete log of this run'));
	return lines.findLast((line) => line.includes('npm error')) ?? lines.at(-1) ?? '';
}

/** Runs npm in that folder; gives what it printed, or throws a Problem that says why not. */
export async function npm(args, cwd) {
	const [command, ...all] = npmInvocation(args);
	try {
		return await run(command, all, { cwd, env: cleanEnvironment() });
	} catch (error) {
		if (!(error instanceof CommandFailed)) throw error;
		if (NO_NETWORK.test(error.output)) {
			throw new Problem(
				`npm ${args[0]} could not reach the package registry: connect to the network and try again.`,
			);
		}
		throw new Problem(`npm ${args.join(' ')} failed: ${lastLine(error.output)}`);
	}
}
