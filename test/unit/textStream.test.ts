import { setImmediate } from 'node:timers/promises';
import { TextStream } from '../../dist/nodes/shared/lists/textStream';

const PIECE = 'x'.repeat(1_000_000);
const PIECES = 20;

/** Enough rounds of the event loop for everything that can happen by itself. */
async function settle(): Promise<void> {
	for (let round = 0; round < 200; round++) await setImmediate();
}

test('takes no more than is read: a slow disk holds the writer back', async () => {
	const stream = new TextStream();
	let written = 0;
	const writing = (async () => {
		for (let piece = 0; piece < PIECES; piece++) {
			await stream.write(PIECE);
			written++;
		}
		stream.end();
	})();

	await settle();
	expect(written).toBeLessThanOrEqual(1);

	let length = 0;
	for await (const chunk of stream.readable) length += (chunk as Buffer).length;
	await writing;
	expect([written, length]).toEqual([PIECES, PIECES * PIECE.length]);
});

test('a reader that gives up lets the writer go on', async () => {
	const stream = new TextStream();
	const writing = (async () => {
		for (let piece = 0; piece < PIECES; piece++) await stream.write(PIECE);
	})();
	await settle();
	stream.fail(new Error('disk full'));
	await expect(writing).resolves.toBeUndefined();
});
