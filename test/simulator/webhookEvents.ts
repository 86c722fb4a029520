import type { Direction, PairName } from './types';

/** The events of OnlyFansAPI for OnlyFans, each with what its list says about it. */
export const ONLYFANS_EVENTS: Record<string, string> = {
	'messages.received': 'Message received',
	'messages.sent': 'Message sent',
	'messages.ppv.unlocked': 'PPV message purchased',
	'messages.deleted': 'Message deleted',
	'chat_queue.updated': 'Chat queue updated',
	'chat_queue.finished': 'Chat queue finished',
	'subscriptions.new': 'New subscription',
	'subscriptions.renewed': 'Subscription renewed',
	'subscriptions.expired': 'Subscription expired',
	'users.typing': 'User typing',
	'users.online': 'User online',
	'users.offline': 'User offline',
	'posts.liked': 'Post liked',
	'tips.received': 'Tip received',
	'transactions.new': 'New transaction',
	'accounts.connected': 'Account connected',
	'accounts.reconnected': 'Account reconnected',
	'accounts.disconnected': 'Account disconnected',
	'accounts.session_expired': 'Account session expired',
	'accounts.authentication_failed': 'Account authentication failed',
	'accounts.otp_code_required': 'OTP code required',
	'accounts.face_otp_required': 'Face OTP required',
	'data_exports.calculating_credits': 'Data export calculating credits',
	'data_exports.calculating_credits_failed': 'Data export calculating credits failed',
	'data_exports.calculating_credits_completed': 'Data export calculating credits completed',
	'data_exports.in_progress': 'Data export in progress',
	'data_exports.completed': 'Data export completed',
	'data_exports.failed': 'Data export failed',
	'data_exports.cancelled': 'Data export cancelled',
	'fan_summary.completed': 'Fan summary completed',
	'media_uploads.completed': 'Media upload completed',
	'media_uploads.failed': 'Media upload failed',
};

/** The events of OnlyFansAPI for Fansly, listed while the team has a Fansly account. */
export const FANSLY_EVENTS: Record<string, string> = {
	'fansly.messages.received': 'Fansly message received',
	'fansly.messages.sent': 'Fansly message sent',
	'fansly.messages.deleted': 'Fansly message deleted',
	'fansly.messages.read': 'Fansly messages read',
	'fansly.messages.reaction_added': 'Fansly message reaction added',
	'fansly.messages.reaction_removed': 'Fansly message reaction removed',
	'fansly.users.typing': 'Fansly user typing',
	'fansly.subscriptions.new': 'Fansly new subscription',
	'fansly.subscriptions.renewed': 'Fansly subscription renewed',
	'fansly.subscriptions.expired': 'Fansly subscription expired',
	'fansly.tips.received': 'Fansly tip received',
	'fansly.transactions.new': 'Fansly new transaction',
	'fansly.media.purchased': 'Fansly media purchased',
	'fansly.media.liked': 'Fansly media liked',
	'fansly.stories.purchased': 'Fansly story purchased',
	'fansly.followers.new': 'Fansly new follower',
	'fansly.followers.removed': 'Fansly follower removed',
	'fansly.fans.ignore_updated': 'Fansly fan ignore updated',
	'fansly.posts.created': 'Fansly post created',
	'fansly.posts.updated': 'Fansly post updated',
	'fansly.posts.deleted': 'Fansly post deleted',
	'fansly.posts.pinned': 'Fansly post pinned',
	'fansly.posts.liked': 'Fansly post liked',
	'fansly.posts.expired': 'Fansly post expired',
	'fansly.posts.commented': 'Fansly post commented',
	'fansly.payouts.created': 'Fansly payout request created',
	'fansly.payouts.updated': 'Fansly payout request updated',
	'fansly.payouts.debited': 'Fansly payout debited',
	'fansly.wallets.updated': 'Fansly wallet updated',
	'fansly.accounts.connected': 'Fansly account connected',
	'fansly.accounts.disconnected': 'Fansly account disconnected',
	'fansly.accounts.authentication_failed': 'Fansly account authentication failed',
	'fansly.accounts.otp_code_required': 'Fansly OTP code required',
	'fansly.accounts.alert': 'Fansly account alert',
	'fansly.accounts.updated': 'Fansly account updated',
	'fansly.chats.visibility_updated': 'Fansly chat visibility updated',
	'fansly.profiles.updated': 'Fansly profile updated',
	'fansly.streams.updated': 'Fansly stream updated',
};

/** The events of ApiFansly. */
export const API_FANSLY_EVENTS = [
	'messages.received',
	'messages.sent',
	'ppv.purchased',
	'subscriptions.new',
	'tips.received',
];

/** What a pair calls a written message. */
export const MESSAGE_EVENTS: Record<PairName, Record<Direction, string>> = {
	ofapiOnlyFans: { incoming: 'messages.received', outgoing: 'messages.sent' },
	ofapiFansly: { incoming: 'fansly.messages.received', outgoing: 'fansly.messages.sent' },
	apiFansly: { incoming: 'messages.received', outgoing: 'messages.sent' },
};

/** Passing states: their deliveries have no idempotency key. */
export const EVENTS_WITHOUT_KEY = ['users.typing', 'users.online', 'users.offline'];
