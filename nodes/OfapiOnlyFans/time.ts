/** A day in milliseconds. */
export const DAY = 24 * 60 * 60 * 1000;

/**
 * A time, in milliseconds since 1970, as the provider's queries have it: `2026-01-31 18:00:00`, in
 * UTC. Whose time zone it reads there is not documented (docs/providers.md).
 */
export function dateTimeText(milliseconds: number): string {
	return new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ');
}
