import { fanslyChatAddress, fanslyChatEntries } from '../platforms/fansly/chat';
import { recordAt } from '../shared/model/values';
import type { ChatSource } from '../shared/pickers/chats';
import { ofapiFansly } from './pair';
import { nextOffset } from './entries';

const PAGE_SIZE = 100;

const chatsPath = (account: string) => `/api/fansly/${encodeURIComponent(account)}/chats`;

/** `GET /api/fansly/{fanslyAccount}/chats`, 100 at a time: docs/providers.md. */
export const fanslyChats: ChatSource = {
	pair: ofapiFansly,
	list: (account) => ({ url: chatsPath(account), qs: { limit: PAGE_SIZE } }),
	parameters: { start: 'offset', search: 'search' },
	readPage(body, start) {
		const payload = recordAt(body, 'data');
		if (!Array.isArray(payload.data)) return undefined;
		return {
			entries: fanslyChatEntries(payload),
			next: nextOffset(body, payload.data.length, start, PAGE_SIZE),
		};
	},
	address: fanslyChatAddress,
	receivedEvent: 'fansly.messages.received',
};
