import { getHeapStatistics } from 'node:v8';
import type { Client } from './clients';
import type { Target } from './target';

/** One run of one client. */
export interface Run {
	milliseconds: number;
	/** The most by which the heap and what hangs on it grew during the run, in bytes. */
	peakBytes: number;
	messages: number;
	/** Messages with different IDs. */
	distinct: number;
	requests: number;
	/** For how long the server's process was busy with it. */
	serverMilliseconds: number;
}

const WARM_UP_ROUNDS = 2;
const SAMPLE_EVERY_MS = 5;

function bytesInUse(): number {
	const { used_heap_size, external_memory } = getHeapStatistics();
	return used_heap_size + external_memory;
}

function collectGarbage(): void {
	if (gc === undefined) throw new Error('Start this with --expose-gc, as `npm run bench` does');
	gc();
}

/** Runs a client once, from a clean heap. */
async function measure(client: Client, target: Target): Promise<Run> {
	await target.work();
	collectGarbage();
	const bytesBefore = bytesInUse();
	let peakBytes = 0;
	const sample = () => {
		peakBytes = Math.max(peakBytes, bytesInUse() - bytesBefore);
	};

	const sampling = setInterval(sample, SAMPLE_EVERY_MS);
	const start = performance.now();
	const got = await client.get();
	const milliseconds = performance.now() - start;
	clearInterval(sampling);
	sample();

	const messages = got.messages();
	const distinct = new Set(messages.map(({ id }) => id)).size;
	const { requests, cpuMilliseconds } = await target.work();
	return {
		milliseconds,
		peakBytes,
		messages: messages.length,
		distinct,
		requests,
		serverMilliseconds: cpuMilliseconds,
	};
}

/**
 * Measures every client once a round, after some rounds to warm up. Each round begins with another
 * client, so that none always follows the same one. Gives each client's runs in the order of the rounds.
 */
export async function measureAll(
	clients: Client[],
	target: Target,
	rounds: number,
): Promise<Run[][]> {
	const runs = clients.map((): Run[] => []);
	for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
		for (let turn = 0; turn < clients.length; turn++) {
			const index = (turn + round + WARM_UP_ROUNDS) % clients.length;
			const client = clients[index];
			if (client === undefined) continue;
			const run = await measure(client, target);
			if (round >= 0) runs[index]?.push(run);
		}
	}
	return runs;
}

export function median(values: number[]): number {
	const sorted = values.toSorted((left, right) => left - right);
	const middle = sorted.slice((sorted.length - 1) >> 1, (sorted.length >> 1) + 1);
	return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}
