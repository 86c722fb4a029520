import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { getAccounts, getAlbums, getChats } from './listSearch';
import { mediaFields } from './resources/media';
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
					{ name: 'Media', value: 'media' },
					{ name: 'Message', value: 'message' },
				],
				default: 'message',
			},
			...mediaFields,
			...messageFields,
		],
	};

	methods = { listSearch: { getAccounts, getAlbums, getChats } };
}
