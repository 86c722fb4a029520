import type { INodeParameters } from 'n8n-workflow';
import type { OnlyFansState } from '../../simulator';
import type { RunResult } from './harness';
import { inputOf, operate, refusal } from './operations';
import type { Given } from './operations';
import { LUNA, simulator } from './world';

/** What the tests of OnlyFans' resources share. */

export const ACCOUNT = LUNA.ofapiOnlyFans.account;
export const CHAT = LUNA.ofapiOnlyFans.chat;

/** Runs an operation of OnlyFans for Luna and her first chat. */
export async function perform(
	resource: string,
	operation: string,
	parameters: INodeParameters = {},
	given: Given = {},
): Promise<RunResult> {
	return await operate('ofapiOnlyFans', `${resource}.${operation}`, parameters, given);
}

export function state(): OnlyFansState {
	return simulator().onlyFans(ACCOUNT);
}

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
			const said = refusal(result);
			expect(said).toContain(`'${names}'`);
			expect(said).toContain('[item 0]');
			expect(said).not.toMatch(/undefined|null|\[object|error|failed/i);
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
