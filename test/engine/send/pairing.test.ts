import type { INodeExecutionData } from 'n8n-workflow';
import { inputOf } from '../support/operations';
import {
	LUNA,
	PAIRS,
	chatOf,
	list,
	send,
	simulator,
	storedIds,
	useSimulator,
} from '../support/world';

useSimulator();

/** 25 input items over chats of unequal length; an ID of nobody's where `missing` says so. */
function items(pair: (typeof PAIRS)[number], missing: number[] = []) {
	const lengths = [0, 1, 3, 12];
	const chats = lengths.map((length, index) => {
		const fan = { id: `40000000000000${index}`, name: `Fan ${index}`, username: `fan${index}` };
		return simulator().addChat(pair, { account: LUNA[pair].account, fan, messages: length });
	});
	return Array.from({ length: 25 }, (_, index) => ({
		chat: missing.includes(index) ? '999999' : (chats[index % chats.length] ?? ''),
	}));
}

describe.each(PAIRS)('%s: items keep their origin', (pair) => {
	test('25 inputs over chats of unequal length', async () => {
		const input = items(pair);
		const result = await list(
			pair,
			{ returnAll: true },
			{ items: input, chat: '={{ $json.chat }}' },
		);
		expect(result.error).toBeUndefined();
		const given = new Map(
			input.map((_, index) => [
				index,
				result.items.filter((item) => inputOf(item) === index).map(({ json }) => json.id),
			]),
		);
		input.forEach(({ chat }, index) => expect(given.get(index)).toEqual(storedIds(pair, chat)));
		expect(result.items.every((item) => inputOf(item) !== undefined)).toBe(true);
	});

	test.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'with two of them failing, On Error: %s',
		async (onError) => {
			const input = items(pair, [4, 17]);
			const result = await list(
				pair,
				{ returnAll: true },
				{ items: input, chat: '={{ $json.chat }}', onError },
			);
			expect(result.error).toBeUndefined();
			const isFailure = ({ json }: INodeExecutionData) => json.error !== undefined;
			const failures =
				onError === 'continueErrorOutput' ? result.errorItems : result.items.filter(isFailure);
			expect(failures.map(inputOf)).toEqual([4, 17]);
			for (const { json } of failures) {
				expect(json).toMatchObject({ error: expect.stringContaining('was not found') as string });
			}

			const messages = result.items.filter((item) => !isFailure(item));
			input.forEach(({ chat }, index) => {
				const ids = messages.filter((item) => inputOf(item) === index).map(({ json }) => json.id);
				expect(ids).toEqual(index === 4 || index === 17 ? [] : storedIds(pair, chat));
			});
		},
	);

	test('with two of them failing, On Error: stop', async () => {
		const result = await list(
			pair,
			{ returnAll: true },
			{ items: items(pair, [4, 17]), chat: '={{ $json.chat }}' },
		);
		expect(result.items).toEqual([]);
		expect(result.error?.message).toContain('[item 4]');
		expect(result.error?.context.itemIndex).toBe(4);
	});

	test.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'a refused item is paired too, On Error: %s',
		async (onError) => {
			const input = [{ text: 'one' }, { text: '' }, { text: 'three' }];
			const result = await send(pair, { text: '={{ $json.text }}' }, { items: input, onError });
			const failures =
				onError === 'continueErrorOutput'
					? result.errorItems
					: result.items.filter(({ json }) => json.error !== undefined);
			expect(failures.map(inputOf)).toEqual([1]);
			expect(
				result.items
					.filter(({ json }) => json.error === undefined)
					.map((item) => [inputOf(item), item.json.text]),
			).toEqual([
				[0, 'one'],
				[2, 'three'],
			]);
		},
	);

	test('when the check of one item finds something wrong and On Error is stop, no item is sent', async () => {
		const input = [{ text: 'one' }, { text: '' }, { text: 'three' }];
		const result = await send(pair, { text: '={{ $json.text }}' }, { items: input });
		expect(result.error?.message).toContain('[item 1]');
		expect(simulator().requests).toEqual([]);
	});

	test('a page that fails after others: what came before, then where to go on', async () => {
		const chat = chatOf(pair, 250);
		const ids = storedIds(pair, chat);
		const pages = pair === 'apiFansly' ? 7 : 2;
		const fault = { kind: 'html', path: /messages$/, skip: pages } as const;
		simulator().addFault(fault);
		const came = ids.slice(0, pages * (pair === 'apiFansly' ? 10 : 100));
		const goOn = came.at(-1) ?? '';

		const stopped = await list(pair, { returnAll: true }, { chat });
		expect(stopped.items).toEqual([]);
		expect(stopped.error?.description).toContain(`'Before Message ID' to ${goOn}`);

		simulator().clearFaults();
		simulator().addFault(fault);
		const continued = await list(
			pair,
			{ returnAll: true },
			{ chat, onError: 'continueRegularOutput' },
		);
		const last = continued.items.at(-1);
		expect(continued.items.slice(0, -1).map(({ json }) => json.id)).toEqual(came);
		expect(last?.json).toMatchObject({
			error: expect.any(String) as string,
			details: { beforeMessageId: goOn, httpCode: '502' },
		});
		expect(continued.items.every((item) => inputOf(item) === 0)).toBe(true);

		simulator().clearFaults();
		const rest = await list(
			pair,
			{ returnAll: true, options: { beforeMessageId: goOn } },
			{ chat },
		);
		expect(rest.items.map(({ json }) => json.id)).toEqual(ids.slice(came.length));
	});
});
