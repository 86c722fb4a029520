import type { INodeProperties, INodePropertyMode, INodePropertyOptions } from 'n8n-workflow';

/** Fields that look the same on every pair. Their names stand in stored workflows. */

const ID_VALIDATION: INodePropertyMode['validation'] = [
	{ type: 'regex', properties: { regex: '^\\s*\\w[\\w-]*\\s*$', errorMessage: 'An ID has only letters, digits, - and _' } },
];

/** The operations of a resource, in the order of the alphabet. */
export function operationField(displayOptions: INodeProperties['displayOptions'], options: INodePropertyOptions[], preset: string): INodeProperties {
	return { displayName: 'Operation', name: 'operation', type: 'options', noDataExpression: true, displayOptions, options, default: preset };
}

/** Which connected account speaks. */
export function accountField(placeholder: string, displayOptions?: INodeProperties['displayOptions']): INodeProperties {
	return {
		displayName: 'Account',
		name: 'account',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		...(displayOptions && { displayOptions }),
		description: 'The connected creator account to use',
		modes: [
			{ displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod: 'getAccounts', searchable: true } },
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder, validation: ID_VALIDATION },
		],
	};
}

/** A chat's address on the platform's website; `regex` has one group, the ID. */
export interface ChatUrl {
	placeholder: string;
	regex: string;
}

/** Which chat to read or write. */
export function chatField(placeholder: string, url: ChatUrl, displayOptions: INodeProperties['displayOptions']): INodeProperties {
	return {
		displayName: 'Chat',
		name: 'chat',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		displayOptions,
		description: 'The chat with the fan',
		modes: [
			{ displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod: 'getChats', searchable: true } },
			{
				displayName: 'By URL',
				name: 'url',
				type: 'string',
				placeholder: url.placeholder,
				extractValue: { type: 'regex', regex: url.regex },
				validation: [{ type: 'regex', properties: { regex: `${url.regex}.*`, errorMessage: "This is not a chat's address" } }],
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder, validation: ID_VALIDATION },
		],
	};
}

/** The message to send; `property` is its name on the wire. */
export function textField(property: string, description: string, displayOptions: INodeProperties['displayOptions']): INodeProperties {
	return {
		displayName: 'Text',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		placeholder: 'e.g. Hey, how was your day?',
		displayOptions,
		description,
		routing: { send: { type: 'body', property } },
	};
}

