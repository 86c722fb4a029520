import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { csvCell } from '../../../dist/nodes/shared/lists/fileFormats';
import { idOf } from '../../../nodes/shared/model/values';
import { startAnswering } from '../support/answers';
import {
	binaryOf,
	bytesOf,
	keepBinaryDataInMemory,
	keepBinaryDataOnDisk,
	storedFiles,
} from '../support/binaryData';
import { inputOf } from '../support/operations';
import {
	LUNA,
	PAIRS,
	byId,
	chatOf,
	chatWith,
	credentialOf,
	jsonOf,
	list,
	messageRequests,
	simulator,
	storedIds,
	useSimulator,
} from '../support/world';

useSimulator();
beforeAll(keepBinaryDataOnDisk);

const CSV: INodeParameters = { returnAll: true, output: 'file' };
const JSONL: INodeParameters = { ...CSV, fileFormat: 'jsonl' };
const HEAD =
	'\uFEFFid,accountId,chatId,direction,senderId,text,createdAt,price,tipAmount,media,replyToId,fanName\r\n';

const textOf = async (item: INodeExecutionData | undefined) =>
	(await bytesOf(item)).toString('utf8');
const linesOf = async (item: INodeExecutionData | undefined) =>
	(await textOf(item))
		.split('\n')
		.filter((line) => line !== '')
		.map((line) => JSON.parse(line) as IDataObject);

/** The rows of a CSV file, read by the letter of RFC 4180. */
function parseCsv(text: string): string[][] {
	const rows: string[][] = [];
	const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
	const row: string[] = [];
	while (cell.lastIndex < text.length) {
		const at = cell.lastIndex;
		const found = cell.exec(text);
		if (found === null) throw new Error(`not CSV at ${at}: ${text.slice(at, at + 40)}`);
		row.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '');
		if (found[3] === '\r\n') rows.push(row.splice(0));
	}
	return rows;
}

