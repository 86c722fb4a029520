import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/** Fields that look the same on every trigger. Their names stand in stored workflows. */

/** Which events start the workflow, out of a list that is loaded. */
export function eventsField(defaultEvent: string): INodeProperties {
	return {
		displayName: 'Event Names or IDs',
		name: 'events',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getEvents' },
		required: true,
		default: [defaultEvent],
		description:
			'What starts the workflow. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	};
}

/** `Message Received` as `On message received`; words in capitals stay. */
const startOf = (event: string) =>
	['On', ...event.split(' ').map((word) => (/[a-z]/.test(word) ? word.toLowerCase() : word))].join(
		' ',
	);

/**
 * An entry of its own in the node panel for each of these events, such as "On tip received". n8n
 * makes them of a field called Events with options written down, the first there is: so this one
 * comes first, and is never shown. `defaultEvent` as in `eventsField`, whose value it fills.
 */
export function eventEntries(
	defaultEvent: string,
	events: INodePropertyOptions[],
): INodeProperties {
	return {
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		default: [defaultEvent],
		displayOptions: { hide: { '@version': [{ _cnd: { gte: 1 } }] } },
		options: events.map((event) => ({ ...event, action: startOf(event.name) })),
	};
}

/** Which accounts are listened to, where the provider is told so when the trigger registers. */
export const accountScopeFields: INodeProperties[] = [
	{
		displayName: 'Listen To',
		name: 'accountScope',
		type: 'options',
		noDataExpression: true,
		default: 'global',
		description: 'Which connected accounts can start the workflow',
		options: [
			{ name: 'All Accounts', value: 'global' },
			{ name: 'All Accounts Except Some', value: 'exclusive' },
			{ name: 'Some Accounts', value: 'inclusive' },
		],
	},
	{
		displayName: 'Account Names or IDs',
		name: 'accounts',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getAccounts' },
		required: true,
		default: [],
		displayOptions: { hide: { accountScope: ['global'] } },
		description:
			'The accounts to listen to, or to ignore. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
];

/** On by default, so that a workflow's own reply never starts it again. */
export const onlyIncomingField: INodeProperties = {
	displayName: 'Only Incoming',
	name: 'onlyIncoming',
	type: 'boolean',
	default: true,
	description:
		'Whether to ignore messages that the account itself sends. Keep this on in an ' +
		'auto-reply, or it replies to itself.',
};

const filterOptions: Record<
	'accountIds' | 'chatIds' | 'minTotalSpent' | 'onlyPaid' | 'textContains',
	INodeProperties
> = {
	accountIds: {
		displayName: 'Account IDs',
		name: 'accountIds',
		type: 'string',
		default: '',
		placeholder: 'e.g. fansly_acc_1, fansly_acc_2',
		description: 'IDs of the only accounts that start the workflow, separated by commas',
	},
	chatIds: {
		displayName: 'Chat IDs',
		name: 'chatIds',
		type: 'string',
		default: '',
		placeholder: 'e.g. 123456789, 123456790',
		description: 'IDs of the only chats that start the workflow, separated by commas',
	},
	minTotalSpent: {
		displayName: 'Minimum Total Spent (USD)',
		name: 'minTotalSpent',
		type: 'number',
		default: 0,
		description:
			'Start the workflow only for fans who have paid the creator at least this much. With 0, all ' +
			'pass; above it, none whose total is not told.',
	},
	onlyPaid: {
		displayName: 'Only Paid or Tips',
		name: 'onlyPaid',
		type: 'boolean',
		default: false,
		description: 'Whether to start the workflow only for sales, tips and messages with a price',
	},
	textContains: {
		displayName: 'Text Contains',
		name: 'textContains',
		type: 'string',
		default: '',
		placeholder: 'e.g. custom video',
		description: 'Start the workflow only for messages with this text, in upper or lower case',
	},
};

/**
 * What to leave out; every filter that is added has to fit. `chat` is the pair's field to choose one,
 * `hasAccounts` where one trigger hears of several accounts, `hasTotalSpent` where the provider tells
 * what a fan has spent.
 */
export function filtersField({
	chat,
	hasAccounts = false,
	hasTotalSpent = false,
}: {
	chat: INodeProperties;
	hasAccounts?: boolean;
	hasTotalSpent?: boolean;
}): INodeProperties {
	const { accountIds, chatIds, minTotalSpent, ...others } = filterOptions;
	return {
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		options: [
			...(hasAccounts ? [accountIds] : []),
			{
				...chat,
				required: false,
				description:
					'The only chat that starts the workflow. For several, use Chat IDs; with both, all of ' +
					'them do. Opening the list costs a credit.',
			},
			chatIds,
			...(hasTotalSpent ? [minTotalSpent] : []),
			...Object.values(others),
		],
	};
}
