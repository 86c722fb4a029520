import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
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
const WORKERS = 2;
const WEBHOOK_PROCESSES = 2;

/**
 * n8n takes a worker for dead after a minute and a half, and looks every three hours for executions
 * that nobody works on; a test does not wait that long.
 */
const SOON_MISSED = {
	N8N_EXECUTIONS_QUEUE_RECOVERY_INTERVAL: '0.25',
	QUEUE_WORKER_LOCK_DURATION: '6000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '1500',
	QUEUE_WORKER_STALLED_INTERVAL: '2000',
};

/** What all processes of one n8n in queue mode are told alike; examples/compose.yaml tells the same. */
function sharedSettings({ postgres, redis, url, folder }) {
	return {
		...SOON_MISSED,
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_DATABASE: postgres.database,
		DB_POSTGRESDB_HOST: postgres.host,
		DB_POSTGRESDB_PORT: String(postgres.port),
		DB_POSTGRESDB_USER: postgres.user,
		EXECUTIONS_MODE: 'queue',
		N8N_BINARY_DATA_STORAGE_PATH: join(folder, 'binary'),
		N8N_ENCRYPTION_KEY: randomBytes(24).toString('base64'),
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
		QUEUE_BULL_REDIS_HOST: redis.host,
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		WEBHOOK_URL: url,
	};
}

/** Passes each request to the next of its targets in turn, as a load balancer does. */
class Balancer {
	targets = [];
	/** How many requests each target was handed. */
	handed = new Map();
	#next = 0;
	#server = http.createServer((request, response) => this.#pass(request, response));

	async listen() {
		await new Promise((resolve) => this.#server.listen(0, HOST_ADDRESS, resolve));
		this.url = `http://${HOST_ADDRESS}:${this.#server.address().port}`;
	}

	#pass(request, response) {
		const target = this.targets[this.#next++ % this.targets.length];
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

	static async open(settings) {
		const stand = new QueueStand();
		stand.folder = temporaryFolder();
		// Apart, since it belongs to another user.
		stand.postgresFolder = temporaryFolder();
		stand.tarball = await pack(stand.folder);
		stand.postgres = await startPostgres(stand.postgresFolder);
		stand.redis = await startRedis(join(stand.folder, 'redis'));
		stand.simulator = await startSimulator(await freePorts());
		stand.balancer = new Balancer();
		await stand.balancer.listen();
		stand.settings = { ...sharedSettings({ ...stand, url: stand.balancer.url }), ...settings };
		await stand.#startProcesses();
		stand.database = new PostgresDatabase(stand.postgres);
		stand.credentials = await saveCredentials(stand.client, stand.simulator);
		return stand;
	}

	/** The main process first: it makes the tables. */
	async #startProcesses() {
		this.main = await this.#startProcess('start', { N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true' });
		this.client = this.main.client;
		await logInAsOwner(this.main);
		await this.#startWorking();
		// Where the outside world calls it: what is in production is answered by the webhook processes.
		this.n8n = { url: this.balancer.url };
	}

	/** The workers and the webhook processes, side by side. */
	async #startWorking() {
		await Promise.all([
			...Array.from({ length: WORKERS }, () => this.startWorker()),
			...Array.from({ length: WEBHOOK_PROCESSES }, () => this.startWebhookProcess()),
		]);
	}

	async #stopWorking() {
		await Promise.all([...this.workers, ...this.webhookProcesses].map((process) => process.stop()));
		this.workers = [];
		this.webhookProcesses = [];
	}

	/** Ends the workers and the webhook processes and starts as many, with those settings on top. */
	async restartWorking(settings) {
		await this.#stopWorking();
		Object.assign(this.settings, settings);
		await this.#startWorking();
	}

	async #startProcess(role, settings = {}) {
		const userFolder = join(this.folder, `${role}-${++this.#started}`);
		await installIntoUserFolder(this.tarball, userFolder);
		const port = await freePort();
		const health = {
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: String(port),
			N8N_WORKER_SERVER_ADDRESS: HOST_ADDRESS,
		};
		return startN8n({
			userFolder,
			port,
			role,
			settings: { ...this.settings, ...health, ...settings },
		});
	}

	/** Starts one more worker. */
	async startWorker() {
		const worker = await this.#startProcess('worker');
		this.workers.push(worker);
		return worker;
	}

	/** Starts one more webhook process and lets the balancer know it. */
	async startWebhookProcess() {
		const webhookProcess = await this.#startProcess('webhook');
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

	async close() {
		await this.database?.close();
		await Promise.all([this.main?.stop(), this.#stopWorking()]);
		this.balancer?.close();
		await this.redis?.stop();
		await this.postgres?.stop();
		await stopAll();
		for (const folder of [this.folder, this.postgresFolder])
			rmSync(folder, { recursive: true, force: true });
	}
}
