import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { catchUpField } from '../providers/onlyfansapi/catchUp';
import { registration } from '../providers/onlyfansapi/registration';
import { simplifyField } from '../shared/parameters/fields';
import { optionsFrom } from '../shared/pickers/picker';
import {
	accountScopeFields,
	eventEntries,
	eventsField,
	filtersField,
	onlyIncomingField,
} from '../shared/triggers/fields';
import { receive } from '../shared/triggers/webhook';
import { PANEL_EVENTS, getEvents, onlyFansDelivery } from './events';
import { getAccounts, getTriggerChats } from './listSearch';
import { ofapiOnlyFans } from './pair';
import { onlyFansChatField } from './resources/chatField';

export class OfapiOnlyFansTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'OnlyFans (OnlyFansAPI) Trigger',
		name: 'ofapiOnlyFansTrigger',
		icon: { light: 'file:../../icons/onlyfans.svg', dark: 'file:../../icons/onlyfans.dark.svg' },
		group: ['trigger'],
		// Not 1: for every trigger of that version n8n evaluates an expression more for each delivery.
		version: 2,
		subtitle: '={{$parameter["events"].join(", ")}}',
		// n8n shows it for the node and its trigger together.
		description:
			'Work with chats, messages and fans on OnlyFans through OnlyFansAPI, or start a workflow ' +
			'when a fan writes',
		defaults: { name: 'OnlyFans via OnlyFansAPI Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'ofapiOnlyFansApi', required: true }],
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' },
		],
		properties: [
			eventEntries('messages.received', PANEL_EVENTS),
			eventsField('messages.received'),
			...accountScopeFields,
			onlyIncomingField,
			simplifyField(),
			filtersField({ chat: onlyFansChatField(undefined), hasTotalSpent: true }),
			catchUpField,
		],
	};

	methods = {
		listSearch: { getChats: getTriggerChats },
		loadOptions: { getAccounts: optionsFrom(getAccounts), getEvents },
	};

	webhookMethods = { default: registration(ofapiOnlyFans) };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(onlyFansDelivery).call(this);
	}
}
