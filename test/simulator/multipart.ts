import { createHash } from 'node:crypto';

/** A file that came in a multipart body: its bytes are counted and hashed, and not kept. */
export interface ReceivedFile {
	fileName: string;
	mimeType: string;
	size: number;
	sha256: string;
}

/** A multipart body as tests see it: texts as they came, files as what is known of them. */
export type MultipartFields = Record<string, string | ReceivedFile>;

/** One part on its way in. */
interface Part {
	name: string;
	fileName: string | undefined;
	mimeType: string;
	size: number;
	hash: ReturnType<typeof createHash>;
	/** Kept for parts that are no files. */
	text: Buffer[];
}

const HEADERS_END = Buffer.from('\r\n\r\n');

function partOf(headers: string): Part {
	const name = /content-disposition:[^\r\n]*;\s*name="([^"]*)"/i.exec(headers)?.[1];
	if (name === undefined) throw new Error('A part has no name');
	return {
		name,
		fileName: /content-disposition:[^\r\n]*;\s*filename="([^"]*)"/i.exec(headers)?.[1],
		mimeType: /content-type:\s*([^\r\n]+)/i.exec(headers)?.[1] ?? 'text/plain',
		size: 0,
		hash: createHash('sha256'),
		text: [],
	};
}

function feed(part: Part, bytes: Buffer): void {
	part.size += bytes.length;
	part.hash.update(bytes);
	if (part.fileName === undefined) part.text.push(bytes);
}

/** The boundary that a content type names; undefined when it is not that of a multipart form. */
export function boundaryOf(contentType: string | undefined): string | undefined {
	return /^multipart\/form-data;\s*boundary="?([^";]+)"?/i.exec(contentType ?? '')?.[1];
}

/** Reads a multipart body piece by piece; no file is kept. Throws when it is not well formed. */
export async function readMultipart(
	body: AsyncIterable<Buffer>,
	boundary: string,
): Promise<MultipartFields> {
	// Every delimiter but the first has a line end in front of it: one is put there for that one too.
	const delimiter = Buffer.from(`\r\n--${boundary}`);
	const fields: MultipartFields = {};
	let rest = Buffer.from('\r\n');
	let part: Part | undefined;
	let isInHeaders = false;
	let isEnded = false;

	const finish = ({ name, fileName, mimeType, size, hash, text }: Part) => {
		fields[name] =
			fileName === undefined
				? Buffer.concat(text).toString()
				: { fileName, mimeType, size, sha256: hash.digest('hex') };
	};
	/** Takes what is complete out of `rest`; gives back whether there may be more. */
	const step = (): boolean => {
		if (isEnded) return false;
		if (isInHeaders) {
			if (rest.subarray(0, 2).toString() === '--') {
				isEnded = true;
				return false;
			}
			const end = rest.indexOf(HEADERS_END);
			if (end === -1) return false;
			part = partOf(rest.subarray(0, end).toString());
			rest = rest.subarray(end + HEADERS_END.length);
			isInHeaders = false;
			return true;
		}
		const at = rest.indexOf(delimiter);
		// What may be the beginning of a delimiter stays.
		const length = at === -1 ? Math.max(0, rest.length - delimiter.length) : at;
		if (part !== undefined) feed(part, rest.subarray(0, length));
		rest = rest.subarray(at === -1 ? length : at + delimiter.length);
		if (at === -1) return false;
		if (part !== undefined) finish(part);
		part = undefined;
		isInHeaders = true;
		return true;
	};

	for await (const piece of body) {
		rest = Buffer.concat([rest, piece]);
		while (step());
	}
	if (!isEnded) throw new Error('The multipart body ends too early');
	return fields;
}
