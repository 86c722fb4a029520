import { randomUUID } from 'crypto';

/** A file that can be read as often as it is needed. */
export interface FileSource {
	name: string;
	mimeType: string;
	/** Bytes. */
	size: number;
	/** Its bytes from the start, in pieces. */
	open(): Promise<AsyncIterable<Uint8Array>> | AsyncIterable<Uint8Array>;
}

/** A name inside a header of a part, as browsers write it. */
function quoted(name: string): string {
	return `"${name.replace(/["\r\n]/g, (found) => encodeURIComponent(found))}"`;
}

/** A MIME type fit for a header; `application/octet-stream` where it could end the line. */
function headerSafe(mimeType: string): string {
	return /^[\x20-\x7e]+$/.test(mimeType) ? mimeType : 'application/octet-stream';
}

/**
 * A multipart/form-data body that is made while it is sent, so that a large file is never in memory
 * as a whole, with a length that is known before. It calls itself a Blob: n8n's request helper
 * (axios) reads such an object through `stream()`, takes type and length from it, and can send it a
 * second time. The file is opened when the request leaves, and not before.
 */
export class MultipartBody {
	readonly [Symbol.toStringTag] = 'Blob';
	readonly type: string;
	readonly size: number;
	/** When its last piece was taken, in milliseconds since 1970; 0 before the first. */
	readAt = 0;
	private readonly head: Buffer;
	private readonly tail: Buffer;

	constructor(
		fields: Record<string, string>,
		private readonly file?: FileSource,
	) {
		const boundary = `form-${randomUUID()}`;
		const parts = Object.entries(fields).map(
			([name, value]) =>
				`--${boundary}\r\nContent-Disposition: form-data; name=${quoted(name)}\r\n\r\n${value}\r\n`,
		);
		if (file !== undefined) {
			parts.push(
				`--${boundary}\r\nContent-Disposition: form-data; name="file"; ` +
					`filename=${quoted(file.name)}\r\nContent-Type: ${headerSafe(file.mimeType)}\r\n\r\n`,
			);
		}
		this.type = `multipart/form-data; boundary=${boundary}`;
		this.head = Buffer.from(parts.join(''));
		this.tail = Buffer.from(`${file === undefined ? '' : '\r\n'}--${boundary}--\r\n`);
		this.size = this.head.length + (file?.size ?? 0) + this.tail.length;
	}

	private async *pieces(): AsyncGenerator<Uint8Array> {
		yield this.head;
		if (this.file !== undefined) yield* await this.file.open();
		yield this.tail;
	}

	/** The body in pieces. Ends the file's own stream however it is left. */
	async *stream(): AsyncGenerator<Uint8Array> {
		for await (const piece of this.pieces()) {
			yield piece;
			this.readAt = Date.now();
		}
	}
}
