import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IHookFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { FANSLY_CHAT_URL } from '../platforms/fansly/chat';
import { chatField, simplifyField } from '../shared/parameters/fields';
import { readFilters } from '../shared/triggers/event';
import { eventEntries, filtersField, onlyIncomingField } from '../shared/triggers/fields';
import { refuseUnreachable } from '../shared/triggers/publicAddress';
import { receive } from '../shared/triggers/webhook';
import { PANEL_EVENTS, apiFanslyDelivery, eventsField, signatureFields } from './events';
import { getTriggerChats } from './listSearch';
import { apiFansly } from './pair';

export class ApiFanslyTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Fansly (ApiFansly) Trigger',
		name: 'apiFanslyTrigger',
		icon: { light: 'file:../../icons/apifansly.svg', dark: 'file:../../icons/apifansly.dark.svg' },
		group: ['trigger'],
		// Not 1: for every trigger of that version n8n evaluates an expression more for each delivery.
		version: 2,
		subtitle: '={{$parameter["events"].join(", ")}}',
		// n8n shows it for the node and its trigger together.
		description:
			'Work with chats, messages and fans on Fansly through ApiFansly, or start a workflow when a ' +
			'fan writes',
		defaults: { name: 'Fansly via ApiFansly Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'apiFanslyApi', required: false }],
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' },
		],
		properties: [
			{
				displayName:
					// Of a notice's tags n8n shows links and lists alone.
					'ApiFansly cannot register this by itself:<ul>' +
					'<li>1. Unfold Webhook URLs above and copy the Production URL.</li>' +
					'<li>2. Open <a href="https://app.apifansly.com/webhooks" target="_blank">Webhooks ' +
					'in its console</a> and create one with this URL and the events below.</li>' +
					'<li>3. Publish this workflow.</li></ul>' +
					'To try it out, register the Test URL too.',
				name: 'setupNotice',
				type: 'notice',
				default: '',
			},
			{
				displayName:
					"Copy the secret from the console into the credential, as 'Webhook Signing Secret'. " +
					'Without it, nothing proves that an event comes from ApiFansly: anyone who knows ' +
					'the URL could start this workflow with a made-up message.',
				name: 'secretNotice',
				type: 'notice',
				default: '',
			},
			eventEntries('messages.received', PANEL_EVENTS),
			eventsField,
			...signatureFields,
			onlyIncomingField,
			simplifyField(),
			filtersField({
				chat: chatField('e.g. 200000000000000001', FANSLY_CHAT_URL, undefined),
				hasAccounts: true,
			}),
		],
	};

	methods = { listSearch: { getChats: getTriggerChats } };

	/**
	 * Nothing is registered from here: the provider has no way to. What is filled in wrongly is said
	 * at once.
	 */
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				readFilters(this);
				await refuseUnreachable(this, apiFansly);
				return true;
			},
			async create(): Promise<boolean> {
				return await Promise.resolve(true);
			},
			async delete(): Promise<boolean> {
				return await Promise.resolve(true);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(apiFanslyDelivery).call(this);
	}
}
