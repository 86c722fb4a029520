import { once } from 'node:events';
import express from 'express';
import type { Express, Response } from 'express';
import { bytesOf } from './media';
import type { MediaStore } from './media';
import type { StoredFile } from './types';

/** Writes a file at the reader's pace; half of it only, and then the connection breaks, where so asked. */
export async function sendFile(
	response: Response,
	file: StoredFile,
	{ half = false } = {},
): Promise<void> {
	response.writeHead(200, {
		'content-type': file.mimeType,
		'content-length': String(file.size),
		'content-disposition': `attachment; filename="${file.fileName}"`,
	});
	let sent = 0;
	for (const piece of bytesOf(file)) {
		if (response.destroyed) return;
		if (half && sent >= file.size / 2) return void response.destroy();
		sent += piece.length;
		if (!response.write(piece)) {
			await Promise.race([once(response, 'drain'), once(response, 'close')]);
		}
	}
	if (half) response.destroy();
	else response.end();
}

/** The other server, to which downloads are led: it knows no keys, and remembers whether one came along. */
export function cdnApp(media: MediaStore): Express {
	const app = express();
	app.disable('x-powered-by');
	app.get('/:id/:name', async (request, response) => {
		const headers = Object.fromEntries(
			Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
		);
		const file = media.fileById(request.params.id);
		media.cdnRequests.push({
			path: request.path,
			headers,
			status: file === undefined ? 404 : media.cdnStatus,
		});
		if (file === undefined || media.cdnStatus !== 200) {
			return void response.status(file === undefined ? 404 : media.cdnStatus).end('No');
		}
		await sendFile(response, file, { half: media.cdnBreaks });
	});
	return app;
}
