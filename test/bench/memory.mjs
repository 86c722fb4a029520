import { canMeasure, LargeFiles, lastNodes, MEGABYTE } from '../host/largeFiles.mjs';
import { endWith } from '../host/command.mjs';
import { PAIRS } from '../host/pairs.mjs';

/**
 * The memory that a large file takes on its whole way through a real n8n. n8n itself grows by some
 * 40 MB at its first large file; a file that is once in memory as a whole adds its size. `mark` is
 * what it should take at most, as a part of the file's size.
 */
const LARGE = [
	{ size: 50 * MEGABYTE, mark: 1.5 },
	{ size: 95 * MEGABYTE, mark: 0.9 },
];
const WAYS = ['Download', 'Download and upload', 'Download and message'];

async function measure() {
	if (!canMeasure) {
		console.log('Large files in n8n: only Linux tells the peak of a process.');
		return 0;
	}
	const files = await LargeFiles.open();
	try {
		console.log(
			'| A file through n8n | Size | Memory | Times its size | Mark |\n|---|--:|--:|--:|--:|',
		);
		for (const pair of PAIRS)
			for (const { size, mark } of LARGE)
				for (const [index, last] of lastNodes(pair).entries()) {
					const { growth } = await files.measure(pair, last, size);
					const cells = [
						`${WAYS[index]}, ${pair.displayName}`,
						`${size / MEGABYTE} MB`,
						`${(growth / MEGABYTE).toFixed(1)} MB`,
						(growth / size).toFixed(2),
						`${mark} ${growth <= mark * size ? '✓' : '✗'}`,
					];
					console.log(`| ${cells.join(' | ')} |`);
				}
		return 0;
	} finally {
		await files.close();
	}
}

await endWith(measure);
