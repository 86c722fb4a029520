import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';
import { accountField, simplifyField } from '../shared/parameters/fields';
import { filtersField } from '../shared/triggers/fields';
import { pollMessages } from '../shared/triggers/poll';
import { onlyFansChats } from './chats';
import { getAccounts, getChats } from './listSearch';
import { onlyFansChatField } from './resources/chatField';

export class OfapiOnlyFansPollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'OnlyFans (OnlyFansAPI) Polling Trigger',
		name: 'ofapiOnlyFansPollingTrigger',
		icon: { light: 'file:../../icons/onlyfans.svg', dark: 'file:../../icons/onlyfans.dark.svg' },
		group: ['trigger'],
		version: 1,
		// n8n gives the value of a locator here, not the locator.
		subtitle: '={{$parameter["account"]}}',
		description:
			'Looks for new messages of fans on OnlyFans through OnlyFansAPI, for an n8n without a ' +
			'public address',
		defaults: { name: 'OnlyFans via OnlyFansAPI Polling Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'ofapiOnlyFansApi', required: true }],
		properties: [
			{
				displayName:
					'Each poll costs one credit, and up to two more for each chat with a new message: ' +
					'about 43,000 credits a month with a poll each minute. ' +
					"To fetch a chat's new messages it has to be listed, and OnlyFans may mark it as " +
					'read then: a chat that was unread is marked as unread again at once.',
				name: 'costNotice',
				type: 'notice',
				default: '',
			},
			accountField('e.g. acct_a1b2c3'),
			simplifyField(),
			filtersField({ chat: onlyFansChatField(undefined), hasTotalSpent: true }),
		],
	};

	methods = { listSearch: { getAccounts, getChats } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollMessages(onlyFansChats).call(this);
	}
}
