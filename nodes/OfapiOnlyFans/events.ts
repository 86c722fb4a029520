import type { IDataObject } from 'n8n-workflow';
import { eventOption, eventOptions, ofapiDelivery } from '../providers/onlyfansapi/events';
import { isoTime } from '../shared/model/time';
import { idOf, numberOf, recordAt, textOf } from '../shared/model/values';
import { nameOf } from '../shared/triggers/event';
import type { ChatEvent, EventFan } from '../shared/triggers/event';
import { ofapiOnlyFans } from './pair';

const isOnlyFansEvent = (name: string) =>
	!/^(?:fansly|fanvue)\./.test(name) && name !== 'test-event';

/** Known on 2026-09-05; the list grows. */
const BUILT_IN = [
	'messages.received',
	'messages.sent',
	'messages.ppv.unlocked',
	'messages.deleted',
	'chat_queue.updated',
	'chat_queue.finished',
	'subscriptions.new',
	'subscriptions.renewed',
	'subscriptions.expired',
	'users.typing',
	'users.online',
	'users.offline',
	'posts.liked',
	'tips.received',
	'transactions.new',
	'accounts.connected',
	'accounts.reconnected',
	'accounts.disconnected',
	'accounts.session_expired',
	'accounts.authentication_failed',
	'accounts.otp_code_required',
	'accounts.face_otp_required',
	'data_exports.calculating_credits',
	'data_exports.calculating_credits_failed',
	'data_exports.calculating_credits_completed',
	'data_exports.in_progress',
	'data_exports.completed',
	'data_exports.failed',
	'data_exports.cancelled',
	'fan_summary.completed',
	'media_uploads.completed',
	'media_uploads.failed',
];

/**
 * The events that the node panel has entries for. Not `messages.sent`, which starts nothing while
 * Only Incoming is on.
 */
export const PANEL_EVENTS = [
	'messages.received',
	'messages.ppv.unlocked',
	'subscriptions.new',
	'subscriptions.renewed',
	'subscriptions.expired',
	'tips.received',
	'transactions.new',
	'users.typing',
	'users.online',
	'users.offline',
].map(eventOption);

export const getEvents = eventOptions(ofapiOnlyFans, isOnlyFansEvent, BUILT_IN);

/** What is a sale or a tip by its name, also where its amount cannot be read. */
const SALES = new Set([
	'messages.ppv.unlocked',
	'tips.received',
	'subscriptions.new',
	'subscriptions.renewed',
	'transactions.new',
]);

/** Events that carry a whole message, the field that holds the fan, and who wrote it. */
const MESSAGE_EVENTS: Record<string, { fan: string; direction: 'incoming' | 'outgoing' }> = {
	'messages.received': { fan: 'fromUser', direction: 'incoming' },
	'messages.sent': { fan: 'toUser', direction: 'outgoing' },
};

/**
 * The fan that an event is about. `user_id`, where there is one, is the creator's and not looked
 * at.
 */
function fanOf(name: string, payload: IDataObject): EventFan {
	const field = MESSAGE_EVENTS[name]?.fan ?? (payload.fan === undefined ? 'user' : 'fan');
	// Of who types or comes online there is the bare ID.
	const fan = name.startsWith('users.') ? payload : recordAt(payload, field);
	return {
		id: idOf(fan.id) ?? null,
		name: nameOf(fan.displayName, fan.name, fan.username),
		username: nameOf(fan.username),
		...historyIn(payload),
	};
}

/** What the provider puts beside an event about its fan; of some fans, or events, it has nothing. */
function historyIn(payload: IDataObject): Pick<EventFan, 'totalSpent' | 'previousReplyAt'> {
	const data = recordAt(payload, 'fanData');
	if (data.available === false) return {};
	return {
		totalSpent: numberOf(recordAt(data, 'spending').total) ?? null,
		previousReplyAt: isoTime(data.previous_reply_at),
	};
}

/** What an event about an unlocked message or a tip tells in words and links. Money in USD. */
function soldIn(
	name: string,
	payload: IDataObject,
): Pick<ChatEvent, 'messageId' | 'price' | 'tipAmount'> {
	if (name === 'messages.deleted') return { messageId: idOf(payload.id) };
	if (name === 'tips.received') return { tipAmount: numberOf(payload.amountGross) ?? null };
	if (name !== 'messages.ppv.unlocked') return {};
	const words = recordAt(payload, 'replacePairs');
	const amount = /\d[\d,]*(?:\.\d+)?/.exec(textOf(words['{AMOUNT}']) ?? '')?.[0];
	return {
		messageId: /[?&]firstId=(\d+)/.exec(
			textOf(words['{MESSAGE_LINK}']) ?? textOf(payload.text) ?? '',
		)?.[1],
		price: amount === undefined ? null : Number(amount.replace(/,/g, '')),
	};
}

/** OnlyFansAPI's events of OnlyFans: docs/providers.md. A chat's ID is the fan's user ID. */
export const onlyFansDelivery = ofapiDelivery(
	ofapiOnlyFans,
	({ name, accountId, payload, raw }): ChatEvent => {
		const fan = fanOf(name, payload);
		const about = { name, accountId, chatId: fan.id, fan, isSale: SALES.has(name), payload, raw };
		const ofMessage = MESSAGE_EVENTS[name];
		return ofMessage === undefined
			? { ...about, ...soldIn(name, payload) }
			: { ...about, message: payload, direction: ofMessage.direction };
	},
);
