import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { freePort } from './ports.mjs';
import { run, start, stop, untilReady } from './processes.mjs';

/** The two servers of n8n's queue mode, from the machine's own packages, each private to one test. */

const DEBIAN_POSTGRES = '/usr/lib/postgresql';
const HOST_ADDRESS = '127.0.0.1';
const USER = 'n8n';

/** Debian keeps Postgres' programs out of the PATH, one folder for each version. */
function foldersOfPrograms() {
	const versions = existsSync(DEBIAN_POSTGRES) ? readdirSync(DEBIAN_POSTGRES) : [];
	const newestFirst = versions.sort((one, other) => Number(other) - Number(one));
	return [
		...process.env.PATH.split(delimiter),
		...newestFirst.map((version) => join(DEBIAN_POSTGRES, version, 'bin')),
	];
}

/** The program's path; undefined when this machine does not have it. */
function programPath(name) {
	return foldersOfPrograms()
		.map((folder) => join(folder, name))
		.find(existsSync);
}

const PACKAGES = {
	postgresql: ['initdb', 'pg_isready', 'postgres'],
	'redis-server': ['redis-cli', 'redis-server'],
};

/** The Debian packages whose programs this machine does not have; none when queue mode can be tested. */
export function missingServers() {
	return Object.entries(PACKAGES)
		.filter(([, programs]) => programs.some((name) => programPath(name) === undefined))
		.map(([name]) => name);
}

const isRoot = process.getuid?.() === 0;

/** Postgres refuses to run as root: root runs it as its own user. */
function asPostgresUser(command, args) {
	return isRoot
		? ['setpriv', ['--reuid=postgres', '--regid=postgres', '--clear-groups', command, ...args]]
		: [command, args];
}

function idOfPostgres(option) {
	return Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }));
}

/** A server that can be ended and started again on what it has stored. */
class Server {
	/** `command` starts it, `probe` succeeds once it answers: each `[command, args]`. */
	constructor({ name, port, command, probe, endsWith }) {
		Object.assign(this, { name, host: HOST_ADDRESS, port, command, probe, endsWith });
	}

	async start() {
		const [command, args] = this.command;
		this.process = start(command, args, { cwd: '/' });
		await untilReady(this.process, this.name, () =>
			run(...this.probe).then(
				() => true,
				() => false,
			),
		);
	}

	async stop() {
		process.kill(await this.process.pid, this.endsWith);
		await stop(this.process);
	}

	async restart() {
		await this.stop();
		await this.start();
	}
}

/** A Redis, with a way to make it forget keys. */
class Redis extends Server {
	/** Forgets every key that fits the pattern. */
	async forget(pattern) {
		const cli = ['-h', HOST_ADDRESS, '-p', String(this.port)];
		const keys = await run(programPath('redis-cli'), [...cli, '--scan', '--pattern', pattern]);
		for (const key of keys.split('\n').filter(Boolean))
			await run(programPath('redis-cli'), [...cli, 'del', key]);
	}
}

/** Starts a Postgres with an empty database in that folder. */
export async function startPostgres(folder) {
	mkdirSync(folder, { recursive: true });
	if (isRoot) chownSync(folder, idOfPostgres('-u'), idOfPostgres('-g'));
	const data = join(folder, 'data');
	const options = [
		'-D',
		data,
		'-U',
		USER,
		'--auth=trust',
		'--encoding=UTF8',
		'--locale=C',
		'--no-sync',
	];
	await run(...asPostgresUser(programPath('initdb'), options), { cwd: '/' });
	const port = await freePort();
	const settings = [
		`listen_addresses=${HOST_ADDRESS}`,
		`unix_socket_directories=${folder}`,
		'max_connections=200',
	];
	const args = ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
	const server = new Server({
		name: 'Postgres',
		port,
		command: asPostgresUser(programPath('postgres'), args),
		probe: [programPath('pg_isready'), ['-h', HOST_ADDRESS, '-p', String(port)]],
		// At SIGTERM it would wait until its clients have left.
		endsWith: 'SIGINT',
	});
	await server.start();
	return Object.assign(server, { user: USER, database: 'postgres' });
}

/** Starts a Redis that keeps what it has over a restart. */
export async function startRedis(folder) {
	mkdirSync(folder, { recursive: true });
	const port = await freePort();
	const options = [
		'--bind',
		HOST_ADDRESS,
		'--port',
		String(port),
		'--dir',
		folder,
		'--appendonly',
		'yes',
		'--save',
		'',
	];
	const server = new Redis({
		name: 'Redis',
		port,
		command: [programPath('redis-server'), options],
		probe: [programPath('redis-cli'), ['-h', HOST_ADDRESS, '-p', String(port), 'get', 'anything']],
		endsWith: 'SIGTERM',
	});
	await server.start();
	return server;
}
