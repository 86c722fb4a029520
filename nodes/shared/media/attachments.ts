import type { IDataObject, IExecuteSingleFunctions, IHttpRequestOptions } from 'n8n-workflow';
import type { Pair } from '../model/pair';
import { isRecord, recordAt } from '../model/values';
import { parameterOf } from '../operation/parameter';
import { list } from '../parameters/parsers';
import type { Validation } from '../parameters/validation';
import { isOwnError } from '../transport/request';
import type { Subject } from '../transport/response';
import { binaryField, checkBinary } from './binary';
import { DEFAULT_WAIT, LARGE, uploadOnce } from './upload';
import { uploadError } from './uploadStatus';

/** The names of the item's files that a message is sent with. */
export const binaryFiles = list(binaryField);

/** Checks that the files in Binary Files are there and not too large, before anything leaves. */
export function checkBinaryFiles(pair: Pair) {
	return (context: IExecuteSingleFunctions, validation: Validation): void => {
		const names = binaryFiles(parameterOf(context, 'additionalFields.binaryFiles'), 'Binary Files');
		// What is wrong with the field itself was found where the body is read.
		if (Array.isArray(names)) {
			for (const name of names) {
				checkBinary(context, validation, 'Binary Files', name, pair.uploads.most);
			}
		}
	};
}

/**
 * The body of a message with the chosen file of the vault in front of its other media, once.
 * `property` is the list of media in the body.
 */
export function withVaultFile(property: string, { vaultFile, ...body }: IDataObject): IDataObject {
	if (vaultFile === undefined) return body;
	const media: unknown[] = Array.isArray(body[property]) ? body[property] : [];
	const others = media.filter((file) => String(file) !== vaultFile);
	return { ...body, [property]: [vaultFile, ...others] };
}

/**
 * The body of a message with the item's files among its media, each as `{ binary: name }` until it
 * is uploaded. `property` is the list of media in the body.
 */
export function withBinaryFiles(
	property: string,
	{ binaryFiles: names, ...body }: IDataObject,
): IDataObject {
	if (!Array.isArray(names)) return body;
	const media: unknown[] = Array.isArray(body[property]) ? body[property] : [];
	return { ...body, [property]: [...media, ...names.map((binary: unknown) => ({ binary }))] };
}

/** Whether an entry of a body stands for a file that is yet to be uploaded. */
export function isBinaryFile(entry: unknown): entry is { binary: string } {
	return isRecord(entry) && typeof entry.binary === 'string';
}

/**
 * Uploads the files that a message's body waits for, one after the other, and puts their IDs in
 * their places. Throws as `uploadOnce` does; the message was not sent then.
 */
export async function uploadFiles(
	context: IExecuteSingleFunctions,
	pair: Pair,
	request: IHttpRequestOptions,
	subject: Subject,
): Promise<{ request: IHttpRequestOptions; mediaIds: string[] }> {
	const mediaIds: string[] = [];
	const fill = async (entry: unknown): Promise<unknown> => {
		if (!isBinaryFile(entry)) return entry;
		const how = { wait: DEFAULT_WAIT, inBackground: (size: number) => size >= LARGE };
		const { uploaded } = await uploadOnce(
			context,
			pair,
			request,
			{ ...subject, isSending: false },
			entry,
			how,
		).catch(notSent);
		if (uploaded.mediaId === null) {
			throw uploadError(
				context,
				`${pair.provider} returned no ID for the file '${entry.binary}'`,
				'The message was not sent.',
			);
		}
		mediaIds.push(uploaded.mediaId);
		return uploaded.mediaId;
	};

	const body: IDataObject = {};
	for (const [name, value] of Object.entries(recordAt(request.body))) {
		if (!Array.isArray(value)) {
			Object.assign(body, { [name]: await fill(value) });
			continue;
		}
		const filled: unknown[] = [];
		for (const entry of value) filled.push(await fill(entry));
		Object.assign(body, { [name]: filled });
	}
	return { request: { ...request, body }, mediaIds };

	function notSent(error: unknown): never {
		if (isOwnError(error)) {
			error.description = `${error.description ?? ''} The message was not sent.`.trim();
			error.context.outcome = 'notSent';
		}
		throw error;
	}
}
