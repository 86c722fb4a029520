import type { INodeProperties, INodePropertyRouting } from 'n8n-workflow';
import { limitFields, listOptionsField } from '../../../shared/lists/fields';
import { paginatedList } from '../../../shared/lists/list';
import { simplifyField } from '../../../shared/parameters/fields';
import { text } from '../../../shared/parameters/parsers';
import { fanEntries } from './entries';

/** `GET /api/{account}/users/{blocked|restricted}`, up to 50 at a time: docs/providers.md. */
export function usersList(which: 'blocked' | 'restricted'): INodePropertyRouting {
	const source = fanEntries('list', 50);
	return paginatedList(source, {
		request: { method: 'GET', url: `/api/{account}/users/${which}` },
		rules: { query: { query: ['Search', text] } },
	});
}

/** The fields of such a list. */
export function usersListFields(operation: string): INodeProperties[] {
	const displayOptions = { show: { resource: ['fan'], operation: [operation] } };
	return [
		...limitFields(displayOptions, 'Costs one credit per 50 users'),
		simplifyField(displayOptions),
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			displayOptions,
			options: [
				{
					displayName: 'Search',
					name: 'search',
					type: 'string',
					default: '',
					placeholder: 'e.g. Tom',
					description: 'Return only users with this text in their name or user name',
					routing: { send: { type: 'query', property: 'query' } },
				},
			],
		},
		listOptionsField(displayOptions, { isByOffset: true }),
	];
}
