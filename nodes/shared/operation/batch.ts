import { deepCopy, sleep } from 'n8n-workflow';
import type {
	IDataObject,
	IExecuteSingleFunctions,
	IHttpRequestOptions,
	INodePropertyRouting,
} from 'n8n-workflow';
import type { Pair } from '../model/pair';
import { isRecord, recordsIn } from '../model/values';
import type { Validation } from '../parameters/validation';
import { statusError, unreadableError } from '../transport/errors';
import { bodyOrThrow } from '../transport/request';
import { isOfApi, isSuccess } from '../transport/response';
import type { HttpResponse, Subject } from '../transport/response';
import { requestOf, runItem, subjectOf } from './item';
import { parameterOf, validationOf } from './parameter';
import { throttledRequest } from './rateLimit';
import { routing } from './routing';
import type { OperationRequest } from './routing';
import { perAttempt, perRun } from './run';

/** How a provider takes several keys, such as IDs, in one request, and answers with their records. */
export interface Lookup {
	/** The most keys that one request may name. */
	most: number;
	/** The operation's request, with these keys in it. */
	prepare(request: IHttpRequestOptions, keys: string[]): IHttpRequestOptions;
	/** The records in an answer; undefined when it does not have the documented shape. */
	read(body: IDataObject): IDataObject[] | undefined;
	/** Whether a record is the one of this key. */
	isOf(record: IDataObject, key: string): boolean;
	/**
	 * What a refusal says of single keys, where it names those that are to blame: for each, the answer
	 * as if it had been asked for alone. Without any, all keys are refused for another reason. Undefined
	 * where it does not tell.
	 */
	refusals?(response: HttpResponse): Map<string, HttpResponse> | undefined;
	/** Whether the request changes something, so that what worked is not asked for at a further try. */
	isChange?: boolean;
}

interface BatchedOperation extends OperationRequest {
	/** The keys that an item asks for; what is wrong with them goes into `validation`. */
	readKeys: (context: IExecuteSingleFunctions, validation: Validation) => string[];
	/** How such keys are asked for. */
	lookup: (keys: string[]) => Lookup;
	/** The provider's record as the common one. */
	simplify: (record: IDataObject, accountId: string) => IDataObject;
}

/**
 * The routing of an operation on several keys, for all input items in as few requests as the
 * provider allows (promise 1). Each item gives the records of its own keys, in their order; a key
 * without a record is left out, and an item without any is a 404. Throws as `throttledRequest` and
 * `bodyOrThrow` do, and where the response cannot be read.
 */
export function batchedRequest(
	pair: Pair,
	{ readKeys, lookup, simplify, ...operation }: BatchedOperation,
): INodePropertyRouting {
	const rules = { ...operation.rules, afterAll: readKeys };
	return routing(pair, { ...operation, rules }, async function (requestData) {
		return await runItem(this, async () => {
			const subject = subjectOf(this);
			const keys = readKeys(this, validationOf(this));
			const records = await recordsOf(
				this,
				pair,
				lookup(keys),
				requestOf(requestData),
				subject,
				keys,
			);
			if (records.length === 0) {
				const response = { statusCode: 404, headers: {}, body: undefined };
				throw statusError(this.getNode(), pair, response, subject);
			}
			const isSimple = parameterOf(this, 'simplify', true) !== false;
			return records.map((record) => ({
				// Another item may have asked for the same one.
				json: isSimple ? simplify(record, subject.account) : deepCopy(record),
			}));
		});
	});
}

/** The records of an item's keys that there are. */
async function recordsOf(
	context: IExecuteSingleFunctions,
	pair: Pair,
	lookup: Lookup,
	request: IHttpRequestOptions,
	subject: Subject,
	keys: string[],
): Promise<IDataObject[]> {
	const batches = batchesOf(context);
	// What can't be in one request, such as other accounts or names beside IDs, differs without keys.
	const form = JSON.stringify(lookup.prepare(request, []));
	const batch =
		batches.get(form) ??
		new Batch(lookup, pair, (some) =>
			throttledRequest(context, pair, lookup.prepare(request, some), subject),
		);
	batches.set(form, batch);
	const done = doneBy(context);
	const responses = await Promise.all(
		keys.map(async (key) => {
			const name = JSON.stringify([form, key]);
			const response = done.get(name) ?? (await batch.responseFor(key));
			if (lookup.isChange === true && isSuccess(response)) done.set(name, response);
			return response;
		}),
	);

	const records: IDataObject[] = [];
	for (const response of new Set(responses)) {
		const body = await bodyOrThrow(context, pair, response, subject);
		const found = lookup.read(body);
		if (found === undefined) throw unreadableError(context.getNode(), pair, subject);
		records.push(...found);
	}
	return recordsIn(keys.map((key) => records.find((record) => lookup.isOf(record, key))));
}

