import { createHash } from 'node:crypto';
import type { IBinaryData, IBinaryKeyData, INodeParameters } from 'n8n-workflow';
import { bytesOf, sha256Of } from '../../simulator';
import type { NewFile, PairName, RecordedRequest } from '../../simulator';
import {
	bytesOf as bytesOfItem,
	keepBinaryDataInMemory,
	keepBinaryDataOnDisk,
} from '../support/binaryData';
import { run, search } from '../support/harness';
import type { RunRequest, RunResult } from '../support/harness';
import { inputOf, said, value } from '../support/operations';
import {
	LUNA,
	PAIRS,
	byId,
	credentialOf,
	jsonOf,
	list as listMessages,
	send,
	simulator,
	useSimulator,
} from '../support/world';

useSimulator();

const OFAPI: PairName[] = ['ofapiOnlyFans', 'ofapiFansly'];
const BASE: Record<PairName, string> = {
	ofapiOnlyFans: `/api/${LUNA.ofapiOnlyFans.account}`,
	ofapiFansly: `/api/fansly/${LUNA.ofapiFansly.account}`,
	apiFansly: `/api/fansly/${LUNA.apiFansly.account}`,
};
const FIRST_HANDLE = {
	ofapiOnlyFans: 'ofapi_media_00000001',
	ofapiFansly: 'fansly_media_00000001',
	apiFansly: '800000000000900000',
};
const ALBUM = '500000000000000001';

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** A file as n8n holds it in an item. */
function fileOf(bytes: Buffer, fileName = 'photo one.jpg', mimeType = 'image/jpeg'): IBinaryData {
	return { data: bytes.toString('base64'), mimeType, fileName, bytes: bytes.length };
}

const BYTES = Buffer.from(Array.from({ length: 200_000 }, (_, index) => (index * 7919) % 256));
// Bytes that look like the ends of a multipart body.
const TRICKY = Buffer.from('\r\n--form-\r\n\r\n--\r\n--form-0--\r\n'.repeat(500));

type Given = Partial<Omit<RunRequest, 'parameters'>>;

async function media(
	pair: PairName,
	operation: string,
	parameters: INodeParameters,
	given: Given = {},
): Promise<RunResult> {
	return await run({
		node: pair,
		credential: credentialOf(pair),
		...given,
		parameters: { resource: 'media', operation, account: byId(LUNA[pair].account), ...parameters },
	});
}

const upload = (
	pair: PairName,
	binary: IBinaryKeyData = { data: fileOf(BYTES) },
	parameters: INodeParameters = {},
	given: Given = {},
) =>
	media(
		pair,
		'upload',
		{ binaryPropertyName: 'data', ...parameters },
		{ binary: [binary], ...given },
	);

const addFiles = (pair: PairName, files: NewFile[]) =>
	simulator().addFiles(pair, LUNA[pair].account, files);

const lines = () => simulator().requests.map(({ method, path }) => `${method} ${path}`);
const uploadsMade = () =>
	simulator().requests.filter(
		({ method, path }) => method === 'POST' && path.endsWith('/media/upload'),
	);

