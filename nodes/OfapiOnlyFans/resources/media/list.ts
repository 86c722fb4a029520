import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { limitFields, listOptionsField } from '../../../shared/lists/fields';
import { paginatedList } from '../../../shared/lists/list';
import { idOf, recordsAt, valueAt } from '../../../shared/model/values';
import { simplifyField } from '../../../shared/parameters/fields';
import { numericId, oneOf, text } from '../../../shared/parameters/parsers';
import { ofapiOnlyFans } from '../../pair';
import { onlyFansFile } from './simplify';

const showOnlyForMediaList = { show: { resource: ['media'], operation: ['list'] } };

/** `GET /api/{account}/media/vault`, 10 to 100 at a time: docs/providers.md. */
export const list: INodePropertyOptions = {
	name: 'List',
	value: 'list',
	action: 'List media in the vault',
	description:
		"Get the files in the creator's vault, with the IDs that messages need. One credit per 100.",
	routing: paginatedList(
		{
			pair: ofapiOnlyFans,
			size: { parameter: 'limit', most: 100, least: 10 },
			start: 'offset',
			isByOffset: true,
			readPage(body, start) {
				if (!Array.isArray(valueAt(body, 'data', 'list'))) return undefined;
				const entries = recordsAt(body, 'data', 'list');
				return {
					entries,
					next:
						valueAt(body, 'data', 'hasMore') === true
							? String(Number(start ?? 0) + entries.length)
							: undefined,
				};
			},
			idOf: ({ id }) => idOf(id),
			simplify: onlyFansFile,
		},
		{
			request: { method: 'GET', url: '/api/{account}/media/vault' },
			rules: {
				query: {
					field: ['Sort By', oneOf('recent', 'most-liked', 'highest-tips')],
					list: ['Vault List Name or ID', numericId],
					query: ['Search For', text],
					sort: ['Sort Order', oneOf('asc', 'desc')],
					type: ['Type', oneOf('audio', 'gif', 'photo', 'video')],
				},
			},
		},
	),
};

export const listFields: INodeProperties[] = [
	...limitFields(showOnlyForMediaList, 'Costs one credit per 100 files'),
	simplifyField(showOnlyForMediaList),
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		displayOptions: showOnlyForMediaList,
		options: [
			{
				displayName: 'Search For',
				name: 'query',
				type: 'string',
				default: '',
				placeholder: 'e.g. beach',
				description: 'Return only files that OnlyFans finds for this text',
				routing: { send: { type: 'query', property: 'query' } },
			},
			{
				displayName: 'Sort By',
				name: 'field',
				type: 'options',
				default: 'recent',
				description: 'What to sort the files by',
				options: [
					{ name: 'Highest Tips', value: 'highest-tips' },
					{ name: 'Most Liked', value: 'most-liked' },
					{ name: 'Recent', value: 'recent' },
				],
				routing: { send: { type: 'query', property: 'field' } },
			},
			{
				displayName: 'Sort Order',
				name: 'sort',
				type: 'options',
				default: 'desc',
				description: 'The direction to sort the files in',
				options: [
					{ name: 'Ascending', value: 'asc' },
					{ name: 'Descending', value: 'desc' },
				],
				routing: { send: { type: 'query', property: 'sort' } },
			},
			{
				displayName: 'Type',
				name: 'type',
				type: 'options',
				default: 'photo',
				description: 'Return only files of this type',
				options: [
					{ name: 'Audio', value: 'audio' },
					{ name: 'GIF', value: 'gif' },
					{ name: 'Photo', value: 'photo' },
					{ name: 'Video', value: 'video' },
				],
				routing: { send: { type: 'query', property: 'type' } },
			},
			{
				displayName: 'Vault List Name or ID',
				name: 'list',
				type: 'options',
				typeOptions: {
					loadOptionsMethod: 'getVaultLists',
					loadOptionsDependsOn: ['account.value'],
				},
				default: '',
				description:
					'Return only files in this list of the vault. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
				routing: { send: { type: 'query', property: 'list' } },
			},
		],
	},
	listOptionsField(showOnlyForMediaList, { isByOffset: true }),
];
