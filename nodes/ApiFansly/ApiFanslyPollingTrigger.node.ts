import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';
import { FANSLY_CHAT_URL } from '../platforms/fansly/chat';
import { accountField, chatField, simplifyField } from '../shared/parameters/fields';
import { filtersField } from '../shared/triggers/fields';
import { pollMessages } from '../shared/triggers/poll';
import { apiFanslyChats } from './chats';
import { getAccounts, getChats } from './listSearch';

export class ApiFanslyPollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Fansly (ApiFansly) Polling Trigger',
		name: 'apiFanslyPollingTrigger',
		icon: { light: 'file:../../icons/apifansly.svg', dark: 'file:../../icons/apifansly.dark.svg' },
		group: ['trigger'],
		version: 1,
		// n8n gives the value of a locator here, not the locator.
		subtitle: '={{$parameter["account"]}}',
		description:
			'Looks for new messages of fans on Fansly through ApiFansly, for an n8n without a ' +
			'public address',
		defaults: { name: 'Fansly via ApiFansly Polling Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'apiFanslyApi', required: true }],
		properties: [
			{
				displayName:
					'Each poll costs one credit, and one more for each chat with a new message: about ' +
					'43,000 credits a month with a poll each minute. No chat is marked as read.',
				name: 'costNotice',
				type: 'notice',
				default: '',
			},
			accountField('e.g. fansly_acc_a1b2c3'),
			simplifyField(),
			filtersField({ chat: chatField('e.g. 200000000000000001', FANSLY_CHAT_URL, undefined) }),
		],
	};

	methods = { listSearch: { getAccounts, getChats } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollMessages(apiFanslyChats).call(this);
	}
}
