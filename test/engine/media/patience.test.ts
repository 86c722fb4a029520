import type { INodeParameters } from 'n8n-workflow';
import type { PairName, StoredFile, WritingFault } from '../../simulator';
import { startSlowReader } from '../support/answers';
import { run, search } from '../support/harness';
import type { RunRequest, RunResult } from '../support/harness';
import {
	LUNA,
	PAIRS,
	byId,
	credentialOf,
	list,
	messageRequests,
	send,
	simulator,
	useSimulator,
} from '../support/world';

useSimulator();
afterEach(() => jest.restoreAllMocks());

/** Answers that never come, never end or come byte by byte: no run waits for ever. */

const DRIP: WritingFault = { kind: 'drip', ms: 50 };
const STALL: WritingFault = { kind: 'stall' };

/** The node's Timeout, in milliseconds: longer than a busy machine takes for what is not held back. */
const within = (timeout: number): INodeParameters => ({ requestOptions: { timeout } });

const media = (
	pair: PairName,
	operation: string,
	parameters: INodeParameters,
	given: Partial<RunRequest> = {},
) =>
	run({
		node: pair,
		credential: credentialOf(pair),
		...given,
		parameters: { resource: 'media', operation, account: byId(LUNA[pair].account), ...parameters },
	});

function fileOf(pair: PairName, size: number): StoredFile {
	const [file] = simulator().addFiles(pair, LUNA[pair].account, [{ size }]);
	if (file === undefined) throw new Error('no file');
	return file;
}

const download = (
	pair: PairName,
	{ url }: StoredFile,
	parameters: INodeParameters = {},
	given: Partial<RunRequest> = {},
) => media(pair, 'download', { cdnUrl: url, binaryPropertyName: 'data', ...parameters }, given);

/** Sets what goes wrong while the file is written, wherever it comes from. */
function breakFiles(fault: WritingFault): void {
	simulator().setCdn({ fault });
	simulator().addFault({ ...fault, path: /\/api\/fansly\/media\/download$/ });
}

const said = ({ error }: RunResult) => `${error?.message} ${error?.description}`;

/** Resolves once something has come about. */
async function until(hasCome: () => boolean): Promise<void> {
	while (!hasCome()) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** Long enough for a request that is under way to be looked at. */
const soon = () => new Promise((resolve) => setTimeout(resolve, 400));

/** Lets it be later for everybody in this process. */
function moveClock(milliseconds: number): void {
	jest
		.spyOn(Date, 'now')
		.mockImplementation(() => performance.timeOrigin + performance.now() + milliseconds);
}

/** Whether a file is on its way. */
const isComing = (pair: PairName) =>
	(pair === 'apiFansly' ? simulator().requests : simulator().cdnRequests).length > 0;

describe.each(PAIRS)('%s: download', (pair) => {
	test('one that stalls ends after the Timeout', async () => {
		breakFiles(STALL);
		const result = await download(pair, fileOf(pair, 400_000), within(3000));
		expect(said(result)).toContain('The download stopped [item 0]');
		expect(said(result)).toContain('3 seconds');
		expect(result.error).toMatchObject({ failure: { cause: 'temporarily-unavailable' } });
	});

	test('one that is slow but goes on is whole', async () => {
		breakFiles(DRIP);
		// Byte by byte it takes four seconds.
		const file = fileOf(pair, 80);
		const result = await download(pair, file, within(3000));
		expect(result.error).toBeUndefined();
		expect(result.items[0]?.binary?.data).toMatchObject({ bytes: 80, fileName: file.fileName });
	});

	test('without a Timeout a minute of silence is enough, and less is not', async () => {
		breakFiles(STALL);
		let isEnded = false;
		const result = download(pair, fileOf(pair, 400_000)).finally(() => void (isEnded = true));
		await until(() => isComing(pair));
		moveClock(50_000);
		await soon();
		expect(isEnded).toBe(false);
		// Again and again, since the first half may have been under way still.
		for (let ahead = 150_000; !isEnded; ahead += 100_000) {
			moveClock(ahead);
			await soon();
		}
		expect(said(await result)).toContain('60 seconds');
	});

	test('a cancelled execution ends it', async () => {
		breakFiles(STALL);
		let cancel = () => {};
		const result = download(
			pair,
			fileOf(pair, 400_000),
			{},
			{ onStart: (end) => void (cancel = end) },
		);
		await until(() => isComing(pair));
		cancel();
		expect((await result).items).toEqual([]);
	});

	test.each([STALL, DRIP])('words in the place of the file that never end: %j', async (fault) => {
		simulator().addFault({ ...fault, path: /download/ });
		const result = await download(
			pair,
			{ ...fileOf(pair, 10), url: `${fileOf(pair, 10).url}none` },
			within(3000),
		);
		expect(said(result)).toContain('did not respond');
	});
});

describe.each(PAIRS)('%s: an answer', (pair) => {
	test.each([STALL, { kind: 'drip', ms: 40 } as const])(
		'that never ends is no answer: %j',
		async (fault) => {
			simulator().addFault(fault);
			const result = await list(pair, { limit: 50, ...within(300) }, { chat: LUNA[pair].longChat });
			expect(said(result)).toContain('did not respond [item 0] Run this again in a few minutes.');
		},
	);

	test('to a send that never ends is a lost one: the message is sent once', async () => {
		simulator().addFault({ ...STALL, method: 'POST', times: 1 });
		const result = await send(pair, { text: 'Hi there', ...within(3000) });
		const stored = simulator()
			.messages(pair, LUNA[pair].account, LUNA[pair].chat)
			.filter(({ text }) => text.includes('Hi there'));
		expect(stored).toHaveLength(1);
		expect(result.items[0]?.json.id).toBe(stored[0]?.id);
	});

	test.each(['list', 'send'] as const)(
		'that does not come: a cancelled execution ends the %s',
		async (operation) => {
			simulator().addFault({ kind: 'slow', ms: 3_600_000 });
			let cancel = () => {};
			const given = { onStart: (end: () => void) => void (cancel = end) };
			const result =
				operation === 'list' ? list(pair, {}, given) : send(pair, { text: 'Hi' }, given);
			await until(() => messageRequests().length > 0);
			cancel();
			await result;
			expect(messageRequests()).toHaveLength(1);
		},
	);

	test('to a picker that never ends', async () => {
		simulator().addFault(STALL);
		const result = search(
			{ node: pair, credential: credentialOf(pair), parameters: {} },
			'getAccounts',
		).catch((error: unknown) => error);
		await until(() => simulator().requests.length > 0);
		moveClock(61_000);
		expect(String(await result)).toContain('did not respond');
	});
});

test('an upload may take longer than the Timeout while its bytes are taken', async () => {
	const slow = await startSlowReader({ pause: 200, body: { prefixed_id: 'ofapi_media_1' } });
	const bytes = Buffer.alloc(30_000_000, 7);
	const binary = {
		data: {
			data: bytes.toString('base64'),
			mimeType: 'video/mp4',
			fileName: 'a.mp4',
			bytes: bytes.length,
		},
	};
	const credential = { apiKey: 'key', baseUrl: slow.url };
	const result = await media(
		'ofapiOnlyFans',
		'upload',
		{ binaryPropertyName: 'data', ...within(3000) },
		{ binary: [binary], credential },
	);
	expect(result.error).toBeUndefined();
	expect(slow.pauses()).toBeGreaterThan(15);
	await slow.close();
});
