import type { IDataObject } from 'n8n-workflow';
import { includedIn } from '../platforms/fansly/entries';
import { fanOfFanslyChat, simplifyFanslyMessage } from '../platforms/fansly/message';
import { fileTypeOf } from '../shared/model/media';
import type { Uploaded } from '../shared/model/media';
import type { Pair, Uploads } from '../shared/model/pair';
import {
	idOf,
	isRecord,
	numberOf,
	recordAt,
	recordsAt,
	textOf,
	valueAt,
} from '../shared/model/values';

/** What ApiFansly wraps in two envelopes: `data.data.response` when present, else `data`. */
export function unwrap(body: IDataObject): IDataObject {
	const response = valueAt(body, 'data', 'data', 'response');
	return isRecord(response) ? response : recordAt(body, 'data');
}

/** The same where a list may stand in the place of an object. */
export const responseIn = (body: IDataObject): unknown =>
	valueAt(body, 'data', 'data', 'response') ?? body.data;

/** The cursor of the next page; the documents and its users find it in different places. */
export function nextCursor(body: IDataObject): string | undefined {
	for (const path of [
		['data', 'data', 'response', 'cursor'],
		['data', 'data', 'response', 'nextCursor'],
		['data', 'data', 'nextCursor'],
		['data', 'nextCursor'],
	]) {
		const cursor = idOf(valueAt(body, ...path));
		if (cursor !== undefined) return cursor;
	}
	return undefined;
}

function isBadStatus(value: unknown): boolean {
	const status = numberOf(value);
	return status !== undefined && (status < 200 || status >= 300);
}

const STATES: Record<string, Uploaded['status']> = {
	waiting: 'pending',
	active: 'processing',
	completed: 'completed',
	failed: 'failed',
};

/**
 * Uploads are jobs: `POST …/media/upload` gives a job's ID, and its state is asked for without an
 * account.
 */
const apiFanslyUploads: Uploads = {
	path: (account) => `/api/fansly/${encodeURIComponent(account)}/media/upload`,
	statusPath: (_account, jobId) => `/api/fansly/media/upload/${encodeURIComponent(jobId)}/status`,
	// Every upload is one.
	hasBackground: false,
	form: ({ fileUrl }) => ({ ...(fileUrl !== undefined && { file_url: fileUrl }) }),
	read(body, uploadId) {
		const job = unwrap(body);
		const jobId = idOf(job.jobId) ?? uploadId ?? idOf(job.id);
		// The answer to the upload itself names the job alone.
		const status = job.state === undefined ? 'pending' : STATES[textOf(job.state) ?? ''];
		if (jobId === undefined || status === undefined) return undefined;
		const media = recordAt(recordsAt(job, 'result', 'accountMedia')[0], 'media');
		return {
			mediaId: idOf(valueAt(job, 'result', 'mediaId')) ?? null,
			uploadId: jobId,
			status,
			progress: numberOf(job.progress) ?? null,
			reason:
				status === 'failed'
					? (textOf(job.failedReason) ?? textOf(job.error) ?? textOf(job.reason) ?? null)
					: null,
			fileName: textOf(media.filename) ?? null,
			type: fileTypeOf(media),
			creditsUsed: null,
		};
	},
};

/** ApiFansly → Fansly. Messages: seed 001 and docs/providers.md. */
export const apiFansly: Pair = {
	credential: 'apiFanslyApi',
	provider: 'ApiFansly',
	console: 'https://app.apifansly.com',
	address: 'https://v1.apifansly.com',
	pageSize: 10,

	isUnknownAccount(status, body) {
		const words = textOf(valueAt(body, 'error')) ?? textOf(valueAt(body, 'message')) ?? '';
		return (status === 403 || status === 404) && /account not found/i.test(words);
	},
	isRejectedInside: (body) =>
		isBadStatus(body.statusCode) ||
		isBadStatus(valueAt(body, 'data', 'status_code')) ||
		valueAt(body, 'data', 'success') === false ||
		valueAt(body, 'data', 'data', 'success') === false,

	messagesPath: (account, chat) =>
		`/api/fansly/${encodeURIComponent(account)}/chats/${encodeURIComponent(chat)}/messages`,

	readPage(body) {
		const payload = unwrap(body);
		if (!Array.isArray(payload.messages)) return undefined;
		const cursor = nextCursor(body);
		return {
			messages: recordsAt(payload, 'messages'),
			included: includedIn(payload),
			next: cursor === undefined ? undefined : { cursor },
		};
	},

	readOutgoing: ({ content, mediaIds, mediaId, price }) => ({
		text: textOf(content) ?? '',
		hasMedia: mediaIds !== undefined || mediaId !== undefined,
		price: numberOf(price) ?? 0,
		previewCount: 0,
		replyToId: null,
	}),

	readSent(body) {
		const message = unwrap(body);
		return idOf(message.id) === undefined ? undefined : message;
	},

	simplify: simplifyFanslyMessage,
	readFan: (_chat, messages, creatorId) => fanOfFanslyChat(messages, creatorId),
	uploads: apiFanslyUploads,
	paid: {
		isShownInAnswer: false,
		deletePath: (account, _chat, messageId) => `/api/fansly/${account}/messages/${messageId}`,
	},

	creator: {
		path: (account) => `/api/fansly/${encodeURIComponent(account)}/me`,
		read(body) {
			const response = unwrap(body);
			return idOf(valueAt(response, 'account', 'id')) ?? idOf(response.id);
		},
	},
};
