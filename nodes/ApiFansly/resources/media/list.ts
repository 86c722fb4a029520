import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { check, id } from '../../../shared/check';
import { limitFields, listOptionsField, simplifyField } from '../../../shared/fields';
import { readLimit, walkRows } from '../../../shared/list';
import { fanslyFile } from '../../../shared/media';
import { idOf, isRecord, recordsIn, valueAt } from '../../../shared/values';
import { apiFansly, nextCursor } from '../../pair';

const showOnlyForMediaList = { show: { resource: ['media'], operation: ['list'] } };

/** The files of a page: its users find them as the answer itself, or in one of two places of it. */
function rowsOf(body: IDataObject): IDataObject[] | undefined {
	const response = valueAt(body, 'data', 'data', 'response') ?? body.data;
	const rows = isRecord(response) ? (response.data ?? response.media) : response;
	return Array.isArray(rows) ? recordsIn(rows) : undefined;
}

/** `GET /api/fansly/{account_id}/vault/albums/{album_id}/media`, 50 at a time: docs/providers.md. */
export const list: INodePropertyOptions = {
	name: 'List',
	value: 'list',
	action: 'List media in vault',
	description: "Get the files in an album of the creator's vault, with the IDs that messages take. One credit or more per 50.",
	routing: {
		request: { method: 'GET', url: '/api/fansly/{account}/vault/albums/{album}/media' },
		send: {
			preSend: [
				check({
					path: { album: ['Album', 'album.value', id('500000000000000001')] },
					also: (_context, checklist) => readLimit(checklist),
				}),
			],
			paginate: true,
		},
		operations: {
			pagination: walkRows({
				pair: apiFansly,
				size: { parameter: 'limit', most: 50 },
				start: 'cursor',
				readPage(body) {
					const rows = rowsOf(body);
					return rows && { rows, next: nextCursor(body) };
				},
				idOf: (row) => idOf(row.id) ?? idOf(row.mediaId),
				simplify: fanslyFile,
			}),
		},
	},
};

export const listFields: INodeProperties[] = [
	{
		displayName: 'Album',
		name: 'album',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		displayOptions: showOnlyForMediaList,
		description: 'The album of the vault',
		modes: [
			{ displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod: 'getAlbums', searchable: true } },
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 500000000000000001' },
		],
	},
	...limitFields(showOnlyForMediaList, 'Costs at least one credit per 50 files'),
	simplifyField(showOnlyForMediaList),
	listOptionsField(showOnlyForMediaList),
];
