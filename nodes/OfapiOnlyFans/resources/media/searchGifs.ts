import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { limitFields, listOptionsField } from '../../../shared/lists/fields';
import { paginatedList } from '../../../shared/lists/list';
import { idOf, numberOf, recordAt, textOf } from '../../../shared/model/values';
import { simplifyField } from '../../../shared/parameters/fields';
import { required, text } from '../../../shared/parameters/parsers';
import { pageUntilNotFull } from '../../entries';
import { ofapiOnlyFans } from '../../pair';

const showOnlyForSearchGifs = { show: { resource: ['media'], operation: ['searchGifs'] } };

/** A GIF of Giphy; `id` is what messages take as Giphy ID. */
function simplifyGif(gif: IDataObject): IDataObject {
	const original = recordAt(gif, 'images', 'original');
	return {
		id: idOf(gif.id) ?? null,
		title: textOf(gif.title) ?? null,
		rating: textOf(gif.rating) ?? null,
		url: textOf(gif.url) ?? null,
		imageUrl: textOf(original.url) ?? null,
		width: numberOf(original.width) ?? null,
		height: numberOf(original.height) ?? null,
	};
}

/** `GET /api/{account}/giphy/search`, up to 50 at a time: docs/providers.md. */
export const searchGifs: INodePropertyOptions = {
	name: 'Search GIFs',
	value: 'searchGifs',
	action: 'Search for GIFs',
	description:
		"Find GIFs on Giphy, each with the ID that a message's Giphy ID takes. One credit per 50.",
	routing: paginatedList(
		{
			pair: ofapiOnlyFans,
			size: { parameter: 'limit', most: 50 },
			start: 'offset',
			isByOffset: true,
			readPage: pageUntilNotFull,
			idOf: ({ id }) => idOf(id),
			simplify: simplifyGif,
		},
		{
			request: { method: 'GET', url: '/api/{account}/giphy/search' },
			rules: { query: { q: ['Search For', required(text)] } },
		},
	),
};

export const searchGifsFields: INodeProperties[] = [
	{
		displayName: 'Search For',
		name: 'gifQuery',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. good morning',
		displayOptions: showOnlyForSearchGifs,
		description: 'What the GIFs are to show',
		routing: { send: { type: 'query', property: 'q' } },
	},
	...limitFields(showOnlyForSearchGifs, 'Costs one credit per 50 GIFs'),
	simplifyField(showOnlyForSearchGifs),
	listOptionsField(showOnlyForSearchGifs, { isByOffset: true }),
];