describe.each(PAIRS)('%s: upload', (pair) => {
	test('a binary file arrives byte by byte, with its name and type, and gives what Send takes', async () => {
		const result = await upload(pair, { data: fileOf(BYTES, 'my "photo" ä.jpg') });
		expect(result.error).toBeUndefined();
		const [request] = uploadsMade();
		expect(request).toMatchObject({
			method: 'POST',
			path: `${BASE[pair]}/media/upload`,
			query: {},
		});
		expect(request?.body).toEqual({
			file: {
				fileName: 'my %22photo%22 ä.jpg',
				mimeType: 'image/jpeg',
				size: BYTES.length,
				sha256: sha256(BYTES),
			},
		});
		expect(request?.headers['content-type']).toMatch(
			/^multipart\/form-data; boundary=form-[\w-]+$/,
		);
		expect(Number(request?.headers['content-length'])).toBeGreaterThan(BYTES.length);
		expect(request?.headers['transfer-encoding']).toBeUndefined();
		expect(jsonOf(result)).toMatchObject([
			{ mediaId: FIRST_HANDLE[pair], status: 'completed', reason: null },
		]);
		expect(result.items.map(inputOf)).toEqual([0]);
		expect(JSON.stringify(result.run)).not.toContain(credentialOf(pair).apiKey);
	});

	test('bytes that look like the form itself, and an empty file', async () => {
		await upload(pair, { data: fileOf(TRICKY, 'a.bin', 'application/octet-stream') });
		await upload(pair, { data: fileOf(Buffer.alloc(0), 'empty.jpg') });
		expect(simulator().uploads.map(({ file }) => [file?.size, file?.sha256])).toEqual([
			[TRICKY.length, sha256(TRICKY)],
			[0, sha256(Buffer.alloc(0))],
		]);
	});

	test('25 items give 25 uploads, each paired to its own', async () => {
		const files = Array.from({ length: 25 }, (_, index) => ({
			data: fileOf(Buffer.from(`file ${index}`), `${index}.jpg`),
		}));
		const result = await upload(pair, {}, {}, { items: files.map(() => ({})), binary: files });
		expect(result.error).toBeUndefined();
		expect(result.items.map(inputOf)).toEqual(files.map((_, index) => index));
		const names = new Map(
			simulator().uploads.map(({ handle, mediaId, file }) => [
				pair === 'apiFansly' ? mediaId : handle,
				file?.fileName,
			]),
		);
		expect(jsonOf(result).map(({ mediaId }) => names.get(mediaId as string))).toEqual(
			files.map((_, index) => `${index}.jpg`),
		);
	});

	test('with Simplify off, what the provider says', async () => {
		const result = await upload(pair, undefined, { simplify: false });
		expect(jsonOf(result)).toMatchObject([
			pair === 'apiFansly'
				? { data: { state: 'completed' }, mediaId: FIRST_HANDLE[pair] }
				: { prefixed_id: FIRST_HANDLE[pair], mediaId: FIRST_HANDLE[pair] },
		]);
	});

	test.each<[string, IBinaryKeyData, INodeParameters, string]>([
		['no file', {}, {}, "'Input Binary Field' names 'data'"],
		['another field', { other: fileOf(BYTES) }, {}, "'Input Binary Field' names 'data'"],
		[
			'an empty name',
			{ data: fileOf(BYTES) },
			{ binaryPropertyName: value('') },
			"'Input Binary Field' is empty",
		],
		[
			'a name that is no text',
			{ data: fileOf(BYTES) },
			{ binaryPropertyName: value(true) },
			"'Input Binary Field' has to be",
		],
		[
			'a wait that is no number',
			{ data: fileOf(BYTES) },
			{ options: { wait: value('long') } },
			"'Max Wait (Minutes)'",
		],
		[
			'a wait of more than an hour',
			{ data: fileOf(BYTES) },
			{ options: { wait: 61 } },
			"'Max Wait (Minutes)'",
		],
		[
			'a wait below nothing',
			{ data: fileOf(BYTES) },
			{ options: { wait: -1 } },
			"'Max Wait (Minutes)'",
		],
		['no account', { data: fileOf(BYTES) }, { account: byId(value('')) }, "'Account'"],
	])('refuses %s before anything leaves', async (_name, binary, parameters, names) => {
		const result = await upload(pair, binary, parameters);
		expect(said(result)).toContain(names);
		expect(said(result)).toContain('[item 0]');
		expect(simulator().requests).toEqual([]);
	});

	test('two of three items that do not work out are paired, On Error: continue', async () => {
		const files: IBinaryKeyData[] = [{ data: fileOf(BYTES) }, {}, { data: fileOf(BYTES) }];
		simulator().addFault({
			kind: 'json',
			status: 403,
			body: { message: 'Not now.' },
			method: 'POST',
			skip: 1,
			times: 1,
		});
		const result = await upload(
			pair,
			{},
			{ options: { concurrency: 1 } },
			{ items: files.map(() => ({})), binary: files, onError: 'continueRegularOutput' },
		);
		expect(result.items.map(inputOf)).toEqual([0, 1, 2]);
		expect(jsonOf(result).map(({ error }) => error !== undefined)).toEqual([false, true, true]);
	});

	test.each(['lostAfterStoring', 'storedThen500', 'halfAnswer'] as const)(
		'an answer that is lost (%s) is not uploaded again, and said to be unknown',
		async (kind) => {
			simulator().addFault({ kind, method: 'POST' });
			const result = await upload(
				pair,
				undefined,
				{},
				{ settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 } },
			);
			expect(said(result)).toMatch(/not known whether the file was uploaded/);
			expect(result.error?.context.outcome).toBe('unknown');
			expect(uploadsMade()).toHaveLength(1);
		},
	);

	test('a request that was turned away may be made again, also after a 429', async () => {
		simulator().addFault({
			kind: 'json',
			status: 403,
			body: { message: 'Not now.' },
			method: 'POST',
			times: 1,
		});
		simulator().addFault({ kind: 'rateLimited', retryAfterSeconds: 0, method: 'POST', times: 1 });
		const result = await upload(
			pair,
			undefined,
			{},
			{ settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 } },
		);
		expect(jsonOf(result)).toMatchObject([{ mediaId: FIRST_HANDLE[pair] }]);
		expect(uploadsMade()).toHaveLength(3);
		expect(simulator().uploads.map(({ file }) => file?.sha256)).toEqual([sha256(BYTES)]);
	});

	test('Retry On Fail uploads no file twice', async () => {
		const files = [0, 1, 2].map((index) => ({
			data: fileOf(Buffer.from(`file ${index}`), `${index}.jpg`),
		}));
		simulator().addFault({
			kind: 'json',
			status: 403,
			body: { message: 'Not now.' },
			method: 'POST',
			skip: 2,
			times: 1,
		});
		const result = await upload(
			pair,
			{},
			{ options: { concurrency: 1 } },
			{
				items: files.map(() => ({})),
				binary: files,
				settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
			},
		);
		expect(result.error).toBeUndefined();
		expect(result.items.map(inputOf)).toEqual([0, 1, 2]);
		expect(
			simulator()
				.uploads.map(({ file }) => file?.fileName)
				.sort(),
		).toEqual(['0.jpg', '1.jpg', '2.jpg']);
	});
});