describe.each(PAIRS)('%s: a file of messages', (pair) => {
	const pageSize = LUNA[pair].pageSize;
	const requestsFor = (messages: number) => Math.max(1, Math.ceil(messages / pageSize));

	test.each([0, 1, pageSize, pageSize + 1, pageSize * 3 + 7])(
		'%i messages in as few requests as items take',
		async (length) => {
			const chat = chatOf(pair, length);
			const ids = storedIds(pair, chat);
			const result = await list(pair, JSONL, { chat });
			expect(result.error).toBeUndefined();
			expect(result.items).toHaveLength(1);
			expect((await linesOf(result.items[0])).map(({ id }) => id)).toEqual(ids);
			expect(messageRequests()).toHaveLength(requestsFor(length));
			expect(jsonOf(result)).toEqual([
				{
					fileName: `messages-${chat}.jsonl`,
					chatId: chat,
					messageCount: length,
					newestMessageId: ids[0] ?? null,
					oldestMessageId: ids.at(-1) ?? null,
					isComplete: true,
				},
			]);
			expect(result.items[0] && inputOf(result.items[0])).toBe(0);
		},
	);

	test('holds what the items hold, line by line', async () => {
		const chat = chatOf(pair, 60);
		const items = jsonOf(await list(pair, { returnAll: true }, { chat }));
		const file = await list(pair, JSONL, { chat });
		expect(await linesOf(file.items[0])).toEqual(items);
		expect(binaryOf(file.items[0])).toMatchObject({
			mimeType: 'application/x-ndjson',
			fileExtension: 'jsonl',
		});
		expect(await textOf(file.items[0])).toMatch(/\}\n$/);

		const raw = jsonOf(await list(pair, { returnAll: true, simplify: false }, { chat }));
		const rawFile = await list(pair, { ...JSONL, simplify: false }, { chat });
		expect(await linesOf(rawFile.items[0])).toEqual(raw);
	});

	test('as CSV it holds the same eleven fields and the fan, simplified or not', async () => {
		const chat = chatOf(pair, 60);
		const items = jsonOf(await list(pair, { returnAll: true }, { chat }));
		const cellOf = (value: unknown) => {
			if (value === null || (Array.isArray(value) && value.length === 0)) return '';
			return typeof value === 'string' ? value : JSON.stringify(value);
		};
		for (const simplify of [true, false]) {
			const result = await list(pair, { ...CSV, simplify }, { chat });
			const [head, ...rows] = parseCsv((await textOf(result.items[0])).slice(1));
			const fanName = pair === 'ofapiOnlyFans' ? 'Kim Lee' : '';
			expect(head).toEqual([...Object.keys(items[0] ?? {}), 'fanName']);
			expect(rows).toEqual(items.map((item) => [...Object.values(item).map(cellOf), fanName]));
		}
	});

	test('the limit and the bounds hold, and the requests are the same as for items', async () => {
		const chat = chatOf(pair, pageSize * 2 + 5);
		const ids = storedIds(pair, chat);
		const parameters: INodeParameters = {
			limit: pageSize + 3,
			options: { afterMessageId: ids[pageSize + 1] ?? '' },
		};
		await list(pair, parameters, { chat });
		const asked = messageRequests().map(({ query }) => query);
		const result = await list(pair, { ...JSONL, returnAll: false, ...parameters }, { chat });
		expect((await linesOf(result.items[0])).map(({ id }) => id)).toEqual(
			ids.slice(0, pageSize + 1),
		);
		expect(
			messageRequests()
				.slice(asked.length)
				.map(({ query }) => query),
		).toEqual(asked);
	});

	test('several inputs: a file each, paired', async () => {
		const lengths = [0, 3, pageSize + 1];
		const items = lengths.map((messages, index) => {
			const fan = { id: `40000000000000${index}`, name: `Fan ${index}`, username: `fan${index}` };
			return { chat: simulator().addChat(pair, { account: LUNA[pair].account, fan, messages }) };
		});
		const result = await list(
			pair,
			{ ...JSONL, binaryProperty: 'history' },
			{ items, chat: '={{ $json.chat }}' },
		);
		expect(jsonOf(result).map(({ messageCount }) => messageCount)).toEqual(lengths);
		expect(result.items.map(inputOf)).toEqual([0, 1, 2]);
		for (const [index, length] of lengths.entries()) {
			const bytes = await bytesOf(result.items[index], 'history');
			expect(bytes.toString().split('\n')).toHaveLength(length + 1);
		}
	});

	test('a page that fails after others, On Error: continue: the file so far, then where to go on', async () => {
		const chat = chatOf(pair, pageSize * 4);
		const ids = storedIds(pair, chat);
		simulator().addFault({ kind: 'html', path: /messages$/, skip: 2 });
		const result = await list(pair, JSONL, { chat, onError: 'continueRegularOutput' });
		const came = ids.slice(0, pageSize * 2);
		expect(result.items).toHaveLength(2);
		expect((await linesOf(result.items[0])).map(({ id }) => id)).toEqual(came);
		expect(result.items[0]?.json).toMatchObject({
			messageCount: came.length,
			oldestMessageId: came.at(-1),
			isComplete: false,
		});
		expect(result.items[1]?.json).toMatchObject({
			error: expect.any(String) as string,
			details: { beforeMessageId: came.at(-1), httpCode: '502' },
		});
		expect(result.items.map(inputOf)).toEqual([0, 0]);

		simulator().clearFaults();
		const rest = await list(
			pair,
			{ ...JSONL, options: { beforeMessageId: came.at(-1) ?? '' } },
			{ chat },
		);
		expect((await linesOf(rest.items[0])).map(({ id }) => id)).toEqual(ids.slice(came.length));
	});

	test('a page that fails after others, On Error: stop: no file is left, the error says where to go on', async () => {
		const chat = chatOf(pair, pageSize * 4);
		const before = storedFiles();
		simulator().addFault({ kind: 'html', path: /messages$/, skip: 2 });
		const result = await list(pair, JSONL, { chat });
		expect(result.items).toEqual([]);
		expect(result.error?.description).toContain(
			`'Before Message ID' to ${storedIds(pair, chat)[pageSize * 2 - 1]}`,
		);
		expect(storedFiles()).toEqual(before);
	});

	test('a first page that fails leaves no file, whatever On Error says', async () => {
		const before = storedFiles();
		simulator().addFault({ kind: 'html', path: /messages$/ });
		const result = await list(pair, JSONL, { onError: 'continueRegularOutput' });
		expect(result.items).toHaveLength(1);
		expect(result.items[0]).toMatchObject({
			json: { error: expect.any(String) as string },
			pairedItem: { item: 0 },
		});
		expect(result.items[0]?.binary).toBeUndefined();
		expect(storedFiles()).toEqual(before);
	});

	test('a cancelled execution asks for no further page and leaves no file', async () => {
		const chat = chatOf(pair, 3000);
		const before = storedFiles();
		simulator().addFault({ kind: 'slow', ms: 15 });
		let cancel = () => {};
		const running = list(pair, JSONL, { chat, onStart: (stop) => (cancel = stop) });
		while (messageRequests().length < 3) await new Promise((resolve) => setTimeout(resolve, 5));
		cancel();
		const asked = messageRequests().length;
		await running.catch(() => undefined);
		await new Promise((resolve) => setTimeout(resolve, 100));
		expect(messageRequests().length).toBeLessThanOrEqual(asked + 1);
		expect(storedFiles()).toEqual(before);
	});

	const refused: Array<[string, INodeParameters, string]> = [
		// The field is not shown for a file, but it is where an expression makes the list one.
		['oldest first', { ...CSV, output: '={{ "file" }}', options: { order: 'oldest' } }, 'Order'],
		['another output', { output: '={{ "table" }}' }, 'Output'],
		['another format', { ...CSV, fileFormat: '={{ "xlsx" }}' }, 'File Format'],
		['no field to put it in', { ...CSV, binaryProperty: '={{ "" }}' }, 'Put Output in Field'],
		['a path as field', { ...CSV, binaryProperty: '={{ "a.b" }}' }, 'Put Output in Field'],
		['a path as name', { ...CSV, options: { fileName: '../../etc/history.csv' } }, 'File Name'],
		[
			'a name with a line break',
			{ ...CSV, options: { fileName: '={{ "a\\nb.csv" }}' } },
			'File Name',
		],
		['a name of dots', { ...CSV, options: { fileName: '..' } }, 'File Name'],
	];
	test.each(refused)('refuses %s before anything leaves', async (_, parameters, field) => {
		const result = await list(pair, parameters);
		expect(`${result.error?.message}`).toContain(`'${field}'`);
		expect(simulator().requests).toEqual([]);
	});
});

