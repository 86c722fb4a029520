import type { INodeParameters } from 'n8n-workflow';
import { perform } from '../support/onlyFans';
import { LUNA, PAIRS, list, send, simulator, useSimulator } from '../support/world';

useSimulator();

/** Items that are refused beside others: what n8n gets of them, and what the user reads. */

const unhandled: unknown[] = [];
const note = (reason: unknown) => unhandled.push(reason);

// Jest keeps the process's own listeners apart: the real process is behind the fake one.
beforeAll(() => process.on('unhandledRejection', note));
beforeEach(() => unhandled.splice(0));
afterAll(() => process.off('unhandledRejection', note));

/** Long enough for Node to tell of a rejection that nobody handles: it does so once the microtasks are done. */
const soon = () => new Promise((resolve) => setTimeout(resolve, 50));

const UNRESOLVABLE = "={{ $json.text === 'bad' ? $('No such node').item.json.text : $json.text }}";

const inBatches = (batchInterval: number): INodeParameters => ({
	requestOptions: { batching: { batch: { batchSize: 1, batchInterval } } },
});

describe.each(PAIRS)('%s', (pair) => {
	const toChat = (text: string) => ({ text, chat: LUNA[pair].chat });

	test.each([0, 20])(
		'a refused item beside one that cannot be resolved: one error, and no rejection that nobody handles (interval %p ms)',
		async (interval) => {
			const result = await send(
				pair,
				{ text: UNRESOLVABLE, ...inBatches(interval) },
				{ items: [toChat(''), toChat('bad'), toChat('good')] },
			);
			await soon();
			expect(result.error).toBeDefined();
			expect(unhandled).toEqual([]);
			expect(simulator().requests).toEqual([]);
		},
	);

	test.each([0, 20])(
		'a list does not ask for items that n8n gave up (interval %p ms)',
		async (interval) => {
			const chat = "={{ $json.text === 'bad' ? $('No such node').item.json.text : $json.chat }}";
			const result = await list(
				pair,
				{ ...inBatches(interval) },
				{ chat, items: [{ chat: 'not an ID!' }, { text: 'bad' }, toChat('good')] },
			);
			await soon();
			expect(result.error).toBeDefined();
			expect(unhandled).toEqual([]);
			expect(simulator().requests).toEqual([]);
		},
	);

	test('with an interval, a refused item does not say of all that nothing was sent', async () => {
		const { error } = await send(
			pair,
			{ text: '={{ $json.text }}', ...inBatches(300) },
			{ items: [toChat('one'), toChat(''), toChat('three')] },
		);
		expect(error?.message).toContain('[item 1]');
		expect(error?.description).toContain('Sent: items 0. Not sent: items 1–2.');
		expect(error?.description).not.toContain('Nothing was sent');
	});

	test('without one, nothing was sent, and the error says so', async () => {
		const { error } = await send(
			pair,
			{ text: '={{ $json.text }}' },
			{ items: [toChat('one'), toChat(''), toChat('three')] },
		);
		expect(error?.description).toContain('Nothing was sent. Sent: none. Not sent: items 0–2.');
		expect(simulator().requests).toEqual([]);
	});

	test('an item that the provider rejects does not say of all that nothing was done', async () => {
		simulator().addFault({
			kind: 'json',
			status: 402,
			body: { message: 'No credits.' },
			method: 'POST',
			skip: 1,
		});
		const { error } = await send(
			pair,
			{ text: '={{ $json.text }}' },
			{ items: [toChat('one'), toChat('two'), toChat('three')] },
		);
		expect(error?.message).toContain('[item 1]');
		expect(error?.description).toMatch(
			/^For this item nothing was done\. .* Sent: items 0\. Not sent: items 1–2\.$/,
		);
		expect(error?.description).not.toContain('Nothing was');
	});

	test('a conflict of another kind does not say that the same message is under way', async () => {
		simulator().addFault({
			kind: 'json',
			status: 409,
			body: { error: 'CONFLICT', message: 'The chat is locked.' },
		});
		const { error } = await send(pair, { text: 'Hi' });
		expect(error?.message).toContain('reports a conflict (status 409)');
		expect(error?.description).toContain('It is not known whether the message was sent');
		expect(error?.description).toContain('The chat is locked.');
	});

	test('a conflict says that the same message is under way only where it is', async () => {
		simulator().addFault({ kind: 'json', status: 409, body: { message: 'Conflict.' } });
		const { error } = await list(pair);
		expect(error?.message).not.toContain('already being sent');
		expect(error?.message).toContain('409');
	});

	test('a rate limit that lasts does not point to batches: the node paces itself', async () => {
		simulator().addFault({ kind: 'rateLimited', retryAfterSeconds: 10_000 });
		const { error } = await send(pair, { text: 'Hi' });
		expect(`${error?.message} ${error?.description}`).not.toMatch(/batch/i);
		expect(error?.description).toContain('Max Parallel Requests');
	});
});

describe('mass messages', () => {
	const to = (users: string, text: string) => ({ users, text });
	const ask = async (parameters: INodeParameters, items: Array<ReturnType<typeof to>>) =>
		await perform(
			'massMessage',
			'send',
			{ text: '={{ $json.text }}', userIds: '={{ $json.users }}', maxRecipients: 1, ...parameters },
			{ items },
		);

	test('one with too many recipients does not say of all that nothing was sent', async () => {
		const { error } = await ask({}, [
			to('500101', 'one'),
			to('500101, 500102', 'two'),
			to('500101', 'three'),
		]);
		expect(error?.description).toMatch(
			/^For this item nothing was sent\. .* Sent: items 0\. Not sent: items 1–2\.$/,
		);
	});

	test.each([0, 20])(
		'a refused one beside one that cannot be resolved (interval %p ms)',
		async (interval) => {
			const { error } = await ask({ text: UNRESOLVABLE, ...inBatches(interval) }, [
				to('500101', ''),
				to('500101', 'bad'),
				to('500101', 'three'),
			]);
			await soon();
			expect(error).toBeDefined();
			expect(unhandled).toEqual([]);
			expect(simulator().requests).toEqual([]);
		},
	);
});
