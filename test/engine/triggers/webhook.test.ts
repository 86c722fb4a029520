import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { pairs } from '../../pairs';
import {
	FAN,
	SECRET,
	deliver,
	eventOf,
	fanslyMessage,
	listeningHost,
	onlyFansMessage,
	receivedEvent,
} from '../support/deliveries';
import type { PairName } from '../../pairs';
import { ITEM_FIELDS, TriggerHost } from '../support/triggerHost';
import { PAIRS, byId } from '../support/world';

/** What a trigger makes of a delivery: its signature, its repeats, its filters and its item. */

const hosts: TriggerHost[] = [];

async function listening(...given: Parameters<typeof listeningHost>): Promise<TriggerHost> {
	const host = await listeningHost(...given);
	hosts.push(host);
	return host;
}

/** The same node in an n8n that has just started: nothing in memory, the saved data as they are. */
async function restarted(before: TriggerHost, pair: PairName): Promise<TriggerHost> {
	const host = await listening(pair);
	host.saved = before.saved;
	return host;
}

afterEach(async () => {
	for (const host of hosts.splice(0)) await host.close();
});

const CHAT_URL: Record<PairName, string> = {
	ofapiOnlyFans: 'https://onlyfans.com/my/chats/chat/',
	ofapiFansly: 'https://fansly.com/messages/',
	apiFansly: 'https://fansly.com/messages/',
};

