import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { getAccounts, getChats } from './listSearch';
import { anyEndpointFields } from './resources/anyEndpoint';
import { messageFields } from './resources/message';

export class ApiFansly implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Fansly (ApiFansly)',
		name: 'apiFansly',
		icon: { light: 'file:../../icons/apifansly.svg', dark: 'file:../../icons/apifansly.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Send and list chat messages on Fansly through ApiFansly',
		defaults: { name: 'Fansly (ApiFansly)' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'apiFanslyApi', required: true }],
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
