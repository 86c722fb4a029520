import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { fanslyOnlyNewField } from '../../../platforms/fansly/fields';
import { messageListFields } from '../../../shared/lists/fields';
import { paginatedMessages } from '../../../shared/lists/messages';
import { ofapiFansly } from '../../pair';

const showOnlyForMessageList = { show: { resource: ['message'], operation: ['list'] } };

/** `GET /api/fansly/{fanslyAccount}/chats/{chat_id}/messages`: seed 004. */
export const list: INodePropertyOptions = {
	name: 'List',
	value: 'list',
	action: 'List messages',
	description:
		'Get the messages of a chat, newest first or oldest first, with text, media, price and tip. ' +
		'One credit per 100.',
	routing: paginatedMessages(ofapiFansly, {
		request: { method: 'GET', url: '/api/fansly/{account}/chats/{chat}/messages' },
	}),
};

export const listFields: INodeProperties[] = messageListFields(showOnlyForMessageList, {
	hint: 'Costs one credit per 100 messages',
	beforeHint: 'The list starts there, so newer messages cost nothing',
	exampleId: '400000000000000003',
	onlyNew: fanslyOnlyNewField,
});
