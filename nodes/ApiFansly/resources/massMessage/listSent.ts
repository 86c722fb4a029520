import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { foundEntries } from '../../../platforms/fansly/entries';
import { limitFields, listOptionsField } from '../../../shared/lists/fields';
import { paginatedList } from '../../../shared/lists/list';
import { idOf } from '../../../shared/model/values';
import { apiFansly, nextCursor, responseIn } from '../../pair';

const showOnlyForMassMessageListSent = {
	show: { resource: ['massMessage'], operation: ['listSent'] },
};

/**
 * `GET /api/fansly/{account_id}/mass-messaging/stats/sent`, 24 at a time, which is what the
 * documents name. Its rows are not documented: they stay as they came (docs/providers.md).
 */
export const listSent: INodePropertyOptions = {
	name: 'List Sent',
	value: 'listSent',
	action: 'List sent mass messages',
	description:
		'Get the mass messages that were sent, with their statistics as Fansly sends them. One ' +
		'credit or more per 24.',
	routing: paginatedList(
		{
			pair: apiFansly,
			size: { parameter: 'limit', most: 24 },
			start: 'cursor',
			readPage(body) {
				const entries = foundEntries(responseIn(body), ['broadcastMessages', 'stats', 'data']);
				return entries && { entries, next: nextCursor(body) };
			},
			idOf: (entry) => idOf(entry.id),
		},
		{
			request: { method: 'GET', url: '/api/fansly/{account}/mass-messaging/stats/sent' },
			rules: { query: {} },
		},
	),
};

export const listSentFields: INodeProperties[] = [
	...limitFields(showOnlyForMassMessageListSent, 'Costs at least one credit per 24 messages'),
	listOptionsField(showOnlyForMassMessageListSent),
];
