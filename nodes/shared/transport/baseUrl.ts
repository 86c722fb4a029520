import { NodeOperationError } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';
import { textOf } from '../model/values';

/**
 * A credential's Base URL as an origin, such as `https://server.example`; undefined when it
 * is not a web address or holds more than the origin. Paths are added by the node, and a wrong
 * address would hand the key to somebody else.
 */
export function originOf(baseUrl: unknown): string | undefined {
	const text = textOf(baseUrl)?.trim() ?? '';
	const url = URL.canParse(text) ? new URL(text) : undefined;
	const isOriginAlone =
		url !== undefined && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
	return isOriginAlone ? url.origin : undefined;
}

/** Whether an address is on this machine, as a simulator's is. */
export function isLoopback(address: unknown): boolean {
	const text = textOf(address) ?? '';
	return (
		URL.canParse(text) && /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(text).hostname)
	);
}

/** Addresses of private networks, and names that no public server has. */
const PRIVATE_HOST = new RegExp(
	[
		/^(?:10|127|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01]))\.[\d.]+$/,
		/^\[(?:::1|f[cd]|fe80)/,
		/^[^.[\]]+$/,
		/\.(?:local|localhost|internal|lan|home\.arpa)$/,
	]
		.map(({ source }) => source)
		.join('|'),
);

/** Whether an address is in a private network, so that nothing outside of it gets there. */
export function isPrivate(address: unknown): boolean {
	const text = textOf(address) ?? '';
	return URL.canParse(text) && PRIVATE_HOST.test(new URL(text).hostname);
}

/** The error for a Base URL that is not an origin. */
export function baseUrlError(node: INode): NodeOperationError {
	return new NodeOperationError(
		node,
		'The Base URL in the credential has to be the address of a server, without a path',
		{
			description:
				"Enter it like https://server.example, with nothing after the server's name. " +
				'No request was made.',
		},
	);
}