describe.each(PAIRS)('%s', (pair) => {
	const event = (id: string, more: IDataObject = {}) => receivedEvent(pair, id, more);

	test('a genuine delivery starts one execution', async () => {
		const host = await listening(pair);
		expect((await deliver(host, event('1000006'))).status).toBe(200);
		expect(host.items).toHaveLength(1);
		expect(Object.keys(host.items[0] ?? {})).toEqual(ITEM_FIELDS);
		expect(host.items[0]).toMatchObject({
			id: '1000006',
			direction: 'incoming',
			text: 'Hello 1000006',
			accountId: 'account_1',
			event: pairs[pair].events.received,
			price: 0,
			tipAmount: 0,
		});
	});

	test.each<[string, () => { secret?: string | null; headers?: Record<string, string> }]>([
		['another secret', () => ({ secret: 'secret-of-an-earlier-webhook' })],
		['no signature', () => ({ secret: null })],
		['an empty signature', () => ({ secret: null, headers: { Signature: '' } })],
		[
			'a signature that is no hex',
			() => ({ secret: null, headers: { Signature: 'z'.repeat(64) } }),
		],
		['a signature cut short', () => ({ secret: null, headers: { Signature: 'ab'.repeat(16) } })],
	])('%s gets 401 and starts nothing', async (_name, how) => {
		const host = await listening(pair);
		const answer = await deliver(host, event('1'), how());
		expect(answer.status).toBe(401);
		expect(answer.text).not.toContain(SECRET);
		expect(host.executions).toEqual([]);
	});

	test('the signature holds for the bytes as they came, not for the same JSON written otherwise', async () => {
		const host = await listening(pair);
		const spaced = JSON.stringify(event('1'), null, 2).replace('Hello', 'H\\u0065llo');
		expect((await deliver(host, spaced)).status).toBe(200);
		expect(host.items[0]).toMatchObject({ text: 'Hello 1' });
	});

	test('a body that was changed after it was signed gets 401', async () => {
		const host = await listening(pair);
		const signed = JSON.stringify(event('1'));
		const { createHmac } = await import('node:crypto');
		const headers = { Signature: createHmac('sha256', SECRET).update(signed).digest('hex') };
		expect(
			(await deliver(host, signed.replace('Hello', 'Howdy'), { secret: null, headers })).status,
		).toBe(401);
	});

	test('events that were not chosen are answered and ignored', async () => {
		const host = await listening(pair);
		for (const name of ['accounts.connected', 'test-event', pairs[pair].events.sent]) {
			expect((await deliver(host, eventOf(pair, name, { id: '5' }))).status).toBe(200);
		}
		expect(host.executions).toEqual([]);
	});

	test('a message that is delivered again starts nothing, whatever else changed', async () => {
		const host = await listening(pair);
		await deliver(host, event('7'), { headers: { 'X-OFAPI-Idempotency-Key': 'evt_1' } });
		for (const key of ['evt_1', 'evt_2']) {
			expect(
				(await deliver(host, event('7'), { headers: { 'X-OFAPI-Idempotency-Key': key } })).status,
			).toBe(200);
		}
		await deliver(host, event('8'));
		expect(host.items.map(({ id }) => id)).toEqual(['7', '8']);
	});

	test('repeats that arrive at the same time start one execution', async () => {
		const host = await listening(pair);
		const answers = await Promise.all(Array.from({ length: 10 }, () => deliver(host, event('9'))));
		expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
		expect(host.items).toHaveLength(1);
	});

	test('a repeat after a restart starts nothing, also of messages that came at the same time', async () => {
		const before = await listening(pair);
		await Promise.all(
			Array.from({ length: 20 }, (_, index) => deliver(before, event(String(100 + index)))),
		);
		const after = await restarted(before, pair);
		for (let index = 0; index < 20; index++) await deliver(after, event(String(100 + index)));
		expect(after.executions).toEqual([]);
		await deliver(after, event('200'));
		expect(after.items.map(({ id }) => id)).toEqual(['200']);
	});

	test('a message whose execution was never created starts one when it is delivered again', async () => {
		const host = await listening(pair);
		// n8n is killed while it starts the execution of the second, after the first was saved.
		await deliver(host, event('1'));
		host.betweenStartAndSave = () => {
			host.executions.pop();
			return new Promise(() => undefined);
		};
		const lost = deliver(host, event('2')).catch(() => undefined);
		await new Promise((resolve) => setTimeout(resolve, 50));
		// Another one is saved meanwhile.
		host.betweenStartAndSave = () => Promise.resolve();
		await deliver(host, event('3'));
		const after = await restarted(host, pair);
		for (const id of ['1', '2', '3']) await deliver(after, event(id));
		expect(after.items.map(({ id }) => id)).toEqual(['2']);
		await host.close();
		await lost;
	});

	test('so does one that n8n could not start', async () => {
		const host = await listening(pair);
		host.betweenStartAndSave = () => {
			host.executions.pop();
			throw new Error('no room');
		};
		expect((await deliver(host, event('3'))).status).toBe(500);
		host.betweenStartAndSave = () => Promise.resolve();
		await deliver(host, event('3'));
		expect(host.items.map(({ id }) => id)).toEqual(['3']);
	});

	test('an account never answers itself: its own messages are left out unless asked for', async () => {
		const events = [pairs[pair].events.received, pairs[pair].events.sent];
		const own = eventOf(
			pair,
			pairs[pair].events.sent,
			pair === 'ofapiOnlyFans'
				? onlyFansMessage('11', {
						fromUser: undefined,
						toUser: { id: 1000005, username: 'fan004' },
					})
				: fanslyMessage('11', { senderId: '100000000000000001', interactions: [{ userId: FAN }] }),
		);
		const closed = await listening(pair, { events });
		expect((await deliver(closed, own)).status).toBe(200);
		expect(closed.executions).toEqual([]);

		const open = await listening(pair, { events, onlyIncoming: false });
		await deliver(open, own);
		expect(open.items).toMatchObject([
			{
				id: '11',
				direction: 'outgoing',
				fanId: pair === 'ofapiOnlyFans' ? '1000005' : FAN,
				fanUsername: pair === 'ofapiOnlyFans' ? 'fan004' : null,
				event: pairs[pair].events.sent,
			},
		]);
	});

	test('filters: chats, words, money', async () => {
		const chat = pair === 'ofapiOnlyFans' ? '1000005' : '200000000000000001';
		const cases: Array<[INodeParameters, IDataObject, boolean]> = [
			[{ chatIds: `${chat}, 5` }, {}, true],
			[{ chatIds: '5' }, {}, false],
			[{ chat: byId(chat) }, {}, true],
			[{ chat: byId('5') }, {}, false],
			[{ chat: byId('5'), chatIds: chat }, {}, true],
			[{ chat: byId(chat), chatIds: '5' }, {}, true],
			[{ chat: { __rl: true, mode: 'list', value: '' } }, {}, true],
			[{ chat: { __rl: true, mode: 'url', value: `${CHAT_URL[pair]}${chat}` } }, {}, true],
			[{ chat: { __rl: true, mode: 'url', value: `${CHAT_URL[pair]}5` } }, {}, false],
			[{ textContains: 'HELLO' }, {}, true],
			[{ textContains: 'goodbye' }, {}, false],
			[{ onlyPaid: true }, {}, false],
			[
				{ onlyPaid: true },
				pair === 'ofapiOnlyFans'
					? { isTip: true, text: '<p>I sent you a $5.00 tip</p>' }
					: { totalTipAmount: 5000 },
				true,
			],
			[
				{ onlyPaid: true, chatIds: '5' },
				pair === 'ofapiOnlyFans' ? { price: 5 } : { totalTipAmount: 5000 },
				false,
			],
		];
		for (const [filters, message, isWanted] of cases) {
			const host = await listening(pair, { filters });
			expect((await deliver(host, event('20', message))).status).toBe(200);
			expect([filters, host.executions.length]).toEqual([filters, isWanted ? 1 : 0]);
		}
	});

	test('Only Paid or Tips lets through what is a sale or a tip by its name, whatever amount it tells', async () => {
		const money: Record<typeof pair, string[]> = {
			ofapiOnlyFans: [
				'messages.ppv.unlocked',
				'tips.received',
				'subscriptions.new',
				'subscriptions.renewed',
				'transactions.new',
			],
			ofapiFansly: [
				'tips.received',
				'media.purchased',
				'stories.purchased',
				'subscriptions.new',
				'subscriptions.renewed',
				'transactions.new',
			].map((name) => `fansly.${name}`),
			apiFansly: ['ppv.purchased', 'tips.received', 'subscriptions.new'],
		};
		const others = {
			ofapiOnlyFans: ['posts.liked', 'subscriptions.expired'],
			ofapiFansly: ['fansly.followers.new', 'fansly.payouts.created'],
			apiFansly: [],
		};
		const events = [...money[pair], ...others[pair]];
		const host = await listening(pair, { events, filters: { onlyPaid: true } });
		for (const name of events) {
			expect((await deliver(host, eventOf(pair, name, { id: '5' }))).status).toBe(200);
		}
		expect(host.items.map(({ event: name }) => name)).toEqual(money[pair]);
	});

	test('with Simplify off the event comes out untouched', async () => {
		const host = await listening(pair, { simplify: false });
		const sent = event('30', { something: { new: ['here'] } });
		await deliver(host, sent);
		expect(host.items).toEqual([sent]);
	});

	test('a test and the active workflow take events side by side, each with a secret of its own', async () => {
		const host = await listening(pair);
		expect((await deliver(host, event('40'), { url: host.testUrl })).status).toBe(
			pair === 'apiFansly' ? 200 : 401,
		);
		await deliver(host, event('41'));
		expect(host.items.map(({ id }) => id)).toContain('41');
	});
});

