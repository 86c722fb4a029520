import type {
	IExecuteSingleFunctions,
	IHttpRequestOptions,
	INodeProperties,
	INodePropertyOptions,
	INodePropertyRouting,
} from 'n8n-workflow';
import { withVaultFile } from '../../../shared/media/attachments';
import { recordAt } from '../../../shared/model/values';
import { parameterOf } from '../../../shared/operation/parameter';
import { routing } from '../../../shared/operation/routing';
import type { OperationRequest } from '../../../shared/operation/routing';
import type { RequestRules } from '../../../shared/operation/validate';
import { simplifyField } from '../../../shared/parameters/fields';
import {
	dollars,
	id,
	Invalid,
	list,
	oneOf,
	required,
	text,
	time,
	toggle,
	wholeNumber,
} from '../../../shared/parameters/parsers';
import type { Validation } from '../../../shared/parameters/validation';
import { broadcast } from '../../../shared/send/broadcast';
import { deliveryOf } from '../../../shared/send/delivery';
import { ofapiOnlyFans } from '../../pair';
import { countRecipients, simplifyMassMessage } from '../../recipients';
import {
	checkPrice,
	giphyId,
	mediaIds,
	messageTextField,
	sendFields as messageFields,
	userIds,
	vaultFileId,
} from '../message/send';

const showOnlyForMassMessageSend = { show: { resource: ['massMessage'], operation: ['send'] } };

/** A list of the account's own, by number, or one of OnlyFans' such as `fans`. */
const userLists = list(id('1234567890 or fans', undefined, 'the ID or the name of a list'));

/** The time that a mass message is scheduled for, in the field at `path`; see `withSchedule`. */
function checkSchedule(
	context: IExecuteSingleFunctions,
	validation: Validation,
	path: string,
	isRequired: boolean,
): void {
	const readTime = time(context.getTimezone());
	const scheduledAt = validation.parameter(
		path,
		'Scheduled Date',
		isRequired ? required(readTime) : readTime,
	);
	// A further try of Retry On Fail may come after the time of a message that was handed in before
	// it.
	const { sent, isUnknown = false } = deliveryOf(context);
	const isHandedIn = sent !== undefined || isUnknown;
	validation.require(
		scheduledAt === undefined || scheduledAt > Date.now() || isHandedIn,
		"'Scheduled Date' is in the past",
	);
}

/** Adds the scheduled time as the provider reads it: UTC, whatever the workflow's time zone is. */
function withSchedule(path: string) {
	return function (
		this: IExecuteSingleFunctions,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const scheduledAt = time(this.getTimezone())(parameterOf(this, path), 'Scheduled Date');
		const isGiven = scheduledAt !== undefined && !(scheduledAt instanceof Invalid);
		return Promise.resolve({
			...options,
			body: {
				...recordAt(options.body),
				...(isGiven && { scheduledDate: new Date(scheduledAt).toISOString() }),
			},
		});
	};
}

/**
 * The routing of a request that reaches many fans. `more` are the body's fields beside those that
 * every such request has; `schedule` is where its time is filled in, and whether it has to be.
 */
export function massRouting(
	{ request, rules }: OperationRequest,
	more: RequestRules['body'],
	schedule: { path: string; isRequired: boolean },
): INodePropertyRouting {
	return routing(
		ofapiOnlyFans,
		{
			request,
			rules: {
				...rules,
				body: {
					text: ['Text', required(text), 'text'],
					userLists: ['User List Names or IDs', userLists],
					userIds: ['User IDs', userIds],
					mediaFiles: ['Media Files', mediaIds],
					vaultFile: ['Vault File', vaultFileId],
					previews: ['Previews', mediaIds],
					price: ['Price (USD)', dollars({ min: 3, max: 200, free: true })],
					lockedText: ['Locked Text', toggle],
					giphyId: ['Giphy ID', giphyId],
					blockBannedWords: ['Block Banned Words', oneOf('strict_ban', 'risky', 'replace_soften')],
					...more,
				},
				afterFields(validation, filled) {
					validation.require(
						filled.userLists !== undefined || filled.userIds !== undefined,
						"There are no 'User List Names or IDs' and no 'User IDs'",
					);
					checkPrice(validation, withVaultFile('mediaFiles', filled));
				},
				beforeSending: (body) => withVaultFile('mediaFiles', body),
				afterAll(context, validation) {
					validation.parameter('maxRecipients', 'Max Recipients', wholeNumber(1));
					checkSchedule(context, validation, schedule.path, schedule.isRequired);
				},
			},
			preSend: [withSchedule(schedule.path)],
		},
		broadcast(ofapiOnlyFans, countRecipients, simplifyMassMessage),
	);
}

