import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

/** A resource's operation, such as `message.send`. */
type Operation = `${string}.${string}`;

const resourceOf = (operation: Operation) => operation.split('.')[0] ?? '';
const nameOf = (operation: Operation) => operation.split('.')[1] ?? '';
const distinct = (texts: string[]) => [...new Set(texts)];

/** A field, the operations that show it, and the fields of a collection. */
interface Field {
	definition: INodeProperties;
	where: Operation[];
	options: Field[];
}

/** The fields that begin an operation's panel, and those that end it; its own stand between them. */
const FIRST = ['account', 'chat'];
const LAST = [
	'returnAll',
	'limit',
	'output',
	'fileFormat',
	'binaryProperty',
	'simplify',
	'filters',
	'additionalFields',
	'options',
];

/**
 * The properties of a node, each field once. n8n evaluates what a field holds for every definition
 * of its name, shown or not, twice for each item.
 *
 * Takes the fields as the resources declare them, each for its own `resource` and `operation`.
 * Fields of one name that look alike become one, shown where they were. So do collections, such as
 * Options: each field in them is then shown for its own operations. The order is Resource and
 * Operation, `FIRST`, what the operations alone have, `LAST`. Fields hold no functions: those stand
 * in the operations.
 *
 * n8n looks at resource and operation each by itself, so it can't tell that Chat belongs to
 * Message › List and not to Chat › List. A hidden field, `listOf`, holds the resource for that.
 */
export function definedOnce(properties: INodeProperties[]): INodeProperties[] {
	const all = properties.flatMap(operationsIn);
	const isOwn = ({ name, displayOptions }: INodeProperties) =>
		name === 'operation' || displayOptions?.show?.resource === undefined;
	const fields = properties
		.filter((property) => !isOwn(property))
		.map((property) => fieldOf(property, all));
	const united = unite(fields)
		.map((field) => shown(field, all, ''))
		.sort((a, b) => rankOf(a) - rankOf(b));
	return [...properties.filter(isOwn), ...hiddenFields(united, all), ...united];
}

/** The operations that an Operation field offers. */
function operationsIn({ name, displayOptions, options = [] }: INodeProperties): Operation[] {
	if (name !== 'operation') return [];
	const resources = displayOptions?.show?.resource ?? [];
	return resources
		.filter((resource) => typeof resource === 'string')
		.flatMap((resource) =>
			options.flatMap((option): Operation[] =>
				'value' in option ? [`${resource}.${String(option.value)}`] : [],
			),
		);
}

function fieldOf({ displayOptions, ...rest }: INodeProperties, all: Operation[]): Field {
	const { resource = [], operation, ...show } = displayOptions?.show ?? {};
	const where = all.filter(
		(one) => resource.includes(resourceOf(one)) && (operation?.includes(nameOf(one)) ?? true),
	);
	const definition = withConditions(rest, { show });
	if (rest.type !== 'collection') return { definition, where, options: [] };
	const options = (rest.options ?? []).flatMap((option) =>
		'type' in option ? [{ definition: option, where, options: [] }] : [],
	);
	return { definition: { ...definition, options: [] }, where, options };
}

/** One in the place of those that look alike. */
function unite(fields: Field[]): Field[] {
	const united: Field[] = [];
	for (const field of fields) {
		const known = united.find((one) => isAlike(one, field));
		if (known === undefined) united.push({ ...field });
		else {
			known.where = [...known.where, ...field.where];
			known.options = unite([...known.options, ...field.options]);
		}
	}
	return united;
}

/** Collections stay apart that have different fields of one name: older editors mix those up. */
function isAlike(a: Field, b: Field): boolean {
	return (
		JSON.stringify(a.definition) === JSON.stringify(b.definition) &&
		a.options.every((one) =>
			b.options.every(
				(other) => one.definition.name !== other.definition.name || isAlike(one, other),
			),
		)
	);
}

/** The field as n8n takes it. `within` are the operations that show what holds it. */
function shown(field: Field, within: Operation[], root: '' | '/'): INodeProperties {
	const where = within.filter((one) => field.where.includes(one));
	const property = withConditions(field.definition, conditionsFor(where, within, root));
	if (field.options.length === 0) return property;
	const options = field.options.map((option) => shown(option, where, '/'));
	return {
		...property,
		options: options.sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}

function withConditions(property: INodeProperties, { show, hide }: IDisplayOptions) {
	const displayOptions: IDisplayOptions = {
		show: { ...show, ...property.displayOptions?.show },
		hide: { ...hide, ...property.displayOptions?.hide },
	};
	if (Object.keys(displayOptions.hide ?? {}).length === 0) delete displayOptions.hide;
	if (Object.keys(displayOptions.show ?? {}).length === 0) delete displayOptions.show;
	return Object.keys(displayOptions).length === 0 ? property : { ...property, displayOptions };
}

/** The conditions that hold in just these operations of those `within`. */
function conditionsFor(where: Operation[], within: Operation[], root: '' | '/'): IDisplayOptions {
	if (where.length === within.length) return {};
	const resources = distinct(where.map(resourceOf));
	const operations = distinct(where.map(nameOf));
	const others = within.filter(
		(one) => resources.includes(resourceOf(one)) && !where.includes(one),
	);
	if (others.length === 0) return { show: { [`${root}resource`]: resources } };

	const hide: NonNullable<IDisplayOptions['hide']> = {};
	for (const one of others.filter((other) => operations.includes(nameOf(other)))) {
		const name = `${root}${hiddenName(nameOf(one))}`;
		hide[name] = [...(hide[name] ?? []), resourceOf(one)];
	}
	return { show: { [`${root}resource`]: resources, [`${root}operation`]: operations }, hide };
}

const hiddenName = (operation: string) => `${operation}Of`;

/**
 * The hidden fields that conditions name: one for each resource that a condition asks for, and one
 * for another, since n8n fills in the default of a name that is defined once for every operation.
 */
function hiddenFields(properties: INodeProperties[], all: Operation[]): INodeProperties[] {
	const hidden = properties.flatMap(hiddenIn);
	return distinct(hidden.map(({ name }) => name)).flatMap((name) => {
		const asked = hidden.filter((one) => one.name === name).flatMap((one) => one.resources);
		const having = all.filter((one) => hiddenName(nameOf(one)) === name);
		const needed = having.filter((one) => asked.includes(resourceOf(one)));
		const other = having.find((one) => !needed.includes(one));
		return [...needed, ...(needed.length === 1 && other !== undefined ? [other] : [])].map(
			(one): INodeProperties => ({
				displayName: 'Resource of the Operation',
				name,
				type: 'hidden',
				default: resourceOf(one),
				displayOptions: { show: { resource: [resourceOf(one)], operation: [nameOf(one)] } },
			}),
		);
	});
}

/** The hidden fields that a field's conditions name, and the resources that they ask for. */
function hiddenIn({
	displayOptions,
	options = [],
}: INodeProperties): Array<{ name: string; resources: string[] }> {
	return [
		...Object.entries(displayOptions?.hide ?? {}).map(([name, resources]) => ({
			name: name.replace('/', ''),
			resources: (resources ?? []).map(String),
		})),
		...options.flatMap((option) => ('type' in option ? hiddenIn(option) : [])),
	];
}

/** Where in the panel a field stands. */
function rankOf({ name }: INodeProperties): number {
	return FIRST.includes(name) ? FIRST.indexOf(name) - FIRST.length : LAST.indexOf(name) + 1;
}