/** What the items of one try ask for, by what the requests for it have in common. */
const batchesOf = perAttempt(() => new Map<string, Batch>());

/** The answers to what was changed, by what was asked for: over all tries of Retry On Fail. */
const doneBy = perRun(() => new Map<string, HttpResponse>());

/** A key that a request is to name, and who waits for the response. */
interface Wanted {
	key: string;
	waiting: Array<{ settle: (response: HttpResponse) => void; fail: (error: unknown) => void }>;
}

/** So many keys refused alone before any worked: it is not about single keys then. */
const ENOUGH_REFUSED = 3;

/** Gathers the keys that items ask for, and asks the provider for as many at a time as it takes. */
class Batch {
	private gathered = new Map<string, Wanted>();

	constructor(
		private readonly lookup: Lookup,
		private readonly pair: Pair,
		private readonly send: (keys: string[]) => Promise<HttpResponse>,
	) {}

	/** The response to the request that names this key: one for all items that ask for it. */
	async responseFor(key: string): Promise<HttpResponse> {
		return await new Promise((settle, fail) => {
			if (this.gathered.size === 0) void this.askSoon();
			const wanted = this.gathered.get(key) ?? { key, waiting: [] };
			wanted.waiting.push({ settle, fail });
			this.gathered.set(key, wanted);
		});
	}

	/**
	 * n8n has begun all items before the first of them asks, or as many as the user's own batching
	 * takes at a time. All that they ask for is there after this turn of the event loop.
	 */
	private async askSoon(): Promise<void> {
		await sleep(0);
		const all = [...this.gathered.values()];
		this.gathered = new Map();
		const { most } = this.lookup;
		for (let start = 0; start < all.length; start += most) {
			const some = all.slice(start, start + most);
			void this.ask(some).catch((error: unknown) => {
				for (const { fail } of some.flatMap(({ waiting }) => waiting)) fail(error);
			});
		}
	}

	/**
	 * One request for these keys. One wrong key may make a provider refuse all of them: where the
	 * refusal names it, the others are asked for again, and otherwise those that work are found by
	 * halves. Throws what `send` throws.
	 */
	private async ask(wanted: Wanted[], before = { refused: 0, hasWorked: false }): Promise<void> {
		const keys = wanted.map(({ key }) => key);
		const response = await this.send(keys);
		const isRefused = mayBeOneKey(this.pair, response);
		const named = isRefused ? this.lookup.refusals?.(response) : undefined;
		if (named !== undefined) {
			const others = wanted.filter(({ key }) => !named.has(key));
			// Nobody is named, or somebody else: to ask again would be to be refused again.
			const isForAll = others.length === wanted.length;
			for (const one of wanted) {
				if (isForAll || named.has(one.key)) answer([one], named.get(one.key) ?? response);
			}
			if (!isForAll && others.length > 0) await this.ask(others, before);
			return;
		}
		if (isRefused && keys.length > 1 && (before.hasWorked || before.refused < ENOUGH_REFUSED)) {
			const half = Math.ceil(keys.length / 2);
			await this.ask(wanted.slice(0, half), before);
			await this.ask(wanted.slice(half), before);
			return;
		}
		if (!isRefused) before.hasWorked = true;
		else if (keys.length === 1) before.refused++;
		answer(wanted, response);
	}
}

function answer(wanted: Wanted[], response: HttpResponse): void {
	for (const { settle } of wanted.flatMap(({ waiting }) => waiting)) settle(response);
}

/** Whether a request may have been refused because of one of the keys that it named. */
function mayBeOneKey(pair: Pair, response: HttpResponse): boolean {
	const { statusCode: status, body } = response;
	if (isSuccess(response)) return isRecord(body) && pair.isRejectedInside(body);
	return (
		[400, 404, 422].includes(status) && isOfApi(response) && !pair.isUnknownAccount(status, body)
	);
}
