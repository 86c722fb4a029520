import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type { PairName } from '../../pairs';
import type { RecordedRequest } from '../../simulator';
import { run } from './harness';
import type { RunRequest, RunResult } from './harness';
import { LUNA, byId, credentialOf, simulator } from './world';

/** What the tests of operations share: running one, what left, what came of it. */

export type Given = Partial<Omit<RunRequest, 'node' | 'parameters'>>;

/**
 * One operation of a node as a user sets it up, such as `chat.list`; account and chat are Luna's
 * unless the parameters say otherwise.
 */
export async function operate(
	pair: PairName,
	what: `${string}.${string}`,
	parameters: INodeParameters = {},
	given: Given = {},
): Promise<RunResult> {
	const [resource = '', operation = ''] = what.split('.');
	const { account, chat } = LUNA[pair];
	return await run({
		node: pair,
		credential: credentialOf(pair),
		...given,
		parameters: { resource, operation, account: byId(account), chat: byId(chat), ...parameters },
	});
}

type Sent = Pick<RecordedRequest, 'method' | 'path' | 'query'> & { body?: unknown };

/** What left, in order: method, path, query and body. An absent body is left out. */
export function sent(): Sent[] {
	return simulator().requests.map(({ method, path, query, body }) => ({
		method,
		path,
		query,
		...(body !== undefined && { body }),
	}));
}

/** The credits that all requests cost together. */
export const creditsOf = (): number =>
	simulator().requests.reduce((sum, { credits }) => sum + credits, 0);

/** The input item that an output item belongs to. */
export const inputOf = ({ pairedItem }: INodeExecutionData): number | undefined =>
	typeof pairedItem === 'object' && !Array.isArray(pairedItem) ? pairedItem.item : undefined;

/** Everything that an error says. */
export function said({ error }: RunResult): string {
	return `${error?.message ?? ''} ${error?.description ?? ''}`;
}

/** What a refused run says, after making sure that nothing left. */
export function refusal(result: RunResult): string {
	expect(simulator().requests).toEqual([]);
	expect(result.items).toEqual([]);
	return said(result);
}

/** Values as an expression may give them. */
export const value = (given: unknown) => `={{ ${JSON.stringify(given)} }}`;
