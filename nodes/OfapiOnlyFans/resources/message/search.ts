import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { idOf } from '../../../shared/model/values';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { required, text } from '../../../shared/parameters/parsers';
import { ofapiOnlyFans } from '../../pair';

const showOnlyForMessageSearch = { show: { resource: ['message'], operation: ['search'] } };

/**
 * `GET /api/{account}/chats/{chat_id}/messages/search`: docs/providers.md. It answers with IDs
 * alone.
 */
export const search: INodePropertyOptions = {
	name: 'Search',
	value: 'search',
	action: 'Search messages',
	description: 'Find messages in a chat by their text and get their IDs. One credit.',
	routing: singleRequest(ofapiOnlyFans, {
		request: { method: 'GET', url: '/api/{account}/chats/{chat}/messages/search' },
		rules: { query: { query: ['Search For', required(text)] } },
		output: (body, { chat }) => {
			if (!Array.isArray(body.data)) return undefined;
			const ids: unknown[] = body.data;
			return ids.flatMap((id) => (idOf(id) === undefined ? [] : [{ id: idOf(id), chatId: chat }]));
		},
	}),
};

export const searchFields: INodeProperties[] = [
	{
		displayName: 'Search For',
		name: 'query',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. custom video',
		displayOptions: showOnlyForMessageSearch,
		description: 'The text to look for in the messages',
		hint: 'You get IDs only: use Get for the messages, or List with Before Message ID',
		routing: { send: { type: 'query', property: 'query' } },
	},
];
