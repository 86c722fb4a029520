import { isFields, textIn } from './fields';
import type { Fields } from './fields';
import { unreadCount } from './chats';
import { isOlderId } from './ids';
import { marksOf, stateOf } from './onlyFansState';
import type { Fan, StoredMedia, StoredMessage } from './types';
import type { Account, Chat } from './world';

/** OnlyFans' form of a text: one paragraph of HTML. */
export function htmlOf(text: string): string {
	if (text === '') return '';
	if (!/[&<>"'\n]/.test(text)) return `<p>${text}</p>`;
	const escaped = text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;')
		.replaceAll("'", '&#039;')
		.replaceAll('\n', '<br />');
	return `<p>${escaped}</p>`;
}

/** ISO 8601 in whole seconds with a numeric offset, as OnlyFans writes it. */
function timeOf(iso: string): string {
	return `${iso.slice(0, 19)}+00:00`;
}

function mediaOf({ id, type, locked }: StoredMedia, message: StoredMessage): Fields {
	const canView = message.direction === 'outgoing' || !locked;
	const file = (name: string, width: number, height: number) => ({
		url: canView ? `https://cdn2.onlyfans.com/files/${id}/${name}.jpg?Expires=1` : null,
		width,
		height,
		size: 0,
	});
	return {
		id: Number(id),
		type,
		convertedToVideo: false,
		canView,
		hasError: false,
		createdAt: timeOf(message.createdAt),
		isReady: true,
		files: {
			full: { ...file('full', 2048, 1360), sources: [] },
			thumb: file('thumb', 300, 300),
			preview: file('preview', 960, 638),
			squarePreview: file('square', 960, 960),
		},
		duration: type === 'video' || type === 'audio' ? 9 : 0,
		hasCustomPreview: false,
		videoSources: { 240: null, 720: null },
	};
}

function senderOf(chat: Chat, { direction }: StoredMessage, withUsers: boolean): Fields {
	const { nativeId, name, username } = chat.account;
	const sender = direction === 'outgoing' ? { id: nativeId, name, username } : chat.fan;
	const id = { id: Number(sender.id), _view: 's' };
	return withUsers ? { ...id, name: sender.name, username: sender.username } : id;
}

/** A message as seed 003 shows it, without `isSentByMe`. Price in USD. */
export function onlyFansMessage(chat: Chat, message: StoredMessage, withUsers = false): Fields {
	const { id, price, media } = message;
	const posted = isFields(message.requestBody) ? message.requestBody : {};
	const paid = price > 0;
	return {
		responseType: 'message',
		text: htmlOf(message.text),
		giphyId: textIn(posted, 'giphyId') || null,
		lockedText: posted.lockedText === true,
		isFree: !paid,
		price,
		isMediaReady: true,
		mediaCount: media.length,
		media: media.map((file) => mediaOf(file, message)),
		previews: paid ? media.filter(({ locked }) => !locked).map((file) => Number(file.id)) : [],
		isTip: message.tip > 0,
		isReportedByMe: false,
		isCouplePeopleMedia: false,
		queueId: Number(id) % 100_000_000_000,
		isMarkdownDisabled: true,
		releaseForms: [],
		fromUser: senderOf(chat, message, withUsers),
		isFromQueue: message.isFromQueue === true,
		id: Number(id),
		isOpened: false,
		isNew: true,
		createdAt: timeOf(message.createdAt),
		changedAt: timeOf(message.createdAt),
		cancelSeconds: 119,
		isLiked: marksOf(chat).liked.has(id),
		canPurchase: paid,
		canPurchaseReason: paid ? 'not_purchased' : 'free',
		canReport: message.direction === 'incoming',
		canBePinned: true,
		isPinned: chat.pinned.has(id),
	};
}

/** A message as lists show it: with `isSentByMe`, and with the message it replies to. */
export function listedMessage(chat: Chat, message: StoredMessage, withUsers = false): Fields {
	const listed = onlyFansMessage(chat, message, withUsers);
	listed.isSentByMe = message.direction === 'outgoing';
	if (message.replyToId !== null) listed.replyToMessage = { id: Number(message.replyToId) };
	return listed;
}

/** A person as events show them. */
function profileOf({ id, name, username }: Fan): Fields {
	return { id: Number(id), name, username, displayName: '', subscribedOn: true };
}

/** A message as its event carries it: whoever is not the creator is named, the chat and who sent it are not. */
export function onlyFansEvent(chat: Chat, message: StoredMessage): Fields {
	const payload = onlyFansMessage(chat, message);
	delete payload.fromUser;
	if (message.replyToId !== null) payload.replyToMessage = { id: Number(message.replyToId) };
	const fan = profileOf(chat.fan);
	if (message.direction === 'outgoing') return { ...payload, toUser: fan };
	const reply = chat.messages.findLast(
		({ id, direction }) => direction === 'outgoing' && isOlderId(id, message.id),
	);
	const { total, tips } = spendingIn(chat);
	return {
		...payload,
		fromUser: fan,
		fanData: {
			available: true,
			last_updated_at: exactTimeOf(message.createdAt),
			spending: { total, messages: 0, subscribes: total - tips, posts: 0, tips, streams: 0 },
			previous_reply_at: reply === undefined ? null : exactTimeOf(reply.createdAt),
		},
	};
}

/** ISO 8601 in microseconds, as events show times beside those of OnlyFans. */
function exactTimeOf(iso: string): string {
	return iso.replace('Z', '000Z');
}

/** What the chat's fan has paid its account, in USD. */
function spendingIn({ account, fan }: Chat): { total: number; tips: number } {
	const known = stateOf(account).fans.find(({ id }) => id === fan.id);
	return { total: known?.totalSpent ?? 0, tips: known?.tips ?? 0 };
}

/** A row of List Chats. It has no chat ID of its own: that is `fan.id`. */
export function chatRow(chat: Chat): Fields {
	const { fan, messages } = chat;
	const newest = messages.at(-1);
	const unread = unreadCount(chat);
	const { total, tips } = spendingIn(chat);
	return {
		canNotSendReason: false,
		canSendMessage: true,
		canGoToProfile: true,
		unreadMessagesCount: unread,
		hasUnreadTips: messages.slice(messages.length - unread).some(({ tip }) => tip > 0),
		isMutedNotifications: marksOf(chat).isMuted,
		lastMessage: newest === undefined ? null : onlyFansMessage(chat, newest),
		lastReadMessageId: Number(chat.lastReadId),
		hasPurchasedFeed: false,
		countPinnedMessages: chat.pinned.size,
		fan: {
			id: Number(fan.id),
			name: fan.name,
			view: 'f',
			about: '',
			avatar: `https://public.onlyfans.com/files/${fan.id}/avatar.jpg`,
			header: null,
			canChat: true,
			lastSeen: null,
			username: fan.username,
			displayName: '',
			isBlocked: false,
			isVerified: false,
			isPerformer: false,
			subscribedBy: false,
			subscribedOn: true,
			subscribedOnData: { price: 0, tipsSumm: tips, messagesSumm: 0, totalSumm: total },
			canReceiveChatMessage: true,
		},
	};
}

/** A row of List Accounts. The user data holds made-up secrets: none of them may ever reach a user. */
export function accountRow({ id, name, username, nativeId, authenticated }: Account): Fields {
	const email = `secret-email-${username}@example.com`;
	return {
		id,
		onlyfans_id: Number(nativeId),
		onlyfans_username: username,
		onlyfans_email: email,
		is_authenticated: authenticated,
		authentication_progress: authenticated ? 'signed_in' : 'session_expired',
		display_name: name,
		onlyfans_user_data: {
			id: Number(nativeId),
			ip: '203.0.113.77',
			csrf: `secret-csrf-${id}`,
			name,
			view: 'f',
			email,
			wsUrl: `wss://secret-ws.example.com/${id}`,
			avatar: `https://public.onlyfans.com/files/${nativeId}/avatar.jpg`,
			isAuth: authenticated,
			username,
			wsAuthToken: `secret-ws-token-${id}`,
		},
	};
}
