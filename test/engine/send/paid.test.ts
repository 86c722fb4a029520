import type { INodeParameters } from 'n8n-workflow';
import type { PairName } from '../../simulator';
import { LUNA, send, simulator, useSimulator } from '../support/world';

useSimulator();

describe.each<PairName>(['ofapiOnlyFans', 'apiFansly'])('%s: paid messages', (pair) => {
	const paid = (options: INodeParameters = {}) =>
		send(pair, { text: 'Look', additionalFields: LUNA[pair].paid, options });
	const stored = () => simulator().messages(pair, LUNA[pair].account, LUNA[pair].chat);

	test('locked at its price: as sent', async () => {
		const result = await paid();
		expect(result.error).toBeUndefined();
		expect(result.items[0]?.json).toMatchObject({ price: 5, text: 'Look' });
		expect(simulator().requests).toHaveLength(pair === 'apiFansly' ? 2 : 1);
	});

	test('the item says that the media are locked, once that was seen', async () => {
		const result = await paid();
		expect(result.items[0]?.json.media).toMatchObject([{ locked: true }]);
	});

	test('unlocked: named, loudly', async () => {
		simulator().addFault({ kind: 'unlockedPaid' });
		const result = await paid();
		const id = stored().at(-1)?.id ?? '';
		expect(result.error?.message).toContain(`The paid message ${id} was sent unlocked`);
		expect(result.error?.context).toMatchObject({ outcome: 'sent', messageId: id });
		expect(result.error?.description).toContain('without paying $5');
	});

	test('unlocked, On Error: continue: the item names the message that was sent', async () => {
		simulator().addFault({ kind: 'unlockedPaid' });
		const result = await send(
			pair,
			{ text: 'Look', additionalFields: LUNA[pair].paid },
			{ onError: 'continueRegularOutput' },
		);
		expect(result.items[0]?.json.details).toMatchObject({
			outcome: 'sent',
			messageId: stored().at(-1)?.id,
		});
	});

	test('the message itself is looked at, not one that came after it', async () => {
		simulator().onSent = () =>
			simulator().fanWrites(pair, LUNA[pair].account, LUNA[pair].chat, { text: 'Hi!' });
		const result = await paid();
		expect(result.error).toBeUndefined();
		expect(result.items[0]?.json).toMatchObject({ price: 5, text: 'Look' });
	});

	test('unlocked: deleted at once for those who want that', async () => {
		const before = stored().length;
		simulator().addFault({ kind: 'unlockedPaid' });
		const result = await paid({ deleteUnlocked: true });
		expect(result.error?.description).toContain('It was deleted right away');
		expect(stored()).toHaveLength(before);
	});

	test('unlocked: not sent again by Retry On Fail', async () => {
		const before = stored().length;
		simulator().addFault({ kind: 'unlockedPaid' });
		const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		const result = await send(
			pair,
			{ text: 'Look', additionalFields: LUNA[pair].paid },
			{ settings },
		);
		expect(result.error?.message).toContain('was sent unlocked');
		expect(stored()).toHaveLength(before + 1);
	});

	test('the check can be turned off', async () => {
		simulator().addFault({ kind: 'unlockedPaid' });
		const result = await paid({ checkPaid: false });
		expect(result.error).toBeUndefined();
		expect(simulator().requests).toHaveLength(1);
	});
});

test('a paid message whose lock cannot be seen is reported, and looked at again by Retry On Fail', async () => {
	simulator().addFault({ kind: 'html', method: 'GET', times: 1 });
	const once = await send('apiFansly', { text: 'Look', additionalFields: LUNA.apiFansly.paid });
	expect(once.error?.message).toContain('could not see whether it is locked');
	expect(once.error?.context.outcome).toBe('sent');

	simulator().reset();
	simulator().addFault({ kind: 'html', method: 'GET', times: 1 });
	const settings = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
	const again = await send(
		'apiFansly',
		{ text: 'Look', additionalFields: LUNA.apiFansly.paid },
		{ settings },
	);
	expect(again.error).toBeUndefined();
	expect(simulator().requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
});

describe('OnlyFans: at the right price, but open', () => {
	const twoFiles = { price: 5, mediaFiles: '12345, 67890' };
	const lookAt = (additionalFields: INodeParameters) =>
		send('ofapiOnlyFans', { text: 'Look', additionalFields });

	test('media that the fan sees without paying are named', async () => {
		simulator().addFault({ kind: 'unlockedPaid', keepsPrice: true });
		const result = await lookAt(twoFiles);
		const stored = simulator()
			.messages('ofapiOnlyFans', LUNA.ofapiOnlyFans.account, LUNA.ofapiOnlyFans.chat)
			.at(-1);
		expect(stored?.price).toBe(5);
		expect(result.error?.message).toContain(`The paid message ${stored?.id} was sent unlocked`);
	});

	test('also where only one of them was to be a preview', async () => {
		simulator().addFault({ kind: 'unlockedPaid', keepsPrice: true });
		expect((await lookAt({ ...twoFiles, previews: '12345' })).error?.message).toContain(
			'was sent unlocked',
		);
	});

	test('a preview that was asked for is none of them', async () => {
		const result = await lookAt({ ...twoFiles, previews: '12345' });
		expect(result.error).toBeUndefined();
		expect(result.items[0]?.json.media).toMatchObject([{ locked: false }, { locked: true }]);
	});
});

describe.each<PairName>(['ofapiOnlyFans', 'apiFansly'])('%s: a price of 0', (pair) => {
	const price = (given: INodeParameters) =>
		send(pair, { text: 'Look', additionalFields: { price: 0, ...given } });

	test('is none, with and without media', async () => {
		const media = pair === 'apiFansly' ? 'mediaIds' : 'mediaFiles';
		for (const fields of [{}, { [media]: '12345' }]) {
			const { error, items } = await price(fields);
			expect(error).toBeUndefined();
			expect(items[0]?.json).toMatchObject({ price: 0, text: 'Look' });
		}
		for (const { body } of simulator().requests) {
			expect(body).not.toHaveProperty('access_type');
			if (pair === 'apiFansly') expect(body).not.toHaveProperty('price');
		}
	});
});
