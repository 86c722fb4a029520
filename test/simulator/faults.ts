import type { CommonReplies, Reply } from './provider';
import type { Fault, PairName } from './types';

interface Target {
	pair: PairName;
	method: string;
	path: string;
	query: Record<string, string>;
}

function fits(fault: Fault, { pair, method, path, query }: Target): boolean {
	if (fault.pair !== undefined && fault.pair !== pair) return false;
	if (fault.method !== undefined && fault.method.toUpperCase() !== method) return false;
	// Only a sent message can be stored with its media unlocked.
	if (fault.kind === 'unlockedPaid' && method !== 'POST') return false;
	// `search` ignores the state that a global expression keeps between calls.
	const isIn = (texts: string[], wanted?: RegExp) =>
		wanted === undefined || texts.some((text) => text.search(wanted) !== -1);
	return isIn([path], fault.path) && isIn(Object.values(query), fault.query);
}

/** The faults that are set, in order; a request gets the first that is due for it. */
export class FaultList {
	private faults: Array<{ fault: Fault; skip: number; times: number; passed: number }> = [];

	add(fault: Fault): void {
		this.faults.push({ fault, skip: fault.skip ?? 0, times: fault.times ?? Infinity, passed: 0 });
	}

	clear(): void {
		this.faults = [];
	}

	take(target: Target): Fault | undefined {
		for (const entry of this.faults) {
			if (entry.times <= 0 || !fits(entry.fault, target)) continue;
			if (entry.skip > 0) {
				entry.skip--;
				continue;
			}
			if (++entry.passed % (entry.fault.every ?? 1) !== 0) continue;
			entry.times--;
			return entry.fault;
		}
		return undefined;
	}
}

/** An answer as it goes over the wire. */
export interface RawReply {
	status: number;
	headers: Record<string, string>;
	text: string;
}

export function rawReply({
	status,
	headers,
	body,
}: Pick<Reply, 'status' | 'headers' | 'body'>): RawReply {
	return {
		status,
		headers: { 'content-type': 'application/json', ...headers },
		text: body === undefined ? '' : JSON.stringify(body),
	};
}

/** A page like those of a content delivery network whose origin does not answer. */
function gatewayPage(status: number): string {
	return [
		'<!DOCTYPE html>',
		`<html lang="en-US"><head><title>app | ${status}: Bad gateway</title></head>`,
		`<body><div id="cf-wrapper"><h1>Bad gateway <span class="code-label">Error code ${status}</span></h1>`,
		'<p>The web server reported an error.</p><p>Cloudflare Ray ID: <strong>0000000000000000</strong></p></div></body></html>',
	].join('\n');
}

/** What a fault answers instead of carrying the request out; undefined when it lets it through. */
export function replyInstead(fault: Fault, replies: CommonReplies): RawReply | 'reset' | undefined {
	switch (fault.kind) {
		case 'rateLimited':
			return rawReply(replies.rateLimited(fault.retryAfterSeconds ?? 1));
		case 'html': {
			const status = fault.status ?? 502;
			return {
				status,
				headers: { 'content-type': 'text/html; charset=UTF-8' },
				text: gatewayPage(status),
			};
		}
		case 'json':
			return rawReply(fault);
		case 'reset':
			return 'reset';
		case 'notJson':
			return { status: 200, headers: { 'content-type': 'text/plain' }, text: 'OK' };
		case 'failureInside':
			return rawReply(replies.failureInside());
		case 'redirect':
			return {
				status: 302,
				headers: { 'content-type': 'text/plain', location: fault.location },
				text: '',
			};
		case 'slow':
		case 'together':
		case 'lostAfterStoring':
		case 'storedThen500':
		case 'halfAnswer':
		case 'stall':
		case 'drip':
		case 'unlockedPaid':
			return undefined;
	}
}
