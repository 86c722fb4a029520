import type { IDataObject } from 'n8n-workflow';

/**
 * A connected account, the same six fields on every pair; null where the provider does not tell.
 */
export interface CommonAccount extends IDataObject {
	id: string | null;
	name: string | null;
	username: string | null;
	/** The creator's own ID on the platform. */
	nativeId: string | null;
	isSignedIn: boolean | null;
	/** In the provider's own words. */
	status: string | null;
}

const PRIVATE = /e-?mail|token|session|secret|password|csrf|cookie|proxy|\bip\b/i;

/**
 * An account as the provider gives it, without what must stay private: plain values alone, since
 * session secrets stand in records.
 */
export function withoutSecrets(entry: IDataObject): IDataObject {
	return Object.fromEntries(
		Object.entries(entry).filter(
			([name, value]) => typeof value !== 'object' && !PRIVATE.test(name),
		),
	);
}
