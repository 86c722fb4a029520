import { NodeHelpers } from 'n8n-workflow';
import type { INodeParameters, INodeProperties, INodeTypeDescription } from 'n8n-workflow';

/** What a node's panel shows, as n8n decides it. */

const isProperty = (entry: object): entry is INodeProperties => 'type' in entry;

/** A node's parameters with n8n's defaults filled in, and without those that do not belong. */
export function filledIn(
	description: INodeTypeDescription,
	parameters: INodeParameters,
	withDefaults = true,
): INodeParameters {
	const { properties } = description;
	const node = { typeVersion: 1 };
	return (
		NodeHelpers.getNodeParameters(properties, parameters, withDefaults, false, node, description) ??
		{}
	);
}

/**
 * The fields that a node with these parameters shows, collections with the fields in them that can
 * be added. What n8n itself adds to every declarative node is left out.
 */
export function shownFields(
	description: INodeTypeDescription,
	parameters: INodeParameters,
): INodeProperties[] {
	const values = filledIn(description, parameters);
	const isShown = (field: INodeProperties) =>
		field.type !== 'hidden' &&
		NodeHelpers.displayParameter(values, field, { typeVersion: 1 }, description, values);
	return description.properties
		.filter((field) => field.name !== 'requestOptions' && isShown(field))
		.map((field) =>
			field.type === 'collection'
				? { ...field, options: (field.options ?? []).filter(isProperty).filter(isShown) }
				: field,
		);
}

/** A field by what a person sees of it. */
export function lookOf({ options, ...field }: INodeProperties): INodeProperties {
	delete field.displayOptions;
	const looks = options?.map((option) => (isProperty(option) ? lookOf(option) : option));
	return { ...field, ...(looks && { options: looks }) };
}
