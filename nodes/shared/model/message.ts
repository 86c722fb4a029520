import type { IDataObject } from 'n8n-workflow';

/** The common message: eleven fields, alike on every pair. Money in USD, time in ISO 8601 UTC. */
export interface CommonMessage extends IDataObject {
	id: string | null;
	/** The creator's connected account: one fan may write to several. */
	accountId: string | null;
	chatId: string | null;
	direction: 'incoming' | 'outgoing' | null;
	senderId: string | null;
	text: string;
	createdAt: string | null;
	price: number | null;
	tipAmount: number | null;
	media: CommonMedia[];
	replyToId: string | null;
}

/** One attached file; null where the provider's answer does not tell. */
export interface CommonMedia extends IDataObject {
	id: string | null;
	type: 'photo' | 'video' | 'gif' | 'audio' | null;
	url: string | null;
	/** Whether the one who received the message has to pay before seeing it. */
	locked: boolean | null;
}