describe.each(PAIRS)('%s: uploads in the background', (pair) => {
	beforeEach(() => void (simulator().quirks.uploadLooks = 1));

	const inBackground = (options: INodeParameters = {}) => ({
		options: pair === 'apiFansly' ? options : { inBackground: true, ...options },
	});
	const handle = pair === 'apiFansly' ? '1' : FIRST_HANDLE[pair];
	const statusPath =
		pair === 'apiFansly'
			? '/api/fansly/media/upload/1/status'
			: `${BASE[pair]}/media/uploads/${handle}/status`;

	test('are waited for', async () => {
		const result = await upload(pair, undefined, inBackground());
		expect(lines()).toEqual([
			`POST ${BASE[pair]}/media/upload`,
			`GET ${statusPath}`,
			`GET ${statusPath}`,
		]);
		if (pair !== 'apiFansly') expect(uploadsMade()[0]?.body).toMatchObject({ async: 'true' });
		// The file has a handle of its own on OnlyFans then.
		expect(jsonOf(result)).toMatchObject([
			{
				mediaId: pair === 'ofapiOnlyFans' ? `${handle}file` : FIRST_HANDLE[pair],
				uploadId: handle,
				status: 'completed',
			},
		]);
	});

	test('with a wait of 0 the item comes at once, and Get Status tells the rest', async () => {
		simulator().quirks.uploadLooks = 2;
		const result = await upload(pair, undefined, inBackground({ wait: 0 }));
		expect(jsonOf(result)).toMatchObject([{ mediaId: null, uploadId: handle, status: 'pending' }]);
		expect(simulator().requests).toHaveLength(1);
		const states: unknown[] = [];
		for (let look = 0; look < 3; look++) {
			states.push(jsonOf(await media(pair, 'getStatus', { uploadId: handle }))[0]?.status);
		}
		expect(states).toEqual(['pending', 'processing', 'completed']);
		expect(lines().slice(1)).toEqual(states.map(() => `GET ${statusPath}`));
	});

	test('that take too long are named, and a retry goes on waiting', async () => {
		simulator().quirks.uploadLooks = 1000;
		const result = await upload(pair, undefined, inBackground({ wait: 0.01 }), {
			settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
		});
		expect(said(result)).toMatch(/is still processing the upload/);
		expect(said(result)).toContain(`The upload ${handle} has started`);
		expect(uploadsMade()).toHaveLength(1);
	});

	test('that do not work out say why', async () => {
		Object.assign(simulator().quirks, { uploadsFail: true, uploadLooks: 0 });
		const result = await upload(pair, undefined, inBackground());
		expect(said(result)).toContain('could not use the file [item 0]');
		expect(said(result)).toContain('The file could not be read.');
	});

	test('an answer about the state that is lost is asked for again; a refusal names the upload', async () => {
		simulator().quirks.uploadLooks = 0;
		simulator().addFault({ kind: 'html', path: /status$/, times: 1 });
		expect((await upload(pair, undefined, inBackground())).error).toBeUndefined();
		simulator().reset();
		simulator().addFault({
			kind: 'json',
			status: 403,
			body: { message: 'Not now.' },
			path: /status$/,
		});
		const result = await upload(pair, undefined, inBackground());
		expect(said(result)).toContain(`The upload ${handle} has started`);
	});

	test('a cancelled execution ends the wait', async () => {
		simulator().quirks.uploadLooks = 1000;
		const timer: { end?: NodeJS.Timeout } = {};
		await upload(pair, undefined, inBackground(), {
			onStart: (cancel) => void (timer.end = setTimeout(cancel, 700)),
		});
		clearTimeout(timer.end);
		const asked = simulator().requests.length;
		await new Promise((resolve) => setTimeout(resolve, 1500));
		expect(simulator().requests).toHaveLength(asked);
	});

	test('Get Status of nobody’s upload, of one that did not work out, and of no ID', async () => {
		const unknown = pair === 'apiFansly' ? '77' : handle.replace(/\d+$/, '77');
		expect((await media(pair, 'getStatus', { uploadId: unknown })).error).toBeDefined();
		simulator().quirks.uploadsFail = true;
		simulator().quirks.uploadLooks = 0;
		await upload(pair, undefined, inBackground({ wait: 0 }));
		expect(jsonOf(await media(pair, 'getStatus', { uploadId: handle }))).toMatchObject([
			{ status: 'failed', reason: 'The file could not be read.', mediaId: null },
		]);
		simulator().reset();
		for (const uploadId of [value(''), 'a/b', value({ a: 1 })]) {
			expect(said(await media(pair, 'getStatus', { uploadId }))).toContain("'Upload ID'");
		}
		expect(simulator().requests).toEqual([]);
	});
});

