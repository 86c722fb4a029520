import type { DeclarativeRestApiSettings, IDataObject, IExecutePaginationFunctions, IHttpRequestOptions, INodeExecutionData } from 'n8n-workflow';
import type { Subject } from './answer';
import { unreadableError } from './errors';
import { pacedCall } from './pace';
import type { Pair } from './pair';
import { requestOf, subjectOf } from './request';
import { settle } from './run';

type About = Subject & { account: string; chat: string; messageId: string };

/**
 * What an answer is made into: one item, or one for each of a list; undefined when it does not have
 * the documented shape. `request` is the one that was answered.
 */
type Shape = (body: IDataObject, about: About, context: IExecutePaginationFunctions, request: IHttpRequestOptions) => Shaped | Promise<Shaped>;
type Shaped = IDataObject | IDataObject[] | undefined;

/** The request as it leaves, for what n8n's fields alone cannot fill in. */
type Prepare = (request: IHttpRequestOptions, about: About, context: IExecutePaginationFunctions) => IHttpRequestOptions | Promise<IHttpRequestOptions>;

/**
 * The function of an operation that is one request, in the place of n8n's pagination so that it
 * sees the whole answer: at the account's pace, judged, and paired to its input. `shape` makes the
 * item of the answer's body; `prepare` completes the checked request. Throws as `pacedCall` does,
 * and where the answer cannot be read.
 */
export function act(pair: Pair, shape: Shape, prepare: Prepare = (request) => request) {
	return async function (this: IExecutePaginationFunctions, requestData: DeclarativeRestApiSettings.ResultOptions): Promise<INodeExecutionData[]> {
		return await settle(this, async () => {
			const subject = subjectOf(this);
			const request = await prepare(requestOf(requestData), subject, this);
			const shaped = await shape(await pacedCall(this, pair, request, subject), subject, this, request);
			if (shaped === undefined) throw unreadableError(this.getNode(), pair, { statusCode: 200, headers: {}, body: undefined }, subject);
			return (Array.isArray(shaped) ? shaped : [shaped]).map((json) => ({ json }));
		});
	};
}
