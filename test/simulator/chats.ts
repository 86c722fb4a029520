import type { Account, Chat } from './world';

/** Digits for comparing: a chat without messages is older than any other. */
function newestId(chat: Chat): bigint {
	return BigInt(chat.messages.at(-1)?.id ?? 0);
}

/** How many messages came in since the creator last wrote to this fan or read; at least one where the creator marked the chat. */
export function unreadCount({ messages, lastReadId, isMarkedUnread }: Chat): number {
	const lastRead = BigInt(lastReadId);
	let count = 0;
	for (let index = messages.length - 1; index >= 0; index--) {
		const message = messages[index];
		// Who sends a mass message has opened no chat.
		if (message?.isFromQueue === true) continue;
		if (
			message === undefined ||
			message.direction === 'outgoing' ||
			BigInt(message.id) <= lastRead
		) {
			break;
		}
		count++;
	}
	return isMarkedUnread ? Math.max(count, 1) : count;
}

/** The creator has read everything. */
export function markRead(chat: Chat): void {
	chat.lastReadId = chat.messages.at(-1)?.id ?? '0';
	chat.isMarkedUnread = false;
}

/** The account's chats whose fan fits the search, newest message first or last, or the unread ones first; the last one in front where that is asked for. */
export function sortedChats(
	account: Account,
	search: string,
	order: 'newest' | 'oldest' | 'unread',
	oldestInFront = false,
): Chat[] {
	const wanted = search.toLowerCase();
	const chats = [...account.chats.values()]
		.filter(({ fansly }) => !fansly.isHidden)
		.filter(({ fan }) => `${fan.name}\n${fan.username}`.toLowerCase().includes(wanted))
		.map((chat) => ({ chat, newest: newestId(chat), unread: unreadCount(chat) }))
		.sort((a, b) => Number(b.newest > a.newest) - Number(a.newest > b.newest));
	if (order === 'oldest') chats.reverse();
	if (order === 'unread') chats.sort((a, b) => b.unread - a.unread);
	const sorted = chats.map(({ chat }) => chat);
	return oldestInFront ? [...sorted.slice(-1), ...sorted.slice(0, -1)] : sorted;
}
