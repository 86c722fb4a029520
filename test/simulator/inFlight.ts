/** Counts the requests that are open at the same time, by account. */
export class InFlight {
	private readonly open = new Map<string, number>();
	private readonly highest = new Map<string, number>();

	/** Notes a request's arrival; the returned function notes its end. */
	enter(path: string): () => void {
		const account = accountIn(path);
		const count = (this.open.get(account) ?? 0) + 1;
		this.open.set(account, count);
		this.highest.set(account, Math.max(count, this.max(account)));
		return () => this.open.set(account, (this.open.get(account) ?? 1) - 1);
	}

	max(account: string): number {
		return this.highest.get(account) ?? 0;
	}

	reset(): void {
		this.highest.clear();
	}
}

/** The part of the path where the account's ID stands: `/api/<account>/…` or `/api/fansly/<account>/…`. */
function accountIn(path: string): string {
	const [first = '', second = ''] = path.split('/').slice(2);
	return first === 'fansly' ? second : first;
}
