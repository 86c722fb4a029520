import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { idOf, isRecord, numberOf } from '../../nodes/shared/model/values';

/** What the server is to hold: one chat of this account with this many messages. */
export interface Load {
	account: string;
	messages: number;
}

/** What the server says once it is ready. */
export interface Served {
	url: string;
	chat: string;
}

/** The server's work since it was last asked. */
export interface Work {
	requests: number;
	cpuMilliseconds: number;
}

/** The server that is measured against, as its clients see it. */
export interface Target extends Served {
	work(): Promise<Work>;
	stop(): void;
}

/** The server's next message; an error when it ends instead. */
export async function messageFrom(child: ChildProcess): Promise<Record<string, unknown>> {
	const waiting = new AbortController();
	const ended = once(child, 'exit', waiting).then(() => ['an end']);
	const [message]: unknown[] = await Promise.race([once(child, 'message', waiting), ended]);
	waiting.abort();
	if (!isRecord(message)) {
		throw new Error(`The server of the benchmark gave ${String(message)} instead of an answer`);
	}
	return message;
}

/** Starts the server in a process of its own, so that neither its time nor its memory is counted. */
export async function startTarget({ account, messages }: Load): Promise<Target> {
	const child = fork(resolve(__dirname, 'server.ts'), [account, String(messages)], {
		execArgv: ['--import', 'tsx'],
	});
	const { url, chat } = await messageFrom(child);
	return {
		url: idOf(url) ?? '',
		chat: idOf(chat) ?? '',
		async work() {
			child.send('work');
			const { requests, cpuMilliseconds } = await messageFrom(child);
			return { requests: numberOf(requests) ?? 0, cpuMilliseconds: numberOf(cpuMilliseconds) ?? 0 };
		},
		stop: () => child.disconnect(),
	};
}
