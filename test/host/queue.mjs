import { createHash, randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { readCompose } from './compose.mjs';
import { PostgresDatabase } from './database.mjs';
import { startN8n } from './n8n.mjs';
import { installIntoUserFolder, pack, temporaryFolder } from './package.mjs';
import { freePort } from './ports.mjs';
import { stopAll } from './processes.mjs';
import { startPostgres, startRedis } from './servers.mjs';
import { logInAsOwner, saveCredentials } from './setup.mjs';
import { freePorts, startSimulator } from './simulator.mjs';
import { Stand } from './stand.mjs';

const HOST_ADDRESS = '127.0.0.1';

/** How often a worker looks for jobs of workers that are gone; a test does not wait half a minute. */
const OFTEN = { QUEUE_WORKER_STALLED_INTERVAL: '2000' };

/** Which messages are sent does not depend on how n8n runs expressions; this way takes the least time. */
const FAST = { N8N_EXPRESSION_ENGINE: 'legacy' };

/** On a busy machine a Redis takes its time to start again; n8n ends when it waits for longer. */
const PATIENT = { QUEUE_BULL_REDIS_TIMEOUT_THRESHOLD: '300000' };

/** n8n looks every three hours for executions that nobody works on any more: here every second. */
const RECOVERING = { N8N_EXECUTIONS_QUEUE_RECOVERY_INTERVAL: '0.02' };

/** Other than in examples/compose.yaml: addresses and secrets of the stand, and what tests look at. */
function ownSettings({ postgres, redis, url, folder }) {
	return {
		...OFTEN,
		...FAST,
		...PATIENT,
		DB_POSTGRESDB_DATABASE: postgres.database,
		DB_POSTGRESDB_HOST: postgres.host,
		DB_POSTGRESDB_PASSWORD: '',
		DB_POSTGRESDB_PORT: String(postgres.port),
		DB_POSTGRESDB_USER: postgres.user,
		EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'all',
		N8N_BINARY_DATA_STORAGE_PATH: join(folder, 'binary'),
		N8N_EDITOR_BASE_URL: url,
		N8N_ENCRYPTION_KEY: randomBytes(24).toString('base64'),
		N8N_EXECUTIONS_QUEUE_RECOVERY_INTERVAL: '180',
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '10',
		QUEUE_BULL_REDIS_HOST: redis.host,
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		WEBHOOK_URL: url,
	};
}

/** The values as they stand in a process's environment. */
function textsOf(environment) {
	return Object.fromEntries(
		Object.entries(environment).map(([name, value]) => [name, String(value)]),
	);
}

/** Passes each request to one of its targets, as a load balancer does. */
class Balancer {
	targets = [];
	/** Whether each address goes to one target, as in examples/compose.yaml; otherwise they take turns. */
	isByAddress = false;
	/** How many requests each target was handed. */
	handed = new Map();
	#next = 0;
	#server = http.createServer((request, response) => this.#pass(request, response));

	async listen() {
		await new Promise((resolve) => this.#server.listen(0, HOST_ADDRESS, resolve));
		this.url = `http://${HOST_ADDRESS}:${this.#server.address().port}`;
	}

	#pass(request, response) {
		if (this.targets.length === 0) return response.writeHead(503).end();
		const target = this.isByAddress ? this.#owner(request.url) : this.#following();
		this.handed.set(target, (this.handed.get(target) ?? 0) + 1);
		const { method, headers } = request;
		const passed = http.request(
			target + request.url,
			{ method, headers, agent: false },
			(answer) => {
				response.writeHead(answer.statusCode, answer.headers);
				answer.on('error', () => response.destroy());
				answer.pipe(response);
			},
		);
		passed.on('error', () =>
			response.headersSent ? response.destroy() : response.writeHead(502).end(),
		);
		request.pipe(passed);
	}

	#following() {
		return this.targets[this.#next++ % this.targets.length];
	}

	/** The target that the address belongs to: while it is there, always the same. */
	#owner(address) {
		const rank = (target) => createHash('sha256').update(`${target} ${address}`).digest('hex');
		return this.targets.toSorted((one, other) => rank(one).localeCompare(rank(other)))[0];
	}

	close() {
		this.#server.close();
		this.#server.closeAllConnections();
	}
}

/**
 * The packed package in an n8n in queue mode: Postgres, Redis, a main process, two workers and two
 * webhook processes behind a balancer, each with a user folder of its own; a simulator beside them.
 */
export class QueueStand extends Stand {
	workers = [];
	webhookProcesses = [];
	#started = 0;

