/** What tests and the control server see of the simulator. IDs are text, money is USD, times are ISO 8601 UTC. */

import type { PairName } from '../pairs';
import type { FanslyAccountState } from './fanslyAccount';
import type { OnlyFansState } from './onlyFansState';

export type { PairName };
export type ProviderName = 'ofapi' | 'apiFansly';
export type Direction = 'incoming' | 'outgoing';
export type MediaType = 'photo' | 'video' | 'gif' | 'audio';

export interface Fan {
	id: string;
	name: string;
	username: string;
}

/** A fan of an account on Fansly, with or without a chat. Money is USD, times are ISO 8601. */
export interface FanslyFan extends Fan {
	status: 'active' | 'expired' | 'follower';
	price?: number;
	subscribedAt?: string;
	expiresAt?: string;
	tierId?: string;
	lastSeenAt?: string;
}

/** What the creator did to a chat on Fansly and to its messages, in order. */
export interface FanslyChatState {
	isMuted: boolean;
	isHidden: boolean;
	isTyping: boolean;
	reactions: Array<{ messageId: string; type: number }>;
	acknowledged: Array<{ messageId: string; type: number }>;
}

export interface NewAccount {
	id: string;
	name: string;
	username: string;
	/** The creator's own ID on the platform. */
	nativeId: string;
}

export interface NewChat {
	account: string;
	/** Left out: the fan's ID on OnlyFans, a fresh group ID on Fansly. */
	id?: string;
	fan: Fan;
	/** How many messages to generate. */
	messages?: number;
}

export interface StoredMedia {
	id: string;
	type: MediaType;
	/** Whether the one who received the message has to pay before seeing it. */
	locked: boolean;
}

export interface NewMessage {
	direction: Direction;
	text: string;
	/** Left out: one minute after the newest message. */
	createdAt?: Date;
	price?: number;
	tip?: number;
	/** Left out parts: a fresh ID, a photo, locked when the message has a price. */
	media?: Array<Partial<StoredMedia>>;
	replyTo?: string;
	/** Only OnlyFans has pinned messages. */
	pinned?: boolean;
	/** Part of a mass message of the creator's. Only OnlyFans' answers tell. */
	isFromQueue?: boolean;
}

/** A message of this moment: its time is the real one. */
export type WrittenMessage = Omit<NewMessage, 'direction' | 'createdAt'>;

export interface StoredMessage {
	id: string;
	chatId: string;
	direction: Direction;
	/** Plain text, as the reader sees it. */
	text: string;
	createdAt: string;
	price: number;
	tip: number;
	media: StoredMedia[];
	replyToId: string | null;
	isFromQueue?: boolean;
	/** What was posted, for messages sent through an API. */
	requestBody?: unknown;
}

export interface RecordedRequest {
	pair?: PairName;
	method: string;
	path: string;
	query: Record<string, string>;
	headers: Record<string, string>;
	body: unknown;
	/** What the client saw; 0 while unanswered and when the connection broke before a status. */
	status: number;
	credits: number;
	/** Milliseconds since 1970, at arrival. */
	at: number;
}

/** Which requests a fault hits: all that fit, or each `every`-th, after letting `skip` of them pass, `times` times. */
export interface FaultTarget {
	pair?: PairName;
	method?: string;
	/** Tried against the path without its query. */
	path?: RegExp;
	/** Tried against each value of the query. */
	query?: RegExp;
	skip?: number;
	every?: number;
	times?: number;
}

/** What a fault does. Up to `redirect` the request is not carried out; from `slow` on it is. */
export type FaultEffect =
	| { kind: 'rateLimited'; retryAfterSeconds?: number }
	| { kind: 'html'; status?: number }
	| { kind: 'json'; status: number; body: unknown }
	| { kind: 'reset' }
	| { kind: 'notJson' }
	| { kind: 'failureInside' }
	| { kind: 'redirect'; location: string }
	| { kind: 'slow'; ms: number }
	/** Answered once so many requests of the account have been open at the same time. */
	| { kind: 'together'; requests: number }
	/** `status` is what the lost answer would have had. */
	| { kind: 'lostAfterStoring'; status?: number }
	| { kind: 'storedThen500' }
	| { kind: 'halfAnswer' }
	/** Half of the answer, and then nothing: the connection stays. */
	| { kind: 'stall' }
	/** The answer byte by byte, one each `ms` milliseconds. */
	| { kind: 'drip'; ms: number }
	/** The media stand open; `keepsPrice`: OnlyFans alone, beside the price that was asked. */
	| { kind: 'unlockedPaid'; keepsPrice?: boolean };

