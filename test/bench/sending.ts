import { run } from '../engine/support/harness';
import { byId } from '../engine/support/world';
import { DEFAULT_KEYS, startSimulator } from '../simulator';

/** What sending many messages takes beside the ideal: as many at a time as the pace allows, without a gap. */

const ACCOUNT = 'acct_LunaStar0001';
const MESSAGES = 500;
const CHATS = 100;
const LATENCY_MS = 50;
/** The node's default number of requests at a time. */
const PACE = 3;

export async function measureSending(): Promise<string> {
	const simulator = await startSimulator({ controlPort: false });
	try {
		const chats = Array.from({ length: CHATS }, (_, index) => {
			const fan = { id: String(700_000 + index), name: `Fan ${index}`, username: `fan${index}` };
			return simulator.addChat('ofapiOnlyFans', { account: ACCOUNT, fan });
		});
		simulator.addFault({ kind: 'slow', ms: LATENCY_MS });
		const items = Array.from({ length: MESSAGES }, (_, index) => ({
			chat: chats[index % CHATS] ?? '',
			text: `Number ${index}`,
		}));
		const parameters = {
			operation: 'send',
			account: byId(ACCOUNT),
			chat: byId('={{ $json.chat }}'),
			text: '={{ $json.text }}',
		};
		const start = performance.now();
		const result = await run({
			node: 'ofapiOnlyFans',
			parameters,
			items,
			credential: { apiKey: DEFAULT_KEYS.ofapi, baseUrl: simulator.ofapiUrl },
		});
		const milliseconds = performance.now() - start;
		if (result.error !== undefined) throw result.error;

		const ideal = Math.ceil(MESSAGES / PACE) * LATENCY_MS;
		const most = simulator.maxInFlight(ACCOUNT);
		return `Sending ${MESSAGES} messages to ${CHATS} chats, ${LATENCY_MS} ms each, ${most} at a time: ${(milliseconds / 1000).toFixed(1)} s, ${(milliseconds / ideal).toFixed(2)} x the ideal ${(ideal / 1000).toFixed(1)} s`;
	} finally {
		await simulator.close();
	}
}
