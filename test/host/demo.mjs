import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { endWith } from './command.mjs';
import { Database } from './database.mjs';
import { runExamples } from './examples.mjs';
import { FakeModel } from './fakeModel.mjs';
import { installHost, installRoot } from './install.mjs';
import { startN8n } from './n8n.mjs';
import { build, installIntoUserFolder, pack, temporaryFolder } from './package.mjs';
import { PAIRS } from './pairs.mjs';
import { STATE } from './paths.mjs';
import { demandPort, nextFreePort } from './ports.mjs';
import { Problem } from './problem.mjs';
import { interruption } from './processes.mjs';
import { printAddress, printReport } from './report.mjs';
import { listAsInstalled, logInAsOwner, saveCredentials, saveModelCredential } from './setup.mjs';
import { preferredPorts, startSimulator } from './simulator.mjs';
import { step } from './steps.mjs';

const USAGE = `Usage: npm start -- [options]

Opens a real n8n with this package and its example workflows, against a simulator of the providers.

  --port 5678            n8n's port; the first free one from 5678 when none is named
  --ofapi-port 4010      the simulated OnlyFansAPI's port
  --apifansly-port 4011  the simulated ApiFansly's port
  --control-port 4012    the simulator's control port
  --once                 end after the report; exit code 0 when all of it came out right
  --fresh                begin with an empty n8n
  --help                 show this`;

/** n8n's own. */
const PORT = 5678;

const PORT_OPTIONS = { ofapi: 'ofapi-port', apiFansly: 'apifansly-port', control: 'control-port' };

function portOf(text, option) {
	const port = Number(text);
	if (Number.isInteger(port) && port > 0 && port < 65536) return port;
	throw new Problem(`--${option} must be a port number, not "${text}".`);
}

function readOptions(args) {
	const text = { type: 'string' };
	const flag = { type: 'boolean', default: false };
	const options = {
		port: text,
		...Object.fromEntries(Object.values(PORT_OPTIONS).map((option) => [option, text])),
		once: flag,
		fresh: flag,
		help: flag,
	};
	try {
		return parseArgs({ args, options }).values;
	} catch (error) {
		throw new Problem(`${error.message} (npm start -- --help shows the options)`);
	}
}

async function n8nPort({ port }) {
	return port === undefined ? nextFreePort(PORT) : demandPort(portOf(port, 'port'), 'port');
}

/** Where an n8n keeps what it has stored: two at once have a folder each. */
function stateOf(port) {
	return port === PORT ? STATE : `${STATE}-${port}`;
}

/** The ports asked for, which must be free; where none was asked for, the default or a free one. */
async function simulatorPorts(options) {
	const ports = await preferredPorts();
	for (const [name, option] of Object.entries(PORT_OPTIONS)) {
		if (options[option] !== undefined)
			ports[name] = await demandPort(portOf(options[option], option), option);
	}
	return ports;
}

/** Everything up to an n8n that is open, set up and logged in. */
async function open(options) {
	await installRoot();
	await installHost();
	const port = await n8nPort(options);
	const ports = await simulatorPorts(options);
	const userFolder = stateOf(port);
	if (options.fresh) rmSync(userFolder, { recursive: true, force: true });
	await step('Build and pack the package', () => installPackage(userFolder));
	const simulator = await step('Start the simulator', () => startSimulator(ports));
	const n8n = await step('Start n8n', () => startN8n({ userFolder, port }));
	const login = await logInAsOwner(n8n);
	await listAsInstalled(n8n);
	return { ...n8n, simulator, login };
}

async function installPackage(userFolder) {
	const folder = temporaryFolder();
	try {
		// No longer than that: n8n has a copy, and may stay open while the code changes.
		const tarball = await build(() => pack(folder));
		await installIntoUserFolder(tarball, userFolder);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

async function testCredentials(client, credentials) {
	const checks = [];
	for (const { credentialType, displayName } of PAIRS) {
		const { status, message } = await client.testCredential(credentials[credentialType]);
		checks.push({ passed: status === 'OK', text: `${displayName}: ${message}` });
	}
	return checks;
}

/** The whole demo up to the report; gives the exit code and, when n8n stays open, its end. */
async function demo(options) {
	const { client, simulator, url, userFolder, login, exited } = await open(options);
	const model = await FakeModel.start();
	const credentials = {
		...(await saveCredentials(client, simulator)),
		openAiApi: await saveModelCredential(client, model),
	};
	const credentialChecks = await step('Test the credentials', () =>
		testCredentials(client, credentials),
	);
	const examples = await step('Run the example workflows', () =>
		runExamples({ client, simulator, model, credentials, url, database: new Database(userFolder) }),
	);
	const exitCode = printReport(credentialChecks, examples) ? 0 : 1;
	if (options.once) return { exitCode };
	printAddress(url, simulator, login);
	return { exitCode: 0, closed: exited };
}

/** Carries out the demo and stays open until interrupted; gives the exit code. */
async function run(args) {
	const options = readOptions(args);
	if (options.help) {
		console.log(USAGE);
		return 0;
	}
	const interrupted = interruption();
	const { exitCode, closed } = await Promise.race([
		demo(options),
		interrupted.then((code) => ({ exitCode: code })),
	]);
	if (closed === undefined) return exitCode;
	const endedByItself = await Promise.race([
		closed.then(() => true),
		interrupted.then(() => false),
	]);
	if (endedByItself) throw new Problem('n8n ended by itself.');
	return exitCode;
}

/** Runs the demo until it ends or is interrupted, then leaves nothing running behind. */
export async function main(args) {
	await endWith(() => run(args));
}
