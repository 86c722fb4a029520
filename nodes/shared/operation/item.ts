import { NodeOperationError } from 'n8n-workflow';
import type {
	DeclarativeRestApiSettings,
	IExecuteSingleFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
} from 'n8n-workflow';
import { idOf, numberOf } from '../model/values';
import { isOwnError } from '../transport/request';
import type { OwnError } from '../transport/request';
import type { Subject } from '../transport/response';
import { parameterOf, rawParameterOf } from './parameter';
import { itemCount, runOf } from './run';
import type { Attempt } from './run';
import { toldWhole } from './tool';

/** What an item's request is about, for error messages. The parameters were checked before. */
export function subjectOf(
	context: IExecuteSingleFunctions,
	isSending = false,
): Subject & { account: string; chat: string; messageId: string } {
	const idIn = (parameter: string, isLocator = false) => {
		// Not every operation has each of these fields.
		if (rawParameterOf(context, parameter) === '') return '';
		return idOf(parameterOf(context, parameter, '', isLocator))?.trim() ?? '';
	};
	return {
		account: idIn('account', true),
		chat: idIn('chat', true),
		messageId: idIn('messageId'),
		fan: idIn('fan') || idIn('fanId'),
		fanList: idIn('fanList.value'),
		itemIndex: context.getItemIndex(),
		isSending,
	};
}

/** The request that n8n built from the fields of an operation, in the form its helper takes. */
export function requestOf({
	options,
}: DeclarativeRestApiSettings.ResultOptions): IHttpRequestOptions {
	return {
		...options,
		url: options.url ?? '',
		skipSslCertificateValidation: options.skipSslCertificateValidation === true,
	};
}

/**
 * Whether n8n stopped before it came to the last item, because it could not resolve an expression:
 * it looks at no outcome of the others then. It starts all items before the first of them gets
 * here, unless the user set an interval for batches.
 */
function hasGivenUp(context: IExecuteSingleFunctions, attempt: Attempt): boolean {
	if (attempt.started.size >= itemCount(context) || context.continueOnFail()) return false;
	return (
		(numberOf(context.getNodeParameter('requestOptions.batching.batch.batchInterval', 0)) ?? 0) <= 0
	);
}

/**
 * The item that stands for an input item that did not work out: n8n's error keys, paired to its
 * input.
 */
export function errorItem(
	context: IExecuteSingleFunctions,
	error: OwnError,
	details: object = {},
): INodeExecutionData {
	const { outcome, messageId } = error.context;
	return {
		json: {
			error: error.message,
			...(error.description ? { message: error.description } : {}),
			details: {
				itemIndex: context.getItemIndex(),
				httpCode: 'httpCode' in error ? error.httpCode : null,
				...(outcome !== undefined && { outcome }),
				...(messageId !== undefined && { messageId }),
				...details,
			},
		},
		pairedItem: { item: context.getItemIndex() },
	};
}

/**
 * Runs an item's work and pairs what it gives to its input, in success and in failure. With On
 * Error set to continue, an error becomes an item (n8n's own error items lack the pairing);
 * otherwise it is thrown, once n8n has started all items. Where n8n gave up before that, nothing
 * is done any more, and nothing thrown: nobody would catch it.
 */
export async function runItem(
	context: IExecuteSingleFunctions,
	work: () => Promise<INodeExecutionData[]>,
): Promise<INodeExecutionData[]> {
	const itemIndex = context.getItemIndex();
	const { attempt } = runOf(context);
	if (hasGivenUp(context, attempt)) return [];
	const invalid = attempt.invalid.get(itemIndex);
	const outcome = await (invalid === undefined ? work() : Promise.reject(invalid)).then(
		(items) => ({ items }),
		(error: unknown) => ({ error }),
	);
	attempt.finish();
	if ('items' in outcome) {
		const pairedItem = { item: itemIndex };
		for (const item of outcome.items) item.pairedItem ??= pairedItem;
		return outcome.items;
	}
	if (context.continueOnFail() && isOwnError(outcome.error)) {
		return [errorItem(context, outcome.error)];
	}
	if (!(await attempt.allStarted(itemCount(context)))) return [];
	throw toldWhole(context, outcome.error);
}

/** The error for work that a cancelled or ended execution no longer needs. */
export function cancelledError(context: IExecuteSingleFunctions): NodeOperationError {
	const itemIndex = context.getItemIndex();
	const error = new NodeOperationError(
		context.getNode(),
		`The execution was cancelled before this item's turn came [item ${itemIndex}]`,
		{
			itemIndex,
			description: 'Nothing was done for it.',
		},
	);
	error.context.outcome = 'notSent';
	return error;
}