export type Fault = FaultTarget & FaultEffect;

/** What may go wrong while an answer is written. */
export type WritingFault = Extract<FaultEffect, { kind: 'halfAnswer' | 'stall' | 'drip' }>;

/** A file to put into a vault. */
export interface NewFile {
	type?: MediaType;
	/** Bytes. */
	size?: number;
	/** The album on Fansly, the list on OnlyFans. */
	album?: string;
}

/** A file of a vault. Its bytes are made up of its ID. */
export interface StoredFile {
	id: string;
	type: MediaType;
	size: number;
	album: string;
	fileName: string;
	mimeType: string;
	/** Its address on the platform's servers. */
	url: string;
	createdAt: string;
}

/** A file that was uploaded through an API. */
export interface UploadInfo {
	/** The handle, or the job's ID. */
	handle: string;
	pair: PairName;
	account: string;
	file?: { fileName: string; mimeType: string; size: number; sha256: string };
	fileUrl?: string;
	/** The platform's own ID. */
	mediaId: string;
	credits: number;
	status: 'completed' | 'failed';
	/** How many messages have it. */
	timesUsed: number;
}

/** A request to the server that downloads are led to. */
export interface CdnRequest {
	path: string;
	headers: Record<string, string>;
	status: number;
}

/** Oddities of lists, webhooks and uploads; all off by default. */
export interface Quirks {
	/** The last page still names a next one, which is empty. */
	endsWithEmptyPage: boolean;
	/** From this page on (1 is the first), the next cursor leads to the same page; 0 is off. */
	repeatCursor: number;
	/** Each next page begins with this many of the previous page's last messages. */
	overlap: number;
	/** Pages hold at most this many messages although more exist; 0 is off. */
	shortPages: number;
	/** After the last message comes an empty page that claims more, for ever. */
	hasMoreWithEmptyPage: boolean;
	/** Fansly's `before` includes the message it names. */
	inclusiveBefore: boolean;
	/** Next links name this origin instead of the server's own; empty is off. */
	nextPageOrigin: string;
	/** A webhook that was created is enabled from the start: every document shows that it is not. */
	webhooksStartEnabled: boolean;
	/** Webhooks do not tell their account scope and accounts, as in the documents: live ones are said to. */
	webhooksHideScope: boolean;
	/** How often the state of an upload in the background is answered as unfinished. */
	uploadLooks: number;
	/** Uploads in the background turn out not to work. */
	uploadsFail: boolean;
	/** Lists of chats and of messages, newest first, show their oldest one in front, as if it were pinned there. */
	oldestInFront: boolean;
	/** A refusal to put users on a list does not say which of them are to blame. */
	refusalsNameNobody: boolean;
}

/** Whether a webhook's accounts are all, the listed ones or all but the listed ones. */
export type AccountScope = 'global' | 'inclusive' | 'exclusive';

/** A webhook as ApiFansly's console registers it: for all accounts, enabled at once. */
export interface NewConsoleWebhook {
	url: string;
	events: string[];
	/** Left out or empty: deliveries are not signed. */
	secret?: string;
	/** Left out: `signature`. */
	signatureHeader?: string;
}

/** A registered webhook. */
export interface WebhookInfo {
	id: string;
	provider: ProviderName;
	url: string;
	events: string[];
	enabled: boolean;
	accountScope: AccountScope;
	accountIds: string[];
	hasSecret: boolean;
}

/** One attempt to deliver an event. */
export interface DeliveryRecord {
	/** Counted up from 1. */
	id: number;
	/** What the attempts of one delivery have in common. */
	deliveryUuid: string;
	webhookId: string;
	event: string;
	/** 1 is the first. */
	attempt: number;
	succeeded: boolean;
	/** 0 when no answer came. */
	statusCode: number;
	/** Why no answer came. */
	error: string | null;
	/** Null where the provider sends none. */
	idempotencyKey: string | null;
	url: string;
	/** As it went over the wire. */
	body: string;
	/** The delivery that this one repeats by hand. */
	redeliveredFrom: string | null;
	/** Milliseconds since 1970, at the attempt's end. */
	deliveredAt: number;
}

/** How events are delivered. Every change holds from the next attempt on. */
export interface DeliverySettings {
	/** How often a delivery is tried, the first time included. */
	attempts: number;
	/** Milliseconds between two attempts. */
	retryDelayMs: number;
	/** Milliseconds that an attempt may take in all. */
	timeoutMs: number;
	/** Every n-th delivery is sent a second time with the same key; 0 is off. */
	duplicates: number;
	/** Deliveries that wait together leave in a changed order. */
	shuffle: boolean;
	/** How many attempts may be under way at the same time. */
	concurrency: number;
	/** A webhook pauses after so many deliveries in a row that failed for good; 0 is never. */
	pauseAfter: number;
	/** Milliseconds of a pause, in which the webhook's events are dropped. */
	pauseMs: number;
}

