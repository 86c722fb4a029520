import { NodeOperationError, sleep } from 'n8n-workflow';
import type { IDataObject, IExecuteSingleFunctions, IHttpRequestOptions } from 'n8n-workflow';
import type { Uploaded } from '../model/media';
import type { Pair } from '../model/pair';
import { isRecord, textOf } from '../model/values';
import { parameterOf } from '../operation/parameter';
import { throttledRequest } from '../operation/rateLimit';
import { isOver } from '../operation/run';
import { unreadableError } from '../transport/errors';
import { bodyOrThrow, isOwnError } from '../transport/request';
import { isRejected, isSuccess } from '../transport/response';
import type { HttpResponse, Subject } from '../transport/response';
import { keyHider } from '../transport/secrets';

/** What became of one file, remembered over the tries of Retry On Fail: every upload is paid. */
export interface Upload {
	/** The uploading, while it is under way. */
	uploading?: Promise<FinishedUpload>;
	/** The provider's ID of an upload that it works on by itself. */
	uploadId?: string;
	finished?: FinishedUpload;
	/** Whether nobody knows what became of it. */
	isUnknown?: boolean;
}

export interface FinishedUpload {
	uploaded: Uploaded;
	/** The provider's last answer about it. */
	answer: IDataObject;
}

/** Milliseconds before the first look at such an upload; doubled each time. */
const FIRST_LOOK = 500;
const MAX_LOOK = 10_000;

/** How often a waiting upload looks whether the execution was cancelled, in milliseconds. */
const SLICE = 100;

export const isEnded = (found: FinishedUpload | undefined): found is FinishedUpload =>
	found !== undefined && ['completed', 'failed'].includes(found.uploaded.status);

export function readUpload(
	pair: Pair,
	response: HttpResponse,
	uploadId?: string,
): FinishedUpload | undefined {
	if (!isSuccess(response) || !isRecord(response.body) || pair.isRejectedInside(response.body)) {
		return undefined;
	}
	const uploaded = pair.uploads.read(response.body, uploadId);
	return uploaded && { uploaded, answer: response.body };
}

/**
 * Asks for an upload's state until it has one that stays, or the time is over. A wait of 0 does not
 * ask.
 */
export async function untilEnded(
	context: IExecuteSingleFunctions,
	pair: Pair,
	request: IHttpRequestOptions,
	subject: Subject,
	{ uploadId, finished }: Upload,
	wait: number,
): Promise<FinishedUpload> {
	let last = finished;
	const url = pair.uploads.statusPath(subject.account ?? '', uploadId ?? '');
	const deadline = Date.now() + wait * 60_000;
	const later =
		`The upload ${uploadId} has started and may have been charged: use Media › Get Status with ` +
		'this ID for its result before you upload the file again.';
	if (wait === 0 && last !== undefined) return last;
	for (let pause = FIRST_LOOK; ; pause = Math.min(pause * 2, MAX_LOOK)) {
		await pauseFor(context, Math.min(pause, deadline - Date.now()), later);
		const response = await throttledRequest(
			context,
			pair,
			{ ...request, method: 'GET', url, qs: {}, body: undefined },
			subject,
		);
		const read = readUpload(pair, response, uploadId);
		// A state is read as often as needed: an answer that is lost is asked for again.
		if (read === undefined && isRejected(pair, response)) {
			await bodyOrThrow(context, pair, response, subject).catch((error: unknown) => giveUp(error));
		}
		last = read ?? last;
		const { status, progress } = last?.uploaded ?? { status: 'unknown', progress: null };
		context.logger.info(
			`Upload ${uploadId} at ${pair.provider}: ` +
				`${status}${progress === null ? '' : `, ${progress} %`}`,
		);
		if (isEnded(last) || (wait === 0 && last !== undefined)) return last;
		if (Date.now() >= deadline) {
			throw uploadError(
				context,
				`${pair.provider} is still processing the upload`,
				`${wait} minutes have passed. ${later}`,
			);
		}
	}

	function giveUp(error: unknown): never {
		if (isOwnError(error)) error.description = `${error.description ?? ''} ${later}`.trim();
		throw error;
	}
}

/** Waits, in milliseconds. Throws an error that ends with `later` where the run is over. */
async function pauseFor(
	context: IExecuteSingleFunctions,
	milliseconds: number,
	later: string,
): Promise<void> {
	for (let left = milliseconds; left > 0; left -= SLICE) {
		if (isOver(context)) {
			throw uploadError(context, 'The execution was cancelled during the upload', later);
		}
		await sleep(Math.min(left, SLICE));
	}
}

export function uploadError(
	context: IExecuteSingleFunctions,
	message: string,
	description: string,
): NodeOperationError {
	const itemIndex = context.getItemIndex();
	return new NodeOperationError(context.getNode(), `${message} [item ${itemIndex}]`, {
		itemIndex,
		description,
	});
}

/**
 * The item of Get Status, of the answer's body. Throws where that is not one that the provider
 * gives.
 */
export function statusOf(pair: Pair) {
	return async (
		body: IDataObject,
		{ itemIndex }: Subject,
		context: IExecuteSingleFunctions,
	): Promise<IDataObject> => {
		const uploadId = textOf(parameterOf(context, 'uploadId'))?.trim();
		const uploaded = pair.uploads.read(body, uploadId);
		if (uploaded === undefined) {
			throw unreadableError(
				context.getNode(),
				pair,
				{ itemIndex },
				{ statusCode: 200, headers: {}, body },
				await keyHider(context, pair),
			);
		}
		return parameterOf(context, 'simplify', true) === false
			? { ...body, mediaId: uploaded.mediaId }
			: uploaded;
	};
}
