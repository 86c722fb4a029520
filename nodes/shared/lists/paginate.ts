/** What is made of a page, and the request for the next one where there is to be one. */
export interface Taken<Request, Result> {
	result: Result;
	next?: Request;
}

/** How a list is read, page by page. */
export interface Pagination<Request, Page, Result> {
	first: Request;
	/** Asks for one page. */
	read(request: Request): Promise<Page>;
	/** Takes a page in: called once for each, in order. */
	take(page: Page, request: Request): Taken<Request, Result>;
	/** Whether nothing further is to be asked for. */
	isOver(): boolean;
}

/**
 * The one loop through pages: messages, lists, any endpoint, polls. The next page is asked for
 * before this one is worked on: the provider and n8n work at the same time. Throws what `read`
 * throws, after the results of the pages that came before.
 */
export async function* paginate<Request, Page, Result>(
	pages: Pagination<Request, Page, Result>,
): AsyncGenerator<Result> {
	let request: Request | undefined = pages.first;
	let response = settled(pages.read(pages.first));
	while (request !== undefined && !pages.isOver()) {
		const outcome = await response;
		if ('error' in outcome) throw outcome.error;
		const { result, next } = pages.take(outcome.value, request);
		request = next;
		if (next !== undefined) response = settled(pages.read(next));
		yield result;
	}
}

/** The results of all pages in one list. Throws as `paginate` does. */
export async function collect<Request, Page, Entry>(
	pages: Pagination<Request, Page, Entry[]>,
): Promise<Entry[]> {
	const entries: Entry[] = [];
	for await (const result of paginate(pages)) for (const entry of result) entries.push(entry);
	return entries;
}

/** What comes of a promise that nobody awaits yet, so that a failure is not taken for unhandled. */
function settled<T>(promise: Promise<T>): Promise<{ value: T } | { error: unknown }> {
	return promise.then(
		(value) => ({ value }),
		(error: unknown) => ({ error }),
	);
}
