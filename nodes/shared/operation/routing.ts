import type {
	DeclarativeRestApiSettings,
	IExecuteSingleFunctions,
	INodeExecutionData,
	INodePropertyRouting,
	PreSendAction,
} from 'n8n-workflow';
import type { Pair } from '../model/pair';
import { validate } from './validate';
import type { RequestRules } from './validate';

/** The request of an operation, and what has to hold before it may leave. */
export interface OperationRequest {
	request: DeclarativeRestApiSettings.HttpRequestOptions;
	/** How its fields are read and checked: see `RequestRules`. */
	rules?: RequestRules;
	/** What else completes the checked request. */
	preSend?: PreSendAction[];
}

/** What makes the items of an input item, in the place of n8n's pagination. */
export type Pagination = (
	this: IExecuteSingleFunctions,
	requestData: DeclarativeRestApiSettings.ResultOptions,
) => Promise<INodeExecutionData[]>;

/** The routing of an operation, in the form that `customOperation` takes too. */
export interface OperationRouting extends INodePropertyRouting {
	request: DeclarativeRestApiSettings.HttpRequestOptions;
	send: { preSend: PreSendAction[]; paginate: boolean };
	operations: { pagination: Pagination };
}

/**
 * The routing of every operation. n8n hands the whole response only to a pagination function, so
 * each operation has one, also where there are no pages: it makes the requests itself, reads their
 * responses, and pairs its items.
 */
export function routing(
	pair: Pair,
	{ request, rules = {}, preSend = [] }: OperationRequest,
	pagination: Pagination,
): OperationRouting {
	return {
		request,
		send: { preSend: [validate(pair, rules), ...preSend], paginate: true },
		operations: { pagination },
	};
}
