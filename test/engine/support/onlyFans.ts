import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type { OnlyFansState, RecordedRequest } from '../../simulator';
import { run } from './harness';
import type { RunRequest, RunResult } from './harness';
import { LUNA, byId, credentialOf, simulator } from './world';

/** What the tests of OnlyFans' resources share. */

export const ACCOUNT = LUNA.ofapiOnlyFans.account;
export const CHAT = LUNA.ofapiOnlyFans.chat;

/** Runs an operation of OnlyFans for Luna and her first chat. */
export async function perform(
	resource: string,
	operation: string,
	parameters: INodeParameters = {},
	given: Partial<RunRequest> = {},
): Promise<RunResult> {
	return await run({
		node: 'ofapiOnlyFans',
		credential: credentialOf('ofapiOnlyFans'),
		...given,
		parameters: { resource, operation, account: byId(ACCOUNT), chat: byId(CHAT), ...parameters },
	});
}

/** A request as it left: method and path, then what it carried. */
export function shapeOf({ method, path, query, body }: RecordedRequest): {
	request: string;
	query: Record<string, string>;
	body: unknown;
} {
	return { request: `${method} ${path}`, query, body };
}

export function requests(): Array<ReturnType<typeof shapeOf>> {
	return simulator().requests.map(shapeOf);
}

export function state(): OnlyFansState {
	return simulator().onlyFans(ACCOUNT);
}

export const inputOf = ({ pairedItem }: INodeExecutionData): number | undefined =>
	typeof pairedItem === 'object' && !Array.isArray(pairedItem) ? pairedItem.item : undefined;

/** Everything that an error says. */
export function said({ error }: RunResult): string {
	return `${error?.message ?? ''} ${error?.description ?? ''}`;
}

/** Values as an expression may give them. */
export const value = (given: unknown) => `={{ ${JSON.stringify(given)} }}`;

export interface BadInput {
	name: string;
	resource: string;
	operation: string;
	parameters: INodeParameters;
	/** The field that the message has to name. */
	names: string;
}

/** Bad inputs are refused before anything leaves, and named as the user sees them. */
export function refuses(cases: BadInput[]): void {
	test.each(cases)(
		'$resource › $operation refuses $name',
		async ({ resource, operation, parameters, names }) => {
			const result = await perform(resource, operation, parameters);
			expect(requests()).toEqual([]);
			expect(result.items).toEqual([]);
			expect(said(result)).toContain(`'${names}'`);
			expect(said(result)).toContain('[item 0]');
			expect(said(result)).not.toMatch(/undefined|null|\[object|error|failed/i);
		},
	);
}

/** One input of three does not work out: an item for each, paired to its input, and the others go on. */
export async function keepsPairing(
	resource: string,
	operation: string,
	parameters: INodeParameters,
	bad: INodeParameters,
): Promise<void> {
	const choose = (field: string) => ({ good: parameters[field], bad: bad[field] });
	const varied = Object.keys(bad).map((field): [string, string] => [
		field,
		`={{ $json.isBad ? ${JSON.stringify(choose(field).bad)} : ${JSON.stringify(choose(field).good)} }}`,
	]);
	const result = await perform(
		resource,
		operation,
		{ ...parameters, ...Object.fromEntries(varied) },
		{ items: [{}, { isBad: true }, {}], onError: 'continueRegularOutput' },
	);
	expect(result.error).toBeUndefined();
	expect([...new Set(result.items.map(inputOf))]).toEqual([0, 1, 2]);
	expect(result.items.filter(({ json }) => json.error !== undefined).map(inputOf)).toEqual([1]);
}
