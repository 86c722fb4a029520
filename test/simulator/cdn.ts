import express from 'express';
import type { Express, Response } from 'express';
import { bytesOf } from './media';
import type { MediaStore } from './media';
import type { StoredFile, WritingFault } from './types';
import { writeBody } from './writing';

/** Writes a file at the reader's pace, or what a fault leaves of it. */
export async function sendFile(
	response: Response,
	file: StoredFile,
	fault?: WritingFault,
): Promise<void> {
	response.writeHead(200, {
		'content-type': file.mimeType,
		'content-length': String(file.size),
		'content-disposition': `attachment; filename="${file.fileName}"`,
	});
	await writeBody(response, bytesOf(file), file.size, fault);
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
		await sendFile(response, file, media.cdnFault);
	});
	return app;
}