describe.each(OFAPI)('%s: upload from a URL', (pair) => {
	test('the provider is given the address alone', async () => {
		const result = await upload(
			pair,
			{},
			{ source: 'url', fileUrl: 'https://example.com/a b.jpg?x=1&y=ä' },
		);
		expect(result.error).toBeUndefined();
		expect(uploadsMade()[0]?.body).toEqual({ file_url: 'https://example.com/a b.jpg?x=1&y=ä' });
		expect(jsonOf(result)).toMatchObject([{ mediaId: FIRST_HANDLE[pair] }]);
	});

	test.each([value(''), 'photo.jpg', 'ftp://example.com/a.jpg', value({ a: 1 })])(
		'refuses %s',
		async (fileUrl) => {
			const result = await upload(pair, {}, { source: 'url', fileUrl });
			expect(said(result)).toContain("'File URL'");
			expect(simulator().requests).toEqual([]);
		},
	);

	test('a file over 100 MB is refused before anything leaves', async () => {
		const result = await upload(pair, { data: { ...fileOf(BYTES), bytes: 100_000_001 } });
		expect(said(result)).toContain('with a maximum of 100 MB');
		expect(simulator().requests).toEqual([]);
	});
});

describe.each(PAIRS)('%s: download', (pair) => {
	const at = (url: string) => media(pair, 'download', { cdnUrl: url, binaryPropertyName: 'file' });

	test('the file arrives byte by byte, with its name and type', async () => {
		const [file] = addFiles(pair, [{ type: 'video', size: 300_001 }]);
		if (file === undefined) throw new Error('no file');
		const result = await at(file.url);
		expect(result.error).toBeUndefined();
		expect(result.items.map(inputOf)).toEqual([0]);
		const binary = result.items[0]?.binary?.file;
		expect(binary).toMatchObject({
			fileName: file.fileName,
			mimeType: 'video/mp4',
			bytes: file.size,
		});
		expect(sha256(Buffer.from(binary?.data ?? '', 'base64'))).toBe(sha256Of(file));
		expect(jsonOf(result)).toEqual([
			{ fileName: file.fileName, mimeType: 'video/mp4', bytes: file.size },
		]);

		const [request, ...others] = simulator().requests;
		expect(others).toEqual([]);
		if (pair === 'apiFansly') {
			expect(request).toMatchObject({
				method: 'POST',
				path: '/api/fansly/media/download',
				body: { cdnUrl: file.url },
			});
		} else {
			expect(request).toMatchObject({
				method: 'GET',
				path: `${BASE[pair]}/media/download/${encodeURIComponent(file.url)}`,
				query: {},
			});
		}
	});

	test('no key goes to the other server', async () => {
		const [file] = addFiles(pair, [{}]);
		const result = await at(file?.url ?? '');
		expect(result.error).toBeUndefined();
		expect(simulator().cdnRequests).toHaveLength(pair === 'apiFansly' ? 0 : 1);
		for (const { headers } of simulator().cdnRequests) {
			expect(Object.keys(headers)).not.toContain('authorization');
			expect(Object.keys(headers)).not.toContain('x-api-key');
			expect(JSON.stringify(headers)).not.toContain(credentialOf(pair).apiKey);
		}
	});

	test.each([
		value(''),
		'not an address',
		'http://cdn2.onlyfans.com/files/1/a.jpg',
		'http://cdn3.fansly.com/1/a.jpg',
		'https://example.com/a.jpg',
		'https://cdn2.onlyfans.com.example.com/a.jpg',
		'https://fansly.com.example.com/a.jpg',
		'https://evilfansly.com/a.jpg',
		'https://user:pass@cdn2.onlyfans.com/a.jpg',
		'https://cdn3.fansly.com:8443/a.jpg',
		'http://127.0.0.1:1/a.jpg',
	])('refuses the address %s', async (url) => {
		const result = await at(url);
		expect(said(result)).toContain("'File URL'");
		expect(simulator().requests).toEqual([]);
	});

	test('a file that is not there, and one that breaks off', async () => {
		const [file] = addFiles(pair, [{ size: 2_000_000 }]);
		const host = pair === 'ofapiOnlyFans' ? 'https://cdn2.onlyfans.com' : 'https://cdn3.fansly.com';
		expect((await at(`${host}/none.jpg`)).error?.message).toContain('[item 0]');
		simulator().setCdn({ fault: { kind: 'halfAnswer' } });
		simulator().addFault({ kind: 'halfAnswer', path: /download$/ });
		const result = await at(file?.url ?? '');
		expect(said(result)).toContain('The download was interrupted [item 0]');
	});

	test('several items keep their files apart, and one that is missing is paired', async () => {
		const files = addFiles(pair, [{}, {}, {}]);
		const urls = files.map(({ url }) => ({ url }));
		urls.splice(1, 0, { url: `${files[0]?.url}x` });
		const result = await media(
			pair,
			'download',
			{ cdnUrl: '={{ $json.url }}', binaryPropertyName: 'data' },
			{ items: urls, onError: 'continueRegularOutput' },
		);
		expect(result.items.map(inputOf)).toEqual([0, 1, 2, 3]);
		expect(result.items.map(({ binary }) => binary?.data?.fileName)).toEqual([
			files[0]?.fileName,
			undefined,
			files[1]?.fileName,
			files[2]?.fileName,
		]);
		expect(
			result.items.map(({ binary }) =>
				Buffer.from(binary?.data?.data ?? '', 'base64')
					.subarray(0, 8)
					.toString('hex'),
			),
		).toEqual(
			[files[0], undefined, files[1], files[2]].map((file) =>
				file === undefined ? '' : [...bytesOf(file)][0]?.subarray(0, 8).toString('hex'),
			),
		);
	});
});

