import type {
	IAuthenticate,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';
import { apiKeyOf, testRequest, testRules } from '../nodes/shared/transport/credentialTest';

const PROVIDER = {
	provider: 'ApiFansly',
	console: 'https://app.apifansly.com',
	address: 'https://v1.apifansly.com',
};

export class ApiFanslyApi implements ICredentialType {
	name = 'apiFanslyApi';

	displayName = 'Fansly (ApiFansly) API';

	icon: Icon = { light: 'file:../icons/apifansly.svg', dark: 'file:../icons/apifansly.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-creator-chat/n8n-nodes-creator-chat/blob/HEAD/docs/credentials.md';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			hint: 'Copy it from <a href="https://app.apifansly.com" target="_blank">the console of ApiFansly</a>',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://v1.apifansly.com',
			description:
				'The address of the server, without a path. Change it only for a proxy or the simulator.',
		},
		{
			displayName: 'Webhook Signing Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Only for the Fansly (ApiFansly) Trigger: the secret that the console shows for the ' +
				'webhook. Without it, the trigger accepts events from anyone who knows its URL.',
		},
	];

	/**
	 * A function instead of an expression: n8n evaluates an expression anew for every page of a list.
	 */
	authenticate: IAuthenticate = (credentials, requestOptions) => {
		const key = apiKeyOf(credentials, PROVIDER.address);
		return Promise.resolve({
			...requestOptions,
			headers: { ...requestOptions.headers, 'x-api-key': key },
		});
	};

	/**
	 * Asks for what this pair alone can see, so that a key without access to it is found out here.
	 */
	test: ICredentialTestRequest = {
		request: testRequest('/api/fansly/accounts'),
		rules: testRules({ ...PROVIDER, platform: 'Fansly' }),
	};
}
