import type { IDataObject } from 'n8n-workflow';
import type { Uploaded } from './media';
import type { CommonMessage } from './message';

/**
 * A pair of provider and platform: everything that the shared code has to be told about one.
 * A further pair is a new folder with one of these, and a new credential.
 */
export interface Pair {
	/** Name of the pair's credential type. */
	credential: string;
	/** The provider as its users call it, for messages. */
	provider: string;
	/** Where a user finds API keys and credits. */
	console: string;
	/** The API's address, as new credentials have it. */
	address: string;
	/** Where the API was before the provider moved it; requests there are not led on. */
	formerAddress?: string;
	/** The most messages that one request may ask for. */
	pageSize: number;

	/** Whether an answer, by its status or its body, says that the account is unknown. */
	isUnknownAccount(status: number, body: unknown): boolean;
	/** Whether an answer with a good status says inside that the call did not work. */
	isRejectedInside(body: IDataObject): boolean;
	/**
	 * Why the platform behind the provider refused a request, in its own words; undefined where the
	 * answer has none. Absent where the provider's own text is all there is.
	 */
	readReason?(body: unknown): string | undefined;
	/** What to do about an answer that is no success, where its status alone does not tell. */
	adviceOn?(body: unknown): string | undefined;
	/** Seconds to wait after a 429, where its body tells and its headers do not. */
	retryAfter?(body: unknown): number | undefined;
	/** Whether an answer says that the request was certainly not passed on to the platform. */
	isNotSent?(body: unknown): boolean;

	/**
	 * How a list is made to start at a message: the query parameter, and whether that message
	 * comes along. Absent where the provider has no way; newer messages are then passed over.
	 */
	startAt?: { parameter: string; includesMessage: boolean };
	/**
	 * How a list is made to begin with the chat's first message: the query, and the parameter that
	 * starts it at a later one, which comes along. Absent where lists go backwards alone.
	 */
	fromBeginning?: { query: IDataObject; parameter: string };
	/** The query that gives pinned messages alone; absent where there is none. */
	pinnedQuery?: IDataObject;
	/** The query that makes messages name who wrote them; absent where none does. */
	namesQuery?: IDataObject;
	/** Where a chat's messages are listed, and posted. */
	messagesPath(account: string, chat: string): string;
	/** Reads one page; undefined when the answer does not have the documented shape. */
	readPage(body: IDataObject): Page | undefined;
	/** What the body of a send asks for. */
	readOutgoing(body: IDataObject): OutgoingMessage;
	/** The message in the answer to a send; undefined when there is none. */
	readSent(body: IDataObject): IDataObject | undefined;

	/** The provider's message as the common one. */
	simplify(message: IDataObject, about: MessageContext): CommonMessage;
	/**
	 * Whether the provider's message went to many at once, whoever sent it: it answers nobody. Absent
	 * where messages do not tell.
	 */
	isMassMessage?(message: IDataObject): boolean;
	/**
	 * Who the fan of a chat is, as far as its ID and its messages tell; `creatorId` where the pair
	 * needs it.
	 */
	readFan(chat: string, messages: IDataObject[], creatorId?: string): Person;
	/** How a repeated send is made harmless, where the provider has a way. */
	idempotency?: {
		/** The header that a send's key goes into. */
		header: string;
		/** The header of an answer, in lower case, that is `true` where it repeats an earlier one. */
		replayHeader: string;
		/** Whether an answer says that the first request with the same key is still under way. */
		isStillSending(body: unknown): boolean;
		/** Whether an answer says that the key was used for another message. */
		isOtherMessage(body: unknown): boolean;
	};
	/** Paid messages, where the provider lets one send them. */
	paid?: {
		/** Whether the answer to a send shows price and media; a read of the chat does otherwise. */
		isShownInAnswer: boolean;
		/** The path that takes a message back. */
		deletePath(account: string, chat: string, messageId: string): string;
	};
	/** Uploading files. */
	uploads: Uploads;
	/**
	 * The path that tells the creator's own ID, and how to read it. Absent where the provider
	 * says of each message who sent it.
	 */
	creator?: {
		path(account: string): string;
		read(body: IDataObject, account: string): string | undefined;
	};
}

/** Somebody on the platform; null where nothing tells. */
export interface Person {
	id: string | null;
	name: string | null;
}

/** How a pair takes files. */
export interface Uploads {
	path(account: string): string;
	/** Where the state of an upload can be asked for. */
	statusPath(account: string, uploadId: string): string;
	/** The most bytes of one file, where the provider has a bound. */
	most?: number;
	/** Whether it can be asked to answer before it has worked on the file. */
	hasBackground: boolean;
	/** The fields of the upload's form beside the file. */
	form(upload: { fileUrl?: string; isInBackground: boolean }): Record<string, string>;
	/** What an answer to either says; undefined when it does not have the documented shape. */
	read(body: IDataObject, uploadId?: string): Uploaded | undefined;
}

/** A message as it was asked for. */
export interface OutgoingMessage {
	/** As it was written: plain or HTML. */
	text: string;
	hasMedia: boolean;
	/** USD. */
	price: number;
	/** How many of its files the fan sees without paying. */
	previewCount: number;
	replyToId: string | null;
}

export interface Page {
	/** Newest first. */
	messages: IDataObject[];
	/** The lists of records that stand beside the messages, by name. */
	included: Record<string, IDataObject[]>;
	/** Query that leads to the next, older page, without its size; undefined at the end. */
	next: IDataObject | undefined;
}

/** What a message alone does not tell. */
export interface MessageContext {
	accountId: string | null;
	chatId: string | null;
	/** The creator's own ID on the platform, where it could be looked up. */
	creatorId?: string;
	/** The page's records, by name. */
	included: Record<string, IDataObject[]>;
	/** Where it is known without looking, such as of a message that was just sent. */
	direction?: NonNullable<CommonMessage['direction']>;
}
