import { unreadCount } from './chats';
import type { Fields } from './fields';
import { relatedId } from './ids';
import type { MediaType, StoredMedia, StoredMessage } from './types';
import type { Account, Chat } from './world';

/** What a message's attachment points to. Only 1 is documented; 2 and 7 are what Fansly itself uses. */
const CONTENT = { media: 1, bundle: 2, tip: 7 };

const MIME_TYPES: Record<MediaType, string> = {
	photo: 'image/jpeg',
	video: 'video/mp4',
	gif: 'image/gif',
	audio: 'audio/mpeg',
};
const MEDIA_NUMBERS: Record<MediaType, number> = { photo: 1, video: 2, gif: 1, audio: 3 };

/** Money of Fansly: thousandths of a dollar. */
function thousandths(dollars: number): number {
	return Math.round(dollars * 1000);
}

function wholeSeconds(iso: string): number {
	return Math.floor(Date.parse(iso) / 1000);
}

function senderId(chat: Chat, { direction }: StoredMessage): string {
	return direction === 'outgoing' ? chat.account.nativeId : chat.fan.id;
}

function receiverId(chat: Chat, { direction }: StoredMessage): string {
	return direction === 'outgoing' ? chat.fan.id : chat.account.nativeId;
}

function tipId(message: StoredMessage): string {
	return `6${message.id}`;
}

/** Several media make a bundle; its record takes a media record's place in the attachment. */
function bundleId({ media }: StoredMessage): string | undefined {
	const [first, second] = media;
	return first === undefined || second === undefined ? undefined : relatedId('5', first.id);
}

function attachmentsOf(message: StoredMessage): Array<{ contentType: number; contentId: string }> {
	const bundle = bundleId(message);
	const media =
		bundle === undefined
			? message.media.map(({ id }) => ({ contentType: CONTENT.media, contentId: id }))
			: [{ contentType: CONTENT.bundle, contentId: bundle }];
	return message.tip > 0
		? [...media, { contentType: CONTENT.tip, contentId: tipId(message) }]
		: media;
}

/** A message as Send Message answers it (seeds 000 and 001): `createdAt` in seconds with a fraction. */
export function sentFanslyMessage(chat: Chat, message: StoredMessage): Fields {
	return {
		type: 1,
		attachments: attachmentsOf(message),
		content: message.text,
		groupId: chat.id,
		senderId: senderId(chat, message),
		inReplyTo: message.replyToId ?? '',
		interactions: [
			{ groupId: chat.id, userId: receiverId(chat, message), readAt: 0, deliveredAt: 0 },
		],
		id: message.id,
		createdAt: Date.parse(message.createdAt) / 1000,
	};
}

/** A message as its event carries it: like a sent one, with the tip in thousandths of a dollar where there is one. */
export function fanslyEvent(chat: Chat, message: StoredMessage): Fields {
	const interaction = {
		groupId: chat.id,
		userId: receiverId(chat, message),
		readAt: 0,
		deliveredAt: 0,
		messageId: message.id,
	};
	return {
		...sentFanslyMessage(chat, message),
		interactions: [interaction],
		embeds: [],
		...(message.tip > 0 && { totalTipAmount: thousandths(message.tip) }),
	};
}

/** A message as lists show it (seed 004): `createdAt` in whole seconds, tips in thousandths of a dollar. */
export function listedFanslyMessage(chat: Chat, message: StoredMessage): Fields {
	const createdAt = wholeSeconds(message.createdAt);
	const seenAt = message.direction === 'incoming' ? createdAt : 0;
	return {
		id: message.id,
		type: 1,
		dataVersion: 1,
		content: message.text,
		groupId: chat.id,
		senderId: senderId(chat, message),
		correlationId: relatedId('4', message.id),
		inReplyTo: message.replyToId,
		inReplyToRoot: message.replyToId,
		createdAt,
		attachments: attachmentsOf(message).map((attachment, pos) => ({
			messageId: message.id,
			...attachment,
			pos,
		})),
		embeds: [],
		interactions: [{ userId: receiverId(chat, message), readAt: seenAt, deliveredAt: seenAt }],
		likes: chat.fansly.reactions
			.filter(({ messageId }) => messageId === message.id)
			.map(({ type }) => ({ accountId: chat.account.nativeId, type })),
		totalTipAmount: thousandths(message.tip),
	};
}

/** The fields that media and bundles share. The price is what the receiver has to pay. */
function offerOf(chat: Chat, message: StoredMessage, locked: boolean): Fields {
	const price = locked ? thousandths(message.price) : 0;
	return {
		accountId: senderId(chat, message),
		previewId: null,
		permissionFlags: 0,
		price,
		createdAt: wholeSeconds(message.createdAt),
		deletedAt: null,
		deleted: false,
		permissions: {
			permissionFlags: price > 0 ? [{ type: 0, flags: 1, price, metadata: '{}' }] : [],
			accountPermissionFlags: { flags: 2, metadata: '{}' },
		},
		purchased: false,
		whitelisted: false,
		accountPermissionFlags: 2,
		access: price === 0 || message.direction === 'outgoing',
	};
}

