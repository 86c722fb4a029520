import type {
	DeclarativeRestApiSettings,
	IExecuteSingleFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
} from 'n8n-workflow';
import type { Pair } from '../model/pair';
import { numberOf, textOf } from '../model/values';
import { requestOf, runItem, subjectOf } from '../operation/item';
import { parameterOf } from '../operation/parameter';
import { throttledRequest } from '../operation/rateLimit';
import { perRun } from '../operation/run';
import { Invalid, oneOf } from '../parameters/parsers';
import type { Parser } from '../parameters/parsers';
import type { Validation } from '../parameters/validation';
import { MultipartBody } from '../transport/multipart';
import type { FileSource } from '../transport/multipart';
import { providerText } from '../transport/providerText';
import { bodyOrThrow, isOwnError } from '../transport/request';
import type { OwnError } from '../transport/request';
import { isRejected } from '../transport/response';
import type { Subject } from '../transport/response';
import { keyHider } from '../transport/secrets';
import { binaryField, checkBinary, openBinary } from './binary';
import { isEnded, readUpload, untilEnded, uploadError } from './uploadStatus';
import type { FinishedUpload, Upload } from './uploadStatus';

/** Minutes to wait for an upload that the provider works on by itself. */
export const DEFAULT_WAIT = 5;

/**
 * From this size on a file of Send is uploaded in the background, as the provider advises for large
 * ones. Bytes.
 */
export const LARGE = 20_000_000;

/** A file to upload: one of the input item, or one that the provider fetches itself. */
type Origin = { binary: string } | { fileUrl: string };

/** Minutes; parts of one count too, and 0 does not wait. */
export const minutes: Parser<number> = (value, field) => {
	const number = numberOf(value);
	if (number !== undefined && number >= 0 && number <= 60) return number;
	return new Invalid(`'${field}' has to be between 0 and 60 minutes`);
};

/** A web address that the provider can fetch a file from. */
export const fileUrl: Parser<string> = (value, field) => {
	const text = textOf(value)?.trim();
	if (text === undefined) return undefined;
	return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
		? text
		: new Invalid(`'${field}' has to be a web address such as https://example.com/photo.jpg`);
};

function chosenFile(context: IExecuteSingleFunctions): Origin {
	if (parameterOf(context, 'source', 'binary') === 'url') {
		return { fileUrl: textOf(parameterOf(context, 'fileUrl'))?.trim() ?? '' };
	}
	return { binary: textOf(parameterOf(context, 'binaryPropertyName'))?.trim() ?? '' };
}

/**
 * Checks the fields of an upload: that the file is there and not too large, before anything leaves.
 */
export function checkUpload(pair: Pair) {
	return (context: IExecuteSingleFunctions, validation: Validation): void => {
		if (parameterOf(context, 'source', 'binary') === 'url') {
			const url = validation.parameter('fileUrl', 'File URL', fileUrl);
			validation.require(
				url !== undefined || textOf(parameterOf(context, 'fileUrl')) !== undefined,
				"'File URL' is empty",
			);
		} else {
			const name = validation.parameter('binaryPropertyName', 'Input Binary Field', binaryField);
			if (name === undefined) {
				validation.require(
					textOf(parameterOf(context, 'binaryPropertyName')) !== undefined,
					"'Input Binary Field' is empty",
				);
			} else {
				checkBinary(context, validation, 'Input Binary Field', name, pair.uploads.most);
			}
		}
		validation.read(
			parameterOf(context, 'options.wait', DEFAULT_WAIT),
			'Max Wait (Minutes)',
			minutes,
		);
		validation.parameter('source', 'Source', oneOf('binary', 'url'));
	};
}

/** The function of an operation that uploads one file for each item: promise 4 holds for it too. */
export function upload(pair: Pair) {
	return async function (
		this: IExecuteSingleFunctions,
		requestData: DeclarativeRestApiSettings.ResultOptions,
	): Promise<INodeExecutionData[]> {
		return await runItem(this, async () => {
			const wait = numberOf(parameterOf(this, 'options.wait', DEFAULT_WAIT)) ?? DEFAULT_WAIT;
			const inBackground = () => parameterOf(this, 'options.inBackground', false) === true;
			const { uploaded, answer: response } = await uploadOnce(
				this,
				pair,
				requestOf(requestData),
				subjectOf(this),
				chosenFile(this),
				{ wait, inBackground },
			);
			return [
				{
					json:
						parameterOf(this, 'simplify', true) === false
							? { ...response, mediaId: uploaded.mediaId }
							: uploaded,
				},
			];
		});
	};
}

