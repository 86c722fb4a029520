/** What tests and the control server see of the simulator. IDs are text, money is USD, times are ISO 8601 UTC. */

export type PairName = 'ofapiOnlyFans' | 'ofapiFansly' | 'apiFansly';
export type ProviderName = 'ofapi' | 'apiFansly';
export type Direction = 'incoming' | 'outgoing';
export type MediaType = 'photo' | 'video' | 'gif' | 'audio';

export interface Fan {
	id: string;
	name: string;
	username: string;
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
}

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
	| { kind: 'lostAfterStoring' }
	| { kind: 'storedThen500' }
	| { kind: 'halfAnswer' }
	| { kind: 'unlockedPaid' };

export type Fault = FaultTarget & FaultEffect;

/** Oddities of message lists; all off by default. */
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
}

export interface SimulatorOptions {
	/** Ports on 127.0.0.1; 0 or left out takes a free one. */
	ofapiPort?: number;
	apiFanslyPort?: number;
	/** `false` starts no control server. */
	controlPort?: number | false;
	keys?: { ofapi?: string; apiFansly?: string };
}

export interface Simulator {
	readonly ofapiUrl: string;
	readonly apiFanslyUrl: string;
	readonly controlUrl: string | undefined;
	/** Every API request, in order of arrival. */
	readonly requests: RecordedRequest[];
	/** Mutable; `reset` turns all of them off. */
	readonly quirks: Quirks;
	/** Default world, no faults, no quirks, no rate limit, empty request log, full credits. */
	reset(): void;
	addAccount(pair: PairName, account: NewAccount): void;
	/** Returns the chat's ID. */
	addChat(pair: PairName, chat: NewChat): string;
	addMessages(pair: PairName, account: string, chat: string, messages: NewMessage[]): StoredMessage[];
	/** What is stored, oldest first. */
	messages(pair: PairName, account: string, chat: string): StoredMessage[];
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
