import type { IDataObject } from 'n8n-workflow';
import { textOf } from './values';

/**
 * The common transaction: eleven fields, the same on every pair, so that one sheet serves all.
 * Time in ISO 8601 UTC; null where the provider does not tell.
 */
export interface CommonTransaction extends IDataObject {
	id: string | null;
	fanId: string | null;
	fanName: string | null;
	/**
	 * What was paid for: `message`, `post`, `stream`, `subscription` or `tip`; what none of these
	 * names is in the provider's own word.
	 */
	type: string | null;
	/** What the fan paid, before the platform's fee: in `currency`, as `fee` and `net` are. */
	amount: number | null;
	fee: number | null;
	/** What is left for the creator. */
	net: number | null;
	/** Such as `USD`. */
	currency: string | null;
	createdAt: string | null;
	/** The message that was paid for or that brought the tip. */
	messageId: string | null;
	/** In the provider's own words. */
	status: string | null;
}

/** The providers' words for what was paid for. */
const TYPES: Record<string, string> = {
	chat_messages: 'message',
	message: 'message',
	messages: 'message',
	post: 'post',
	posts: 'post',
	stream: 'stream',
	streams: 'stream',
	subscribe: 'subscription',
	subscribes: 'subscription',
	subscription: 'subscription',
	tip: 'tip',
	tips: 'tip',
};

/** What was paid for, in the common word where there is one. */
export function transactionTypeOf(word: unknown): string | null {
	const given = textOf(word);
	return given === undefined ? null : (TYPES[given] ?? given);
}
