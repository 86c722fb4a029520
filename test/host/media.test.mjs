import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { runWorkflow } from './examples.mjs';
import { startN8n } from './n8n.mjs';
import { installIntoUserFolder, pack, temporaryFolder } from './package.mjs';
import { PAIRS } from './pairs.mjs';
import { freePort } from './ports.mjs';
import { interruption, stopAll } from './processes.mjs';
import { logInAsOwner, saveCredentials } from './setup.mjs';
import { freePorts, startSimulator } from './simulator.mjs';

/** Large files in a real n8n that keeps binary data on the disk: how much memory they take. */

const MEGABYTE = 1e6;

/**
 * Sizes, and what a file's whole way through n8n may take, as a part of its size. n8n itself grows
 * by some 40 MB at its first large file; a file that is once in memory as a whole adds its size.
 */
const LARGE = [
	{ size: 50 * MEGABYTE, most: 1.5 },
	{ size: 95 * MEGABYTE, most: 0.9 },
];
const SMALL = 1 * MEGABYTE;
const TRIGGER = 'Start';
const DOWNLOAD = 'Download';
const LAST = 'Last';

interruption().then(async (code) => {
	await stopAll();
	process.exit(code);
});

/** A figure of the process's memory, in bytes; Linux alone tells it. */
function memory(pid, name) {
	const kilobytes = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(
		readFileSync(`/proc/${pid}/status`, 'utf8'),
	)?.[1];
	return Number(kilobytes) * 1024;
}

/** The peak begins anew at what is used now. */
function forgetPeak(pid) {
	writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** What the file's way ends with: nothing more, an upload, and a message. */
function lastNodes({ shortChat }) {
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

describe(
	'large files in a real n8n',
	{ skip: process.platform === 'linux' ? false : 'only Linux tells the peak of a process' },
	() => {
		const folder = temporaryFolder();
		const rows = [];
		let n8n;
		let host;
		/** What n8n uses when everything has run with small files and nothing with a large one. */
		let baseline;

		before(async () => {
			const userFolder = join(folder, 'user');
			await installIntoUserFolder(await pack(folder), userFolder);
			const simulator = await startSimulator(await freePorts());
			n8n = await startN8n({
				userFolder,
				port: await freePort(),
				settings: { N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem' },
			});
			await logInAsOwner(n8n);
			host = {
				client: n8n.client,
				simulator,
				credentials: await saveCredentials(n8n.client, simulator),
			};
			for (let round = 0; round < 3; round++)
				for (const pair of PAIRS) for (const last of lastNodes(pair)) await run(pair, last, SMALL);
			await sleep(1000);
			baseline = memory(n8n.pid, 'VmRSS');
		});

		after(async () => {
			for (const row of rows) console.log(row);
			await stopAll();
			rmSync(folder, { recursive: true, force: true });
		});

		async function control(path, body) {
			const request =
				body === undefined
					? undefined
					: {
							method: 'POST',
							headers: { 'content-type': 'application/json' },
							body: JSON.stringify(body),
						};
			return (await fetch(host.simulator.controlUrl + path, request)).json();
		}

		/** Runs it with a file of that size; gives the file, what was uploaded, and the execution. */
		async function run(pair, last, size) {
			const file = await control('/files', {
				pair: pair.name,
				account: pair.account,
				type: 'video',
				size,
			});
			const { execution } = await runWorkflow(host, workflowOf(pair, file.url, last));
			assert.equal(execution.error, undefined);
			assert.equal(execution.status, 'success');
			return { file, execution, uploaded: (await control('/uploads')).at(-1) };
		}

		/** By how much the peak of n8n's process grows over the baseline. */
		async function growthOf(pair, last, size) {
			forgetPeak(n8n.pid);
			const result = await run(pair, last, size);
			return { ...result, growth: memory(n8n.pid, 'VmHWM') - baseline };
		}

		function judge(name, pair, { size, most }, growth) {
			rows.push(
				`${name}, ${pair.displayName}: ${size / MEGABYTE} MB in ${(growth / MEGABYTE).toFixed(1)} MB of memory (${(growth / size).toFixed(2)} times the file)`,
			);
			assert.ok(growth <= most * size, `${(growth / MEGABYTE).toFixed(1)} MB`);
		}

		for (const pair of PAIRS)
			for (const large of LARGE) {
				const { size } = large;
				const title = `${pair.displayName}, ${size / MEGABYTE} MB`;
				const [none, upload, message] = lastNodes(pair);

				test(`${title}: a download`, async () => {
					const { execution, file, growth } = await growthOf(pair, none, size);
					const [item] = execution.items(DOWNLOAD);
					assert.deepEqual(item.json, {
						fileName: file.fileName,
						mimeType: 'video/mp4',
						bytes: size,
					});
					assert.equal(item.binary.data.data, 'filesystem-v2');
					judge('Download', pair, large, growth);
				});

				test(`${title}: a download and an upload`, async () => {
					const { execution, file, uploaded, growth } = await growthOf(pair, upload, size);
					assert.deepEqual(uploaded.file, {
						fileName: file.fileName,
						mimeType: 'video/mp4',
						size,
						sha256: file.sha256,
					});
					assert.equal(typeof execution.items(LAST)[0].json.mediaId, 'string');
					judge('Download and upload', pair, large, growth);
				});

				test(`${title}: a download and a message with it`, async () => {
					const { execution, file, uploaded, growth } = await growthOf(pair, message, size);
					assert.equal(uploaded.file.sha256, file.sha256);
					assert.equal(execution.items(LAST)[0].json.uploadedMediaIds.length, 1);
					judge('Download and message', pair, large, growth);
				});
			}

		test('no key went to the server that has the files', async () => {
			const requests = await control('/cdn-requests');
			assert.ok(requests.length > 0);
			for (const { headers } of requests) {
				const shown = JSON.stringify(headers);
				for (const { apiKey } of PAIRS) assert.ok(!shown.includes(apiKey));
				assert.ok(!('authorization' in headers) && !('x-api-key' in headers));
			}
		});
	},
);
