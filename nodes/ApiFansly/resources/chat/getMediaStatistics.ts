import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { foundEntries } from '../../../platforms/fansly/entries';
import { limitFields, listOptionsField } from '../../../shared/lists/fields';
import { paginatedList } from '../../../shared/lists/list';
import { idOf } from '../../../shared/model/values';
import { apiFansly, nextCursor, responseIn } from '../../pair';

const showOnlyForChatGetMediaStatistics = {
	show: { resource: ['chat'], operation: ['getMediaStatistics'] },
};

/**
 * `GET /api/fansly/{account_id}/chats/{chat_id}/media-stats`; the provider sets the size of a page,
 * and its rows are not documented: they stay as they came (docs/providers.md).
 */
export const getMediaStatistics: INodePropertyOptions = {
	name: 'Get Media Statistics',
	value: 'getMediaStatistics',
	action: 'Get the media statistics of a chat',
	description:
		"Get how the creator's media did in a chat, as Fansly sends it. One credit or more per page.",
	routing: paginatedList(
		{
			pair: apiFansly,
			start: 'cursor',
			readPage(body) {
				const entries = foundEntries(responseIn(body), ['mediaStats', 'stats', 'data']);
				return entries && { entries, next: nextCursor(body) };
			},
			idOf: (entry) => idOf(entry.id),
		},
		{
			request: { method: 'GET', url: '/api/fansly/{account}/chats/{chat}/media-stats' },
			rules: { query: {} },
		},
	),
};

export const getMediaStatisticsFields: INodeProperties[] = [
	...limitFields(
		showOnlyForChatGetMediaStatistics,
		'Costs at least one credit per page; ApiFansly sets its size',
	),
	listOptionsField(showOnlyForChatGetMediaStatistics),
];
