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
		limitField({ show: { ...displayOptions.show, returnAll: [false] } }),
	];
}

function limitField(displayOptions: INodeProperties['displayOptions']): INodeProperties {
	return {
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		// n8n's lint wants it; of other numbers the node's check holds the bounds, since the field
		// would drop digits.
		typeOptions: { minValue: 1 },
		default: 50,
		displayOptions,
		description: 'Max number of results to return',
	};
}

const parallelPagesField: INodeProperties = {
	displayName: 'Fetch Pages in Parallel',
	name: 'parallelPages',
	type: 'boolean',
	default: false,
	description:
		'Whether to fetch several pages at once. This is faster, but may fetch a page or two too ' +
		'many, at one credit each.',
};

/**
 * Only New Since Last Run; `ofFans` says with which lists of fans it works, in whole sentences. Not
 * for an agent: what a model asked for and dropped would never come again.
 */
export function onlyNewField(ofFans: string): INodeProperties {
	return {
		displayName: 'Only New Since Last Run',
		name: 'onlyNew',
		type: 'boolean',
		default: true,
		displayOptions: { hide: { '@tool': [true] } },
		description:
			'Whether to return only what came since the last run of the active workflow. The first run ' +
			'returns what the other fields ask for, up to Limit; later ones all that is new, whatever ' +
			`the limit. A run in the editor is like a first one and changes nothing. ${ofFans}`,
	};
}

/**
 * How a list is fetched. `isByOffset` where pages can be fetched in parallel, `onlyNew` where
 * something tells what is new.
 */
export function listOptionsField(
	displayOptions: ShowOptions,
	{ isByOffset = false, onlyNew }: { isByOffset?: boolean; onlyNew?: INodeProperties } = {},
): INodeProperties {
	return optionsField(displayOptions, [
		...(isByOffset ? [parallelPagesField] : []),
		concurrencyField,
		...(onlyNew ? [onlyNew] : []),
	]);
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
				'What you get: items or one file. A file can hold any number of messages; as items ' +
				'you get 100,000 at most.',
			options: [
				{
					name: 'File',
					value: 'file',
					description: 'One item that holds a file, for spreadsheets or programs',
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
			description: 'The format of the file',
			options: [
				{
					name: 'CSV',
					value: 'csv',
					description:
						"For spreadsheets: one row for each message, always simplified, with the fan's name " +
						'where messages tell it',
				},
				{
					name: 'JSON Lines',
					value: 'jsonl',
					description: 'For programs: one JSON object per line',
				},
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
			description: 'The name of the output binary field to put the file in',
			hint: 'The name of the output binary field to put the file in',
		},
	];
}

/** From which message to which. `exampleId` is a message's ID as the platform has them. */
function messageBounds(exampleId: string, beforeHint: string): INodeProperties[] {
	return [
		{
			displayName: 'After Message ID',
			name: 'afterMessageId',
			type: 'string',
			default: '',
			placeholder: `e.g. ${exampleId}`,
			description:
				'Return only messages newer than this one, for example the last one you got before',
		},
		{
			displayName: 'Before Message ID',
			name: 'beforeMessageId',
			type: 'string',
			default: '',
			placeholder: `e.g. ${exampleId}`,
			description: 'Return only messages older than this one',
			hint: beforeHint,
		},
	];
}

const fileNameField: INodeProperties = {
	displayName: 'File Name',
	name: 'fileName',
	type: 'string',
	default: '',
	placeholder: 'e.g. history.csv',
	displayOptions: { show: { '/output': ['file'] } },
	description: "The name of the file. Without this field, it is the chat's ID.",
};

/** The order of the messages; `hasBeginning` where a list can begin with the chat's first one. */
function orderField(hasBeginning: boolean): INodeProperties {
	return {
		displayName: 'Order',
		name: 'order',
		type: 'options',
		default: 'newest',
		displayOptions: { show: { '/output': ['items'] } },
		description:
			'The order of the messages. You always get the newest ones within the limit' +
			`${hasBeginning ? ', but for From the Beginning' : ', in either order'}. A file is always ` +
			'newest first.',
		options: [
			...(hasBeginning
				? [
						{
							name: 'From the Beginning',
							value: 'beginning',
							description: "Oldest first, from the chat's first message or After Message ID on",
						},
					]
				: []),
			{ name: 'Newest First', value: 'newest' },
			{ name: 'Oldest First', value: 'oldest' },
		],
	};
}

const pinnedOnlyField: INodeProperties = {
	displayName: 'Pinned Only',
	name: 'pinnedOnly',
	type: 'boolean',
	default: true,
	description: 'Whether to return only the messages that are pinned in the chat',
};

/** No provider can start a list at a time. */
const sentFields: INodeProperties[] = [
	{
		displayName: 'Sent After',
		name: 'sentAfter',
		type: 'dateTime',
		default: '',
		description:
			"Return only messages sent after this time. Without a time zone, the workflow's is used.",
	},
	{
		displayName: 'Sent Before',
		name: 'sentBefore',
		type: 'dateTime',
		default: '',
		description:
			"Return only messages sent before this time. Without a time zone, the workflow's is used.",
		hint: 'The messages sent later are fetched too, and cost credits',
	},
];

/** Simplify, but for CSV, which is always simplified: two fields, since one has one condition. */
function simplifyFields({ show }: ShowOptions): INodeProperties[] {
	return [
		simplifyField({ show: { ...show, output: ['items'] } }),
		simplifyField({ show: { ...show, output: ['file'], fileFormat: ['jsonl'] } }),
	];
}

/**
 * Return All, Limit, Simplify and the bounds of a message list. `hint` tells what it costs or
 * touches, `beforeHint` what a bound costs; `onlyNew` is the pair's; `hasBeginning` and `hasPinned` what the provider can do.
 */
export function messageListFields(
	displayOptions: ShowOptions,
	{
		hint,
		beforeHint,
		exampleId,
		onlyNew,
		hasBeginning = false,
		hasPinned = false,
	}: {
		hint: string;
		beforeHint: string;
		exampleId: string;
		onlyNew: INodeProperties;
		hasBeginning?: boolean;
		hasPinned?: boolean;
	},
): INodeProperties[] {
	return [
		...limitFields(displayOptions, hint),
		...fileFields(displayOptions),
		...simplifyFields(displayOptions),
		optionsField(displayOptions, [
			...messageBounds(exampleId, beforeHint),
			fileNameField,
			concurrencyField,
			onlyNew,
			orderField(hasBeginning),
			...(hasPinned ? [pinnedOnlyField] : []),
			...sentFields,
		]),
	];
}

/**
 * Max Messages and the options of Get Conversation. `hint` tells what it costs or touches,
 * `answering`: see `answeringField`.
 */
export function conversationFields(
	displayOptions: ShowOptions,
	{ hint, answering }: { hint: string; answering: INodeProperties },
): INodeProperties[] {
	return [
		{ ...limitField(displayOptions), displayName: 'Max Messages', default: 30, hint },
		optionsField(displayOptions, [
			answering,
			{
				displayName: 'If There Is Nothing to Answer',
				name: 'whenNothingToAnswer',
				type: 'options',
				default: 'returnNothing',
				description: 'What to do when the fan is not waiting for an answer',
				options: [
					{
						name: 'Return Nothing',
						value: 'returnNothing',
						description: 'The workflow ends here for this item, without an error',
					},
					{
						name: 'Return the Item',
						value: 'returnItem',
						description: "With the reason in the field 'reason'",
					},
				],
			},
			concurrencyField,
		]),
	];
}
