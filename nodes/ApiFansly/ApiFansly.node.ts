import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { customOperation } from '../shared/operation/customOperation';
import { definedOnce } from '../shared/parameters/definedOnce';
import { getAccounts, getAlbums, getChats, getTiers, getVaultFiles } from './listSearch';
import { apiFansly } from './pair';
import { accountFields } from './resources/account';
import { anyEndpointFields } from './resources/anyEndpoint';
import { automatedMessageFields } from './resources/automatedMessage';
import { chatFields } from './resources/chat';
import { fanFields } from './resources/fan';
import { fanListFields } from './resources/fanList';
import { massMessageFields } from './resources/massMessage';
import { mediaFields } from './resources/media';
import { messageFields } from './resources/message';
import { send, sendFields } from './resources/message/send';
import { transactionFields } from './resources/transaction';

export class ApiFansly implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Fansly (ApiFansly)',
		name: 'apiFansly',
		icon: { light: 'file:../../icons/apifansly.svg', dark: 'file:../../icons/apifansly.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Work with chats, messages and fans on Fansly through ApiFansly',
		defaults: { name: 'Fansly via ApiFansly' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'apiFanslyApi', required: true }],
		// The check of each request puts the credential's Base URL in its place.
		requestDefaults: { baseURL: apiFansly.address },
		properties: definedOnce([
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Account', value: 'account' },
					{ name: 'Any Endpoint', value: 'anyEndpoint' },
					{ name: 'Automated Message', value: 'automatedMessage' },
					{ name: 'Chat', value: 'chat' },
					{ name: 'Fan', value: 'fan' },
					{ name: 'Fan List', value: 'fanList' },
					{ name: 'Mass Message', value: 'massMessage' },
					{ name: 'Media', value: 'media' },
					{ name: 'Message', value: 'message' },
					{ name: 'Transaction', value: 'transaction' },
				],
				default: 'message',
			},
			...accountFields,
			...anyEndpointFields,
			...automatedMessageFields,
			...chatFields,
			...fanFields,
			...fanListFields,
			...massMessageFields,
			...mediaFields,
			...messageFields,
			...transactionFields,
		]),
	};

	// Auto-replies run it for each message: so n8n evaluates each field once, and not three times.
	customOperations = { message: { send: customOperation(send, sendFields) } };

	methods = {
		listSearch: { getAccounts, getAlbums, getChats, getVaultFiles },
		loadOptions: { getTiers },
	};
}
