import { createHash } from 'node:crypto';
import { MultipartBody } from '../../dist/nodes/shared/transport/multipart';
import { boundaryOf, readMultipart } from '../simulator/multipart';

/** The node's multipart body, read by the simulator's reader: each is tried on what is hard for the other. */

const BYTES = Buffer.from('--form-\r\n\r\n--\r\n-\r\r\n\r\n--form\r\n');
const sha256 = createHash('sha256').update(BYTES).digest('hex');

async function* split(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
	for (let at = 0; at < bytes.length; at += size) {
		yield await Promise.resolve(bytes.subarray(at, at + size));
	}
}

async function bytesOf(body: MultipartBody): Promise<Buffer> {
	const pieces: Uint8Array[] = [];
	for await (const piece of body.stream()) pieces.push(piece);
	return Buffer.concat(pieces);
}

const bodyWith = (name: string) =>
	new MultipartBody(
		{ async: 'true' },
		{ name, mimeType: 'image/png', size: BYTES.length, open: () => split(BYTES, 7) },
	);

test.each([1, 2, 3, 5, 17, 1000])('is read alike in pieces of %d bytes', async (size) => {
	const body = bodyWith('a.png');
	const fields = await readMultipart(split(await bytesOf(body), size), boundaryOf(body.type) ?? '');
	expect(fields).toEqual({
		async: 'true',
		file: { fileName: 'a.png', mimeType: 'image/png', size: BYTES.length, sha256 },
	});
});

test('its length is known before, and it can be sent twice', async () => {
	const body = bodyWith('ä "b"\r\nX-Evil: 1.png');
	const first = await bytesOf(body);
	expect(first.length).toBe(body.size);
	expect(await bytesOf(body)).toEqual(first);
	expect(first.toString()).not.toMatch(/^X-Evil/m);
});

test('without a file; and one that breaks off is noticed', async () => {
	const body = new MultipartBody({ file_url: 'https://example.com/a.jpg' });
	const bytes = await bytesOf(body);
	expect(bytes.length).toBe(body.size);
	expect(await readMultipart(split(bytes, 9), boundaryOf(body.type) ?? '')).toEqual({
		file_url: 'https://example.com/a.jpg',
	});
	await expect(
		readMultipart(split(bytes.subarray(0, -6), 9), boundaryOf(body.type) ?? ''),
	).rejects.toThrow('too early');
});

test.each(['image/png\r\nX-Evil: 1', 'image/png\nX-Evil: 1', 'image/\u0000png', 'bild/ü'])(
	'a MIME type cannot begin another header: %j',
	async (mimeType) => {
		const body = new MultipartBody(
			{},
			{ name: 'a.png', mimeType, size: BYTES.length, open: () => split(BYTES, 7) },
		);
		const bytes = await bytesOf(body);
		expect(bytes.toString('latin1')).not.toContain('X-Evil');
		expect(bytes.toString('latin1')).toContain(
			'\r\nContent-Type: application/octet-stream\r\n\r\n',
		);
	},
);