describe.each(OFAPI)('%s: where a download is led to', (pair) => {
	const url =
		pair === 'ofapiOnlyFans' ? 'https://cdn2.onlyfans.com/a.jpg' : 'https://cdn3.fansly.com/a.jpg';
	const led = (location: string) => {
		simulator().addFault({ kind: 'redirect', location });
		return media(pair, 'download', { cdnUrl: url, binaryPropertyName: 'data' });
	};

	test.each([
		'http://example.com/a.jpg',
		'file:///etc/passwd',
		'ftp://127.0.0.1/a',
		'https://user:pass@127.0.0.1/a.jpg',
		'//[',
	])('%s is not followed', async (location) => {
		expect(said(await led(location))).toContain('not safe');
	});

	test('an address that has gone stale says so', async () => {
		addFiles(pair, [{}]);
		simulator().setCdn({ status: 403 });
		const result = await media(pair, 'download', {
			cdnUrl: simulator().addFiles(pair, LUNA[pair].account, [{}])[0]?.url ?? '',
			binaryPropertyName: 'data',
		});
		expect(said(result)).toContain('could not be fetched (status 403)');
	});
});

describe.each(PAIRS)('%s: list of the vault', (pair) => {
	const path = {
		ofapiOnlyFans: `${BASE.ofapiOnlyFans}/media/vault`,
		ofapiFansly: `${BASE.ofapiFansly}/vault/media`,
		apiFansly: `${BASE.apiFansly}/vault/albums/${ALBUM}/media`,
	}[pair];
	const page = { ofapiOnlyFans: 100, ofapiFansly: 20, apiFansly: 50 }[pair];
	const listed = (parameters: INodeParameters = { returnAll: true }, given: Given = {}) =>
		media(pair, 'list', { album: byId(ALBUM), ...parameters }, given);
	const ids = (result: RunResult) => jsonOf(result).map(({ id }) => id);
	const many = (count: number) =>
		addFiles(
			pair,
			Array.from({ length: count }, () => ({})),
		)
			.map(({ id }) => id)
			.reverse();

	test.each([
		['none', 0, 1],
		['one', 1, 1],
		['a page', page, 1],
		['a page and one', page + 1, 2],
		['three pages less one', 3 * page - 1, 3],
	])('%s', async (_name, count, requests) => {
		const expected = many(count);
		const result = await listed();
		expect(result.error).toBeUndefined();
		expect(ids(result)).toEqual(expected);
		// Nothing but a short page behind a full one tells Fansly's end through OnlyFansAPI.
		const extra = pair === 'ofapiFansly' && (count === 1 || count === page) ? 1 : 0;
		expect(lines()).toEqual(Array.from({ length: requests + extra }, () => `GET ${path}`));
		expect(result.items.every((item) => inputOf(item) === 0)).toBe(true);
	});

	test('a limit asks for no more than it needs', async () => {
		const expected = many(2 * page);
		expect(ids(await listed({ returnAll: false, limit: 3 }))).toEqual(expected.slice(0, 3));
		expect(simulator().requests).toHaveLength(1);
		expect(simulator().requests[0]?.query).toEqual(
			{ ofapiOnlyFans: { limit: '10' }, ofapiFansly: {}, apiFansly: { limit: '3' } }[pair],
		);
		expect(ids(await listed({ returnAll: false, limit: page + 1 }))).toEqual(
			expected.slice(0, page + 1),
		);
		expect(simulator().requests).toHaveLength(3);
	});

	test('the common file, and the provider’s own', async () => {
		const [file] = addFiles(pair, [{ type: 'video' }]);
		const [common] = jsonOf(await listed());
		expect(Object.keys(common ?? {})).toEqual([
			'id',
			'type',
			'url',
			'previewUrl',
			'mimeType',
			'fileName',
			'width',
			'height',
			'duration',
			'createdAt',
		]);
		expect(common).toMatchObject({
			id: file?.id,
			type: 'video',
			url: file?.url,
			createdAt: file?.createdAt,
			duration: pair === 'ofapiOnlyFans' ? 9 : 9.5,
		});
		const [raw] = jsonOf(await listed({ returnAll: true, simplify: false }));
		expect(raw).toMatchObject(
			{
				ofapiOnlyFans: { counters: {} },
				ofapiFansly: { albumId: ALBUM, media: { id: file?.id } },
				apiFansly: { mediaId: file?.id, media: {} },
			}[pair],
		);
	});

	test.each(['0', '-1', 'many'])('refuses a limit of %s', async (limit) => {
		expect(said(await listed({ returnAll: false, limit: value(limit) }))).toContain("'Limit'");
		expect(simulator().requests).toEqual([]);
	});
});

