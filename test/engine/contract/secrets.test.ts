import { usePreparedAnswers } from '../support/answers';
import type { Prepared } from '../support/answers';
import { run } from '../support/harness';
import type { RunRequest } from '../support/harness';
import { PAIRS, byId } from '../support/world';

/** A provider that repeats the API key in what it says: none of it gets into an error, not even a part. */

const KEY = 'qZ7-secret-key';
/** Where the cut of a long text falls, in front of which the key begins. */
const CUTS = [386, 390, 399];
const withKeyAt = (position: number) => `${'x'.repeat(position)}${KEY} and more`;

const server = usePreparedAnswers();

async function ask(
	answer: Prepared,
	parameters: RunRequest['parameters'],
	node: (typeof PAIRS)[number] = 'ofapiOnlyFans',
) {
	server.prepare(answer);
	const common = { account: byId('acct_1'), chat: byId('2'), text: 'hi', returnAll: true };
	const result = await run({
		node,
		credential: { apiKey: KEY, baseUrl: server.url() },
		parameters: { ...common, ...parameters },
	});
	expect(result.error).toBeDefined();
	expect(JSON.stringify(result.run)).not.toMatch(/xq|qZ/);
	return result;
}

/** What a provider may say instead of doing what it was asked for, with a text of its own. */
const ANSWERS: Array<[name: string, answer: (text: string) => Prepared]> = [
	['a wrong key', (text) => ({ status: 401, body: { message: text } })],
	[
		'fields',
		(text) => ({
			status: 422,
			body: { message: 'Not valid.', errors: { text: ['Too long.', text] } },
		}),
	],
	['the name of a field', (text) => ({ status: 422, body: { errors: { [text]: 'Not known.' } } })],
	['an outage', (text) => ({ status: 500, body: { error: text } })],
	['a page', (text) => ({ status: 502, body: `<html><title>${text}</title></html>` })],
	['no page of the API', (text) => ({ body: `<html><body><b>${text}</b></body></html>` })],
	['a conflict', (text) => ({ status: 409, body: { detail: text } })],
	[
		'a refusal inside a 200',
		(text) => ({
			body: { success: false, message: text, data: { success: false, message: text } },
		}),
	],
	['a 200 without a message', (text) => ({ body: { message: text, data: {} } })],
	[
		'words of the platform',
		(text) => ({
			status: 400,
			body: {
				onlyfans_response: { body: { error: { message: text } } },
				fansly_response: { body: { error: { message: text } } },
			},
		}),
	],
];

describe.each(ANSWERS)('%s', (_name, answer) => {
	test.each(PAIRS)('%s: the whole key', async (pair) => {
		for (const operation of ['list', 'send']) {
			const { error } = await ask(answer(`The key ${KEY} is not known`), { operation }, pair);
			const words = `${error?.message} ${error?.description}`;
			if (words.includes('The key')) expect(words).toContain('The key *** is not known');
		}
	});

	test.each(CUTS)('a key that begins at character %p', async (position) => {
		await ask(answer(withKeyAt(position)), { operation: 'send' });
	});
});

test.each(PAIRS)('%s: a refusal inside a 200 is quoted, without the key', async (pair) => {
	const { error } = await ask(
		{ body: { success: false, message: `No ${KEY}`, data: { success: false } } },
		{ operation: 'send' },
		pair,
	);
	expect(error?.description).toContain('The response was: No ***');
});

test('words that stand beside a sent message of no use are quoted, without the key', async () => {
	const { error } = await ask(
		{ body: { message: `The key ${KEY} is old`, data: {} } },
		{ operation: 'send' },
	);
	expect(error?.description).toContain('The response was: The key *** is old');
});

test('an upload that did not work', async () => {
	const upload = {
		resource: 'media',
		operation: 'upload',
		source: 'url',
		fileUrl: 'https://example.com/a.jpg',
	};
	const { error } = await ask(
		{ body: { prefixed_id: 'ofapi_media_1', status: 'failed', error: `No ${KEY}` } },
		upload,
	);
	expect(error?.description).toContain('No ***');
});

test('a state of an upload that is none', async () => {
	await ask(
		{ body: { status: 'odd', message: `The key ${KEY}` } },
		{ resource: 'media', operation: 'getStatus', uploadId: 'ofapi_media_1' },
	);
});

test('a fan that is not there', async () => {
	await ask(
		{ body: { data: {}, error: { message: `The key ${KEY}` } } },
		{ resource: 'fan', operation: 'get', fan: '12345' },
	);
});

test('a long text is cut where the reader still sees what was hidden', async () => {
	const { error } = await ask(
		{ status: 422, body: { message: `${'x'.repeat(390)}${KEY}${'y'.repeat(50)}` } },
		{ operation: 'send' },
	);
	expect(error?.description).toMatch(/x{390}\*{3}y{7}…$/);
});
