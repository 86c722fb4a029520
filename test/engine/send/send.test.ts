import { idOf } from '../../../dist/nodes/shared/model/values';
import { LUNA, PAIRS, send, simulator, useSimulator } from '../support/world';

useSimulator();

/** What became of a message is told as it is: one item's is not another's, and a refusal later on makes nothing undone. */

const twoItems = [{ text: 'Hi' }, { text: 'Hi' }];

describe.each(PAIRS)('%s', (pair) => {
	const newMessages = (before: number) =>
		simulator().messages(pair, LUNA[pair].account, LUNA[pair].chat).slice(before);
	const countMessages = () => newMessages(0).length;

	test('what another item has sent is not found for an item whose request never arrived', async () => {
		const before = countMessages();
		simulator().addFault({ kind: 'reset', method: 'POST', skip: 1 });
		const result = await send(
			pair,
			{ text: '={{ $json.text }}' },
			{ items: twoItems, onError: 'continueRegularOutput' },
		);
		const [stored, ...others] = newMessages(before);
		expect(others).toEqual([]);
		expect(result.items[0]?.json).toMatchObject({ id: stored?.id, text: 'Hi' });
		expect(result.items[1]?.json).toMatchObject({ details: { outcome: 'unknown' } });
	});

	test('with Simplify off, the provider’s own message and what happened to it', async () => {
		simulator().addFault({ kind: 'lostAfterStoring', method: 'POST', times: 1 });
		const before = countMessages();
		const result = await send(pair, { text: 'Hi', simplify: false });
		const [message] = newMessages(before);
		const { id, note, text, content } = result.items[0]?.json ?? {};
		expect(idOf(id)).toBe(message?.id);
		expect(note).toBe('The response was lost, but the message was found in the chat');
		expect(text ?? content).toContain('Hi');
	});

	test('the first of two is sent, the second not known: each is listed as what it is', async () => {
		simulator().addFault({ kind: 'reset', method: 'POST', skip: 1 });
		const result = await send(pair, { text: '={{ $json.text }}' }, { items: twoItems });
		expect(result.error?.context.delivery).toEqual({
			sent: [{ item: 0, messageId: expect.any(String) as string }],
			unknown: [1],
			notSent: [],
		});
		expect(result.error?.description).toContain('Sent: items 0. Not known: items 1.');
		expect(result.error?.description).not.toContain('Not sent:');
	});

	test('Execute Once: the first item alone is sent', async () => {
		const before = countMessages();
		const result = await send(
			pair,
			{ text: '={{ $json.text }}' },
			{
				items: [{ text: 'one' }, { text: 'two' }, { text: 'three' }],
				settings: { executeOnce: true },
			},
		);
		expect(result.error).toBeUndefined();
		expect(result.items.map(({ json }) => json.text)).toEqual(['one']);
		expect(newMessages(before).map(({ text }) => text)).toEqual(['one']);
	});

	test('Execute Once: an error speaks of no other items', async () => {
		simulator().addFault({ kind: 'json', status: 403, body: { message: 'No.' } });
		const result = await send(
			pair,
			{ text: '={{ $json.text }}' },
			{ items: twoItems, settings: { executeOnce: true } },
		);
		expect(result.error?.context).toMatchObject({
			outcome: 'notSent',
			delivery: { sent: [], unknown: [], notSent: [0] },
		});
		expect(result.error?.description).not.toContain('Sent:');
	});
});

describe('OnlyFans repeats a lost request, and is refused', () => {
	const refused = async (onError: 'continueRegularOutput' | 'stopWorkflow') =>
		await send('ofapiOnlyFans', { text: 'Hi' }, { onError });

	test('never stored: its outcome stays unknown, since the refusal is of the second request', async () => {
		simulator().addFault({ kind: 'reset', method: 'POST', times: 1 });
		simulator().addFault({ kind: 'json', status: 403, body: { message: 'No.' }, method: 'POST' });
		const result = await refused('stopWorkflow');
		expect(result.error?.context).toMatchObject({ outcome: 'unknown' });
		expect(simulator().requests.map(({ method }) => method)).toEqual([
			'POST',
			'GET',
			'POST',
			'GET',
		]);
	});

	test('stored: it is found in the chat', async () => {
		simulator().addFault({ kind: 'lostAfterStoring', method: 'POST', times: 1 });
		simulator().addFault({
			kind: 'json',
			status: 402,
			body: { message: 'No credits left.' },
			method: 'POST',
		});
		const result = await refused('continueRegularOutput');
		const stored = simulator()
			.messages('ofapiOnlyFans', LUNA.ofapiOnlyFans.account, LUNA.ofapiOnlyFans.chat)
			.at(-1);
		expect(result.items[0]?.json).toMatchObject({ id: stored?.id, text: 'Hi' });
		expect(result.items[0]?.json.note).toContain('found in the chat');
	});
});