/** What became of each item's files, by item and file. */
const uploadsOf = perRun(() => new Map<string, Upload>());

/**
 * Uploads an item's file, or gives back what an earlier try of Retry On Fail uploaded. Waits for
 * the end where the provider works on by itself, up to `wait` minutes.
 *
 * An upload is paid, so one whose answer was lost is never made again by itself: the error's
 * `context.outcome` is `unknown` then, at every further try too. Also throws as `bodyOrThrow` does,
 * for a file that the provider cannot use, and when the wait is over.
 */
export async function uploadOnce(
	context: IExecuteSingleFunctions,
	pair: Pair,
	request: IHttpRequestOptions,
	subject: Subject,
	origin: Origin,
	how: { wait: number; inBackground: (size: number) => boolean },
): Promise<FinishedUpload> {
	const uploads = uploadsOf(context);
	const key = JSON.stringify([context.getItemIndex(), origin]);
	const known: Upload = uploads.get(key) ?? {};
	uploads.set(key, known);
	if (known.finished !== undefined) return known.finished;
	if (known.isUnknown) {
		throw unknownError(context, pair, 'An earlier attempt in this run got no usable response.');
	}

	// An earlier try that n8n no longer waits for may still be at it.
	known.uploading ??= work().finally(() => {
		known.uploading = undefined;
	});
	return await known.uploading;

	async function work(): Promise<FinishedUpload> {
		let found: FinishedUpload | undefined;
		if (known.uploadId === undefined) {
			found = await post(context, pair, request, subject, known, origin, how.inBackground);
			known.uploadId = found.uploaded.uploadId ?? undefined;
		}
		const ended = isEnded(found)
			? found
			: await untilEnded(context, pair, request, subject, { ...known, finished: found }, how.wait);
		if (ended.uploaded.status === 'failed') {
			// It was not taken, so that a further try may upload the file again.
			uploads.delete(key);
			const reason = providerText(
				await keyHider(context, pair),
				ended.uploaded.reason ?? 'No reason was given.',
			);
			throw uploadError(
				context,
				`${pair.provider} could not use the file`,
				`${reason} The upload's ID: ${known.uploadId ?? 'none was given'}.`,
			);
		}
		if (ended.uploaded.status === 'completed') known.finished = ended;
		return ended;
	}
}

/** Makes the request itself, and reads its answer. */
async function post(
	context: IExecuteSingleFunctions,
	pair: Pair,
	request: IHttpRequestOptions,
	subject: Subject,
	known: Upload,
	origin: Origin,
	inBackground: (size: number) => boolean,
): Promise<FinishedUpload> {
	const { uploads } = pair;
	const file =
		'binary' in origin ? await openBinary(context, origin.binary, uploads.most) : undefined;
	const fields = uploads.form({
		fileUrl: 'fileUrl' in origin ? origin.fileUrl : undefined,
		isInBackground: uploads.hasBackground && inBackground(file?.size ?? 0),
	});
	context.logger.info(
		`Uploading ${file === undefined ? 'a file by its address' : described(file)} to ` +
			`${pair.provider}`,
	);
	const path = uploads.path(subject.account ?? '');
	const response = await throttledRequest(
		context,
		pair,
		{ ...request, method: 'POST', url: path, qs: {}, body: new MultipartBody(fields, file) },
		subject,
	);
	const read = readUpload(pair, response);
	if (read !== undefined) return read;
	if (!isRejected(pair, response)) known.isUnknown = true;
	const error = await bodyOrThrow(context, pair, response, subject).then(
		() => undefined,
		(thrown: unknown) => thrown,
	);
	if (known.isUnknown) {
		throw unknownError(
			context,
			pair,
			isOwnError(error) ? `${error.message.replace(/ \[item \d+\]$/, '')}.` : '',
		);
	}
	throw error;
}

const described = ({ name, size }: FileSource) => `${name} (${Number((size / 1e6).toFixed(2))} MB)`;

function unknownError(context: IExecuteSingleFunctions, pair: Pair, cause: string): OwnError {
	const advice =
		`${cause} Uploads cost credits, so the file was not uploaded again. Check at ${pair.console} ` +
		'whether it was charged, before you upload it once more.';
	const error = uploadError(
		context,
		'It is not known whether the file was uploaded',
		advice.trim(),
	);
	error.context.outcome = 'unknown';
	return error;
}
