import '../engine/support/setup';
import { numberOf } from '../../nodes/shared/model/values';
import { run } from '../engine/support/harness';
import { binaryOf, keepBinaryDataOnDisk } from '../engine/support/binaryData';
import { byId } from '../engine/support/world';
import { DEFAULT_KEYS } from '../simulator';
import type { Exported } from './exporting';

/** One export, in a process of its own, so that its peak of memory is nobody else's: `exportRun.ts <url> <chat> <format>`. */

async function main([url = '', chat = '', fileFormat = '']: string[]): Promise<void> {
	await keepBinaryDataOnDisk();
	const start = performance.now();
	const { items, error } = await run({
		node: 'ofapiOnlyFans',
		parameters: {
			operation: 'list',
			account: byId('acct_LunaStar0001'),
			chat: byId(chat),
			returnAll: true,
			output: 'file',
			fileFormat,
		},
		credential: { apiKey: DEFAULT_KEYS.ofapi, baseUrl: url },
	});
	if (error !== undefined) throw error;
	const [item] = items;
	process.send?.({
		milliseconds: performance.now() - start,
		messages: numberOf(item?.json.messageCount) ?? 0,
		fileBytes: numberOf(binaryOf(item).bytes) ?? 0,
		// In kilobytes, on every system.
		peakBytes: process.resourceUsage().maxRSS * 1024,
	} satisfies Exported);
	process.disconnect();
}

void main(process.argv.slice(2));
