import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { INodeProperties } from 'n8n-workflow';
import { nodeType } from '../support/harness';
import { filledIn, lookOf, shownFields } from '../support/shown';
import { PAIRS } from '../support/world';
import type { PairName } from '../../pairs';

/** Each field of a node is there once, and every operation shows what its resource declares for it. */

/** The names that a node may define more than once, and why. */
const SEVERAL: Record<string, string> = {
	operation: 'each resource has its own',
	listOf: 'hidden: holds the resource whose List it is',
	returnAll: 'its hint tells what the list costs',
	sendOf: 'holds the resource, see definedOnce',
	limit: 'a conversation is short',
	simplify: 'for accounts it says more; in a file only JSON Lines has it',
	filters: 'a choice has filters of its own; two lists have a Type that differs',
	binaryPropertyName: 'the file that is read, and the one that is written',
	messageId: 'a mass message has other IDs; where it comes from',
	fanId: 'where it comes from',
	reaction: 'to add, and to remove',
};

/** The fields as the resources of a pair declare them. */
function declaredFields(pair: PairName): INodeProperties[] {
	const folder = resolve(
		__dirname,
		'../../../dist/nodes',
		`${pair.charAt(0).toUpperCase()}${pair.slice(1)}`,
		'resources',
	);
	return readdirSync(folder, { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.flatMap(({ name }) => {
			const lists = Object.values(
				jest.requireActual<Record<string, INodeProperties[]>>(resolve(folder, name, 'index.js')),
			);
			expect(lists).toHaveLength(1);
			return lists.flat();
		});
}

describe.each(PAIRS)('%s', (pair) => {
	test('no field is defined twice, but for a reason', async () => {
		const { properties } = (await nodeType(pair)).description;
		const looks = new Map<string, string>();
		const names = new Set<string>();
		for (const property of properties) {
			const { name } = property;
			const look = JSON.stringify(lookOf(property));
			if (names.has(name)) expect(Object.keys(SEVERAL)).toContain(name);
			// Of one look, with conditions that n8n can't take for one field.
			if (name !== 'simplify') expect(looks.get(look)).toBeUndefined();
			names.add(name);
			looks.set(look, name);
		}
		for (const name of ['account', 'chat', 'text', 'options', 'additionalFields']) {
			expect(properties.filter((property) => property.name === name)).toHaveLength(1);
		}
	});

	test('every operation shows what its resource declares, and no more', async () => {
		const { description } = await nodeType(pair);
		const declared = declaredFields(pair);
		const [resource] = description.properties;
		const before = { ...description, properties: resource ? [resource, ...declared] : declared };
		const operations = declared
			.filter(({ name }) => name === 'operation')
			.flatMap(({ displayOptions, options = [] }) => {
				const resource =
					displayOptions?.show?.resource?.find((one) => typeof one === 'string') ?? '';
				return options.flatMap((option) =>
					'value' in option ? [{ resource, operation: option.value }] : [],
				);
			});
		expect(operations.length).toBeGreaterThan(15);
		const byLook = (fields: INodeProperties[]) =>
			fields.map((field) => JSON.stringify(lookOf(field))).sort();
		for (const chosen of operations) {
			const shown = shownFields(description, chosen);
			expect([chosen, byLook(shown)]).toEqual([chosen, byLook(shownFields(before, chosen))]);
			expect(shown.slice(0, 2).map(({ name }) => name)).toEqual(['resource', 'operation']);
		}
	});

	test('fields hold no functions, which would be lost in the comparison', () => {
		const functions: string[] = [];
		JSON.stringify(
			declaredFields(pair).filter(({ name }) => name !== 'operation'),
			(key, value: unknown) => {
				if (typeof value === 'function') functions.push(key);
				return value;
			},
		);
		expect(functions).toEqual([]);
	});

	test('what a stored workflow holds is enough: the hidden fields are never stored', async () => {
		const { description } = await nodeType(pair);
		for (const resource of ['chat', 'message']) {
			const chosen = { resource, operation: 'list' };
			expect(filledIn(description, chosen)).toMatchObject({ listOf: resource });
			expect(filledIn(description, filledIn(description, chosen), false)).not.toHaveProperty(
				'listOf',
			);
		}
	});
});