describe('CSV', () => {
	const pair = 'ofapiOnlyFans';
	const at = (minute: number) => new Date(Date.UTC(2026, 0, 31, 18, minute));

	test('the exact bytes: BOM, CRLF, quotes where RFC 4180 wants them, media as JSON', async () => {
		const chat = chatWith(pair, [
			{ direction: 'incoming', text: 'plain', createdAt: at(0) },
			{
				direction: 'outgoing',
				text: 'a "quote", a comma\nand a line 😍',
				price: 4.99,
				media: [{ id: '77', type: 'photo', locked: true }],
				createdAt: at(1),
			},
		]);
		const result = await list(pair, CSV, { chat });
		const [newest, oldest] = storedIds(pair, chat);
		const [first, second] = jsonOf(await list(pair, { returnAll: true }, { chat }));
		expect([first?.text, second?.text]).toEqual(['a "quote", a comma\nand a line 😍', 'plain']);
		const media = JSON.stringify(first?.media).replaceAll('"', '""');
		const expected =
			`${HEAD}${newest},${LUNA[pair].account},${chat},outgoing,${idOf(first?.senderId)},"a ""quote"", a comma\nand a line 😍",2026-01-31T18:01:00.000Z,4.99,0,"${media}",,Kim Lee\r\n` +
			`${oldest},${LUNA[pair].account},${chat},incoming,${chat},plain,2026-01-31T18:00:00.000Z,0,0,,,Kim Lee\r\n`;
		expect(await bytesOf(result.items[0])).toEqual(Buffer.from(expected, 'utf8'));
		expect((await bytesOf(result.items[0])).subarray(0, 3)).toEqual(
			Buffer.from([0xef, 0xbb, 0xbf]),
		);
		expect(binaryOf(result.items[0])).toMatchObject({
			mimeType: 'text/csv',
			fileName: `messages-${chat}.csv`,
			fileExtension: 'csv',
		});
	});

	test("the fan's name costs no request, and what the fan chose is no formula", async () => {
		const fan = { id: '600002', name: '=1+1', username: 'sly' };
		const chat = simulator().addChat(pair, { account: LUNA[pair].account, fan, messages: 250 });
		const result = await list(pair, CSV, { chat });
		expect(messageRequests().map(({ query }) => query.skip_users)).toEqual([
			'none',
			'none',
			'none',
		]);
		const rows = parseCsv((await textOf(result.items[0])).slice(1)).slice(1);
		expect(rows).toHaveLength(250);
		expect(new Set(rows.map((row) => row[11]))).toEqual(new Set(["'=1+1"]));
	});

	test('items are asked for as before, without names', async () => {
		await list(pair, { returnAll: true });
		expect(messageRequests()[0]?.query).not.toHaveProperty('skip_users');
	});

	test('the name holds from the first message of the fan on', async () => {
		const written = (direction: 'incoming' | 'outgoing', count: number) =>
			Array.from({ length: count }, () => ({ direction, text: 'x' }));
		const chat = chatWith(pair, [...written('incoming', 1), ...written('outgoing', 120)]);
		const result = await list(pair, CSV, { chat });
		const names = parseCsv((await textOf(result.items[0])).slice(1)).map((row) => row[11]);
		expect(names[0]).toBe('fanName');
		expect(names.slice(1, 101).every((name) => name === '')).toBe(true);
		expect(names.slice(101).every((name) => name === 'Kim Lee')).toBe(true);
		expect(names).toHaveLength(122);
	});

	test('no messages: the names of the columns alone', async () => {
		const result = await list(pair, CSV, { chat: LUNA[pair].emptyChat });
		expect(await textOf(result.items[0])).toBe(HEAD);
	});

	test('what a spreadsheet would run is text', async () => {
		const evil = [
			'=HYPERLINK("http://evil.example","you won")',
			'+1+1',
			'-2+3',
			'@SUM(A1)',
			'\t1+1',
			'\r1+1',
			'\n1+1',
		];
		const harmless = [' =1+1', "it's = fine", '1-1', '#1', 'mail@example.com'];
		// Fansly gives texts as they are, so that line breaks stay at the beginning.
		const chat = chatWith(
			'ofapiFansly',
			[...evil, ...harmless].map((text, minute) => ({
				direction: 'incoming',
				text,
				createdAt: at(minute),
			})),
		);
		const result = await list('ofapiFansly', CSV, { chat });
		const texts = parseCsv((await textOf(result.items[0])).slice(1))
			.slice(1)
			.map((row) => row[5])
			.reverse();
		expect(texts).toEqual([...evil.map((text) => `'${text}`), ...harmless]);
	});

	test('a megabyte of line breaks is looked at once', () => {
		const text = '\n'.repeat(1_000_000);
		expect(csvCell(`a${text}`)).toBe(`"a${text}"`);
		expect(csvCell(`a${text}=1`)).toBe(`"a${text}'=1"`);
	});

	test.each([
		['hi;=HYPERLINK("http://evil.example")', `"hi;'=HYPERLINK(""http://evil.example"")"`],
		['hi;"=1+1', `"hi;""'=1+1"`],
		['hi; +1+1', `"hi; '+1+1"`],
		['hi\t@SUM(A1)', `"hi\t'@SUM(A1)"`],
		['hi\n-2+3', `"hi\n'-2+3"`],
		['\t=1+1', `"'\t'=1+1"`],
		['a;b', '"a;b"'],
		['see you ;-) or ;-( x=1', `"see you ;-) or ;'-( x=1"`],
		['＝1+1', `'＝1+1`],
		['＋1', `'＋1`],
		['－1', `'－1`],
		['＠SUM', `'＠SUM`],
		['hi;＝1+1', `"hi;'＝1+1"`],
	])('also where ; or a tab separates the cells: %j', (text, cell) => {
		expect(csvCell(text)).toBe(cell);
	});

	test.each([
		['history.csv', 'history.csv'],
		['history', 'history.csv'],
		['Kim 1.5', 'Kim 1.5.csv'],
		['notes.txt', 'notes.txt'],
	])('the name %s', async (fileName, expected) => {
		const result = await list(pair, { ...CSV, options: { fileName } });
		expect(result.items[0]?.json.fileName).toBe(expected);
		expect(binaryOf(result.items[0])).toMatchObject({ fileName: expected, mimeType: 'text/csv' });
	});

	test('where n8n cannot store it, no further page is paid for', async () => {
		const chat = chatOf(pair, 5000);
		await keepBinaryDataOnDisk(__filename);
		try {
			const result = await list(pair, JSONL, { chat });
			expect(result.error?.message).toBe('n8n could not store the file [item 0]');
			expect(messageRequests().length).toBeLessThanOrEqual(3);
			const continued = await list(pair, JSONL, { chat, onError: 'continueRegularOutput' });
			expect(continued.items).toMatchObject([
				{ json: { error: 'n8n could not store the file [item 0]' }, pairedItem: { item: 0 } },
			]);
		} finally {
			await keepBinaryDataOnDisk();
		}
	});

	test('in memory, where n8n is set up so', async () => {
		await keepBinaryDataInMemory();
		try {
			const chat = chatOf(pair, 250);
			const result = await list(pair, JSONL, { chat });
			expect(binaryOf(result.items[0]).id).toBeUndefined();
			expect((await linesOf(result.items[0])).map(({ id }) => id)).toEqual(storedIds(pair, chat));
			simulator().addFault({ kind: 'html', path: /messages$/, skip: 1 });
			expect((await list(pair, JSONL, { chat })).error?.description).toContain('Before Message ID');
		} finally {
			await keepBinaryDataOnDisk();
		}
	});
});

