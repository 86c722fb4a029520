import type { IDataObject } from 'n8n-workflow';

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
