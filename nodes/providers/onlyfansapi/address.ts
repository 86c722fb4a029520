import type { INodeProperties } from 'n8n-workflow';

/**
 * Where the provider's API is, and where it was until the provider changed its name:
 * docs/providers.md.
 */
export const ADDRESS = 'https://api.fansapi.com';
export const FORMER_ADDRESS = 'https://app.onlyfansapi.com';

/** Where users find their keys and credits. */
export const CONSOLE = 'https://app.fansapi.com';

/**
 * The Base URL of a credential. n8n's editor does not store what equals the default, so a
 * credential that was saved with the former default, untouched, takes this one; one that holds an
 * address keeps it.
 */
export const baseUrlField: INodeProperties = {
	displayName: 'Base URL',
	name: 'baseUrl',
	type: 'string',
	required: true,
	default: ADDRESS,
	description:
		`The address of the server, without a path: ${ADDRESS}. Before OnlyFansAPI became Fans API ` +
		`it was ${FORMER_ADDRESS}; API keys stay the same. Change it only for a proxy or the simulator.`,
};

/** The provider, for the test of a credential. */
export const OFAPI = { provider: 'OnlyFansAPI', console: CONSOLE, address: ADDRESS };
