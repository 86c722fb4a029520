import type {
	IDataObject,
	IExecuteSingleFunctions,
	IHttpRequestOptions,
	INodePropertyRouting,
} from 'n8n-workflow';
import type { Pair } from '../model/pair';
import { unreadableError } from '../transport/errors';
import type { Subject } from '../transport/response';
import { requestOf, runItem, subjectOf } from './item';
import { throttledRequestBody } from './rateLimit';
import { routing } from './routing';
import type { OperationRequest } from './routing';

type About = Subject & { account: string; chat: string; messageId: string };

/**
 * What an answer is made into: one item, or one for each of a list; undefined when it does not have
 * the documented shape. `request` is the one that was answered.
 */
type Output = (
	body: IDataObject,
	about: About,
	context: IExecuteSingleFunctions,
	request: IHttpRequestOptions,
) => Shaped | Promise<Shaped>;
type Shaped = IDataObject | IDataObject[] | undefined;

/** The request as it leaves, for what n8n's fields alone cannot fill in. */
type Prepare = (
	request: IHttpRequestOptions,
	about: About,
	context: IExecuteSingleFunctions,
) => IHttpRequestOptions | Promise<IHttpRequestOptions>;

/**
 * The routing of an operation that is one request: it leaves at the account's rate, its response is
 * checked, and `output` makes the item of the response's body. `prepare` completes the validated
 * request. `isRepeatable` is false where doing it twice would make two: the user is told to look before
 * another try. Throws as `throttledRequestBody` does, and where the response cannot be read.
 */
export function singleRequest(
	pair: Pair,
	{
		output,
		prepare = (request) => request,
		isRepeatable = true,
		...operation
	}: OperationRequest & { output: Output; prepare?: Prepare; isRepeatable?: boolean },
): INodePropertyRouting {
	return routing(pair, operation, async function (requestData) {
		return await runItem(this, async () => {
			const subject = { ...subjectOf(this), isChanging: !isRepeatable };
			const request = await prepare(requestOf(requestData), subject, this);
			const body = await throttledRequestBody(this, pair, request, subject);
			const shaped = await output(body, subject, this, request);
			if (shaped === undefined) {
				throw unreadableError(this.getNode(), pair, subject);
			}
			return (Array.isArray(shaped) ? shaped : [shaped]).map((json) => ({ json }));
		});
	});
}
