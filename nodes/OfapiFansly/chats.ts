import type { ChatSource } from '../shared/chats';
import { fanslyChatAddress, fanslyChatRows } from '../shared/fansly';
import { recordAt } from '../shared/values';
import { ofapiFansly } from './pair';

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
		return { rows: fanslyChatRows(payload), next: payload.hasMore === true ? String(Number(start ?? 0) + PAGE_SIZE) : undefined };
	},
	messagesPath: (account, chat) => `${chatsPath(account)}/${encodeURIComponent(chat)}/messages`,
	address: fanslyChatAddress,
	receivedEvent: 'fansly.messages.received',
};
