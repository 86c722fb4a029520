import type { INodeProperties, INodePropertyMode, INodePropertyOptions } from 'n8n-workflow';

/** Simplify, for a list of accounts. */
export function simplifyAccountField(
	displayOptions: INodeProperties['displayOptions'],
): INodeProperties {
	return {
		...simplifyField(displayOptions),
		description:
			'Whether to return a simplified version of the response instead of the raw data. ' +
			'Session secrets and email addresses are always left out.',
	};
}

/** Fields that look the same on every pair. Their names stand in stored workflows. */

const like = (regex: string, errorMessage: string): INodePropertyMode['validation'] => [
	{ type: 'regex', properties: { regex: `^\\s*${regex}\\s*$`, errorMessage } },
];

const ID_VALIDATION = like('\\w[\\w-]*', 'An ID has only letters, digits, hyphens and underscores');
const CHAT_ID_VALIDATION = like('\\d+', 'The ID of a chat has only digits');

/** The operations of a resource, in the order of the alphabet. */
export function operationField(
	displayOptions: INodeProperties['displayOptions'],
	options: INodePropertyOptions[],
	preset: string,
): INodeProperties {
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions,
		options,
		default: preset,
	};
}

/** Which connected account speaks. */
export function accountField(
	placeholder: string,
	displayOptions?: INodeProperties['displayOptions'],
): INodeProperties {
	return {
		displayName: 'Account',
		name: 'account',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		...(displayOptions && { displayOptions }),
		description: 'The connected creator account to use',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'getAccounts', searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder, validation: ID_VALIDATION },
		],
	};
}

/**
 * For a locator whose entries belong to the account: n8n clears it when another account is chosen.
 * It looks at the name that the list shows and not at the ID: an account out of an expression has
 * another ID with every item, and n8n would clear a chat's expression then too.
 */
export const DEPENDS_ON_ACCOUNT = { loadOptionsDependsOn: ['account.cachedResultName'] };

/** A chat's address on the platform's website; `regex` has one group, the ID. */
export interface ChatUrl {
	placeholder: string;
	regex: string;
}

/** Which chat to read or write. */
export function chatField(
	placeholder: string,
	url: ChatUrl,
	displayOptions: INodeProperties['displayOptions'],
	about = 'The chat with the fan',
): INodeProperties {
	const exampleUrl = url.placeholder.replace(/^e\.g\. /, '');
	return {
		displayName: 'Chat',
		name: 'chat',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		displayOptions,
		typeOptions: DEPENDS_ON_ACCOUNT,
		description: about,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'getChats', searchable: true },
			},
			{
				displayName: 'By URL',
				name: 'url',
				type: 'string',
				placeholder: url.placeholder,
				extractValue: { type: 'regex', regex: url.regex },
				validation: [
					{
						type: 'regex',
						properties: {
							regex: `${url.regex}.*`,
							errorMessage: `Chat: open the chat and copy its address, like ${exampleUrl}`,
						},
					},
				],
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder,
				validation: CHAT_ID_VALIDATION,
			},
		],
	};
}

export function simplifyField(displayOptions?: INodeProperties['displayOptions']): INodeProperties {
	return {
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		...(displayOptions && { displayOptions }),
		description: 'Whether to return a simplified version of the response instead of the raw data',
	};
}

/** How many requests of one account may run at the same time. */
export const concurrencyField: INodeProperties = {
	displayName: 'Max Parallel Requests',
	name: 'concurrency',
	type: 'number',
	default: 3,
	description:
		'How many requests for the same account can run at the same time, 1 or more. Messages to ' +
		'the same chat are always sent one after the other.',
};

/** What changes how an operation works, not what it does: Options, each added by the user. */
export function optionsField(
	displayOptions: INodeProperties['displayOptions'],
	options: INodeProperties[],
): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions,
		options,
	};
}

/** Which of the platform's lists of fans. */
export function fanListField(
	placeholder: string,
	displayOptions: INodeProperties['displayOptions'],
): INodeProperties {
	return {
		displayName: 'Fan List',
		name: 'fanList',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		displayOptions,
		typeOptions: DEPENDS_ON_ACCOUNT,
		description: "One of the account's lists of fans",
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'getFanLists', searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder, validation: ID_VALIDATION },
		],
	};
}

/** A message of the chosen chat, for the operations on one. */
export function messageIdField(
	placeholder: string,
	displayOptions: INodeProperties['displayOptions'],
	description = 'The ID of the message',
): INodeProperties {
	return {
		displayName: 'Message ID',
		name: 'messageId',
		type: 'string',
		default: '',
		required: true,
		placeholder,
		displayOptions,
		description,
	};
}
