import type { DeclarativeRestApiSettings, IExecutePaginationFunctions, IHttpRequestOptions, INodeExecutionData } from 'n8n-workflow';
import { unreadableError } from './errors';
import type { Pair } from './pair';
import { call, requestOf, subjectOf } from './request';
import { runOf, settle } from './run';
import { idOf, numberOf, recordAt } from './values';

/**
 * The function that sends a message, in the place of n8n's pagination so that it sees the whole
 * answer. One request per item, and none at all while On Error is set to stop and the check of
 * another item found something wrong: with messages to paying fans, all or nothing is what a
 * person expects. A message that this run has already sent is not sent again by Retry On Fail.
 */
export function deliver(pair: Pair) {
	return async function (this: IExecutePaginationFunctions, requestData: DeclarativeRestApiSettings.ResultOptions): Promise<INodeExecutionData[]> {
		return await settle(this, async () => {
			const { delivered, refusals } = runOf(this);
			const [refusal] = this.continueOnFail() ? [] : refusals.values();
			if (refusal !== undefined) throw refusal;

			const itemIndex = this.getItemIndex();
			const known = delivered.get(itemIndex);
			if (known !== undefined) return [known];
			const item = await send(this, pair, requestOf(requestData));
			delivered.set(itemIndex, item);
			return [item];
		});
	};
}

async function send(context: IExecutePaginationFunctions, pair: Pair, request: IHttpRequestOptions): Promise<INodeExecutionData> {
	const subject = subjectOf(context, true);
	const body = await call(context, pair, request, subject);
	const sent = pair.readSent(body);
	if (sent === undefined) throw unreadableError(context.getNode(), pair, { statusCode: 200, headers: {}, body }, subject);
	if (context.getNodeParameter('simplify', true) === false) return { json: sent };

	const message = pair.simplify(sent, { chatId: subject.chat, records: {}, isOwn: true });
	const asked = recordAt(request.body);
	return {
		json: {
			...message,
			// Not every provider repeats in its answer what it was asked for.
			price: message.price ?? numberOf(asked.price) ?? 0,
			replyToId: message.replyToId ?? idOf(asked.replyToMessageId) ?? null,
		},
	};
}
