import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { getAccounts, getChats } from './listSearch';
import { anyEndpointFields } from './resources/anyEndpoint';
import { messageFields } from './resources/message';

export class OfapiFansly implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Fansly (OnlyFansAPI)',
		name: 'ofapiFansly',
		icon: { light: 'file:../../icons/fansly.svg', dark: 'file:../../icons/fansly.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Send and list chat messages on Fansly through OnlyFansAPI',
		defaults: { name: 'Fansly (OnlyFansAPI)' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'ofapiFanslyApi', required: true }],
		requestDefaults: { baseURL: '={{$credentials.baseUrl}}' },
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Any Endpoint', value: 'anyEndpoint' },
					{ name: 'Message', value: 'message' },
				],
				default: 'message',
			},
			...messageFields,
			...anyEndpointFields,
		],
	};

	methods = { listSearch: { getAccounts, getChats } };
}
