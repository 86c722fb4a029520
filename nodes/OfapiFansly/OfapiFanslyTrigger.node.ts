import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { FANSLY_CHAT_URL } from '../platforms/fansly/chat';
import { catchUpField } from '../providers/onlyfansapi/catchUp';
import { registration } from '../providers/onlyfansapi/registration';
import { chatField, simplifyField } from '../shared/parameters/fields';
import { optionsFrom } from '../shared/pickers/picker';
import {
	accountScopeFields,
	eventEntries,
	eventsField,
	filtersField,
	onlyIncomingField,
} from '../shared/triggers/fields';
import { receive } from '../shared/triggers/webhook';
import { PANEL_EVENTS, creators, fanslyDelivery, getEvents } from './events';
import { getAccounts, getTriggerChats } from './listSearch';
import { ofapiFansly } from './pair';

export class OfapiFanslyTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Fansly (OnlyFansAPI) Trigger',
		name: 'ofapiFanslyTrigger',
		icon: { light: 'file:../../icons/fansly.svg', dark: 'file:../../icons/fansly.dark.svg' },
		group: ['trigger'],
		// Not 1: for every trigger of that version n8n evaluates an expression more for each delivery.
		version: 2,
		subtitle: '={{$parameter["events"].join(", ")}}',
		// n8n shows it for the node and its trigger together.
		description:
			'Work with chats, messages and fans on Fansly through OnlyFansAPI, or start a workflow when a ' +
			'fan writes',
		defaults: { name: 'Fansly via OnlyFansAPI Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'ofapiFanslyApi', required: true }],
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' },
		],
		properties: [
			eventEntries('fansly.messages.received', PANEL_EVENTS),
			eventsField('fansly.messages.received'),
			...accountScopeFields,
			onlyIncomingField,
			simplifyField(),
			filtersField({ chat: chatField('e.g. 200000000000000001', FANSLY_CHAT_URL, undefined) }),
			catchUpField,
		],
	};

	methods = {
		listSearch: { getChats: getTriggerChats },
		loadOptions: { getAccounts: optionsFrom(getAccounts), getEvents },
	};

	webhookMethods = { default: registration(ofapiFansly, creators) };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(fanslyDelivery).call(this);
	}
}
