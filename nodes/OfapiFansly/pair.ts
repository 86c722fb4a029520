import { includedIn } from '../platforms/fansly/entries';
import { fanOfFanslyChat, simplifyFanslyMessage } from '../platforms/fansly/message';
import { ADDRESS, CONSOLE, FORMER_ADDRESS } from '../providers/onlyfansapi/address';
import { platformReason } from '../providers/onlyfansapi/reason';
import { isNotSent, retryAfter } from '../providers/onlyfansapi/response';
import { ofapiUploads } from '../providers/onlyfansapi/uploads';
import type { Pair } from '../shared/model/pair';
import { idOf, isRecord, recordAt, recordsAt, textOf, valueAt } from '../shared/model/values';

/** OnlyFansAPI → Fansly. Messages: seeds 000, 002 and 004; accounts: docs/providers.md. */
export const ofapiFansly: Pair = {
	credential: 'ofapiFanslyApi',
	provider: 'OnlyFansAPI',
	console: CONSOLE,
	address: ADDRESS,
	formerAddress: FORMER_ADDRESS,
	pageSize: 100,
	startAt: { parameter: 'before', includesMessage: false },

	isUnknownAccount: (status, body) =>
		status === 404 && valueAt(body, 'code') === 'account_not_found',
	isRejectedInside: (body) => recordAt(body, 'data').success === false,
	readReason: platformReason('fansly_response'),
	retryAfter,
	isNotSent,

	messagesPath: (account, chat) =>
		`/api/fansly/${encodeURIComponent(account)}/chats/${encodeURIComponent(chat)}/messages`,

	readPage(body) {
		const payload = recordAt(body, 'data');
		if (!Array.isArray(payload.messages)) return undefined;
		const messages = recordsAt(payload, 'messages');
		const oldestId = idOf(messages.at(-1)?.id);
		const hasMore =
			typeof payload.hasMore === 'boolean'
				? payload.hasMore
				: valueAt(body, '_pagination', 'next_page') != null;
		return {
			messages,
			included: includedIn(payload),
			next: hasMore && oldestId !== undefined ? { before: oldestId } : undefined,
		};
	},

	readOutgoing: ({ text, mediaFiles, replyToMessageId }) => ({
		text: textOf(text) ?? '',
		hasMedia: mediaFiles !== undefined,
		price: 0,
		previewCount: 0,
		replyToId: idOf(replyToMessageId) ?? null,
	}),

	readSent(body) {
		return isRecord(body.data) && idOf(body.data.id) !== undefined ? body.data : undefined;
	},

	simplify: simplifyFanslyMessage,
	readFan: (_chat, messages, creatorId) => fanOfFanslyChat(messages, creatorId),
	uploads: ofapiUploads('/api/fansly'),

	creator: {
		path: () => '/api/fansly/accounts',
		read: (body, account) =>
			idOf(recordsAt(body, 'list').find(({ id }) => id === account)?.fansly_id),
	},
};
