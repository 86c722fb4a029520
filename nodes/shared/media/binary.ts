import { NodeOperationError } from 'n8n-workflow';
import type { IBinaryData, IExecuteSingleFunctions } from 'n8n-workflow';
import { Invalid } from '../parameters/parsers';
import type { Parser } from '../parameters/parsers';
import type { Validation } from '../parameters/validation';
import type { FileSource } from '../transport/multipart';

/** The name of a binary field of the input item. */
export const binaryField: Parser<string> = (value, field) => {
	if (value === undefined || value === null || value === '') return undefined;
	if (typeof value === 'string') return value.trim() === '' ? undefined : value.trim();
	return new Invalid(`'${field}' has to be the name of a binary field, such as data`);
};

/** The item's file of that name; undefined when there is none. */
export function binaryOf(context: IExecuteSingleFunctions, name: string): IBinaryData | undefined {
	try {
		return context.helpers.assertBinaryData(name);
	} catch {
		return undefined;
	}
}

/** Its size in bytes where that can be told without opening it. */
function sizeOf({ id, data, bytes }: IBinaryData): number | undefined {
	return bytes ?? (id === undefined ? Buffer.byteLength(data, 'base64') : undefined);
}

const megabytes = (bytes: number) => `${Number((bytes / 1e6).toFixed(1))} MB`;

const tooLarge = (name: string, size: number, most: number) =>
	`The file in '${name}' is too large: ${megabytes(size)}, with a maximum of ${megabytes(most)}`;

/** Adds to the validation what is wrong with the item's file of that name; `most` is in bytes. */
export function checkBinary(
	context: IExecuteSingleFunctions,
	validation: Validation,
	field: string,
	name: string,
	most = Infinity,
): void {
	const binary = binaryOf(context, name);
	if (binary === undefined) {
		return validation.add(`'${field}' names '${name}', but the item has no such file`);
	}
	const size = sizeOf(binary) ?? 0;
	validation.require(size <= most, tooLarge(name, size, most));
}

/**
 * The item's file of that name, to be read in pieces. A file that n8n keeps outside of the item (on
 * disk, or in a store) stays there until it is read. Throws a NodeOperationError when it is not
 * there any more, or larger than `most` bytes.
 */
export async function openBinary(
	context: IExecuteSingleFunctions,
	name: string,
	most = Infinity,
): Promise<FileSource> {
	const itemIndex = context.getItemIndex();
	const fail = (message: string) =>
		new NodeOperationError(context.getNode(), `${message} [item ${itemIndex}]`, {
			itemIndex,
			description: 'Nothing was uploaded.',
		});
	const binary = binaryOf(context, name);
	if (binary === undefined) throw fail(`The item has no file '${name}'`);

	const { id, data, fileName, fileExtension, mimeType } = binary;
	const about = {
		name: fileName ?? `${name}.${fileExtension ?? 'bin'}`,
		mimeType: mimeType || 'application/octet-stream',
	};
	if (id === undefined) {
		const bytes = Buffer.from(data, 'base64');
		return { ...about, size: bytes.length, open: () => chunks(bytes) };
	}
	const stored = await context.helpers.getBinaryMetadata(id).catch(() => undefined);
	if (stored === undefined) throw fail(`n8n no longer has the file '${name}'`);
	if (stored.fileSize > most) throw fail(tooLarge(name, stored.fileSize, most));
	return { ...about, size: stored.fileSize, open: () => context.helpers.getBinaryStream(id) };
}

/**
 * Bytes of a file in memory that are handed over at a time, as many as streams from a disk give.
 */
const PIECE = 65_536;

async function* chunks(bytes: Buffer): AsyncGenerator<Uint8Array> {
	for (let start = 0; start < bytes.length; start += PIECE) {
		yield await Promise.resolve(bytes.subarray(start, start + PIECE));
	}
}
