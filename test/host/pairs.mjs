import { join } from 'node:path';
import { PACKAGE } from './package.mjs';
import { readJson, ROOT } from './paths.mjs';

const KEYS = { ofapi: 'simulator-ofapi-key', apiFansly: 'simulator-apifansly-key' };

/** OnlyFansAPI's key that the simulator lets read OnlyFans alone. */
export const ONLYFANS_ONLY_KEY = 'simulator-onlyfans-only-key';

/**
 * The pairs of provider and platform, each with an account of the simulator's, a chat of three
 * messages whose newest is incoming, a long chat, and the most messages one request gives.
 */
export const PAIRS = Object.entries(readJson(join(ROOT, 'test', 'pairs.json'))).map(
	([name, { provider, chat, ...pair }]) => ({
		...pair,
		name,
		provider,
		shortChat: chat,
		nodeType: `${PACKAGE.name}.${name}`,
		triggerType: `${PACKAGE.name}.${name}Trigger`,
		pollingType: `${PACKAGE.name}.${name}PollingTrigger`,
		credentialType: `${name}Api`,
		apiKey: KEYS[provider],
	}),
);

/** The node types of a pair: the node, the trigger and the polling trigger. */
export function nodeTypesOf({ nodeType, triggerType, pollingType }) {
	return [nodeType, triggerType, pollingType];
}
