import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { limitFields, listOptionsField } from '../../../shared/lists/fields';
import { paginatedList } from '../../../shared/lists/list';
import type { EntrySource } from '../../../shared/lists/list';
import {
	idOf,
	recordAt,
	recordsAt,
	recordsIn,
	textOf,
	valueAt,
} from '../../../shared/model/values';
import { subjectOf } from '../../../shared/operation/item';
import { simplifyField } from '../../../shared/parameters/fields';
import { oneOf } from '../../../shared/parameters/parsers';
import { ofapiOnlyFans } from '../../pair';

const showOnlyForChatListMedia = { show: { resource: ['chat'], operation: ['listMedia'] } };

/**
 * Kinds of files that a message may hold besides the wanted one. A GIF may count as either a photo
 * or a video.
 */
const OTHER_TYPES: Record<string, string[]> = {
	photos: ['video', 'audio'],
	videos: ['photo', 'audio'],
	audios: ['photo', 'video', 'gif'],
};

/** The files of a message as entries: each has its message, without the files. */
function filesOf({ media, ...message }: IDataObject): IDataObject[] {
	return recordsIn(media).map((file) => ({ ...file, message }));
}

/** A file with what its message tells. Money in USD, time in ISO 8601 UTC. */
function simplifyFile({ message: given, ...file }: IDataObject, chatId: string): IDataObject {
	const message = ofapiOnlyFans.simplify(
		{ ...recordAt(given), media: [file] },
		{ accountId: null, chatId, included: {} },
	);
	const { id, direction, senderId, createdAt, price, media } = message;
	return { ...media[0], messageId: id, chatId, direction, senderId, createdAt, price };
}

/** The documents list messages that hold media; where a page begins is counted in these. */
function mediaEntries(chatId: string, wanted: string | undefined): EntrySource {
	const others = OTHER_TYPES[wanted ?? ''] ?? [];
	return {
		pair: ofapiOnlyFans,
		// The largest page is not documented: this is the usual one.
		size: { parameter: 'limit', most: 20 },
		start: 'offset',
		readPage(body, start) {
			if (!Array.isArray(valueAt(body, 'data', 'list'))) return undefined;
			const messages = recordsAt(body, 'data', 'list');
			const entries = messages
				.flatMap(filesOf)
				.filter(({ type }) => !others.some((other) => other === type));
			const hasMore = valueAt(body, 'data', 'hasMore') === true && messages.length > 0;
			return { entries, next: hasMore ? String(Number(start ?? 0) + messages.length) : undefined };
		},
		idOf: (entry) =>
			idOf(entry.id) === undefined
				? undefined
				: `${idOf(valueAt(entry, 'message', 'id')) ?? ''}/${idOf(entry.id) ?? ''}`,
		simplify: (entry) => simplifyFile(entry, chatId),
	};
}

/** `GET /api/{account}/chats/{chat_id}/media`: docs/providers.md. */
export const listMedia: INodePropertyOptions = {
	name: 'List Media',
	value: 'listMedia',
	action: 'List the media of a chat',
	description:
		'Get the photos, videos and audio files of a chat, one item per file. One credit per 20 ' +
		'messages with media.',
	routing: paginatedList(
		{
			pair: ofapiOnlyFans,
			choose: (context, request) =>
				mediaEntries(subjectOf(context).chat, textOf(recordAt(request.qs).type)),
		},
		{
			request: { method: 'GET', url: '/api/{account}/chats/{chat}/media' },
			rules: { query: { type: ['Type', oneOf('photos', 'videos', 'audios')] } },
		},
	),
};

export const listMediaFields: INodeProperties[] = [
	...limitFields(showOnlyForChatListMedia, 'Costs one credit per 20 messages with media'),
	simplifyField(showOnlyForChatListMedia),
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		displayOptions: showOnlyForChatListMedia,
		options: [
			{
				displayName: 'Type',
				name: 'type',
				type: 'options',
				default: 'photos',
				description: 'Which files to return. Without this field, all are returned.',
				options: [
					{ name: 'Audios', value: 'audios' },
					{ name: 'Photos', value: 'photos' },
					{ name: 'Videos', value: 'videos' },
				],
				routing: { send: { type: 'query', property: 'type' } },
			},
		],
	},
	listOptionsField(showOnlyForChatListMedia),
];
