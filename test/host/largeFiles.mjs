import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runWorkflow } from './examples.mjs';
import { startN8n } from './n8n.mjs';
import { installIntoUserFolder, pack, temporaryFolder } from './package.mjs';
import { PAIRS } from './pairs.mjs';
import { freePort } from './ports.mjs';
import { stopAll } from './processes.mjs';
import { logInAsOwner, saveCredentials } from './setup.mjs';
import { freePorts, startSimulator } from './simulator.mjs';

/** Large files in a real n8n that keeps binary data on the disk: what happens to them, and in how much memory. */

export const MEGABYTE = 1e6;
const SMALL = 1 * MEGABYTE;
const TRIGGER = 'Start';
export const DOWNLOAD = 'Download';
export const LAST = 'Last';

/** Only Linux tells the peak of a process's memory. */
export const canMeasure = process.platform === 'linux';

/** A figure of the process's memory, in bytes: `VmRSS` is what it uses now, `VmHWM` the most so far. */
export function memory(pid, name) {
	const kilobytes = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(
		readFileSync(`/proc/${pid}/status`, 'utf8'),
	)?.[1];
	return Number(kilobytes) * 1024;
}

/** The peak begins anew at what is used now. */
export function forgetPeak(pid) {
	writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** What the file's way ends with: nothing more, an upload, and a message. */
export function lastNodes({ shortChat }) {
	return [
		undefined,
		{ resource: 'media', operation: 'upload', binaryPropertyName: 'data' },
		{
			resource: 'message',
			operation: 'send',
			chat: { __rl: true, mode: 'id', value: shortChat },
			text: 'Here it is',
			additionalFields: { binaryFiles: 'data' },
		},
	];
}

/** A file goes from the platform's servers into n8n's binary data, and from there to the provider. */
function workflowOf(pair, url, last) {
	const locator = (value) => ({ __rl: true, mode: 'id', value });
	const common = { type: pair.nodeType, typeVersion: 1 };
	const account = locator(pair.account);
	const nodes = [
		{
			id: 'trigger',
			name: TRIGGER,
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		},
		{
			...common,
			id: 'download',
			name: DOWNLOAD,
			position: [240, 0],
			parameters: {
				resource: 'media',
				operation: 'download',
				account,
				cdnUrl: url,
				binaryPropertyName: 'data',
			},
		},
	];
	const connections = { [TRIGGER]: { main: [[{ node: DOWNLOAD, type: 'main', index: 0 }]] } };
	if (last !== undefined) {
		nodes.push({
			...common,
			id: 'last',
			name: LAST,
			position: [480, 0],
			parameters: { account, ...last },
		});
		connections[DOWNLOAD] = { main: [[{ node: LAST, type: 'main', index: 0 }]] };
	}
	return { name: `${pair.name}: files`, nodes, connections, settings: { executionOrder: 'v1' } };
}

/** A real n8n with the package, a simulator that serves files, and the memory that n8n takes. */
export class LargeFiles {
	static async open() {
		const files = new LargeFiles();
		files.folder = temporaryFolder();
		const userFolder = join(files.folder, 'user');
		await installIntoUserFolder(await pack(files.folder), userFolder);
		files.simulator = await startSimulator(await freePorts());
		files.n8n = await startN8n({
			userFolder,
			port: await freePort(),
			settings: { N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem' },
		});
		await logInAsOwner(files.n8n);
		files.client = files.n8n.client;
		files.credentials = await saveCredentials(files.client, files.simulator);
		for (let round = 0; round < 3; round++)
			for (const pair of PAIRS)
				for (const last of lastNodes(pair)) await files.run(pair, last, SMALL);
		await sleep(1000);
		// What n8n uses when everything has run with small files and nothing with a large one.
		if (canMeasure) files.baseline = memory(files.n8n.pid, 'VmRSS');
		return files;
	}

	async close() {
		await stopAll();
		rmSync(this.folder, { recursive: true, force: true });
	}

	/** The answer of the simulator's control server. */
	async control(path, body) {
		const headers = { 'content-type': 'application/json' };
		const request = body && { method: 'POST', headers, body: JSON.stringify(body) };
		return (await fetch(this.simulator.controlUrl + path, request)).json();
	}

	/** Runs it with a file of that size; gives the file, what was uploaded, and the execution. */
	async run(pair, last, size) {
		const { name, account } = pair;
		const file = await this.control('/files', { pair: name, account, type: 'video', size });
		const { execution } = await runWorkflow(this, workflowOf(pair, file.url, last));
		assert.equal(execution.error, undefined);
		assert.equal(execution.status, 'success');
		return { file, execution, uploaded: (await this.control('/uploads')).at(-1) };
	}

	/** The same, with how much memory n8n took at its peak on top of the baseline, in bytes. */
	async measure(pair, last, size) {
		forgetPeak(this.n8n.pid);
		const result = await this.run(pair, last, size);
		return { ...result, growth: memory(this.n8n.pid, 'VmHWM') - this.baseline };
	}
}
