import { ADDRESS, CONSOLE, FORMER_ADDRESS } from '../Ofapi/address';
import { platformReason } from '../Ofapi/reason';
import { ofapiUploads } from '../Ofapi/uploads';
import type { Pair } from '../shared/pair';
import { recordLists, simplifyFanslyMessage } from '../shared/fansly';
import { idOf, isRecord, recordAt, recordsAt, valueAt } from '../shared/values';

/** OnlyFansAPI → Fansly. Messages: seeds 000, 002 and 004; accounts: docs/providers.md. */
export const ofapiFansly: Pair = {
	credential: 'ofapiFanslyApi',
	provider: 'OnlyFansAPI',
	console: CONSOLE,
	address: ADDRESS,
	formerAddress: FORMER_ADDRESS,
	pageSize: 100,
	startAt: { parameter: 'before', includesMessage: false },

	isUnknownAccount: (status, body) => status === 404 && valueAt(body, 'code') === 'account_not_found',
	isRefusalInside: (body) => recordAt(body, 'data').success === false,
	readReason: platformReason('fansly_response'),

	readPage(body) {
		const payload = recordAt(body, 'data');
		if (!Array.isArray(payload.messages)) return undefined;
		const messages = recordsAt(payload, 'messages');
		const oldestId = idOf(messages.at(-1)?.id);
		const hasMore = typeof payload.hasMore === 'boolean' ? payload.hasMore : valueAt(body, '_pagination', 'next_page') != null;
		return {
			messages,
			records: recordLists(payload),
			next: hasMore && oldestId !== undefined ? { before: oldestId } : undefined,
		};
	},

	readSent(body) {
		return isRecord(body.data) && idOf(body.data.id) !== undefined ? body.data : undefined;
	},

	simplify: simplifyFanslyMessage,
	uploads: ofapiUploads('/api/fansly'),

	creator: {
		path: () => '/api/fansly/accounts',
		read: (body, account) => idOf(recordsAt(body, 'list').find(({ id }) => id === account)?.fansly_id),
	},
};
