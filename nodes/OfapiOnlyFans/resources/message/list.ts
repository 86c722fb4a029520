import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { messageListFields } from '../../../shared/lists/fields';
import { paginatedMessages } from '../../../shared/lists/messages';
import { ofapiOnlyFans } from '../../pair';
import { onlyFansOnlyNewField } from '../onlyNewField';

const showOnlyForMessageList = { show: { resource: ['message'], operation: ['list'] } };

/**
 * `GET /api/{account}/chats/{chat_id}/messages`: docs/providers.md; the link to the next page: seed
 * 003.
 */
export const list: INodePropertyOptions = {
	name: 'List',
	value: 'list',
	action: 'List messages',
	description:
		'Get the messages of a chat, newest first or oldest first, with text, media, price and tip. ' +
		'May mark the chat as read. One credit per 100.',
	routing: paginatedMessages(ofapiOnlyFans, {
		request: { method: 'GET', url: '/api/{account}/chats/{chat}/messages' },
	}),
};

export const listFields: INodeProperties[] = messageListFields(showOnlyForMessageList, {
	hint: 'Costs one credit per 100 messages. OnlyFans may mark the chat as read.',
	beforeHint: 'The list starts there, so newer messages cost nothing',
	exampleId: '1234567890123',
	onlyNew: onlyFansOnlyNewField,
	hasBeginning: true,
	hasPinned: true,
});