test('OnlyFans: filters go into every page as documented', async () => {
	addFiles('ofapiOnlyFans', [
		...Array.from({ length: 110 }, () => ({ type: 'video' as const, album: '77' })),
		{ type: 'photo' as const },
	]);
	const filters = { type: 'video', list: '77', query: 'file', field: 'most-liked', sort: 'asc' };
	const result = await media('ofapiOnlyFans', 'list', { returnAll: true, filters });
	expect(result.items).toHaveLength(110);
	expect(simulator().requests.map(({ query }) => query)).toEqual([
		{ ...filters, limit: '100' },
		{ ...filters, limit: '100', offset: '100' },
	]);
	for (const [name, given, field] of [
		['type', 'film', 'Type'],
		['list', 'x', 'Vault List Name or ID'],
		['sort', 'up', 'Sort Order'],
		['field', 'best', 'Sort By'],
	] as const) {
		expect(
			said(
				await media('ofapiOnlyFans', 'list', {
					returnAll: true,
					filters: { [name]: value(given) },
				}),
			),
		).toContain(`'${field}'`);
	}
	expect(simulator().requests).toHaveLength(2);
});

test('Fansly through OnlyFansAPI: an album', async () => {
	addFiles('ofapiFansly', [{ album: '500000000000000002' }, {}]);
	const result = await media('ofapiFansly', 'list', {
		returnAll: false,
		limit: 5,
		filters: { albumId: '500000000000000002' },
	});
	expect(result.items).toHaveLength(1);
	expect(simulator().requests[0]?.query).toEqual({ album_id: '500000000000000002' });
});

test("ApiFansly: the vault's albums to choose from", async () => {
	addFiles('apiFansly', [{}, { album: '500000000000000002' }]);
	const editor = {
		node: 'apiFansly' as const,
		credential: credentialOf('apiFansly'),
		parameters: { resource: 'media', operation: 'list', account: byId(LUNA.apiFansly.account) },
	};
	expect((await search(editor, 'getAlbums')).results).toEqual([
		{ name: 'Album 1', value: '500000000000000002' },
		{ name: 'Album 2', value: ALBUM },
	]);
	expect((await search(editor, 'getAlbums', 'album 2')).results).toHaveLength(1);
	expect(lines()).toEqual([
		`GET ${BASE.apiFansly}/vault/albums`,
		`GET ${BASE.apiFansly}/vault/albums`,
	]);
});

