import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { canMeasure, DOWNLOAD, LargeFiles, LAST, lastNodes, MEGABYTE } from './largeFiles.mjs';
import { PAIRS } from './pairs.mjs';
import { olderVersion } from './paths.mjs';
import { interruption, stopAll } from './processes.mjs';

const SIZE = 95 * MEGABYTE;

/**
 * A file that is in memory as a whole adds its size each time; a garbage collector's mood does not.
 * `npm run bench` tells how much it is.
 */
const TRIES = 5;

interruption().then(async (code) => {
	await stopAll();
	process.exit(code);
});

describe('large files in a real n8n', () => {
	let files;

	before(async () => {
		files = await LargeFiles.open();
	});

	after(async () => {
		await files?.close();
	});

	for (const pair of PAIRS) {
		const title = `${pair.displayName}, ${SIZE / MEGABYTE} MB`;
		const [none, upload, message] = lastNodes(pair);

		test(`${title}: a download`, async () => {
			const { execution, file } = await files.run(pair, none, SIZE);
			const [item] = execution.items(DOWNLOAD);
			// An older n8n does not tell how large a file is.
			const bytes = olderVersion === undefined ? SIZE : (item.json.bytes ?? null);
			assert.deepEqual(item.json, { fileName: file.fileName, mimeType: 'video/mp4', bytes });
			assert.equal(item.binary.data.data, 'filesystem-v2');
		});

		test(`${title}: a download and an upload`, async () => {
			const { execution, file, uploaded } = await files.run(pair, upload, SIZE);
			const { fileName, sha256 } = file;
			assert.deepEqual(uploaded.file, { fileName, mimeType: 'video/mp4', size: SIZE, sha256 });
			assert.equal(typeof execution.items(LAST)[0].json.mediaId, 'string');
		});

		test(`${title}: a download and a message with it`, async () => {
			const { execution, file, uploaded } = await files.run(pair, message, SIZE);
			assert.equal(uploaded.file.sha256, file.sha256);
			assert.equal(execution.items(LAST)[0].json.uploadedMediaIds.length, 1);
		});

		const skip = canMeasure ? false : 'only Linux tells the peak of a process';
		test(`${title}: at no time in memory as a whole`, { skip }, async () => {
			const growths = [];
			do {
				const { growth } = await files.measure(pair, message, SIZE);
				growths.push(growth);
				if (growth < SIZE) return;
			} while (growths.length < TRIES);
			assert.fail(`${growths.map((bytes) => `${Math.round(bytes / MEGABYTE)} MB`).join(', ')}`);
		});
	}

	test('no key went to the server that has the files', async () => {
		const requests = await files.control('/cdn-requests');
		assert.ok(requests.length > 0);
		for (const { headers } of requests) {
			const shown = JSON.stringify(headers);
			for (const { apiKey } of PAIRS) assert.ok(!shown.includes(apiKey));
			assert.ok(!('authorization' in headers) && !('x-api-key' in headers));
		}
	});
});
