import pairs from './pairs.json';

/**
 * The pairs of provider and platform, by the names of their nodes: what the tests, the simulator and
 * the real n8n's tests know of each. Luna's account, her chats with 3, with many and with no
 * messages, the most messages of a request, the events of a message, what makes one a paid one.
 */
export { pairs };

export type PairName = keyof typeof pairs;

/** The names of all pairs: what every pair does is tested on each. */
export const PAIRS: PairName[] = Object.keys(pairs).filter((name) => isPair(name));

/** Whether a name is that of a pair. */
export function isPair(name: string): name is PairName {
	return Object.hasOwn(pairs, name);
}