describe.each(PAIRS)('%s: Send from binary data', (pair) => {
	const { account, chat } = LUNA[pair];
	const idField = pair === 'apiFansly' ? 'mediaIds' : 'mediaFiles';
	const sendFiles = (fields: INodeParameters, given: Given = {}, text = 'Here it is') =>
		send(
			pair,
			{ text, additionalFields: fields },
			{ binary: [{ data: fileOf(BYTES), second: fileOf(TRICKY, 'b.mp4', 'video/mp4') }], ...given },
		);
	const sends = (): RecordedRequest[] =>
		simulator().requests.filter(
			({ method, path }) => method === 'POST' && path.endsWith('/messages'),
		);
	const handles = () =>
		simulator().uploads.map((one) => (pair === 'apiFansly' ? one.mediaId : one.handle));

	test('uploads, then sends, and tells the IDs', async () => {
		const result = await sendFiles({ binaryFiles: 'data, second' });
		expect(result.error).toBeUndefined();
		expect(simulator().uploads.map(({ file }) => file?.sha256)).toEqual([
			sha256(BYTES),
			sha256(TRICKY),
		]);
		expect(sends().map(({ body }) => body)).toEqual([
			{ [pair === 'apiFansly' ? 'content' : 'text']: 'Here it is', [idField]: handles() },
		]);
		expect(jsonOf(result)).toMatchObject([{ text: 'Here it is', uploadedMediaIds: handles() }]);
		expect(result.items.map(inputOf)).toEqual([0]);
	});

	test('after the other media; one file alone in the form that the provider knows best', async () => {
		const other = {
			ofapiOnlyFans: '1234567890',
			ofapiFansly: 'fansly_media_abc',
			apiFansly: '700000000000000001',
		}[pair];
		await sendFiles({ [idField]: other, binaryFiles: 'data' });
		expect(sends()[0]?.body).toMatchObject({ [idField]: [other, handles()[0]] });
		simulator().requests.length = 0;
		await sendFiles({ binaryFiles: value(['second']) });
		expect(sends()[0]?.body).toMatchObject(
			pair === 'apiFansly' ? { mediaId: handles()[1] } : { mediaFiles: [handles()[1]] },
		);
	});

	test('a message without them has no such field in its result', async () => {
		const result = await sendFiles({});
		expect(jsonOf(result)[0]).not.toHaveProperty('uploadedMediaIds');
		expect(simulator().uploads).toEqual([]);
	});

	test('a refused send tells the IDs, and Retry On Fail uses them', async () => {
		simulator().addFault({
			kind: 'json',
			status: 403,
			body: { message: 'Not now.' },
			path: /messages$/,
			method: 'POST',
			times: 2,
		});
		const settings = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
		const result = await sendFiles({ binaryFiles: 'data' }, { settings });
		expect(said(result)).toContain(`Uploaded already: ${handles()[0]}`);
		expect(simulator().uploads).toHaveLength(1);
		simulator().reset();
		simulator().addFault({
			kind: 'json',
			status: 403,
			body: { message: 'Not now.' },
			path: /messages$/,
			method: 'POST',
			times: 1,
		});
		const second = await sendFiles({ binaryFiles: 'data' }, { settings });
		expect(jsonOf(second)).toMatchObject([{ uploadedMediaIds: handles() }]);
		expect(simulator().uploads).toHaveLength(1);
	});

	test('a send whose answer is lost is not uploaded again', async () => {
		simulator().addFault({ kind: 'lostAfterStoring', path: /messages$/, method: 'POST', times: 1 });
		const result = await sendFiles({ binaryFiles: 'data' });
		expect(result.error).toBeUndefined();
		expect(simulator().uploads).toHaveLength(1);
		const stored = simulator()
			.messages(pair, account, chat)
			.filter(({ text }) => text === 'Here it is');
		expect(stored).toHaveLength(1);
	});

	test('an upload that is lost sends nothing, and is not made again', async () => {
		simulator().addFault({ kind: 'lostAfterStoring', path: /upload$/, times: 1 });
		const result = await sendFiles(
			{ binaryFiles: 'data' },
			{ settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 } },
		);
		expect(said(result)).toMatch(
			/not known whether the file was uploaded.*The message was not sent/,
		);
		expect(result.error?.context.outcome).toBe('notSent');
		expect(simulator().uploads).toHaveLength(1);
		expect(sends()).toEqual([]);
	});

	test.each<[string, INodeParameters, string]>([
		['a file that is not there', { binaryFiles: 'data, third' }, "'Binary Files' names 'third'"],
		['a field that is no text', { binaryFiles: value([{ a: 1 }]) }, "'Binary Files'"],
		['a name twice', { binaryFiles: 'data, data' }, "'Binary Files'"],
	])('refuses %s before anything leaves', async (_name, fields, names) => {
		const result = await sendFiles(fields);
		expect(said(result)).toContain(names);
		expect(simulator().requests).toEqual([]);
	});

	test('when one item’s file is missing and On Error is stop, nothing is uploaded for the others', async () => {
		const result = await sendFiles(
			{ binaryFiles: 'data' },
			{ items: [{}, {}], binary: [{ data: fileOf(BYTES) }, {}] },
		);
		expect(said(result)).toContain('[item 1]');
		expect(simulator().requests).toEqual([]);
	});

	test('items to one chat go out in order, each with its own file', async () => {
		const binary = [0, 1, 2].map((index) => ({
			data: fileOf(Buffer.from(`file ${index}`), `${index}.jpg`),
		}));
		const result = await send(
			pair,
			{ text: '={{ $json.text }}', additionalFields: { binaryFiles: 'data' } },
			{ items: [{ text: 'a' }, { text: 'b' }, { text: 'c' }], binary },
		);
		expect(result.error).toBeUndefined();
		expect(simulator().uploads.map(({ file }) => file?.fileName)).toEqual([
			'0.jpg',
			'1.jpg',
			'2.jpg',
		]);
		expect(jsonOf(result).map(({ text, uploadedMediaIds }) => [text, uploadedMediaIds])).toEqual(
			['a', 'b', 'c'].map((text, index) => [text, [handles()[index]]]),
		);
	});
});

describe.each(PAIRS)("%s: with n8n's files on the disk", (pair) => {
	beforeAll(keepBinaryDataOnDisk);
	afterAll(keepBinaryDataInMemory);

	test('a file goes down and up again byte by byte, and a message takes it', async () => {
		const [file] = addFiles(pair, [{ type: 'video', size: 1_000_003 }]);
		if (file === undefined) throw new Error('no file');
		const { items, error } = await media(pair, 'download', {
			cdnUrl: file.url,
			binaryPropertyName: 'data',
		});
		expect(error).toBeUndefined();
		const binary = items[0]?.binary ?? {};
		// The item itself holds no bytes.
		expect(binary.data?.data).toBe('filesystem-v2');
		expect(sha256(await bytesOfItem(items[0]))).toBe(sha256Of(file));

		simulator().addFault({ kind: 'rateLimited', retryAfterSeconds: 0, path: /upload$/, times: 1 });
		expect((await upload(pair, binary)).error).toBeUndefined();
		expect(
			(
				await send(
					pair,
					{ text: 'x', additionalFields: { binaryFiles: 'data' } },
					{ binary: [binary] },
				)
			).error,
		).toBeUndefined();
		const expected = {
			fileName: file.fileName,
			mimeType: 'video/mp4',
			size: file.size,
			sha256: sha256Of(file),
		};
		expect(simulator().uploads.map((one) => one.file)).toEqual([expected, expected]);
	});

	test('a file that n8n has lost is not uploaded', async () => {
		const lost = {
			...fileOf(BYTES),
			data: 'filesystem-v2',
			id: 'filesystem-v2:workflows/x/executions/y/binary_data/z',
		};
		expect(said(await upload(pair, { data: lost }))).toContain(
			"n8n no longer has the file 'data' [item 0]",
		);
		expect(simulator().requests).toEqual([]);
	});
});