export interface SimulatorOptions {
	/** Ports on 127.0.0.1; 0 or left out takes a free one. */
	ofapiPort?: number;
	apiFanslyPort?: number;
	/** `false` starts no control server. */
	controlPort?: number | false;
	keys?: { ofapi?: string; apiFansly?: string };
}

/** A tip in USD; `createdAt` is an ISO time. */
export interface NewPayment {
	amount: number;
	createdAt: string;
}

export interface Simulator {
	readonly ofapiUrl: string;
	readonly apiFanslyUrl: string;
	readonly controlUrl: string | undefined;
	/** Every API request, in order of arrival. */
	readonly requests: RecordedRequest[];
	/** Mutable; `reset` turns all of them off. */
	readonly quirks: Quirks;
	/** What is registered at this moment. */
	readonly webhooks: WebhookInfo[];
	/** Every attempt to deliver an event, in order of their ends. */
	readonly deliveries: DeliveryRecord[];
	/** Mutable; `reset` restores them. */
	readonly deliverySettings: DeliverySettings;
	/** Default world, no faults, no quirks, no rate limit, no webhooks, nothing under way, empty logs, full credits. */
	reset(): void;
	addAccount(pair: PairName, account: NewAccount): void;
	/** Returns the chat's ID. */
	addChat(pair: PairName, chat: NewChat): string;
	/** Subscribers and followers of Fansly; the last one is the newest. */
	/** The account's fans, oldest first; mutable. */
	fanslyFans(pair: PairName, account: string): FanslyFan[];
	addFanslyFans(pair: PairName, account: string, fans: FanslyFan[]): void;
	/** What the creator did to the chat. */
	fanslyState(pair: PairName, account: string, chat: string): FanslyChatState;
	/** Builds the world: no webhook hears of it. */
	addMessages(
		pair: PairName,
		account: string,
		chat: string,
		messages: NewMessage[],
	): StoredMessage[];
	/** Stores an incoming message of this moment and tells the webhooks. */
	fanWrites(pair: PairName, account: string, chat: string, message: WrittenMessage): StoredMessage;
	/** Tells the webhooks; events of the whole team have no account. */
	emitEvent(pair: PairName, event: string, account: string | undefined, payload: unknown): void;
	/** Called with each message that an API has just stored, before its answer leaves: it may change it, or let others write. `reset` takes it away. */
	onSent: ((message: StoredMessage) => void) | undefined;
	/** What is stored, oldest first. */
	messages(pair: PairName, account: string, chat: string): StoredMessage[];
	/** How many of the chat's messages the creator has not read. */
	unreadCount(pair: PairName, account: string, chat: string): number;
	/** What an OnlyFans account has beside its messages; mutable. */
	onlyFans(account: string): OnlyFansState;
	/** What a Fansly account has beside its chats; mutable. */
	fanslyAccount(pair: PairName, account: string): FanslyAccountState;
	/** What the account's first fan pays, each in its place in time; gives the IDs. */
	addPayments(pair: PairName, account: string, payments: NewPayment[]): string[];
	/** Registers a webhook in ApiFansly's console; returns its ID. */
	addConsoleWebhook(webhook: NewConsoleWebhook): string;
	removeConsoleWebhook(id: string): void;
	/** Resolves when no delivery waits or is under way, later attempts included; also on `reset` and `close`. */
	deliveriesSettled(): Promise<void>;
	/** Every upload, in order of arrival. */
	readonly uploads: UploadInfo[];
	/** What the server that downloads are led to was asked. */
	readonly cdnRequests: CdnRequest[];
	/** What that server answers, and whether it breaks off in the middle of a file. */
	setCdn(behaviour: { status?: number; fault?: WritingFault }): void;
	/** Puts files into an account's vault; gives them back, oldest first. */
	addFiles(pair: PairName, account: string, files: NewFile[]): StoredFile[];
	credits(provider: ProviderName): { used: number; balance: number };
	setBalance(provider: ProviderName, balance: number): void;
	addFault(fault: Fault): void;
	clearFaults(): void;
	/** `undefined` turns the limit off. */
	setRateLimit(provider: ProviderName, perMinute: number | undefined): void;
	/** The highest number of simultaneous requests seen for the account. */
	maxInFlight(account: string): number;
	close(): Promise<void>;
}
