import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { limitFields, listOptionsField } from '../../../shared/lists/fields';
import { paginatedList } from '../../../shared/lists/list';
import { simplifyField } from '../../../shared/parameters/fields';
import { fanEntries } from '../fan/entries';
import { listInPath } from './listInPath';

const showOnlyForListFans = { show: { resource: ['fanList'], operation: ['listFans'] } };

/** `GET /api/{account}/user-lists/{userListId}/users`, up to 100 at a time: docs/providers.md. */
export const listFans: INodePropertyOptions = {
	name: 'List Fans',
	value: 'listFans',
	action: 'List the fans on a list',
	description: 'Get the fans on one of the lists, with what they have spent. One credit per 100.',
	routing: paginatedList(fanEntries('list', 100), {
		request: { method: 'GET', url: '/api/{account}/user-lists/{list}/users' },
		rules: { path: listInPath },
	}),
};

export const listFansFields: INodeProperties[] = [
	...limitFields(showOnlyForListFans, 'Costs one credit per 100 fans'),
	simplifyField(showOnlyForListFans),
	listOptionsField(showOnlyForListFans, { isByOffset: true }),
];