function mediaRecord(
	chat: Chat,
	message: StoredMessage,
	{ id, type, locked }: StoredMedia,
): Fields {
	// Inside a bundle it is the bundle that has the price.
	const offer = offerOf(chat, message, locked && bundleId(message) === undefined);
	const mediaId = relatedId('8', id);
	const mimetype = MIME_TYPES[type];
	const location = `/${senderId(chat, message)}/${mediaId}.${mimetype.split('/')[1]}`;
	const hidden = locked && message.direction === 'incoming';
	return {
		id,
		mediaId,
		...offer,
		likeCount: 0,
		media: {
			id: mediaId,
			type: MEDIA_NUMBERS[type],
			status: 1,
			accountId: offer.accountId,
			mimetype,
			flags: 0,
			location,
			width: 1080,
			height: 1440,
			metadata: '{"resolutionMode":2}',
			updatedAt: offer.createdAt,
			createdAt: offer.createdAt,
			variants: [],
			variantHash: {},
			locations: hidden
				? []
				: [{ locationId: '1', location: `https://cdn3.fansly.com${location}` }],
		},
	};
}

function bundleRecords(chat: Chat, message: StoredMessage): Fields[] {
	const id = bundleId(message);
	if (id === undefined) return [];
	const ids = message.media.map((file) => file.id);
	return [
		{
			id,
			...offerOf(
				chat,
				message,
				message.media.some(({ locked }) => locked),
			),
			accountMediaIds: ids,
			bundleContent: ids.map((accountMediaId, pos) => ({ accountMediaId, pos })),
		},
	];
}

function tipRecords(chat: Chat, message: StoredMessage): Fields[] {
	if (message.tip === 0) return [];
	return [
		{
			id: tipId(message),
			senderId: senderId(chat, message),
			receiverId: receiverId(chat, message),
			messageId: message.id,
			amount: thousandths(message.tip),
			createdAt: wholeSeconds(message.createdAt),
		},
	];
}

/** A page of messages and, beside it, the records that these messages refer to (seed 004). */
export function fanslyPage(chat: Chat, messages: StoredMessage[]): Fields {
	return {
		messages: messages.map((message) => listedFanslyMessage(chat, message)),
		accountMedia: messages.flatMap((message) =>
			message.media.map((file) => mediaRecord(chat, message, file)),
		),
		accountMediaBundles: messages.flatMap((message) => bundleRecords(chat, message)),
		tips: messages.flatMap((message) => tipRecords(chat, message)),
		tipGoals: [],
		accountMediaOrders: [],
		stories: [],
		storyOrders: [],
	};
}

/** A row of List Chats. */
export function fanslyChatRow(chat: Chat): Fields {
	const { account, fan, messages } = chat;
	const unread = unreadCount(chat);
	const newest = messages.at(-1)?.id ?? null;
	return {
		account_id: account.nativeId,
		groupId: chat.id,
		partnerAccountId: fan.id,
		partnerUsername: fan.username,
		flags: 0,
		unreadCount: unread,
		subscriptionTierId: null,
		lastMessageId: newest,
		lastUnreadMessageId: unread > 0 ? newest : null,
	};
}

/** The profiles that the rows of List Chats refer to. */
export function fanslyPartners(chats: Chat[]): Fields[] {
	return chats.map(({ fan }) => ({
		id: fan.id,
		username: fan.username,
		displayName: fan.name,
		avatar: { locations: [{ location: `https://cdn3.fansly.com/${fan.id}/avatar.jpeg` }] },
	}));
}

/** The groups that the rows of OnlyFansAPI's List Chats refer to. */
export function fanslyGroups(chats: Chat[]): Fields[] {
	return chats.map(({ id, account, fan, messages }) => {
		const newest = messages.at(-1);
		return {
			id,
			type: 1,
			users: [{ userId: account.nativeId }, { userId: fan.id }],
			lastMessage: newest === undefined ? null : { id: newest.id, content: newest.text },
		};
	});
}

/** A row of OnlyFansAPI's List Accounts. The user data holds made-up secrets: none may ever reach a user. */
export function fanslyAccountRow({ id, name, username, nativeId, authenticated }: Account): Fields {
	return {
		id,
		display_name: name,
		fansly_id: nativeId,
		fansly_username: username,
		is_authenticated: authenticated,
		authentication_progress: authenticated ? 'authenticated' : 'session_expired',
		fansly_user_data: {
			id: nativeId,
			username,
			email: `secret-email-${username}@example.com`,
			ip: '203.0.113.78',
			sessionToken: `secret-session-${id}`,
			wsUrl: `wss://secret-ws.example.com/${id}`,
		},
	};
}

/** One chat of OnlyFansAPI's Show Chat: both people alike, and nobody's name. */
export function fanslyGroup(chat: Chat): Fields {
	const [group] = fanslyGroups([chat]);
	return { ...group, dmPermissionFlags: [] };
}

/** A row of ApiFansly's list of unread chats. */
export function unreadChatRow(chat: Chat): Fields {
	return {
		messageId: chat.messages.at(-1)?.id,
		groupId: chat.id,
		senderId: chat.fan.id,
		partnerUsername: chat.fan.username,
		unreadCount: unreadCount(chat),
	};
}
