import { startSimulator } from '../simulator';
import type { Load, Served, Work } from './target';

/** The simulator of the benchmark, in a process of its own. */

async function main({ account, messages }: Load): Promise<void> {
	const simulator = await startSimulator({ controlPort: false });
	const fan = { id: '600001', name: 'Kim Lee', username: 'kimlee' };
	const chat = simulator.addChat('ofapiOnlyFans', { account, fan, messages });

	let usage = process.cpuUsage();
	process.on('message', () => {
		const { user, system } = process.cpuUsage(usage);
		process.send?.({
			requests: simulator.requests.length,
			cpuMilliseconds: (user + system) / 1000,
		} satisfies Work);
		simulator.requests.length = 0;
		usage = process.cpuUsage();
	});
	process.once('disconnect', () => process.exit());
	process.send?.({ url: simulator.ofapiUrl, chat } satisfies Served);
}

const [account = '', messages] = process.argv.slice(2);
void main({ account, messages: Number(messages) });
