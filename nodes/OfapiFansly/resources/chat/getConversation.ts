import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { conversation } from '../../../shared/lists/conversation';
import { fanslyAnsweringField } from '../../../platforms/fansly/fields';
import { conversationFields } from '../../../shared/lists/fields';
import { ofapiFansly } from '../../pair';

const showOnlyForConversation = { show: { resource: ['chat'], operation: ['getConversation'] } };

/** `GET /api/fansly/{fanslyAccount}/chats/{chat_id}/messages`: seed 004. */
export const getConversation: INodePropertyOptions = {
	name: 'Get Conversation',
	value: 'getConversation',
	action: 'Get a conversation',
	description:
		"Get a chat's newest messages as one item, with what the fan wrote since your last answer. " +
		'Returns nothing when there is nothing to answer, unless an option says otherwise. One ' +
		'credit per 100 messages, and one the first time to look up the creator.',
	routing: conversation(ofapiFansly, {
		request: { method: 'GET', url: '/api/fansly/{account}/chats/{chat}/messages' },
	}),
};

export const getConversationFields: INodeProperties[] = conversationFields(
	showOnlyForConversation,
	{
		hint: 'Costs one credit per 100 messages, and one the first time to look up the creator',
		answering: fanslyAnsweringField,
	},
);