describe('very long histories', () => {
	/** A provider that makes its pages up: `count` messages, then `after` says where the last page leads. */
	async function startLong(count: number, after?: string) {
		const size = 100;
		return await startAnswering(({ url }) => {
			const { searchParams } = new URL(url, 'http://localhost');
			const start = Number(searchParams.get('id') ?? 0);
			const length = Math.max(
				0,
				Math.min(Number(searchParams.get('limit') ?? size), count - start),
			);
			const data = Array.from({ length }, (_, index) => ({
				id: 2_000_000_000 - start - index,
				text: '<p>hi</p>',
				createdAt: '2026-01-31T18:00:00+00:00',
				isSentByMe: true,
			}));
			const end = start + length;
			const next = end < count ? String(end) : after;
			return {
				body: {
					data,
					_pagination: { next_page: next === undefined ? null : `http://localhost/x?id=${next}` },
				},
			};
		});
	}

	const exportFrom = async (url: string, parameters: INodeParameters = JSONL) =>
		await list('ofapiOnlyFans', parameters, {
			credential: { ...credentialOf('ofapiOnlyFans'), baseUrl: url },
			parameters: { account: byId('acct_1'), chat: byId('5') },
		});

	test('a file takes more than items can', async () => {
		const server = await startLong(110_000);
		try {
			const result = await exportFrom(server.url);
			expect(result.error).toBeUndefined();
			expect(jsonOf(result)).toEqual([
				expect.objectContaining({ messageCount: 110_000, isComplete: true }),
			]);
			expect(server.seen).toHaveLength(1100);

			const limited = await exportFrom(server.url, { ...JSONL, returnAll: false, limit: 100_000 });
			expect(jsonOf(limited)).toEqual([
				expect.objectContaining({ messageCount: 100_000, isComplete: true }),
			]);
		} finally {
			await server.close();
		}
	});

	test('a provider that begins anew at the end is found out, long after its first page', async () => {
		const server = await startLong(45_000, '0');
		try {
			const result = await exportFrom(server.url);
			expect(result.error).toBeUndefined();
			expect(jsonOf(result)).toEqual([expect.objectContaining({ messageCount: 45_000 })]);
			expect(server.seen.length).toBeLessThanOrEqual(452);
		} finally {
			await server.close();
		}
	});
});
