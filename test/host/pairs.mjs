import { PACKAGE } from './package.mjs';

const KEYS = { ofapi: 'simulator-ofapi-key', apiFansly: 'simulator-apifansly-key' };

/** OnlyFansAPI's key that the simulator lets read OnlyFans alone. */
export const ONLYFANS_ONLY_KEY = 'simulator-onlyfans-only-key';

/** What the provider calls a fan's message and one of the creator's. */
function eventsOf(name) {
	const prefix = name === 'ofapiFansly' ? 'fansly.' : '';
	return { received: `${prefix}messages.received`, sent: `${prefix}messages.sent` };
}

const pair = (name, displayName, provider, account, [shortChat, longChat], pageSize) => ({
	name,
	displayName,
	provider,
	account,
	shortChat,
	longChat,
	pageSize,
	nodeType: `${PACKAGE.name}.${name}`,
	triggerType: `${PACKAGE.name}.${name}Trigger`,
	pollingType: `${PACKAGE.name}.${name}PollingTrigger`,
	events: eventsOf(name),
	credentialType: `${name}Api`,
	apiKey: KEYS[provider],
});

const FANSLY_CHATS = ['200000000000000001', '200000000000000002'];

/**
 * The three pairs of provider and platform, each with an account of the simulator's, a chat of three
 * messages whose newest is incoming, a long chat, and the most messages one request gives.
 */
export const PAIRS = [
	pair(
		'ofapiOnlyFans',
		'OnlyFans (OnlyFansAPI)',
		'ofapi',
		'acct_LunaStar0001',
		['500101', '500102'],
		100,
	),
	pair(
		'ofapiFansly',
		'Fansly (OnlyFansAPI)',
		'ofapi',
		'fansly_acct_LunaStar0001',
		FANSLY_CHATS,
		100,
	),
	pair('apiFansly', 'Fansly (ApiFansly)', 'apiFansly', 'fansly_acc_LunaStar0001', FANSLY_CHATS, 10),
];

/** The node types of a pair: the node, the trigger and the polling trigger. */
export function nodeTypesOf({ nodeType, triggerType, pollingType }) {
	return [nodeType, triggerType, pollingType];
}
