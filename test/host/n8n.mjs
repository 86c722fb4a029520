import { createWriteStream, mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { N8nClient } from './client.mjs';
import { HOST_NODE } from './install.mjs';
import { N8N_HOME, olderVersion } from './paths.mjs';
import { freePort } from './ports.mjs';
import { kill, start, stop, untilReady } from './processes.mjs';

/** Everything else in the environment stays out: it may hold the settings of the user's own n8n. */
const INHERITED = ['HOME', 'USERPROFILE', 'SystemRoot', 'TMPDIR', 'TEMP', 'TMP', 'LANG', 'TZ'];

/** What would reach out to the internet, or is of no use here. */
const QUIET = {
	EXTERNAL_FRONTEND_HOOKS_URLS: '',
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_DISABLED_MODULES: 'mcp-registry',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	npm_config_offline: 'true',
};

/** An older n8n runs on older Nodes, for which its sandbox for expressions has no binary. */
const OLDER = { N8N_DISABLED_MODULES: '', N8N_EXPRESSION_ENGINE: 'legacy' };

function environment({ userFolder, port, brokerPort, url, settings }) {
	const inherited = INHERITED.filter((name) => name in process.env).map((name) => [
		name,
		process.env[name],
	]);
	return {
		...Object.fromEntries(inherited),
		...QUIET,
		...(olderVersion === undefined ? {} : OLDER),
		// n8n starts the runner of its Code node with the first node on the PATH.
		PATH: [dirname(HOST_NODE), process.env.PATH].join(delimiter),
		DB_TYPE: 'sqlite',
		N8N_EDITOR_BASE_URL: url,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_SECURE_COOKIE: 'false',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_USER_FOLDER: userFolder,
		WEBHOOK_URL: url,
		...settings,
	};
}

/** Whether a process of n8n that has no REST API is ready to work. */
async function isReadyToWork(url) {
	return fetch(`${url}/healthz/readiness`).then(
		({ ok }) => ok,
		() => false,
	);
}

/**
 * Starts n8n on that user folder and waits until it answers; its output is added to n8n.log there.
 * `settings` are environment variables on top of the usual ones; `command` is what n8n is started
 * with: `start`, or `worker` and `webhook` in queue mode, and options. Gives its address, a client for its REST API, its user
 * folder and log file, its process's ID, its end, and two ways to end it.
 */
export async function startN8n({ userFolder, port, settings = {}, command = ['start'] }) {
	mkdirSync(userFolder, { recursive: true });
	const url = `http://127.0.0.1:${port}`;
	const logFile = join(userFolder, 'n8n.log');
	const log = createWriteStream(logFile, { flags: 'a' });
	const server = start(
		HOST_NODE,
		[join(N8N_HOME, 'node_modules', 'n8n', 'bin', 'n8n'), ...command],
		{
			cwd: userFolder,
			env: environment({ userFolder, port, brokerPort: await freePort(), url, settings }),
			onOutput: (text) => log.write(text),
		},
	);
	const client = new N8nClient(url);
	const [role] = command;
	const isReady = role === 'start' ? () => client.isReady() : () => isReadyToWork(url);
	await untilReady(server, `n8n ${role} (see ${logFile})`, isReady);
	return {
		url,
		client,
		userFolder,
		logFile,
		pid: await server.pid,
		exited: server.exited,
		stop: () => stop(server),
		kill: () => kill(server),
	};
}
