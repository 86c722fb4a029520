import type { IDataObject } from 'n8n-workflow';
import { fanslyMessageEvent } from '../platforms/fansly/event';
import { eventOption, eventOptions, ofapiDelivery } from '../providers/onlyfansapi/events';
import { idOf, recordAt, recordsAt } from '../shared/model/values';
import { ofapiFansly } from './pair';

const isFanslyEvent = (name: string) => name.startsWith('fansly.');

/** Known on 2026-09-05; the list grows. */
const BUILT_IN = [
	'messages.received',
	'messages.sent',
	'messages.deleted',
	'messages.read',
	'messages.reaction_added',
	'messages.reaction_removed',
	'users.typing',
	'subscriptions.new',
	'subscriptions.renewed',
	'subscriptions.expired',
	'tips.received',
	'transactions.new',
	'media.purchased',
	'media.liked',
	'stories.purchased',
	'followers.new',
	'followers.removed',
	'posts.created',
	'posts.updated',
	'posts.deleted',
	'posts.pinned',
	'posts.liked',
	'posts.expired',
	'posts.commented',
	'payouts.created',
	'payouts.updated',
	'payouts.debited',
	'wallets.updated',
	'accounts.connected',
	'accounts.disconnected',
	'accounts.authentication_failed',
	'accounts.otp_code_required',
	'accounts.alert',
	'accounts.updated',
	'fans.ignore_updated',
	'chats.visibility_updated',
	'profiles.updated',
	'streams.updated',
].map((name) => `fansly.${name}`);

/**
 * The events that the node panel has entries for. Not `fansly.messages.sent`, which starts nothing
 * while Only Incoming is on.
 */
export const PANEL_EVENTS = [
	'messages.received',
	'subscriptions.new',
	'subscriptions.renewed',
	'subscriptions.expired',
	'followers.new',
	'media.purchased',
	'tips.received',
	'transactions.new',
	'users.typing',
].map((name) => eventOption(`fansly.${name}`));

export const getEvents = eventOptions(ofapiFansly, isFanslyEvent, BUILT_IN);

/**
 * What is a sale or a tip by its name: no payload of theirs is published, so no amount is known.
 */
const SALES = new Set(
	[
		'tips.received',
		'media.purchased',
		'stories.purchased',
		'subscriptions.new',
		'subscriptions.renewed',
		'transactions.new',
	].map((name) => `fansly.${name}`),
);

const DIRECTIONS: Record<string, 'incoming' | 'outgoing'> = {
	'fansly.messages.received': 'incoming',
	'fansly.messages.sent': 'outgoing',
};

/**
 * OnlyFansAPI's events of Fansly; no real payload is published, so what is missing stays null
 * (docs/providers.md).
 */
export const fanslyDelivery = ofapiDelivery(
	ofapiFansly,
	({ name, accountId, payload, raw }, context) => {
		const creatorId = idOf(
			recordAt(context.getWorkflowStaticData('node'), 'creatorIds')[accountId ?? ''],
		);
		return {
			name,
			accountId,
			isSale: SALES.has(name),
			payload,
			raw,
			...fanslyMessageEvent(payload, DIRECTIONS[name], creatorId),
		};
	},
);

/** The creators' own IDs by account: a message does not tell who of the two is the creator. */
export const creators = {
	path: '/api/fansly/accounts',
	read(body: IDataObject): IDataObject {
		const ids: IDataObject = {};
		for (const entry of recordsAt(body, 'list')) {
			const account = idOf(entry.id);
			if (account !== undefined) ids[account] = idOf(entry.fansly_id);
		}
		return ids;
	},
};
