import type {
	IAuthenticateRuleResponseSuccessBody,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
} from 'n8n-workflow';
import type { Pair } from '../model/pair';
import { originOf } from './baseUrl';

type About = Pick<Pair, 'provider' | 'console' | 'address'> & { platform: string };

/** What the test of a credential asks for; only the path differs. */
export const testRequest = (url: string): ICredentialTestRequest['request'] => ({
	baseURL: '={{$credentials.baseUrl.trim()}}',
	url,
	disableFollowRedirect: true,
});

/**
 * What the test of a credential says. n8n has only the status in its own words otherwise, such as
 * "Unauthorized" and "Not Found".
 */
export function testRules({
	provider,
	console,
	address,
	platform,
}: About): ICredentialTestRequest['rules'] {
	const said: Array<[message: string, ...statuses: number[]]> = [
		[`${provider} does not accept this API key. Copy a current one from ${console}`, 401],
		[`${provider} has no credits left for this API key. Add some at ${console}`, 402],
		[`${provider} does not allow this API key to use ${platform}. Look at ${console}`, 403],
		[`Nothing found: enter the server's address alone as the Base URL, ${address}`, 404, 405],
		[`The Base URL leads to another address: enter ${address}`, 301, 302, 303, 307, 308],
		[`${provider}: rate limit reached. Wait a minute, then try again`, 429],
		[`${provider} is not available right now. Try again in a few minutes`, 500, 502, 503, 504],
	];
	const codes = said.flatMap(([message, ...statuses]) =>
		statuses.map((value) => ({ type: 'responseCode', properties: { value, message } })),
	);
	const webPage: IAuthenticateRuleResponseSuccessBody = {
		type: 'responseSuccessBody',
		// A web page instead of JSON begins with this character.
		properties: {
			key: '0',
			value: '<',
			message: `The Base URL leads to a web page, not to the API: it has to be ${address}`,
		},
	};
	// n8n takes both kinds in one list, while its type knows lists of one kind alone.
	return Object.assign([webPage], Object.fromEntries([webPage, ...codes].entries()));
}

/**
 * The API key of a credential. Keys are pasted, often with a blank or a line break at an end.
 * Throws where the Base URL is not an address: n8n's test of the credential would show a code.
 */
export function apiKeyOf(
	{ apiKey, baseUrl }: ICredentialDataDecryptedObject,
	address: string,
): string {
	if (originOf(baseUrl) === undefined) {
		throw new Error(`The Base URL is not the address of a server alone, such as ${address}`);
	}
	return typeof apiKey === 'string' ? apiKey.trim() : '';
}
