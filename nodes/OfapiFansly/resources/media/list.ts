import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { fanslyFile } from '../../../platforms/fansly/media';
import { limitFields, listOptionsField } from '../../../shared/lists/fields';
import { paginatedList } from '../../../shared/lists/list';
import { idOf, recordAt, recordsAt } from '../../../shared/model/values';
import { simplifyField } from '../../../shared/parameters/fields';
import { ofapiFansly } from '../../pair';
import { albumField, albumId } from './album';

const showOnlyForMediaList = { show: { resource: ['media'], operation: ['list'] } };

/**
 * `GET /api/fansly/{fanslyAccount}/vault/media`; the platform sets the size of a page:
 * docs/providers.md.
 */
export const list: INodePropertyOptions = {
	name: 'List',
	value: 'list',
	action: 'List media in the vault',
	description:
		"Get the files in an album of the creator's vault, newest first. One credit per page.",
	routing: paginatedList(
		{
			pair: ofapiFansly,
			start: 'before',
			endsShort: true,
			readPage(body) {
				const data = recordAt(body, 'data');
				if (!Array.isArray(data.albumMedia)) return undefined;
				const files = new Map(recordsAt(data, 'media').map((media) => [idOf(media.id), media]));
				// What is put into the album, and beside it the file itself.
				const entries = recordsAt(data, 'albumMedia').map((entry) => ({
					...entry,
					media: files.get(idOf(entry.mediaId)) ?? entry.media ?? null,
				}));
				return {
					entries,
					next: data.hasMore === false ? undefined : idOf(recordsAt(data, 'albumMedia').at(-1)?.id),
				};
			},
			idOf: (entry) => idOf(entry.id),
			simplify: fanslyFile,
		},
		{
			request: { method: 'GET', url: '/api/fansly/{account}/vault/media' },
			rules: { query: { album_id: ['Album Name or ID', albumId] } },
		},
	),
};

export const listFields: INodeProperties[] = [
	...limitFields(
		showOnlyForMediaList,
		'Costs one credit per page; Fansly sets its size. Messages need uploads, not these IDs.',
	),
	simplifyField(showOnlyForMediaList),
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		displayOptions: showOnlyForMediaList,
		options: [
			albumField("The album in the vault. Without it, the account's default album", {
				send: { type: 'query', property: 'album_id' },
			}),
		],
	},
	listOptionsField(showOnlyForMediaList),
];
