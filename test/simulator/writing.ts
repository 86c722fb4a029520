import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WritingFault } from './types';

/** Whether a fault is one of writing the answer. */
export function isWritingFault(fault: { kind: string } | undefined): fault is WritingFault {
	return fault !== undefined && ['halfAnswer', 'stall', 'drip'].includes(fault.kind);
}

/**
 * Writes a body of `size` bytes at the reader's pace and ends the answer. With a fault: half of it
 * and then a broken connection, half of it and then nothing, or byte by byte.
 */
export async function writeBody(
	response: ServerResponse,
	pieces: Iterable<Buffer>,
	size: number,
	fault?: WritingFault,
): Promise<void> {
	// One for all: each wait would add a listener of its own.
	const closed = once(response, 'close').catch(() => undefined);
	let left = fault?.kind === 'halfAnswer' || fault?.kind === 'stall' ? size >> 1 : size;
	for (const piece of pieces) {
		const part = piece.subarray(0, left);
		left -= part.length;
		if (fault?.kind === 'drip') {
			await drip(response, part, fault.ms);
		} else if (!response.write(part)) {
			await Promise.race([once(response, 'drain'), closed]);
		}
		if (left === 0 || response.destroyed) break;
	}
	if (fault?.kind === 'halfAnswer') response.write('', () => response.destroy());
	else if (fault?.kind !== 'stall') response.end();
}

async function drip(response: ServerResponse, bytes: Buffer, ms: number): Promise<void> {
	for (const byte of bytes) {
		if (response.destroyed) return;
		response.write(Buffer.of(byte));
		await sleep(ms);
	}
}
