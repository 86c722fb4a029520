import fc from 'fast-check';
import type { INodeParameters, INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import { definedOnce } from '../../dist/nodes/shared/parameters/definedOnce';
import { filledIn, lookOf, shownFields } from '../engine/support/shown';

/** What `definedOnce` makes of the fields of a node shows the same for each operation, on n8n's own functions. */

const RESOURCES = ['chat', 'fan', 'message'];
const OPERATIONS = ['get', 'list', 'send'];

/** By resource and operation, what the operation shows, by the numbers of the fields. */
type Shown = Record<string, Record<string, number[]>>;

const descriptionWith = (properties: INodeProperties[]): INodeTypeDescription => ({
	displayName: 'Node',
	name: 'node',
	group: [],
	version: 1,
	description: '',
	defaults: {},
	inputs: [],
	outputs: [],
	properties,
});

const option = (name: string): INodeProperties => ({
	displayName: name,
	name,
	type: 'string',
	default: '',
});

/** A field that every operation that has it declares anew; some fields are collections. */
function fieldOf(number: number, resource: string, operation: string): INodeProperties {
	const displayOptions = { show: { resource: [resource], operation: [operation] } };
	if (number < 3) return { ...option(`field${number}`), displayOptions };
	return {
		displayName: `Collection ${number}`,
		name: `collection${number}`,
		type: 'collection',
		default: {},
		displayOptions,
		options: [option('common'), option(`${operation}Option`), option(`${resource}Option`)].sort(
			(a, b) => a.name.localeCompare(b.name),
		),
	};
}

function declared(shown: Shown): INodeProperties[] {
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			options: Object.keys(shown).map((value) => ({ name: value, value })),
			default: 'chat',
		},
		...Object.entries(shown).flatMap(([resource, operations]): INodeProperties[] => [
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				displayOptions: { show: { resource: [resource] } },
				options: Object.keys(operations).map((value) => ({ name: value, value })),
				default: 'list',
			},
			...Object.entries(operations).flatMap(([operation, fields]) =>
				fields.map((number) => fieldOf(number, resource, operation)),
			),
		]),
	];
}

const anyShown: fc.Arbitrary<Shown> = fc.dictionary(
	fc.constantFrom(...RESOURCES),
	fc.dictionary(
		fc.constantFrom(...OPERATIONS),
		fc.uniqueArray(fc.nat({ max: 4 })).map((numbers) => numbers.sort()),
		{ minKeys: 1 },
	),
	{ minKeys: 1 },
);

const eachOperation = (shown: Shown, check: (resource: string, operation: string) => void) =>
	Object.entries(shown).forEach(([resource, operations]) =>
		Object.keys(operations).forEach((operation) => check(resource, operation)),
	);

const byName = (fields: INodeProperties[]) =>
	fields.map(lookOf).sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));

test('each operation shows what it showed, and no field is there twice', () => {
	fc.assert(
		fc.property(anyShown, (shown) => {
			const before = descriptionWith(declared(shown));
			const after = descriptionWith(definedOnce(before.properties));
			eachOperation(shown, (resource, operation) => {
				const chosen = { resource, operation };
				expect(byName(shownFields(after, chosen))).toEqual(byName(shownFields(before, chosen)));
			});
			const names = after.properties
				.filter(({ name, type }) => name !== 'operation' && type !== 'hidden')
				.map(({ name }) => name);
			expect(new Set(names).size).toBe(names.length);
		}),
		{ numRuns: 300 },
	);
});

test('what a workflow holds is kept and dropped as it was', () => {
	fc.assert(
		fc.property(anyShown, (shown) => {
			const before = descriptionWith(declared(shown));
			const after = descriptionWith(definedOnce(before.properties));
			const values = Object.fromEntries([
				...[0, 1, 2].map((number) => [`field${number}`, 'filled']),
				...[3, 4].map((number) => [
					`collection${number}`,
					Object.fromEntries(
						['common', ...OPERATIONS, ...RESOURCES].map((name, index) => [
							index === 0 ? name : `${name}Option`,
							'filled',
						]),
					),
				]),
			]) as Record<string, string>;
			eachOperation(shown, (resource, operation) => {
				const stored = { ...values, resource, operation };
				expect(filledIn(after, stored, false)).toEqual(filledIn(before, stored, false));
			});
		}),
		{ numRuns: 300 },
	);
});

describe('an operation that two resources have, and a field that one of the two has', () => {
	const shown: Shown = { chat: { get: [0], list: [] }, message: { list: [0], send: [0] } };
	const description = descriptionWith(definedOnce(declared(shown)));

	test('is told apart by a hidden field, which no workflow stores', () => {
		expect(description.properties.filter(({ name }) => name === 'field0')).toMatchObject([
			{
				displayOptions: {
					show: { resource: ['chat', 'message'], operation: ['get', 'list', 'send'] },
					hide: { listOf: ['chat'] },
				},
			},
		]);
		const chatList = { resource: 'chat', operation: 'list' };
		expect(filledIn(description, chatList)).toEqual({ ...chatList, listOf: 'chat' });
		expect(filledIn(description, { ...chatList, listOf: 'chat' }, false)).not.toHaveProperty(
			'listOf',
		);
	});

	test('also when the editor goes from the one to the other', () => {
		// What the editor does with each change: without defaults, the change, with defaults.
		const change = (values: INodeParameters, changes: INodeParameters) =>
			filledIn(description, { ...filledIn(description, values, false), ...changes });
		const inChats = change({}, { resource: 'chat', operation: 'list' });
		expect(inChats).not.toHaveProperty('field0');
		const inMessages = change(inChats, { resource: 'message' });
		expect(inMessages).toHaveProperty('field0');
		expect(change(inMessages, { resource: 'chat' })).not.toHaveProperty('field0');
	});
});

test('a collection whose fields of one name differ stays two', () => {
	const filters = (resource: string, preset: string): INodeProperties => ({
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		default: {},
		displayOptions: { show: { resource: [resource], operation: ['list'] } },
		options: [{ ...option('type'), default: preset }],
	});
	const properties = definedOnce([
		...declared({ chat: { list: [] }, fan: { list: [] }, message: { list: [] } }),
		filters('chat', 'photo'),
		filters('fan', 'video'),
		filters('message', 'photo'),
	]);
	expect(
		properties
			.filter(({ name }) => name === 'filters')
			.map(({ displayOptions }) => displayOptions?.show),
	).toEqual([{ resource: ['chat', 'message'] }, { resource: ['fan'] }]);
});

test('what has conditions of its own keeps them', () => {
	const limit = (resource: string): INodeProperties => ({
		...option('limit'),
		displayOptions: { show: { resource: [resource], operation: ['list'], returnAll: [false] } },
	});
	const properties = definedOnce([
		...declared({ chat: { get: [], list: [] }, message: { get: [], list: [] } }),
		limit('chat'),
		limit('message'),
	]);
	expect(properties.at(-1)?.displayOptions).toEqual({
		show: { resource: ['chat', 'message'], operation: ['list'], returnAll: [false] },
	});
});
