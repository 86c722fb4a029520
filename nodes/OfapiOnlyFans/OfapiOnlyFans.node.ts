import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { getAccounts, getChats } from './listSearch';
import { anyEndpointFields } from './resources/anyEndpoint';
import { messageFields } from './resources/message';

export class OfapiOnlyFans implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'OnlyFans (OnlyFansAPI)',
		name: 'ofapiOnlyFans',
		icon: { light: 'file:../../icons/onlyfans.svg', dark: 'file:../../icons/onlyfans.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Send and list chat messages on OnlyFans through OnlyFansAPI',
		defaults: { name: 'OnlyFans (OnlyFansAPI)' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'ofapiOnlyFansApi', required: true }],
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
