import type { INodeProperties } from 'n8n-workflow';
import { concurrencyField, optionsField, simplifyField } from '../parameters/fields';

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
			// n8n's lint wants it; of other numbers the node's check holds the bounds, since the field
			// would drop digits.
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
	description:
		'Whether to ask for several pages at once. It is faster, and may ask for a page or two ' +
		'behind the end, a credit each.',
};

/** How a list is fetched. `isByOffset` where pages can be asked for side by side. */
export function listOptionsField(
	displayOptions: ShowOptions,
	{ isByOffset = false } = {},
): INodeProperties {
	return optionsField(
		displayOptions,
		isByOffset ? [sideBySideField, concurrencyField] : [concurrencyField],
	);
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
			description:
				'What the messages become. A file takes any number of them; as items there are at ' +
				'most 100,000.',
			options: [
				{
					name: 'File',
					value: 'file',
					description: 'One item with a file, for spreadsheets or programs',
				},
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
				{
					name: 'CSV',
					value: 'csv',
					description: 'For spreadsheets: always the simplified message, one row each',
				},
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

/** Simplify, but for CSV, which is always simplified: two fields, since one has one condition. */
function simplifyFields({ show }: ShowOptions): INodeProperties[] {
	return [
		simplifyField({ show: { ...show, output: ['items'] } }),
		simplifyField({ show: { ...show, output: ['file'], fileFormat: ['jsonl'] } }),
	];
}

/**
 * Return All, Limit, Simplify and the bounds of a message list. `hint` tells what it costs or
 * touches.
 */
export function messageListFields(
	displayOptions: ShowOptions,
	hint: string,
	beforeHint: string,
): INodeProperties[] {
	return [
		...limitFields(displayOptions, hint),
		...fileFields(displayOptions),
		...simplifyFields(displayOptions),
		optionsField(displayOptions, [
			{
				displayName: 'After Message ID',
				name: 'afterMessageId',
				type: 'string',
				default: '',
				placeholder: 'e.g. 400000000000000001',
				description:
					'Return only messages newer than this one, such as the last one of an earlier run',
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
				displayOptions: { show: { '/output': ['items'] } },
				description:
					'The order of the returned messages. It does not change which are returned: always ' +
					'the newest within the limit. A file is always newest first.',
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
				description:
					"Return only messages sent after this time. Without a time zone it is in the workflow's.",
			},
		]),
	];
}
