import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { routing } from '../operation/routing';
import { concurrencyField, operationField, optionsField } from '../parameters/fields';
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
		action: 'Request any endpoint',
		description:
			`Call any path of the provider's API with this credential, also what has no operation of ` +
			`its own. ${cost}.`,
		routing: routing(
			{
				// Filled in by the check and the call: the method and the path are the user's.
				request: { method: 'GET', url: '/' },
				rules: endpointRules(source),
			},
			callEndpoint(source),
		),
	};
}

/** The fields of such a call. `example` is a path of the pair. */
export function endpointFields(example: string, hint: string): INodeProperties[] {
	return [
		{
			displayName: 'Method',
			name: 'method',
			type: 'options',
			default: 'GET',
			displayOptions: showOnlyForRequest,
			description: 'What to do. GET reads; the others change something.',
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
				"The path of the endpoint with its IDs filled in, as in the provider's documents, " +
				'without server and query',
			hint,
		},
		{
			displayName: 'Query Parameters',
			name: 'queryParameters',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			default: {},
			placeholder: 'Add parameter',
			displayOptions: showOnlyForRequest,
			description: 'What stands behind the question mark in an address',
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
		},
		{
			displayName: 'Body',
			name: 'body',
			type: 'json',
			default: '',
			placeholder: 'e.g. {"name": "VIP"}',
			displayOptions: {
				show: { ...showOnlyForRequest.show, method: METHODS.filter((method) => method !== 'GET') },
			},
			description: 'JSON to send along; leave it empty for endpoints that take none',
		},
		{
			displayName: 'Return All Pages',
			name: 'returnAllPages',
			type: 'boolean',
			default: false,
			displayOptions: { show: { ...showOnlyForRequest.show, method: ['GET'] } },
			description:
				'Whether to follow a list from page to page and return an item for each row, instead ' +
				'of one with the whole answer',
			hint: 'Every page costs credits. Options › Most Pages sets an end.',
		},
		optionsField(showOnlyForRequest, [
			{
				displayName: 'Most Pages',
				name: 'mostPages',
				type: 'number',
				default: 10,
				description: 'How many pages to ask for at most; 0 for all. For Return All Pages.',
			},
			concurrencyField,
		]),
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
