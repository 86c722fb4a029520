import { isFields } from './fields';
import { Refusal } from './provider';
import type { Call, Reply } from './provider';
import { metaOf, refusal } from './ofapi';
import type { OfapiContext } from './ofapi';

interface Entry {
	/** The chat and the body that the key was first used with. */
	fingerprint: string;
	/** Undefined while the first request is in progress. */
	reply?: Reply;
}

function isStored(status: number): boolean {
	return status < 500 && status !== 408 && status !== 429;
}

function keyError(status: number, code: string, message: string): Refusal {
	return refusal(status, { error: code, message, description: 'See the Idempotency-Key header.' });
}

/** The `Idempotency-Key` header of OnlyFans' Send Message (OpenAPI file of 2026-09-05). */
export class IdempotencyKeys {
	private readonly entries = new Map<string, Entry>();

	clear(): void {
		this.entries.clear();
	}

	/** Carries a request out, unless its key says that it has been. */
	run(context: OfapiContext, call: Call, carryOut: () => Reply): Reply {
		const key = call.headers['idempotency-key'];
		if (key === undefined) return carryOut();
		if (!/^[\x20-\x7e]{1,255}$/.test(key)) {
			throw keyError(
				400,
				'IDEMPOTENCY_KEY_INVALID',
				'A key has 1 to 255 printable ASCII characters.',
			);
		}

		const scope = JSON.stringify([call.account, key]);
		const fingerprint = JSON.stringify([call.chat, call.body]);
		const earlier = this.entries.get(scope);
		if (earlier === undefined) return this.first(scope, fingerprint, carryOut);
		if (earlier.fingerprint !== fingerprint) {
			throw keyError(
				422,
				'IDEMPOTENCY_KEY_MISMATCH',
				'The key was used with another body or chat.',
			);
		}
		if (earlier.reply === undefined) {
			throw keyError(
				409,
				'IDEMPOTENCY_CONFLICT',
				'The first request with this key has not finished yet.',
			);
		}
		return replay(context, earlier.reply);
	}

	private first(scope: string, fingerprint: string, carryOut: () => Reply): Reply {
		const entry: Entry = { fingerprint };
		const reply = replyOf(carryOut);
		this.entries.set(scope, entry);
		return {
			...reply,
			settled: (status) => {
				if (isStored(status)) entry.reply = reply;
				else if (this.entries.get(scope) === entry) this.entries.delete(scope);
			},
		};
	}
}

/** A refusal is an answer too, and is stored like one. */
function replyOf(carryOut: () => Reply): Reply {
	try {
		return carryOut();
	} catch (error) {
		if (error instanceof Refusal) return error.reply;
		throw error;
	}
}

function replay(context: OfapiContext, { status, body, headers }: Reply): Reply {
	return {
		status,
		body: isFields(body) ? { ...body, _meta: metaOf(context, 0) } : body,
		headers: { ...headers, 'idempotent-replayed': 'true' },
		credits: 0,
	};
}
