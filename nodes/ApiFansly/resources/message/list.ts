import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { fanslyOnlyNewField } from '../../../platforms/fansly/fields';
import { messageListFields } from '../../../shared/lists/fields';
import { paginatedMessages } from '../../../shared/lists/messages';
import { apiFansly } from '../../pair';

const showOnlyForMessageList = { show: { resource: ['message'], operation: ['list'] } };

/** `GET /api/fansly/{account_id}/chats/{chat_id}/messages`: docs/providers.md. */
export const list: INodePropertyOptions = {
	name: 'List',
	value: 'list',
	action: 'List messages',
	description:
		'Get the messages of a chat, newest first or oldest first, with text, media, price and tip. ' +
		'One credit or more per 10.',
	routing: paginatedMessages(apiFansly, {
		request: { method: 'GET', url: '/api/fansly/{account}/chats/{chat}/messages' },
	}),
};

export const listFields: INodeProperties[] = messageListFields(showOnlyForMessageList, {
	hint: 'Costs at least one credit per 10 messages',
	beforeHint:
		'ApiFansly cannot start there: newer messages are fetched and dropped, one credit per 10',
	exampleId: '400000000000000003',
	onlyNew: fanslyOnlyNewField,
});