test('a price needs no more media than binary files', async () => {
	const binary = [{ data: fileOf(BYTES) }];
	const onlyFans = await send(
		'ofapiOnlyFans',
		{ text: '', additionalFields: { price: 10, binaryFiles: 'data' } },
		{ binary },
	);
	expect(jsonOf(onlyFans)).toMatchObject([
		{ price: 10, uploadedMediaIds: ['ofapi_media_00000001'] },
	]);
	const fansly = await send(
		'ofapiFansly',
		{ text: '', additionalFields: { binaryFiles: 'data' } },
		{ binary },
	);
	expect(fansly.error).toBeUndefined();
	const paid = await send(
		'apiFansly',
		{ text: 'Paid', additionalFields: { accessType: 'ppv', price: 10, binaryFiles: 'data' } },
		{ binary },
	);
	expect(paid.error).toBeUndefined();
	expect(
		simulator().requests.find(
			({ path, method, pair }) =>
				pair === 'apiFansly' && method === 'POST' && path.endsWith('messages'),
		)?.body,
	).toMatchObject({ access_type: 'ppv', price: 10, mediaId: simulator().uploads.at(-1)?.mediaId });
});

test('an ofapi_media_ handle works once, a fansly_media_ one again', async () => {
	for (const pair of OFAPI) {
		const [{ mediaId } = {}] = jsonOf(await upload(pair));
		const fields = { text: 'x', additionalFields: { mediaFiles: mediaId as string } };
		expect((await send(pair, fields)).error).toBeUndefined();
		const second = await send(pair, fields);
		if (pair === 'ofapiOnlyFans') {
			expect(said(second)).toContain('used already');
			expect(said(second)).toContain("upload the file again, or use the sent file's vault ID");
		} else expect(second.error).toBeUndefined();
	}
});

test('credits: three per MB, two on ApiFansly, one at least; states are free on OnlyFansAPI', async () => {
	const megabytes = { data: fileOf(Buffer.alloc(1_400_000)) };
	await upload('ofapiOnlyFans', megabytes, { options: { inBackground: true } });
	expect(simulator().credits('ofapi').used).toBe(5);
	await upload('ofapiFansly');
	expect(simulator().credits('ofapi').used).toBe(6);
	await upload('apiFansly', megabytes);
	expect(simulator().credits('apiFansly').used).toBe(3 + 1);
});

test('messages of a chat are listed as before', async () => {
	expect((await listMessages('ofapiOnlyFans')).items).toHaveLength(3);
});

describe('Get Status of an upload to the vault', () => {
	const handle = 'ofapi_media_abc123def456abc123def456abc123de';
	/** As OAS has it: the file's number is what messages take again and again, the handle is the upload's. */
	const answer = {
		status: 'completed',
		prefixed_id: handle,
		media: { id: 1234567890, type: 'photo', isReady: false, files: { full: { url: null } } },
		credits_used: 3,
	};
	const getStatus = async (body: unknown, parameters: INodeParameters = {}) => {
		simulator().addFault({ kind: 'json', status: 200, body, path: /status$/, times: 1 });
		return jsonOf(await media('ofapiOnlyFans', 'getStatus', { uploadId: handle, ...parameters }));
	};

	test('gives the reusable ID of the file', async () => {
		expect(await getStatus(answer)).toMatchObject([
			{
				mediaId: '1234567890',
				uploadId: handle,
				status: 'completed',
				type: 'photo',
				creditsUsed: 3,
			},
		]);
		expect(await getStatus(answer, { simplify: false })).toEqual([
			{ ...answer, mediaId: '1234567890' },
		]);
	});

	test('which Send takes', async () => {
		const [{ mediaId } = {}] = await getStatus(answer);
		const result = await send('ofapiOnlyFans', {
			text: 'x',
			additionalFields: { mediaFiles: mediaId as string },
		});
		expect(result.error).toBeUndefined();
		expect(simulator().requests.at(-1)?.body).toMatchObject({ mediaFiles: ['1234567890'] });
	});

	test('and nothing before it is completed', async () => {
		expect(await getStatus({ ...answer, status: 'processing' })).toMatchObject([
			{ mediaId: null, uploadId: handle },
		]);
	});
});
