/** Counts the requests that are open at the same time, by account. */
export class InFlight {
	private readonly open = new Map<string, number>();
	private readonly highest = new Map<string, number>();
	private waiting: Array<{ account: string; count: number; resolve: () => void }> = [];

	/** Notes a request's arrival; the returned function notes its end. */
	enter(path: string): () => void {
		const account = accountIn(path);
		const count = (this.open.get(account) ?? 0) + 1;
		this.open.set(account, count);
		this.highest.set(account, Math.max(count, this.max(account)));
		const isReached = (one: { account: string; count: number }) =>
			one.account === account && one.count <= count;
		for (const one of this.waiting) if (isReached(one)) one.resolve();
		this.waiting = this.waiting.filter((one) => !isReached(one));
		return () => this.open.set(account, (this.open.get(account) ?? 1) - 1);
	}

	/** Resolves once so many requests of the account have been open at the same time. */
	async reached(path: string, count: number): Promise<void> {
		const account = accountIn(path);
		if (this.max(account) >= count) return;
		await new Promise<void>((resolve) => this.waiting.push({ account, count, resolve }));
	}

	max(account: string): number {
		return this.highest.get(account) ?? 0;
	}

	reset(): void {
		this.highest.clear();
		for (const { resolve } of this.waiting.splice(0)) resolve();
	}
}

/** The part of the path where the account's ID stands: `/api/<account>/…` or `/api/fansly/<account>/…`. */
function accountIn(path: string): string {
	const [first = '', second = ''] = path.split('/').slice(2);
	return first === 'fansly' ? second : first;
}
