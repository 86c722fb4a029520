import type { Account, Chat } from './world';

/** Digits for comparing: a chat without messages is older than any other. */
function newestId(chat: Chat): bigint {
	return BigInt(chat.messages.at(-1)?.id ?? 0);
}

/** How many messages came in since the creator last wrote or read. */
export function unreadCount({ messages, lastReadId }: Chat): number {
	const lastRead = BigInt(lastReadId);
	let count = 0;
	while (count < messages.length) {
		const message = messages[messages.length - 1 - count];
		if (message === undefined || message.direction === 'outgoing' || BigInt(message.id) <= lastRead) break;
		count++;
	}
	return count;
}

/** The account's chats whose fan fits the search, newest message first or last, or the unread ones first. */
export function sortedChats(account: Account, search: string, order: 'newest' | 'oldest' | 'unread'): Chat[] {
	const wanted = search.toLowerCase();
	const chats = [...account.chats.values()]
		.filter(({ fan }) => `${fan.name}\n${fan.username}`.toLowerCase().includes(wanted))
		.map((chat) => ({ chat, newest: newestId(chat), unread: unreadCount(chat) }))
		.sort((a, b) => Number(b.newest > a.newest) - Number(a.newest > b.newest));
	if (order === 'oldest') chats.reverse();
	if (order === 'unread') chats.sort((a, b) => b.unread - a.unread);
	return chats.map(({ chat }) => chat);
}
