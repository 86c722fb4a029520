import type {
	IAuthenticate,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';
import { ADDRESS, baseUrlField, CONSOLE, OFAPI } from '../nodes/providers/onlyfansapi/address';
import { apiKeyOf, testRequest, testRules } from '../nodes/shared/transport/credentialTest';

export class OfapiOnlyFansApi implements ICredentialType {
	name = 'ofapiOnlyFansApi';

	displayName = 'OnlyFans (OnlyFansAPI) API';

	icon: Icon = { light: 'file:../icons/onlyfans.svg', dark: 'file:../icons/onlyfans.dark.svg' };

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
			hint: `Create one in <a href="${CONSOLE}/api-keys" target="_blank">the console of Fans API</a> (formerly OnlyFansAPI)`,
		},
		baseUrlField,
	];

	/**
	 * A function instead of an expression: n8n evaluates an expression anew for every page of a list.
	 */
	authenticate: IAuthenticate = (credentials, requestOptions) => {
		const Authorization = `Bearer ${apiKeyOf(credentials, ADDRESS)}`;
		return Promise.resolve({
			...requestOptions,
			headers: { ...requestOptions.headers, Authorization },
		});
	};

	/**
	 * Asks for what this pair alone can see, so that a key without access to it is found out here.
	 */
	test: ICredentialTestRequest = {
		request: testRequest('/api/accounts'),
		rules: testRules({ ...OFAPI, platform: 'OnlyFans' }),
	};
}
