import { randomUUID } from 'node:crypto';
import { nodeTypesOf } from '../host/pairs.mjs';
import { chainOf, locator } from '../host/workflows.mjs';

/** A workflow with every panel of a pair: its node once for each operation, and its triggers. */

const COLUMNS = 10;
const SPACE = { x: 240, y: 200 };

const isShownFor = ({ displayOptions }, { resource, operation }) => {
	const { show = {} } = displayOptions ?? {};
	const fits = (name, value) => show[name] === undefined || show[name].includes(value);
	return fits('resource', resource) && fits('operation', operation);
};

/** A field's value with everything in it that a user can add. */
function filledIn(field) {
	if (field.type === 'collection')
		return Object.fromEntries(field.options.map((option) => [option.name, filledIn(option)]));
	if (field.type !== 'fixedCollection') return field.default;
	return Object.fromEntries(
		field.options.map(({ name, values }) => {
			const group = Object.fromEntries(values.map((value) => [value.name, filledIn(value)]));
			return [name, field.typeOptions?.multipleValues ? [group] : group];
		}),
	);
}

/** Every field that is shown for the operation and can have more fields added, with all of them. */
function additions(properties, shown) {
	return Object.fromEntries(
		properties
			.filter(({ type }) => type === 'collection' || type === 'fixedCollection')
			.filter((field) => isShownFor(field, shown))
			.map((field) => [field.name, filledIn(field)]),
	);
}

/** The node's operations: `{ resource, operation, action }`. */
function operationsOf({ properties }) {
	return properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ displayOptions, options }) =>
			displayOptions.show.resource.flatMap((resource) =>
				options
					// n8n's own, which leads to its HTTP Request node.
					.filter(({ value }) => value !== '__CUSTOM_API_CALL__')
					.map(({ value, action }) => ({ resource, operation: value, action })),
			),
		);
}

/** The node once for each operation, on an account and a chat, with every field that can be added. */
function nodesOf(pair, { properties }) {
	return operationsOf({ properties }).map((shown, index) => ({
		id: randomUUID(),
		name: `${shown.action} (${shown.resource})`,
		type: pair.nodeType,
		typeVersion: 1,
		position: [SPACE.x * (index % COLUMNS), SPACE.y * Math.floor(index / COLUMNS)],
		parameters: {
			account: locator(pair.account),
			chat: locator(pair.shortChat),
			...additions(properties, shown),
			resource: shown.resource,
			operation: shown.operation,
		},
	}));
}

/** That trigger, with every filter that can be added. */
function triggerOf(type, { properties, version }, index) {
	return {
		id: randomUUID(),
		webhookId: randomUUID(),
		name: type,
		type,
		typeVersion: [version].flat().at(-1),
		position: [SPACE.x * index, -SPACE.y],
		parameters: additions(properties, {}),
	};
}

/** The workflow of all panels of the pair, for which n8n is asked how it describes the nodes. */
export async function panelsOf(pair, client) {
	const [node, ...triggers] = await client.nodeTypes(nodeTypesOf(pair));
	const types = nodeTypesOf(pair).slice(1);
	const nodes = [
		...triggers.map((trigger, index) => triggerOf(types[index], trigger, index)),
		...nodesOf(pair, node),
	];
	return { ...chainOf(`${pair.displayName}: every panel`, nodes), connections: {} };
}
