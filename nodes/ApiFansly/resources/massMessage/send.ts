import type {
	IDataObject,
	IExecuteSingleFunctions,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { fanslyUserId, tierId } from '../../../platforms/fansly/fields';
import {
	scheduledAt,
	scheduledDateField,
	simplifyFanslyMassMessage,
	withSchedule,
} from '../../../platforms/fansly/massMessage';
import { withVaultFile } from '../../../shared/media/attachments';
import type { Pair } from '../../../shared/model/pair';
import { isRecord } from '../../../shared/model/values';
import { routing } from '../../../shared/operation/routing';
import { simplifyField } from '../../../shared/parameters/fields';
import {
	id,
	list,
	oneOf,
	required,
	text,
	toggle,
	wholeNumber,
} from '../../../shared/parameters/parsers';
import type { Validation } from '../../../shared/parameters/validation';
import { broadcast } from '../../../shared/send/broadcast';
import { deliveryOf } from '../../../shared/send/delivery';
import { textField } from '../../../shared/send/fields';
import { apiFansly, unwrap } from '../../pair';
import { AUDIENCE, countRecipients } from '../../recipients';
import { media, mediaFilesField, mediaId, mediaVaultField } from '../message/send';

const showOnlyForMassMessageSend = { show: { resource: ['massMessage'], operation: ['send'] } };

const SCHEDULED_DATE = 'additionalFields.scheduledDate';

/** The pair, but that an answer without a message's ID is one too: its form is not documented. */
const massMessages: Pair = {
	...apiFansly,
	readSent: (body) => (isRecord(body.data) ? unwrap(body) : undefined),
};

/** The check of what is not sent as it was filled in. */
function checkGuard(context: IExecuteSingleFunctions, validation: Validation): void {
	validation.parameter('maxRecipients', 'Max Recipients', wholeNumber(1));
	const at = scheduledAt(context, validation, SCHEDULED_DATE);
	// A further try of Retry On Fail may come after the time of a message that was handed in before
	// it.
	const { sent, isUnknown = false } = deliveryOf(context);
	validation.require(
		at === undefined || at > Date.now() || sent !== undefined || isUnknown,
		"'Scheduled Date' is in the past",
	);
}

/** Each of the recipients as a switch of its own, and the file of the vault among the media. */
function requestBody({ audience, ...fields }: IDataObject): IDataObject {
	const body = withVaultFile('mediaIds', fields);
	const chosen = Array.isArray(audience) ? audience : [];
	const switches = chosen.flatMap((one) => AUDIENCE[String(one)] ?? []);
	return { ...body, ...Object.fromEntries(switches.map((name) => [name, true])) };
}

/** `POST /api/fansly/{account_id}/mass-messaging`: docs/providers.md. */
export const send: INodePropertyOptions = {
	name: 'Send',
	value: 'send',
	action: 'Send a mass message',
	description:
		"Send a message to the subscribers, to no more people than 'Max Recipients'. One credit, and " +
		'one to count the people.',
	routing: routing(
		apiFansly,
		{
			request: { method: 'POST', url: '/api/fansly/{account}/mass-messaging' },
			rules: {
				body: {
					content: ['Text', required(text), 'text'],
					audience: ['Recipients', list(oneOf(...Object.keys(AUDIENCE)))],
					mediaIds: ['Media Files', list(media)],
					vaultFile: ['Vault File', mediaId],
					includeSubscriptionTierId: ['Subscription Tier Name or ID', tierId],
					excludeCreators: ['Exclude Creators', toggle],
					excludeOfflineUsers: ['Exclude Offline Fans', toggle],
					excludeListIds: ['Excluded List IDs', list(id('500000000000000001', /^\d+$/))],
					excludeUserIds: ['Excluded Fan IDs', list(fanslyUserId)],
				},
				afterFields(validation, { audience, includeSubscriptionTierId: tier }) {
					validation.require(
						audience !== undefined || tier !== undefined,
						"There are no 'Recipients' and no 'Subscription Tier Name or ID'",
					);
				},
				beforeSending: requestBody,
				afterAll: checkGuard,
			},
			preSend: [
				async function (options) {
					return await Promise.resolve(withSchedule(this, options, SCHEDULED_DATE));
				},
			],
		},
		broadcast(massMessages, countRecipients, ({ recipients, ...sent }) => ({
			...simplifyFanslyMassMessage(sent),
			recipients,
		})),
	),
};

export const sendFields: INodeProperties[] = [
	textField('The message', showOnlyForMassMessageSend),
	{
		displayName: 'Recipients',
		name: 'audience',
		type: 'multiOptions',
		default: [],
		displayOptions: showOnlyForMassMessageSend,
		description: 'Which fans get the message',
		options: [
			{ name: 'Expired Subscribers', value: 'expired' },
			{ name: 'Subscribers Who Do Not Renew', value: 'notRenewing' },
			{ name: 'Subscribers Who Renew', value: 'renewing' },
		],
		routing: { send: { type: 'body', property: 'audience' } },
	},
	{
		displayName: 'Max Recipients',
		name: 'maxRecipients',
		type: 'number',
		default: 0,
		required: true,
		displayOptions: showOnlyForMassMessageSend,
		description:
			'How many people may receive the message. They are counted first: if there are more, ' +
			'nothing is sent and you see the number.',
		hint: 'A mass message cannot be taken back. Enter how many people you expect at most.',
	},
	simplifyField(showOnlyForMassMessageSend),
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		displayOptions: showOnlyForMassMessageSend,
		options: [
			{
				displayName: 'Exclude Creators',
				name: 'excludeCreators',
				type: 'boolean',
				default: false,
				description: 'Whether to leave out fans who are creators themselves',
				routing: { send: { type: 'body', property: 'excludeCreators' } },
			},
			{
				displayName: 'Exclude Offline Fans',
				name: 'excludeOfflineUsers',
				type: 'boolean',
				default: false,
				description: 'Whether to leave out fans who are not online',
				routing: { send: { type: 'body', property: 'excludeOfflineUsers' } },
			},
			{
				displayName: 'Excluded Fan IDs',
				name: 'excludeUserIds',
				type: 'string',
				default: '',
				placeholder: 'e.g. 300000000000000001, 300000000000000002',
				description:
					'Fans who do not get the message, by user ID, separated by commas. They are not ' +
					'subtracted when the recipients are counted.',
				routing: { send: { type: 'body', property: 'excludeUserIds' } },
			},
			{
				displayName: 'Excluded List IDs',
				name: 'excludeListIds',
				type: 'string',
				default: '',
				placeholder: 'e.g. 500000000000000001',
				description:
					'Lists whose people do not get the message, separated by commas. They are not ' +
					'subtracted when the recipients are counted.',
				routing: { send: { type: 'body', property: 'excludeListIds' } },
			},
			mediaFilesField,
			scheduledDateField('When to send the message. Without this field, it is sent now.'),
			{
				displayName: 'Subscription Tier Name or ID',
				name: 'includeSubscriptionTierId',
				type: 'options',
				typeOptions: { loadOptionsMethod: 'getTiers', loadOptionsDependsOn: ['account.value'] },
				default: '',
				description:
					'The subscribers of this tier get the message. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
				routing: { send: { type: 'body', property: 'includeSubscriptionTierId' } },
			},
			mediaVaultField,
		],
	},
];