/** `POST /api/{account}/mass-messaging`: docs/providers.md. */
export const send: INodePropertyOptions = {
	name: 'Send',
	value: 'send',
	action: 'Send a mass message',
	description:
		'Send one message to many fans at once, by list or user ID. Refused where more people than ' +
		"'Max Recipients' would get it. One credit, and one to count the people on the lists.",
	routing: massRouting(
		{ request: { method: 'POST', url: '/api/{account}/mass-messaging' } },
		{
			excludedLists: ['Excluded List Names or IDs', userLists],
			rfTag: ['Release Form Tags', userIds],
			rfPartner: ['Release Form Partners', userIds],
			rfGuest: ['Release Form Guests', userIds],
			saveForLater: ['Save for Later', toggle],
		},
		{ path: 'additionalFields.scheduledDate', isRequired: false },
	),
};

/** What a mass message may hold as a message to one fan does. */
export const CONTENT = [
	'blockBannedWords',
	'giphyId',
	'lockedText',
	'mediaFiles',
	'previews',
	'price',
	'rfGuest',
	'rfPartner',
	'rfTag',
	'vaultFile',
];

/** The fields of a message's content with these names. */
export const contentFields = (names: string[]): INodeProperties[] =>
	messageFields
		.flatMap(({ name, options }) => (name === 'additionalFields' ? (options ?? []) : []))
		.filter((field): field is INodeProperties => 'type' in field && names.includes(field.name));

const ownFields: INodeProperties[] = [
	{
		displayName: 'Excluded List Names or IDs',
		name: 'excludedLists',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getUserLists', loadOptionsDependsOn: ['account.value'] },
		default: [],
		description:
			'Lists whose people do not get the message. They are not subtracted when the recipients are counted. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		routing: { send: { type: 'body', property: 'excludedLists' } },
	},
	{
		displayName: 'Save for Later',
		name: 'saveForLater',
		type: 'boolean',
		default: false,
		description: "Whether to add the message to the account's saved messages",
		routing: { send: { type: 'body', property: 'saveForLater' } },
	},
	{
		displayName: 'Scheduled Date',
		name: 'scheduledDate',
		type: 'dateTime',
		default: '',
		description:
			"When to send the message. Without a time zone, the workflow's is used. Without this " +
			'field, the message is sent now.',
	},
];

/** What is sent, and to whom. */
export function textAndRecipientsFields(
	displayOptions: INodeProperties['displayOptions'],
): INodeProperties[] {
	return [
		messageTextField(displayOptions),
		{
			displayName: 'User List Names or IDs',
			name: 'userLists',
			type: 'multiOptions',
			typeOptions: { loadOptionsMethod: 'getUserLists', loadOptionsDependsOn: ['account.value'] },
			default: [],
			displayOptions,
			description:
				'The lists of people to send the message to, with the number of people on each. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
			routing: { send: { type: 'body', property: 'userLists' } },
		},
		{
			displayName: 'User IDs',
			name: 'userIds',
			type: 'string',
			default: '',
			placeholder: 'e.g. 123456789, 987654321',
			displayOptions,
			description: 'OnlyFans user IDs of more people to send the message to, separated by commas',
			routing: { send: { type: 'body', property: 'userIds' } },
		},
		{
			displayName: 'Max Recipients',
			name: 'maxRecipients',
			type: 'number',
			default: 0,
			required: true,
			displayOptions,
			description:
				'How many people may receive the message. They are counted first: if there are more, ' +
				'nothing is sent and you see the number.',
			hint:
				'A mass message cannot be taken back once a fan has paid. Enter how many people you ' +
				'expect at most.',
		},
	];
}

export const sendFields: INodeProperties[] = [
	...textAndRecipientsFields(showOnlyForMassMessageSend),
	simplifyField(showOnlyForMassMessageSend),
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		displayOptions: showOnlyForMassMessageSend,
		options: [...contentFields(CONTENT), ...ownFields].sort((a, b) =>
			a.displayName.localeCompare(b.displayName),
		),
	},
];
