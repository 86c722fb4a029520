import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { limitFields, listOptionsField } from '../../../shared/lists/fields';
import { paginatedList } from '../../../shared/lists/list';
import { idOf } from '../../../shared/model/values';
import { simplifyField } from '../../../shared/parameters/fields';
import { pageUntilNotFull } from '../../entries';
import { ofapiOnlyFans } from '../../pair';
import { LISTS_PAGE } from '../../recipients';
import { simplifyFanList } from './simplify';

const showOnlyForFanListList = { show: { resource: ['fanList'], operation: ['list'] } };

/** `GET /api/{account}/user-lists`, 10 to 50 at a time: docs/providers.md. */
export const list: INodePropertyOptions = {
	name: 'List',
	value: 'list',
	action: 'List fan lists',
	description:
		"Get the account's lists of fans, the creator's own and those that OnlyFans keeps, with how " +
		'many fans are on each. One credit per 50.',
	routing: paginatedList(
		{
			pair: ofapiOnlyFans,
			size: { parameter: 'limit', most: LISTS_PAGE, least: 10 },
			start: 'offset',
			isByOffset: true,
			readPage: pageUntilNotFull,
			idOf: ({ id }) => idOf(id),
			simplify: simplifyFanList,
		},
		{ request: { method: 'GET', url: '/api/{account}/user-lists' } },
	),
};

export const listFields: INodeProperties[] = [
	...limitFields(showOnlyForFanListList, 'Costs one credit per 50 lists'),
	simplifyField(showOnlyForFanListList),
	listOptionsField(showOnlyForFanListList, { isByOffset: true }),
];
