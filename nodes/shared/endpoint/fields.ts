import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { routing } from '../operation/routing';
import { accountField, concurrencyField, operationField, optionsField } from '../parameters/fields';
import { callEndpoint } from './call';
import { endpointRules } from './parameters';
import type { EndpointSource } from './parameters';

const showOnlyForRequest = { show: { resource: ['anyEndpoint'], operation: ['request'] } };

const METHODS = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'];

/** The operation that calls any endpoint of a pair. `cost` tells what a call takes. */
export function endpointOperation(source: EndpointSource, cost: string): INodePropertyOptions {
	return {
		name: 'Request',
		value: 'request',
		action: 'Make a custom API call',
		description:
			`Call any endpoint of the provider's API with this credential, even one that this node ` +
			`has no operation for. ${cost}.`,
		routing: routing(
			source.pair,
			{
				// Filled in by the check and the call: the method and the path are the user's.
				request: { method: 'GET', url: '/' },
				rules: endpointRules(source),
			},
			callEndpoint(source),
		),
	};
}

const queryField: INodeProperties = {
	displayName: 'Query Parameters',
	name: 'queryParameters',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	default: {},
	placeholder: 'Add parameter',
	displayOptions: showOnlyForRequest,
	description: 'Query parameters to add to the URL',
	options: [
		{
			displayName: 'Parameter',
			name: 'parameter',
			values: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. limit',
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					placeholder: 'e.g. 100',
				},
			],
		},
	],
};

const bodyField: INodeProperties = {
	displayName: 'Body',
	name: 'body',
	type: 'json',
	default: '',
	placeholder: 'e.g. {"name": "VIP"}',
	displayOptions: {
		show: { ...showOnlyForRequest.show, method: METHODS.filter((method) => method !== 'GET') },
	},
	description: 'The JSON to send. Leave it empty if the endpoint takes none.',
};

/** Whether to go on from page to page, and how far. */
const pagesFields: INodeProperties[] = [
	{
		displayName: 'Return All Pages',
		name: 'returnAllPages',
		type: 'boolean',
		default: false,
		displayOptions: { show: { ...showOnlyForRequest.show, method: ['GET'] } },
		description:
			'Whether to fetch the pages of a list one after the other and return an item for each ' +
			'entry, instead of one item with the whole response',
		hint: 'Each page costs credits. Add the option Max Pages to stop earlier.',
	},
	optionsField(showOnlyForRequest, [
		{
			displayName: 'Max Pages',
			name: 'maxPages',
			type: 'number',
			default: 10,
			description: 'How many pages to fetch at most with Return All Pages. Use 0 for all.',
		},
		concurrencyField,
	]),
];

/**
 * The account that fills `{account}` in the path. A field of its own: the other operations need
 * theirs, and a path may do without.
 */
const pathAccountField = (exampleId: string): INodeProperties => ({
	...accountField(`e.g. ${exampleId}`, showOnlyForRequest),
	name: 'pathAccount',
	required: false,
	description: 'The connected creator account whose ID takes the place of {account} in the path',
});

/** The fields of such a call. `example` is a path of the pair, `exampleId` an account of it. */
export function endpointFields(
	example: string,
	exampleId: string,
	hint: string,
): INodeProperties[] {
	return [
		pathAccountField(exampleId),
		{
			displayName: 'Method',
			name: 'method',
			type: 'options',
			default: 'GET',
			displayOptions: showOnlyForRequest,
			description: 'The HTTP method. GET reads; the others change something.',
			options: METHODS.map((method) => ({ name: method, value: method })),
		},
		{
			displayName: 'Path',
			name: 'path',
			type: 'string',
			default: '',
			required: true,
			placeholder: `e.g. ${example}`,
			displayOptions: showOnlyForRequest,
			description:
				"The path as in the provider's documentation, without the server name and the query " +
				'parameters. {account} becomes the account chosen above; fill in all other IDs.',
			hint,
		},
		queryField,
		bodyField,
		...pagesFields,
	];
}

/** The resource of a pair: its one operation and the fields. */
export function endpointResource(
	operation: INodePropertyOptions,
	fields: INodeProperties[],
): INodeProperties[] {
	return [
		operationField({ show: { resource: ['anyEndpoint'] } }, [operation], 'request'),
		...fields,
	];
}
