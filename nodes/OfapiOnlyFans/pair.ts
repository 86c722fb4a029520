import type { IDataObject } from 'n8n-workflow';
import { ADDRESS, CONSOLE, FORMER_ADDRESS } from '../providers/onlyfansapi/address';
import { platformReason } from '../providers/onlyfansapi/reason';
import { isNotSent, retryAfter } from '../providers/onlyfansapi/response';
import { ofapiUploads } from '../providers/onlyfansapi/uploads';
import { plainText } from '../shared/model/html';
import type { CommonMedia, CommonMessage } from '../shared/model/message';
import type { MessageContext, Pair } from '../shared/model/pair';
import { isoTime } from '../shared/model/time';
import {
	idOf,
	isRecord,
	numberOf,
	recordAt,
	recordsAt,
	recordsIn,
	textOf,
	valueAt,
} from '../shared/model/values';

/** OnlyFansAPI → OnlyFans. Messages: seed 003 and docs/providers.md. */
export const ofapiOnlyFans: Pair = {
	credential: 'ofapiOnlyFansApi',
	provider: 'OnlyFansAPI',
	console: CONSOLE,
	address: ADDRESS,
	formerAddress: FORMER_ADDRESS,
	pageSize: 100,
	startAt: { parameter: 'first_id', includesMessage: true },
	fromBeginning: { query: { order: 'asc' }, parameter: 'last_id' },
	pinnedQuery: { filter: 'pinned' },
	namesQuery: { skip_users: 'none' },

	isUnknownAccount: (status, body) =>
		status === 404 && valueAt(body, 'code') === 'account_not_found',
	isRejectedInside: (body) => recordAt(body, 'data').success === false,
	readReason: platformReason('onlyfans_response'),
	adviceOn(body) {
		const words = JSON.stringify(valueAt(body, 'errors') ?? valueAt(body, 'message') ?? '');
		return /ofapi_media_\w+.*\bused\b|\bused\b.*ofapi_media_/.test(words)
			? "An upload works in one message: upload the file again, or use the sent file's vault ID."
			: undefined;
	},
	retryAfter,
	isNotSent,

	messagesPath: (account, chat) =>
		`/api/${encodeURIComponent(account)}/chats/${encodeURIComponent(chat)}/messages`,

	readPage(body) {
		if (!Array.isArray(body.data)) return undefined;
		return { messages: recordsAt(body, 'data'), included: {}, next: nextPageQuery(body) };
	},

	readOutgoing: ({ text, mediaFiles, price, previews, replyToMessageId }) => ({
		text: textOf(text) ?? '',
		hasMedia: mediaFiles !== undefined,
		price: numberOf(price) ?? 0,
		previewCount: Array.isArray(previews) ? previews.length : 0,
		replyToId: idOf(replyToMessageId) ?? null,
	}),

	readSent(body) {
		return isRecord(body.data) && idOf(body.data.id) !== undefined ? body.data : undefined;
	},

	simplify: simplifyMessage,
	isMassMessage: ({ isFromQueue }) => isFromQueue === true,
	readFan(chat, messages) {
		// A chat's ID is the fan's user ID.
		const senders = messages.map(({ fromUser }) => recordAt(fromUser));
		const names = senders
			.filter(({ id }) => idOf(id) === chat)
			.map(({ displayName, name }) => textOf(displayName) ?? textOf(name));
		return { id: chat, name: names.find((name) => name !== undefined) ?? null };
	},
	idempotency: {
		header: 'Idempotency-Key',
		replayHeader: 'idempotent-replayed',
		isStillSending: (body) => valueAt(body, 'error') === 'IDEMPOTENCY_CONFLICT',
		isOtherMessage: (body) => valueAt(body, 'error') === 'IDEMPOTENCY_KEY_MISMATCH',
	},
	uploads: ofapiUploads('/api'),
	paid: {
		isShownInAnswer: true,
		deletePath: (account, chat, messageId) => `/api/${account}/chats/${chat}/messages/${messageId}`,
	},
};

/**
 * The query of the absolute link to the next page, without its size. Only the query is taken: it is
 * sent to the credential's own address, so that a link to another place never gets the key.
 */
export function nextPageQuery(body: IDataObject): IDataObject | undefined {
	const link = textOf(valueAt(body, '_pagination', 'next_page'));
	if (link === undefined || !URL.canParse(link)) return undefined;
	const { searchParams } = new URL(link);
	searchParams.delete('limit');
	const query = Object.fromEntries(searchParams);
	return Object.keys(query).length === 0 ? undefined : query;
}

/** The amount that a tip's text names: OnlyFans gives it nowhere else. USD. */
function tipInText(text: string): number | null {
	const amount = /\$\s?(\d[\d,]*(?:\.\d{1,2})?)/.exec(text)?.[1];
	return amount === undefined ? null : Number(amount.replace(/,/g, ''));
}

function simplifyMessage(message: IDataObject, about: MessageContext): CommonMessage {
	const text = plainText(message.text);
	const senderId = idIn(message.fromUser);
	const direction = directionOf(message, senderId, about);
	return {
		id: idOf(message.id) ?? null,
		accountId: about.accountId,
		chatId: about.chatId,
		direction,
		senderId,
		text,
		createdAt: isoTime(message.createdAt),
		price: numberOf(message.price) ?? 0,
		tipAmount: message.isTip === true ? tipInText(text) : 0,
		media: recordsIn(message.media).map((file) => commonMedia(file, message, direction)),
		replyToId: idIn(message.replyToMessage) ?? idOf(message.replyToMessageId) ?? null,
	};
}

/** The ID of the record that a message holds in one of its fields. */
function idIn(record: unknown): string | null {
	return isRecord(record) ? (idOf(record.id) ?? null) : null;
}

function directionOf(
	message: IDataObject,
	senderId: string | null,
	{ chatId, direction }: MessageContext,
): CommonMessage['direction'] {
	if (direction !== undefined) return direction;
	if (message.isSentByMe === true) return 'outgoing';
	// A chat's ID is the fan's user ID, so this holds where the provider does not say it.
	if (message.isSentByMe === false || senderId === chatId) return 'incoming';
	return null;
}

const MEDIA_TYPES = ['photo', 'video', 'gif', 'audio'] as const;

function commonMedia(
	file: IDataObject,
	message: IDataObject,
	direction: CommonMessage['direction'],
): CommonMedia {
	const id = idOf(file.id) ?? null;
	const previews: unknown[] = Array.isArray(message.previews) ? message.previews : [];
	const isPreview = previews.some(
		(preview) => id !== null && (idOf(preview) ?? idOf(valueAt(preview, 'id'))) === id,
	);
	const isUnsold =
		direction === 'outgoing' && (numberOf(message.price) ?? 0) > 0 && message.isOpened !== true;
	return {
		id,
		type: MEDIA_TYPES.find((type) => type === file.type) ?? null,
		url:
			textOf(valueAt(file, 'files', 'full', 'url')) ??
			textOf(valueAt(file, 'files', 'preview', 'url')) ??
			null,
		locked: file.canView === false || (isUnsold && !isPreview),
	};
}