	/** `settings` are environment variables of all processes, on top of the example's. */
	static async open({ settings, workers = 2, webhookProcesses = 2 } = {}) {
		const stand = new QueueStand();
		stand.counts = { workers, webhookProcesses };
		stand.folder = temporaryFolder();
		// Apart, since it belongs to another user.
		stand.postgresFolder = temporaryFolder();
		stand.tarball = await pack(stand.folder);
		stand.postgres = await startPostgres(stand.postgresFolder);
		stand.redis = await startRedis(join(stand.folder, 'redis'));
		stand.simulator = await startSimulator(await freePorts());
		stand.balancer = new Balancer();
		await stand.balancer.listen();
		stand.compose = readCompose();
		stand.settings = { ...ownSettings({ ...stand, url: stand.balancer.url }), ...settings };
		await stand.#startProcesses();
		stand.database = new PostgresDatabase(stand.postgres);
		stand.credentials = await saveCredentials(stand.client, stand.simulator);
		return stand;
	}

	/** The main process first: it makes the tables. */
	async #startProcesses() {
		await this.#startMain();
		await this.startWorking();
		// Where the outside world calls it: what is in production is answered by the webhook processes.
		this.n8n = { url: this.balancer.url };
	}

	async #startMain(settings = {}) {
		const { userFolder, port } = this.main ?? (await this.#place('main'));
		const process = await this.#startProcess('main', { userFolder, port }, settings);
		this.main = { ...process, port };
		this.client = this.main.client;
		await logInAsOwner(this.main);
	}

	/** The workers and the webhook processes, side by side. */
	async startWorking() {
		await Promise.all([
			this.startWorkers(),
			...Array.from({ length: this.counts.webhookProcesses }, () => this.startWebhookProcess()),
		]);
	}

	async startWorkers() {
		await Promise.all(Array.from({ length: this.counts.workers }, () => this.startWorker()));
	}

	/** A user folder of its own, with the package in it, and a port. */
	async #place(name) {
		const userFolder = join(this.folder, name);
		await installIntoUserFolder(this.tarball, userFolder);
		return { userFolder, port: await freePort() };
	}

	async #startProcess(name, { userFolder, port }, settings = {}) {
		const { environment, command = 'start' } = this.compose.services[name];
		const health = {
			QUEUE_HEALTH_CHECK_PORT: String(port),
			N8N_WORKER_SERVER_ADDRESS: HOST_ADDRESS,
		};
		return startN8n({
			userFolder,
			port,
			command: command.split(' '),
			settings: { ...textsOf(environment), ...this.settings, ...health, ...settings },
		});
	}

	/** Starts one more worker. */
	async startWorker(settings) {
		const place = await this.#place(`worker-${++this.#started}`);
		const worker = await this.#startProcess('worker', place, settings);
		this.workers.push(worker);
		return worker;
	}

	/** Starts one more webhook process and lets the balancer know it. */
	async startWebhookProcess(settings) {
		const place = await this.#place(`webhook-${++this.#started}`);
		const webhookProcess = await this.#startProcess('webhook', place, settings);
		this.webhookProcesses.push(webhookProcess);
		this.#balance();
		return webhookProcess;
	}

	#balance() {
		this.balancer.targets = this.webhookProcesses.map(({ url }) => url);
	}

	/** Ends a process at once, as a crash would; a balancer no longer hands it anything. */
	async kill(process) {
		await process.kill();
		this.workers = this.workers.filter((one) => one !== process);
		this.webhookProcesses = this.webhookProcesses.filter((one) => one !== process);
		this.#balance();
	}

	/** Kills every worker, and lets the minute have passed after which others take their jobs for lost. */
	async loseWorkers() {
		await Promise.all(this.workers.map((worker) => this.kill(worker)));
		await this.redis.forget('bull:*:lock');
	}

	/** Kills every webhook process. */
	async loseWebhookProcesses() {
		await Promise.all(this.webhookProcesses.map((process) => this.kill(process)));
	}

	/** Has the main process look for executions that nobody works on any more, until there are none. */
	async recover() {
		await this.main.kill();
		await this.#startMain(RECOVERING);
		await this.database.untilAllFinished();
		// What is begun from now on is not to be taken for lost between being stored and being queued.
		await this.main.kill();
		await this.#startMain();
	}

	async close() {
		await this.database?.close();
		const processes = [this.main, ...this.workers, ...this.webhookProcesses];
		await Promise.all(processes.map((process) => process?.kill()));
		this.balancer?.close();
		await this.redis?.stop();
		await this.postgres?.stop();
		await stopAll();
		for (const folder of [this.folder, this.postgresFolder])
			rmSync(folder, { recursive: true, force: true });
	}
}
