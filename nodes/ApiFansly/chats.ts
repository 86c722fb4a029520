import { fanslyChatAddress, fanslyChatEntries } from '../platforms/fansly/chat';
import type { ChatSource } from '../shared/pickers/chats';
import { apiFansly, nextCursor, unwrap } from './pair';

const chatsPath = (account: string) => `/api/fansly/${encodeURIComponent(account)}/chats`;

/**
 * `GET /api/fansly/{account_id}/chats`; the provider sets the size of a page: docs/providers.md.
 */
export const apiFanslyChats: ChatSource = {
	pair: apiFansly,
	list: (account) => ({ url: chatsPath(account), qs: {} }),
	parameters: { start: 'cursor', search: 'search' },
	readPage(body) {
		const payload = unwrap(body);
		return Array.isArray(payload.data)
			? { entries: fanslyChatEntries(payload), next: nextCursor(body) }
			: undefined;
	},
	address: fanslyChatAddress,
	receivedEvent: 'messages.received',
};
