import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { fanslyFile } from '../../../platforms/fansly/media';
import { limitFields, listOptionsField } from '../../../shared/lists/fields';
import { paginatedList } from '../../../shared/lists/list';
import { idOf, isRecord, recordsIn, valueAt } from '../../../shared/model/values';
import { DEPENDS_ON_ACCOUNT, simplifyField } from '../../../shared/parameters/fields';
import { id } from '../../../shared/parameters/parsers';
import { apiFansly, nextCursor } from '../../pair';

const showOnlyForMediaList = { show: { resource: ['media'], operation: ['list'] } };

/** The files of a page: its users find them as the answer itself, or in one of two places of it. */
export function vaultFilesIn(body: IDataObject): IDataObject[] | undefined {
	const response = valueAt(body, 'data', 'data', 'response') ?? body.data;
	const entries = isRecord(response) ? (response.data ?? response.media) : response;
	return Array.isArray(entries) ? recordsIn(entries) : undefined;
}

/**
 * `GET /api/fansly/{account_id}/vault/albums/{album_id}/media`, 50 at a time: docs/providers.md.
 */
export const list: INodePropertyOptions = {
	name: 'List',
	value: 'list',
	action: 'List media in the vault',
	description:
		"Get the files in an album of the creator's vault, with the IDs that messages need. One " +
		'credit or more per 50.',
	routing: paginatedList(
		{
			pair: apiFansly,
			size: { parameter: 'limit', most: 50 },
			start: 'cursor',
			readPage(body) {
				const entries = vaultFilesIn(body);
				return entries && { entries, next: nextCursor(body) };
			},
			idOf: (entry) => idOf(entry.id) ?? idOf(entry.mediaId),
			simplify: fanslyFile,
		},
		{
			request: { method: 'GET', url: '/api/fansly/{account}/vault/albums/{album}/media' },
			rules: {
				path: { album: ['Album', 'album.value', id('500000000000000001')] },
			},
		},
	),
};

export const listFields: INodeProperties[] = [
	{
		displayName: 'Album',
		name: 'album',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		displayOptions: showOnlyForMediaList,
		typeOptions: DEPENDS_ON_ACCOUNT,
		description: 'The album in the vault',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'getAlbums', searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 500000000000000001' },
		],
	},
	...limitFields(showOnlyForMediaList, 'Costs at least one credit per 50 files'),
	simplifyField(showOnlyForMediaList),
	listOptionsField(showOnlyForMediaList),
];
