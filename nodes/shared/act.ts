import type { DeclarativeRestApiSettings, IDataObject, IExecutePaginationFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Subject } from './errors';
import { pacedCall } from './pace';
import type { Pair } from './pair';
import { requestOf, subjectOf } from './request';
import { settle } from './run';

/** What an answer is made into: one item, or one for each of a list. */
type Shape = (body: IDataObject, about: Subject & { account: string; chat: string; messageId: string }, context: IExecutePaginationFunctions) => IDataObject | IDataObject[];

/**
 * The function of an operation that is one request, in the place of n8n's pagination so that it
 * sees the whole answer: at the account's pace, judged, and paired to its input. `shape` makes the
 * item of the answer's body. Throws as `pacedCall` does.
 */
export function act(pair: Pair, shape: Shape) {
	return async function (this: IExecutePaginationFunctions, requestData: DeclarativeRestApiSettings.ResultOptions): Promise<INodeExecutionData[]> {
		return await settle(this, async () => {
			const subject = subjectOf(this);
			const shaped = shape(await pacedCall(this, pair, requestOf(requestData), subject), subject, this);
			return (Array.isArray(shaped) ? shaped : [shaped]).map((json) => ({ json }));
		});
	};
}
