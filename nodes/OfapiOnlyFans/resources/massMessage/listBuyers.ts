import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { limitFields, listOptionsField } from '../../../shared/lists/fields';
import { paginatedList } from '../../../shared/lists/list';
import { idOf, recordsAt, textOf, valueAt } from '../../../shared/model/values';
import { simplifyField } from '../../../shared/parameters/fields';
import { nextPageQuery, ofapiOnlyFans } from '../../pair';
import { simplifyFan } from '../fan/simplify';
import { messageInPath } from '../message/messageInPath';

const showOnlyForListBuyers = { show: { resource: ['massMessage'], operation: ['listBuyers'] } };

/**
 * `GET /api/{account}/engagement/messages/{message_id}/buyers`: docs/providers.md. A page begins at
 * an offset and a marker together.
 */
export const listBuyers: INodePropertyOptions = {
	name: 'List Buyers',
	value: 'listBuyers',
	action: 'List the buyers of a mass message',
	description: 'Get the fans who paid for a mass message. One credit per 50.',
	routing: paginatedList(
		{
			pair: ofapiOnlyFans,
			size: { parameter: 'limit', most: 50 },
			start: 'offset',
			readPage(body, start) {
				if (!Array.isArray(valueAt(body, 'data', 'list'))) return undefined;
				const entries = recordsAt(body, 'data', 'list');
				const { offset, marker } = nextPageQuery(body) ?? {};
				const before = Number(new URLSearchParams(start).get('offset') ?? 0);
				const next = new URLSearchParams({
					offset: textOf(offset) ?? String(before + entries.length),
					marker: textOf(marker) ?? idOf(valueAt(body, 'data', 'marker')) ?? '0',
				});
				return {
					entries,
					next: valueAt(body, 'data', 'hasMore') === true ? next.toString() : undefined,
				};
			},
			queryOf: (start) => Object.fromEntries(new URLSearchParams(start)),
			idOf: (entry) => idOf(entry.id),
			simplify: simplifyFan,
		},
		{
			request: { method: 'GET', url: '/api/{account}/engagement/messages/{message}/buyers' },
			rules: { path: messageInPath },
		},
	),
};

export const listBuyersFields: INodeProperties[] = [
	...limitFields(showOnlyForListBuyers, 'Costs one credit per 50 fans'),
	simplifyField(showOnlyForListBuyers),
	listOptionsField(showOnlyForListBuyers),
];