export function replyToField(placeholder: string): INodeProperties {
	return {
		displayName: 'Reply to Message ID',
		name: 'replyToMessageId',
		type: 'string',
		default: '',
		placeholder,
		description: "The message of this chat that this one answers, the fan's or your own",
		routing: { send: { type: 'body', property: 'replyToMessageId' } },
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

/** How many requests of one account may be under way at the same time. */
export const concurrencyField: INodeProperties = {
	displayName: 'Requests at a Time',
	name: 'concurrency',
	type: 'number',
	default: 3,
	description: 'How many requests for the same account may be under way together, 1 or more. Messages to one chat always leave one by one.',
};

const checkPaidField: INodeProperties = {
	displayName: 'Check Paid Messages',
	name: 'checkPaid',
	type: 'boolean',
	default: true,
	description: 'Whether to make sure, after sending, that paid media are locked at their price',
};

const deleteUnlockedField: INodeProperties = {
	displayName: 'Delete Unlocked Messages',
	name: 'deleteUnlocked',
	type: 'boolean',
	default: false,
	description: 'Whether to delete a paid message at once when its media turn out to be unlocked',
};

/** What changes how an operation works, not what it does: Options, each added by the user. */
export function optionsField(displayOptions: INodeProperties['displayOptions'], options: INodeProperties[]): INodeProperties {
	return { displayName: 'Options', name: 'options', type: 'collection', placeholder: 'Add option', default: {}, displayOptions, options };
}

/** How a message is sent. `paidHint` tells what the check of paid messages costs, where there are such. */
export function sendOptionsField(displayOptions: INodeProperties['displayOptions'], paidHint?: string): INodeProperties {
	return optionsField(displayOptions, paidHint === undefined ? [concurrencyField] : [{ ...checkPaidField, hint: paidHint }, deleteUnlockedField, concurrencyField]);
}

/** A message of the chosen chat, for the operations on one. */
export function messageIdField(placeholder: string, displayOptions: INodeProperties['displayOptions'], description = 'The message, by its ID'): INodeProperties {
	return { displayName: 'Message ID', name: 'messageId', type: 'string', default: '', required: true, placeholder, displayOptions, description };
}

type ShowOptions = { show: Record<string, string[]> };

/** Return All and Limit. `hint` tells what a list costs or touches. */
export function limitFields(displayOptions: ShowOptions, hint: string): INodeProperties[] {
	return [
		{
			displayName: 'Return All',
			name: 'returnAll',
			type: 'boolean',
			default: false,
			displayOptions,
			description: 'Whether to return all results or only up to a given limit',
			hint,
		},
		{
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			// n8n's lint wants it; of other numbers the node's check holds the bounds, since the field would drop digits.
			typeOptions: { minValue: 1 },
			default: 50,
			displayOptions: { show: { ...displayOptions.show, returnAll: [false] } },
			description: 'Max number of results to return',
		},
	];
}

const sideBySideField: INodeProperties = {
	displayName: 'Pages Side by Side',
	name: 'sideBySide',
	type: 'boolean',
	default: false,
	description: 'Whether to ask for several pages at once. It is faster, and may ask for a page or two behind the end, a credit each.',
};

/** How a list is fetched. `isByOffset` where pages can be asked for side by side. */
export function listOptionsField(displayOptions: ShowOptions, { isByOffset = false } = {}): INodeProperties {
	return optionsField(displayOptions, isByOffset ? [sideBySideField, concurrencyField] : [concurrencyField]);
}

/** Whether a message list becomes items or a file, and which. */
function fileFields(displayOptions: ShowOptions): INodeProperties[] {
	const showForFile: ShowOptions = { show: { ...displayOptions.show, output: ['file'] } };
	return [
		{
			displayName: 'Output',
			name: 'output',
			type: 'options',
			default: 'items',
			displayOptions,
			description: 'What the messages become. A file takes any number of them; as items there are at most 100,000.',
			options: [
				{ name: 'File', value: 'file', description: 'One item with a file, for spreadsheets or programs' },
				{ name: 'Items', value: 'items', description: 'One item for each message' },
			],
		},
		{
			displayName: 'File Format',
			name: 'fileFormat',
			type: 'options',
			default: 'csv',
			displayOptions: showForFile,
			description: 'How the messages are written',
			options: [
				{ name: 'CSV', value: 'csv', description: 'For spreadsheets: always the simplified message, one row each' },
				{ name: 'JSON Lines', value: 'jsonl', description: 'For programs: one JSON object a line' },
			],
		},
		{
			displayName: 'Put Output in Field',
			name: 'binaryProperty',
			type: 'string',
			default: 'data',
			required: true,
			placeholder: 'e.g. data',
			displayOptions: showForFile,
			description: 'The name of the binary field that the file goes into',
			hint: 'The name of the output binary field to put the file in',
		},
	];
}

/** Return All, Limit, Simplify and the bounds of a message list. `hint` tells what it costs or touches. */
export function messageListFields(displayOptions: ShowOptions, hint: string, beforeHint: string): INodeProperties[] {
	return [
		...limitFields(displayOptions, hint),
		...fileFields(displayOptions),
		simplifyField(displayOptions),
		optionsField(displayOptions, [
			{
				displayName: 'After Message ID',
				name: 'afterMessageId',
				type: 'string',
				default: '',
				placeholder: 'e.g. 400000000000000001',
				description: 'Return only messages newer than this one, such as the last one of an earlier run',
			},
			{
				displayName: 'Before Message ID',
				name: 'beforeMessageId',
				type: 'string',
				default: '',
				placeholder: 'e.g. 400000000000000003',
				description: 'Return only messages older than this one',
				hint: beforeHint,
			},
			{
				displayName: 'File Name',
				name: 'fileName',
				type: 'string',
				default: '',
				placeholder: 'e.g. history.csv',
				displayOptions: { show: { '/output': ['file'] } },
				description: "The name of the file. Without one it is named after the chat's ID.",
			},
			{
				displayName: 'Order',
				name: 'order',
				type: 'options',
				default: 'newest',
				description: 'The order of the returned messages. It does not change which are returned: always the newest within the limit. A file is always newest first.',
				options: [
					{ name: 'Newest First', value: 'newest' },
					{ name: 'Oldest First', value: 'oldest' },
				],
			},
			concurrencyField,
			{
				displayName: 'Sent After',
				name: 'sentAfter',
				type: 'dateTime',
				default: '',
				description: "Return only messages sent after this time. Without a time zone it is in the workflow's.",
			},
		]),
	];
}
