import { mkdirSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { endWith } from '../test/host/command.mjs';
import { installRoot } from '../test/host/install.mjs';
import { useBuild } from '../test/host/lock.mjs';
import { build, pack, temporaryFolder } from '../test/host/package.mjs';
import { Problem } from '../test/host/problem.mjs';
import { step } from '../test/host/steps.mjs';
import { fillFolder, SERVICES } from './services.mjs';

const USAGE = `Usage: npm run pack -- [options]

Makes the package's tarball, and prints the commands that put it into an n8n.

  --service ${Object.keys(SERVICES).join('|')}  only the nodes of this service, as a package of their own
  --output folder                  where to put the tarball (here)
  --built                          pack what is built already
  --help                           show this`;

function readOptions(args) {
	const flag = { type: 'boolean', default: false };
	const output = { type: 'string', default: '.' };
	const options = { service: { type: 'string' }, output, built: flag, help: flag };
	try {
		return parseArgs({ args, options }).values;
	} catch (error) {
		throw new Problem(`${error.message}\n\n${USAGE}`);
	}
}

/** Packs the whole package, or a service's; gives the tarball's path. */
async function packInto(output, service) {
	if (service === undefined) return await pack(output);
	const folder = temporaryFolder();
	try {
		fillFolder(folder, service);
		return await pack(output, folder);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** The two commands that put a tarball into an n8n that npx runs, and start it. */
function installCommands(tarball) {
	const nodes = join(process.env.N8N_USER_FOLDER ?? homedir(), '.n8n', 'nodes');
	// n8n-workflow is a peer, which n8n brings: a second copy in the folder would be another library.
	return [
		`npm install --prefix "${nodes}" --legacy-peer-deps --ignore-scripts "${tarball}"`,
		'npx n8n',
	];
}

async function run(args) {
	const { service, output, built, help } = readOptions(args);
	if (help) {
		console.log(USAGE);
		return 0;
	}
	if (service !== undefined && !Object.hasOwn(SERVICES, service)) {
		throw new Problem(
			`There is no service "${service}". There are ${Object.keys(SERVICES).join(' and ')}.`,
		);
	}
	if (!built) {
		await installRoot();
		await step('Build the package', () => build(useBuild));
	}
	mkdirSync(output, { recursive: true });
	const tarball = await step('Pack it', () => packInto(resolve(output), service));
	console.log(`\n${tarball}\n\nStop n8n, then put the package into it and start it again:\n`);
	for (const command of installCommands(tarball)) console.log(`  ${command}`);
	return 0;
}

/** Packs as the arguments of the command line say. */
export async function main(args) {
	await endWith(() => run(args));
}
