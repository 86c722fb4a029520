import { parseArgs } from 'node:util';
import { PAIRS, pairs } from '../pairs';
import { DEFAULT_KEYS, ONLYFANS_ONLY_KEY, startSimulator } from './index';
import { fillDefaultWorld } from './defaultWorld';
import type { Simulator, SimulatorOptions } from './index';
import { World } from './world';

const USAGE =
	'Usage: npm run simulator -- [--ofapi-port 4010] [--apifansly-port 4011] [--control-port 4012]';

function portOf(name: string, text: string): number {
	const port = Number(text);
	if (!/^\d+$/.test(text) || port > 65_535) {
		throw new Error(`--${name} must be a port number, not "${text}"`);
	}
	return port;
}

function optionsOf(args: string[]): SimulatorOptions {
	const { values } = parseArgs({
		args,
		options: {
			'ofapi-port': { type: 'string', default: '4010' },
			'apifansly-port': { type: 'string', default: '4011' },
			'control-port': { type: 'string', default: '4012' },
		},
	});
	return {
		ofapiPort: portOf('ofapi-port', values['ofapi-port']),
		apiFanslyPort: portOf('apifansly-port', values['apifansly-port']),
		controlPort: portOf('control-port', values['control-port']),
	};
}

/** The accounts and chats that every simulator starts with. */
function worldLines(): string[] {
	const world = new World();
	fillDefaultWorld(world);
	return PAIRS.flatMap((pair) => [
		'',
		pairs[pair].displayName,
		...world
			.accounts(pair)
			.flatMap((account) => [
				`  account ${account.id}  ${account.name}${account.authenticated ? '' : '  (signed out)'}`,
				...[...account.chats.values()].map(
					({ id, fan, messages }) =>
						`    chat ${id}  ${fan.name} @${fan.username}, ${messages.length} messages`,
				),
			]),
	]);
}

function welcome({ ofapiUrl, apiFanslyUrl, controlUrl }: Simulator): string {
	return [
		`OnlyFansAPI  ${ofapiUrl}  key ${DEFAULT_KEYS.ofapi}`,
		`             (without access to Fansly: key ${ONLYFANS_ONLY_KEY})`,
		`ApiFansly    ${apiFanslyUrl}  key ${DEFAULT_KEYS.apiFansly}`,
		`Control      ${controlUrl}`,
		...worldLines(),
		'',
		'Press Ctrl-C to stop.',
	].join('\n');
}

/** One line that says what to do about it. */
function explain(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	if ('code' in error && error.code === 'EADDRINUSE' && 'port' in error) {
		return `Port ${String(error.port)} is already in use; choose another one. ${USAGE}`;
	}
	return `${error.message.split('\n')[0]} ${USAGE}`;
}

async function main(): Promise<void> {
	try {
		const simulator = await startSimulator(optionsOf(process.argv.slice(2)));
		process.once('SIGINT', () => void simulator.close());
		process.once('SIGTERM', () => void simulator.close());
		console.log(welcome(simulator));
	} catch (error) {
		console.error(explain(error));
		process.exitCode = 1;
	}
}

void main();
