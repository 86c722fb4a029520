import { evaluated } from '../engine/support/evaluated';
import { run } from '../engine/support/harness';
import { byId } from '../engine/support/world';
import { PAIRS, pairs } from '../pairs';
import { DEFAULT_KEYS, startSimulator } from '../simulator';

/** How often n8n evaluates what an item's fields hold, on each pair. */
export async function countEvaluations(): Promise<string> {
	const simulator = await startSimulator({ controlPort: false });
	try {
		const rows: string[] = [];
		for (const pair of PAIRS) {
			const { account, chat } = pairs[pair];
			const credential =
				pair === 'apiFansly'
					? { apiKey: DEFAULT_KEYS.apiFansly, baseUrl: simulator.apiFanslyUrl }
					: { apiKey: DEFAULT_KEYS.ofapi, baseUrl: simulator.ofapiUrl };
			const count = async (operation: string) => {
				const counts = await evaluated(async () => {
					const { error } = await run({
						node: pair,
						credential,
						items: [{ account, chat, text: 'Hi' }],
						parameters: {
							operation,
							account: byId('={{ $json.account }}'),
							chat: byId('={{ $json.chat }}'),
							...(operation === 'send' && { text: '={{ $json.text }}' }),
						},
					});
					if (error !== undefined) throw error;
				});
				return Object.values(counts).reduce((sum, times) => sum + times, 0);
			};
			rows.push(`${pair} ${await count('send')} and ${await count('list')}`);
		}
		return `Expressions evaluated per item, Send with three and List with two: ${rows.join(', ')}`;
	} finally {
		await simulator.close();
	}
}
