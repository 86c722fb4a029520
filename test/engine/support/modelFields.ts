import type { IDataObject, INodeParameters, INodeProperties } from 'n8n-workflow';
import { recordAt, recordsAt } from '../../../nodes/shared/model/values';

/**
 * What the editor's "let the model define this" makes of a node's fields, in the way of n8n 2.41's
 * editor: every field but those marked `noDataExpression` and dropdowns has the button; a dropdown
 * takes the same expression by hand.
 */

const MARKER = '/*n8n-auto-generated-fromAI-override*/';

/** The key that the model is given for a field, made of the name that users see. */
export function keyOf(displayName: string, place = ''): string {
	return [...(place === '' ? [] : [place]), displayName]
		.join('_')
		.slice(0, 63)
		.replace(/[^a-zA-Z0-9-]/g, '_');
}

/** The type that the model is told. */
function typeOf({ type }: INodeProperties): string {
	return ['boolean', 'number', 'json'].includes(type) ? type : 'string';
}

const isProperty = (entry: object): entry is INodeProperties => 'type' in entry;

/**
 * The fields that an operation shows, whatever has been chosen in them; those that n8n adds to every
 * node left out, as those that a tool does not have. A hidden field named after the operation holds its resource: see `definedOnce`.
 */
export function shownFields(
	properties: INodeProperties[],
	resource: string,
	operation: string,
): INodeProperties[] {
	const isShown = ({ displayOptions: { show = {}, hide = {} } = {} }: INodeProperties) => {
		const fits = (name: string, value: string) => {
			const wanted = show[name] ?? show[`/${name}`];
			return wanted === undefined || wanted.includes(value);
		};
		if (hide['@tool']?.includes(true)) return false;
		const own = hide[`${operation}Of`] ?? hide[`/${operation}Of`] ?? [];
		return fits('resource', resource) && fits('operation', operation) && !own.includes(resource);
	};
	return properties
		.filter(
			(field) =>
				field.type !== 'notice' &&
				field.type !== 'hidden' &&
				field.name !== 'requestOptions' &&
				isShown(field),
		)
		.map((field) =>
			field.type === 'collection'
				? { ...field, options: (field.options ?? []).filter(isProperty).filter(isShown) }
				: field,
		);
}

export interface ByModel {
	parameters: INodeParameters;
	/** What the model gives, by key. */
	args: IDataObject;
	/** The names that users see, by key. */
	labels: Record<string, string>;
	/** The fields that it fills, by their paths. */
	paths: string[];
}

type Value = IDataObject[string];

/** The definition of a field of that name; the options of several in one. */
function definitionOf(fields: INodeProperties[], name: string): INodeProperties {
	const found = fields.filter((field) => field.name === name);
	const [first] = found;
	if (first === undefined) throw new Error(`there is no field ${name}`);
	return { ...first, options: found.flatMap(({ options = [] }) => options) };
}

/** Gives every field of these parameters to the model, with the same value. */
export function givenToModel(fields: INodeProperties[], parameters: INodeParameters): ByModel {
	const filling = new Filling();
	const filled = filling.fillAll(fields, parameters);
	return { ...filling, parameters: filled as INodeParameters };
}

class Filling {
	readonly args: IDataObject = {};
	readonly labels: Record<string, string> = {};
	readonly paths: string[] = [];

	/** `place` is the entry of a list of fields, as n8n puts it before the keys of its fields. */
	fillAll(fields: INodeProperties[], values: unknown, path = '', place?: string): IDataObject {
		return Object.fromEntries(
			Object.entries(recordAt(values)).map(([name, value]) => [
				name,
				this.fill(definitionOf(fields, name), value, `${path}${name}`, place),
			]),
		);
	}

	private fill(field: INodeProperties, value: Value, path: string, place?: string): Value {
		const { type, options = [] } = field;
		if (field.noDataExpression === true) return value;
		if (type === 'collection') return this.fillAll(options.filter(isProperty), value, `${path}.`);
		if (type === 'fixedCollection') {
			const lists = options.filter((option) => 'values' in option);
			return Object.fromEntries(
				lists.map(({ name, values }) => [
					name,
					recordsAt(value, name).map((entry, index) =>
						this.fillAll(values, entry, `${path}.${name}.`, `${name}${index}`),
					),
				]),
			);
		}
		if (type !== 'resourceLocator') return this.take(field, value, path, place);
		const locator = recordAt(value);
		return { ...locator, value: this.take(field, locator.value, path, place) };
	}

	private take(field: INodeProperties, value: Value, path: string, place?: string): string {
		const key = keyOf(field.displayName, place);
		if (key in this.args) throw new Error(`two fields share the key ${key}`);
		this.args[key] = value;
		this.labels[key] = field.displayName;
		this.paths.push(path);
		return `={{ ${MARKER} $fromAI('${key}', \`\`, '${typeOf(field)}') }}`;
	}
}

/** The paths of all fields that can hold an expression. */
export function modelPaths(fields: INodeProperties[], path = ''): string[] {
	return fields.flatMap((field) => {
		if (field.noDataExpression === true) return [];
		const own = `${path}${field.name}`;
		const options = field.options ?? [];
		if (field.type === 'collection') return modelPaths(options.filter(isProperty), `${own}.`);
		if (field.type === 'fixedCollection') {
			return options.flatMap((option) =>
				'values' in option ? modelPaths(option.values, `${own}.${option.name}.`) : [],
			);
		}
		return [own];
	});
}