describe('the traps of the documents', () => {
	test('OnlyFans: the chat is the fan, whose name comes along', async () => {
		const host = await listening('ofapiOnlyFans');
		await deliver(host, receivedEvent('ofapiOnlyFans', '1'));
		expect(host.items[0]).toMatchObject({
			chatId: '1000005',
			senderId: '1000005',
			fanId: '1000005',
			fanName: 'Fan 4',
			createdAt: '2026-06-10T18:35:30.000Z',
		});
	});

	test.each<[string, IDataObject, IDataObject]>([
		[
			'what the provider knows of the fan',
			{
				fanData: {
					available: true,
					spending: { total: 1234.5, tips: 20 },
					previous_reply_at: '2026-06-09T08:00:00.000000Z',
				},
			},
			{
				fanUsername: 'fan005',
				fanTotalSpent: 1234.5,
				previousReplyAt: '2026-06-09T08:00:00.000Z',
			},
		],
		[
			'a new fan',
			{ fanData: { available: true, spending: { total: 0 }, previous_reply_at: null } },
			{ fanTotalSpent: 0, previousReplyAt: null },
		],
		[
			'a fan of whom the provider has nothing yet',
			{ fanData: { available: false, spending: { total: 0 }, previous_reply_at: null } },
			{ fanUsername: 'fan005', fanTotalSpent: null, previousReplyAt: null },
		],
		[
			'no such data',
			{ fanData: undefined, fromUser: { id: 1000005 } },
			{ fanUsername: null, fanTotalSpent: null, previousReplyAt: null },
		],
		[
			'values of another form',
			{ fanData: { spending: 'much', previous_reply_at: 'yesterday' } },
			{ fanTotalSpent: null, previousReplyAt: null },
		],
	])('OnlyFans: %s comes along', async (_name, message, expected) => {
		const host = await listening('ofapiOnlyFans');
		await deliver(host, receivedEvent('ofapiOnlyFans', '1', message));
		expect(host.items).toMatchObject([expected]);
	});

	test('OnlyFans: fans who have spent enough, of any event that tells', async () => {
		const tip = { id: '9', user: { id: 1000003, username: 'fan002' }, amountGross: 5 };
		const told = (total: unknown) => ({ fanData: { available: true, spending: { total } } });
		const message = (id: string, more: IDataObject) => receivedEvent('ofapiOnlyFans', id, more);
		const host = await listening('ofapiOnlyFans', {
			events: ['messages.received', 'tips.received'],
			filters: { minTotalSpent: 100.5 },
		});
		await deliver(host, message('1', told(100.49)));
		await deliver(host, message('2', told(100.5)));
		await deliver(host, message('3', told('250')));
		await deliver(host, message('4', { fanData: {} }));
		await deliver(host, message('5', { fanData: { available: false, spending: { total: 900 } } }));
		await deliver(host, eventOf('ofapiOnlyFans', 'tips.received', { ...tip, ...told(900) }));
		await deliver(host, eventOf('ofapiOnlyFans', 'tips.received', { ...tip, id: '10' }));
		expect(host.items).toMatchObject([
			{ id: '2', fanTotalSpent: 100.5 },
			{ id: '3', fanTotalSpent: 250 },
			{ event: 'tips.received', fanUsername: 'fan002', fanTotalSpent: 900 },
		]);

		// As it is when the filter is added and not filled in.
		const open = await listening('ofapiOnlyFans', { filters: { minTotalSpent: 0 } });
		await deliver(open, message('6', { fanData: {} }));
		expect(open.items).toMatchObject([{ id: '6', fanTotalSpent: null }]);
	});

	test("OnlyFans: `user_id` is the creator's, `user.id` the fan's", async () => {
		const host = await listening('ofapiOnlyFans', {
			events: ['messages.ppv.unlocked', 'tips.received'],
		});
		const notice = {
			id: '1000002',
			user_id: '514788334',
			user: { id: 1000003, username: 'fan002' },
			fanData: {},
		};
		await deliver(
			host,
			eventOf('ofapiOnlyFans', 'messages.ppv.unlocked', {
				...notice,
				replacePairs: {
					'{AMOUNT}': '$1,012.50',
					'{MESSAGE_LINK}':
						"<a href='https://onlyfans.com/my/chats/chat/1000003?firstId=456'>message</a>",
				},
			}),
			{ headers: { 'X-OFAPI-Idempotency-Key': 'evt_a' } },
		);
		await deliver(
			host,
			eventOf('ofapiOnlyFans', 'tips.received', { ...notice, amountGross: 10.5, amountNet: 8.4 }),
			{ headers: { 'X-OFAPI-Idempotency-Key': 'evt_b' } },
		);
		expect(host.items).toMatchObject([
			{ fanId: '1000003', fanName: 'fan002', chatId: '1000003', messageId: '456', price: 1012.5 },
			{ fanId: '1000003', fanUsername: 'fan002', tipAmount: 10.5 },
		]);
		const shown = host.items.map((item) => ({ ...item, payload: undefined }));
		expect(JSON.stringify(shown)).not.toContain('514788334');
	});

	test('events without an idempotency key, such as typing, may come as often as they happen', async () => {
		const host = await listening('ofapiOnlyFans', { events: ['users.typing'] });
		for (let count = 0; count < 3; count++) {
			await deliver(host, eventOf('ofapiOnlyFans', 'users.typing', { id: 1000005 }));
		}
		expect(host.items).toMatchObject(
			Array(3).fill({ fanId: '1000005', chatId: '1000005', event: 'users.typing' }),
		);
	});

	test('Fansly: thousandths of a dollar, fractional seconds, IDs too long for a number', async () => {
		const host = await listening('ofapiFansly');
		await deliver(
			host,
			receivedEvent('ofapiFansly', '712345678901234567', {
				totalTipAmount: 15000,
				createdAt: 1783533902.804,
			}),
		);
		await deliver(
			host,
			receivedEvent('ofapiFansly', '712345678901234568', { createdAt: 1783533902804 }),
		);
		expect(host.items).toMatchObject([
			{
				id: '712345678901234567',
				tipAmount: 15,
				createdAt: '2026-07-08T18:05:02.804Z',
				fanId: FAN,
				fanName: null,
				fanUsername: null,
				fanTotalSpent: null,
				previousReplyAt: null,
			},
			{ id: '712345678901234568', createdAt: '2026-07-08T18:05:02.804Z' },
		]);
	});

	test("Fansly: a message of the creator's is outgoing, even where the event says received", async () => {
		const host = await listening('ofapiFansly');
		await deliver(host, receivedEvent('ofapiFansly', '1', { senderId: '100000000000000001' }));
		expect(host.executions).toEqual([]);
	});

	test('ApiFansly: the fan of a sale is the account, and its amounts stay raw', async () => {
		const host = await listening('apiFansly', { events: ['ppv.purchased'] });
		const sale = {
			orderId: '9',
			accountMediaId: '8',
			accountId: FAN,
			correlationAccountId: '100000000000000001',
			type: 1,
			orderMetadata: { accountMediaPrice: 1000 },
		};
		await deliver(host, eventOf('apiFansly', 'ppv.purchased', sale));
		await deliver(host, eventOf('apiFansly', 'ppv.purchased', sale));
		expect(host.items).toEqual([
			{
				event: 'ppv.purchased',
				accountId: 'account_1',
				fanId: FAN,
				fanName: null,
				fanUsername: null,
				fanTotalSpent: null,
				previousReplyAt: null,
				chatId: null,
				payload: sale,
			},
		]);
	});

	test('ApiFansly: a signed event of long ago gets 401', async () => {
		const host = await listening('apiFansly');
		expect(
			(
				await deliver(host, {
					...receivedEvent('apiFansly', '1'),
					timestamp: '2026-01-01T00:00:00.000Z',
				})
			).status,
		).toBe(401);
		expect(host.executions).toEqual([]);
	});

	test('ApiFansly: the header of the signature can be chosen', async () => {
		const body = JSON.stringify(receivedEvent('apiFansly', '1'));
		const { createHmac } = await import('node:crypto');
		const signature = createHmac('sha256', SECRET).update(body).digest('hex');
		const cases: Array<[Record<string, string>, Record<string, string>]> = [
			[{ signatureHeader: 'x-fansly-signature' }, { 'X-Fansly-Signature': signature }],
			[
				{ signatureHeader: 'custom', signatureHeaderName: 'X-Hook' },
				{ 'X-Hook': `sha256=${signature.toUpperCase()}` },
			],
		];
		for (const [parameters, headers] of cases) {
			const host = await listening('apiFansly', parameters);
			expect((await deliver(host, body, { secret: null })).status).toBe(401);
			expect((await deliver(host, body, { secret: null, headers })).status).toBe(200);
			expect(host.executions).toHaveLength(1);
		}
	});

	test('ApiFansly: without a secret events are taken unsigned', async () => {
		for (const credential of [
			undefined,
			{ apiKey: 'key', baseUrl: 'http://127.0.0.1:1', webhookSecret: ' ' },
		]) {
			const host = await TriggerHost.start({
				node: 'apiFanslyTrigger',
				credential,
				parameters: { events: ['messages.received'] },
			});
			hosts.push(host);
			await host.activate();
			expect((await deliver(host, receivedEvent('apiFansly', '1'), { secret: null })).status).toBe(
				200,
			);
			expect(host.executions).toHaveLength(1);
			await host.deactivate();
		}
	});

	test.each(['ofapiOnlyFans', 'ofapiFansly'] as const)(
		'%s: before a webhook is registered nobody is let in',
		async (pair) => {
			const host = await listening(pair);
			host.saved = '{}';
			for (const secret of ['', SECRET]) {
				expect((await deliver(host, receivedEvent(pair, '1'), { secret })).status).toBe(401);
			}
			expect(host.executions).toEqual([]);
		},
	);
});
