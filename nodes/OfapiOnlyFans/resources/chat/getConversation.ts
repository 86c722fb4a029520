import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { conversation } from '../../../shared/lists/conversation';
import { onlyFansAnsweringField } from '../answeringField';
import { conversationFields } from '../../../shared/lists/fields';
import { ofapiOnlyFans } from '../../pair';

const showOnlyForConversation = { show: { resource: ['chat'], operation: ['getConversation'] } };

/** `GET /api/{account}/chats/{chat_id}/messages`: docs/providers.md. */
export const getConversation: INodePropertyOptions = {
	name: 'Get Conversation',
	value: 'getConversation',
	action: 'Get a conversation',
	description:
		"Get a chat's newest messages as one item, with what the fan wrote since your last answer. " +
		'Returns nothing when there is nothing to answer, unless an option says otherwise. One ' +
		'credit per 100 messages.',
	routing: conversation(ofapiOnlyFans, {
		request: {
			method: 'GET',
			url: '/api/{account}/chats/{chat}/messages',
			// Without it the provider leaves out the fan's name.
			qs: ofapiOnlyFans.namesQuery,
		},
	}),
};

export const getConversationFields: INodeProperties[] = conversationFields(
	showOnlyForConversation,
	{
		hint: 'Costs one credit per 100 messages. OnlyFans may mark the chat as read.',
		answering: onlyFansAnsweringField,
	},
);
