import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { conversation } from '../../../shared/lists/conversation';
import { fanslyAnsweringField } from '../../../platforms/fansly/fields';
import { conversationFields } from '../../../shared/lists/fields';
import { apiFansly } from '../../pair';

const showOnlyForConversation = { show: { resource: ['chat'], operation: ['getConversation'] } };

/** `GET /api/fansly/{account_id}/chats/{chat_id}/messages`: docs/providers.md. */
export const getConversation: INodePropertyOptions = {
	name: 'Get Conversation',
	value: 'getConversation',
	action: 'Get a conversation',
	description:
		"Get a chat's newest messages as one item, with what the fan wrote since your last answer. " +
		'Returns nothing when there is nothing to answer, unless an option says otherwise. One ' +
		'credit or more per 10 messages, and one the first time to look up the creator.',
	routing: conversation(apiFansly, {
		request: { method: 'GET', url: '/api/fansly/{account}/chats/{chat}/messages' },
	}),
};

export const getConversationFields: INodeProperties[] = conversationFields(
	showOnlyForConversation,
	{
		hint: 'Costs at least one credit per 10 messages, and one the first time to look up the creator',
		answering: fanslyAnsweringField,
	},
);
