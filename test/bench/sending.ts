import type { INode, INodeParameters } from 'n8n-workflow';
import { run } from '../engine/support/harness';
import { byId } from '../engine/support/world';
import { DEFAULT_KEYS, startSimulator } from '../simulator';
import { median } from './measure';

/** What sending many messages takes beside n8n's own request helper in a plain loop at the same pace. */

const ACCOUNT = 'acct_LunaStar0001';
const MESSAGES = 500;
const CHATS = 100;
const LATENCY_MS = 50;
/** The node's default number of requests at a time. */
const PACE = 3;
const ROUNDS = 7;
/** Runs of both before the first round, without latency: an n8n that answers fans has run for a while. */
const WARM_UP_RUNS = 8;

interface Way {
	parameters: INodeParameters;
	settings?: Partial<INode>;
}

const NODE: Way = {
	parameters: {
		operation: 'send',
		account: byId(ACCOUNT),
		chat: byId('={{ $json.chat }}'),
		text: '={{ $json.text }}',
	},
};
const LOOP: Way = {
	parameters: { account: ACCOUNT, pace: PACE },
	settings: { type: 'n8n-nodes-creator-chat.bareLoop' },
};

export async function measureSending(): Promise<string> {
	const simulator = await startSimulator({ controlPort: false });
	try {
		const chats = Array.from({ length: CHATS }, (_, index) => {
			const fan = { id: String(700_000 + index), name: `Fan ${index}`, username: `fan${index}` };
			return simulator.addChat('ofapiOnlyFans', { account: ACCOUNT, fan });
		});
		const items = Array.from({ length: MESSAGES }, (_, index) => ({
			chat: chats[index % CHATS] ?? '',
			text: `Number ${index}`,
		}));
		const millisecondsOf = async (way: Way) => {
			const start = performance.now();
			const result = await run({
				node: 'ofapiOnlyFans',
				items,
				credential: { apiKey: DEFAULT_KEYS.ofapi, baseUrl: simulator.ofapiUrl },
				...way,
			});
			if (result.error !== undefined) throw result.error;
			if (result.items.length !== MESSAGES) throw new Error('not every message was sent');
			return performance.now() - start;
		};
		for (let warmUp = 0; warmUp < WARM_UP_RUNS; warmUp++) {
			await millisecondsOf(LOOP);
			await millisecondsOf(NODE);
		}
		simulator.addFault({ kind: 'slow', ms: LATENCY_MS });
		const rounds: Array<{ node: number; loop: number }> = [];
		for (let round = 0; round < ROUNDS; round++) {
			rounds.push({ loop: await millisecondsOf(LOOP), node: await millisecondsOf(NODE) });
		}
		const ratio = median(rounds.map(({ node, loop }) => node / loop));
		const seconds = (milliseconds: number[]) => (median(milliseconds) / 1000).toFixed(2);
		return (
			`Sending ${MESSAGES} messages to ${CHATS} chats, ${LATENCY_MS} ms each, at most ` +
			`${simulator.maxInFlight(ACCOUNT)} at a time: ${seconds(rounds.map(({ node }) => node))} s; ` +
			`n8n's request helper in a plain loop ${seconds(rounds.map(({ loop }) => loop))} s; ` +
			`ratio ${ratio.toFixed(3)}, the median of ${ROUNDS} rounds`
		);
	} finally {
		await simulator.close();
	}
}
